"""One HTTP call to the operator's model server: a deadline for the whole of it, a limit for the answer.

The address is a setting of the installation, so no network is closed to it. No redirect is followed and no proxy of
the environment asked.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from time import monotonic
from urllib.parse import urlsplit

import h11

from drumbeat.agents.faults import FaultCode, ModelFault

LONGEST_ANSWER = 512 * 1024
_LONGEST_HEAD = 32 * 1024
_CHUNK = 16 * 1024
_DIALLING = 10.0


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    headers: Mapping[str, str]
    body: bytes


def call(method: str, url: str, headers: Mapping[str, str], body: bytes, ends_at: float) -> Response:
    """Return the answer, whatever its status. `ends_at` is of the monotonic clock. Raises ModelFault."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        with _dialled(parts.scheme, host, parts.port, ends_at) as line:
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            head = [("Host", parts.netloc.rpartition("@")[2]), *headers.items(), *_about(body)]
            request = h11.Request(method=method, target=target or "/", headers=head)
            return _exchange(line, request, body, ends_at)
    except TimeoutError as fault:
        raise ModelFault(FaultCode.TIMEOUT, f"{host} did not answer in time.") from fault
    except h11.LocalProtocolError as fault:  # its own text would quote the header, so the key
        text = "DRUMBEAT_MODEL_URL or DRUMBEAT_MODEL_KEY holds characters that cannot be sent."
        raise ModelFault(FaultCode.REQUEST_REFUSED, text) from fault
    except (OSError, h11.ProtocolError, UnicodeError) as fault:
        raise ModelFault(FaultCode.UNREACHABLE, f"{host} does not answer: {_said(fault)}.") from fault


def _about(body: bytes) -> list[tuple[str, str]]:
    return [("Content-Length", str(len(body))), ("User-Agent", "drumbeat"), ("Connection", "close")]


def _dialled(scheme: str, host: str, port: int | None, ends_at: float) -> socket.socket:
    line = socket.create_connection(
        (host, port or (443 if scheme == "https" else 80)), _left(ends_at, _DIALLING)
    )
    if scheme != "https":
        return line
    try:
        return _tls().wrap_socket(line, server_hostname=host)
    except BaseException:
        line.close()
        raise


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _left(ends_at: float, most: float = 3600.0) -> float:
    left = min(ends_at - monotonic(), most)
    if left <= 0:
        raise TimeoutError
    return left


def _exchange(line: socket.socket, request: h11.Request, body: bytes, ends_at: float) -> Response:
    wire = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LONGEST_HEAD)
    sent = [wire.send(request), wire.send(h11.Data(data=body)), wire.send(h11.EndOfMessage())]
    line.settimeout(_left(ends_at))
    with suppress(ConnectionError):  # who answers before having read all of it may close: the answer counts
        line.sendall(b"".join(part for part in sent if part))
    while isinstance(event := _next(line, wire, ends_at), h11.InformationalResponse):
        pass
    if not isinstance(event, h11.Response):
        raise h11.RemoteProtocolError("no answer")
    headers = {name.decode("ascii").lower(): value.decode("latin-1") for name, value in event.headers}
    return Response(event.status_code, headers, _body(line, wire, ends_at))


def _next(line: socket.socket, wire: h11.Connection, ends_at: float) -> object:
    while (event := wire.next_event()) is h11.NEED_DATA:
        line.settimeout(_left(ends_at))
        wire.receive_data(line.recv(_CHUNK))
    return event


def _body(line: socket.socket, wire: h11.Connection, ends_at: float) -> bytes:
    body = b""
    while isinstance(event := _next(line, wire, ends_at), h11.Data):
        body += event.data
        if len(body) > LONGEST_ANSWER:
            raise ModelFault(FaultCode.TOO_LONG, f"The answer is longer than {LONGEST_ANSWER // 1024} kB.")
    return body


def _said(fault: Exception) -> str:
    if isinstance(fault, h11.ProtocolError):
        return "it does not speak HTTP, or stopped in the middle"
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {fault.verify_message}"
    return " ".join(str(fault).split())[:200].rstrip(".") or type(fault).__name__
