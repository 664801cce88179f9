"""A session that connects only where a typed host may lead: asked for once, checked, and the checked address called.

For servers that people type, and for addresses that a provider names. It follows no redirect and asks no proxy that
the surroundings name.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import urllib3.connectionpool as pools
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NameResolutionError, NewConnectionError, ReadTimeoutError
from urllib3.util import connection

from drumbeat.channels.in_time import InTime
from drumbeat.core.hosts import Network, may_lead_to

if TYPE_CHECKING:
    import requests


class NotAllowed(NewConnectionError):
    """The host lies where nothing that is typed may lead."""


LONGEST_ANSWER = 1 << 20
"""Bytes of an answer that is read at once; one that is streamed its reader limits."""
SECONDS = 30.0
"""How long the body of such an answer may take as a whole."""
_CHUNK = 64 * 1024


def plain() -> requests.Session:
    """Return a session for hosts that are built in, or that the operator named."""
    import requests

    made = requests.Session()
    made.trust_env = False
    made.max_redirects = 0
    made.headers["Accept-Encoding"] = "identity"
    bound(made)
    return made


def bound(session: requests.Session) -> None:
    """Let a session read no endless answer, nothing of a redirect, and nothing for longer than its time."""
    adapter = _bounded(_InTime, _InTimeSecurely)
    for scheme in ("https://", "http://"):
        session.mount(scheme, adapter)


class _InTime(HTTPConnection):
    response_class = InTime


class _InTimeSecurely(HTTPSConnection):
    response_class = InTime


def _bounded(plain: type[HTTPConnection], secure: type[HTTPSConnection]) -> requests.adapters.HTTPAdapter:
    import requests

    class Bounded(requests.adapters.HTTPAdapter):
        def send(self, request: Any, stream: bool = False, **how: Any) -> requests.Response:  # type: ignore[override]
            response = super().send(request, stream=True, **how)
            if response.is_redirect:
                response._content, response._content_consumed = b"", True
                response.raw.close()
            elif not stream:
                response._content, response._content_consumed = _whole(response), True
            return response

    class PlainPool(pools.HTTPConnectionPool):
        ConnectionCls = plain

    class SecurePool(pools.HTTPSConnectionPool):
        ConnectionCls = secure

    adapter = Bounded()
    adapter.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return adapter


def _whole(response: requests.Response) -> bytes:
    import requests

    body = bytearray()
    try:
        for part in parts(response, SECONDS):
            body += part
            if len(body) > LONGEST_ANSWER:
                raise requests.exceptions.ChunkedEncodingError("the answer is too long")
    except requests.RequestException:
        response.raw.close()
        raise
    response.raw.release_conn()
    return bytes(body)


def parts(response: requests.Response, seconds: float, most: int = _CHUNK) -> Iterator[bytes]:
    """Return a streamed body as it comes, each part at most `most` bytes on the wire.

    Raises requests.RequestException: ReadTimeout when the whole takes longer than `seconds`.
    """
    import requests

    ends_at = time.monotonic() + seconds
    try:
        while part := response.raw.read1(most, decode_content=True):
            if time.monotonic() > ends_at:
                raise requests.exceptions.ReadTimeout("no whole answer in time")
            yield part
    except ReadTimeoutError as fault:
        raise requests.exceptions.ReadTimeout("no whole answer in time") from fault
    except HTTPError as fault:
        raise requests.exceptions.ChunkedEncodingError(fault) from fault


def session(networks: Sequence[Network]) -> requests.Session:
    """Return a session for the public internet and for `networks`."""
    made = plain()
    adapter = _bounded(*_guarded(tuple(networks)))
    made.mount("https://", adapter)
    made.mount("http://", adapter)
    return made


def _guarded(networks: tuple[Network, ...]) -> tuple[type[HTTPConnection], type[HTTPSConnection]]:
    class Plain(_InTime):
        def _new_conn(self) -> socket.socket:
            return _connected(self, networks)

    class Secure(_InTimeSecurely):
        def _new_conn(self) -> socket.socket:
            return _connected(self, networks)

    return Plain, Secure


def _connected(line: Any, networks: tuple[Network, ...]) -> socket.socket:
    """Connect to the first address that answers. One that may not be called forbids all: who answers so is false."""
    try:
        found = socket.getaddrinfo(line.host, line.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        reason = fault if isinstance(fault, socket.gaierror) else socket.gaierror(str(fault))
        raise NameResolutionError(line.host, line, reason) from fault
    addresses = list(dict.fromkeys(str(target[0]) for *_, target in found))
    if not all(may_lead_to(address, networks) for address in addresses):
        raise NotAllowed(line, f"{line.host} lies in a network that may not be connected to")
    refused = OSError("it has no address")
    for address in addresses:
        try:
            return connection.create_connection(
                (address, line.port), line.timeout, socket_options=line.socket_options
            )
        except OSError as fault:
            refused = fault
    raise NewConnectionError(line, f"{line.host} cannot be reached: {refused}") from refused
