"""One form posted to a provider. Its address is built in or the operator's, so no network is closed to it.

No redirect is followed, no proxy of the environment asked, and no more of the answer read than a token needs.
"""

from __future__ import annotations

import http.client
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from drumbeat.channels.in_time import InTime

PATIENCE_SECONDS = 10.0
LONGEST_ANSWER = 64 * 1024
_CHUNK = 4 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes


class Unreachable(Exception):
    """No whole answer came. The request may have been carried out."""


def post(url: str, form: Mapping[str, str], seconds: float = PATIENCE_SECONDS) -> Answer:
    """Post a form and return the answer, whatever its status. Raises Unreachable."""
    parts = urlsplit(url)
    line = _line(parts.scheme, parts.hostname or "", parts.port, seconds)
    ends_at = time.monotonic() + seconds
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    head = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        line.request("POST", target or "/", urlencode(form), head | {"User-Agent": "drumbeat"})
        response = line.getresponse()
        return Answer(response.status, _read(response, ends_at))
    except (OSError, http.client.HTTPException, UnicodeError) as fault:
        raise Unreachable(f"{parts.hostname} does not answer: {_said(fault)}") from fault
    finally:
        line.close()


def _line(scheme: str, host: str, port: int | None, seconds: float) -> http.client.HTTPConnection:
    secure, plain = http.client.HTTPSConnection, http.client.HTTPConnection
    line = (
        secure(host, port, timeout=seconds, context=_tls())
        if scheme == "https"
        else plain(host, port, timeout=seconds)
    )
    answer: Any = partial(InTime, head_seconds=seconds)
    line.response_class = answer
    return line


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _read(response: http.client.HTTPResponse, ends_at: float) -> bytes:
    body = b""
    while part := response.read1(_CHUNK):
        body += part
        if len(body) > LONGEST_ANSWER:
            raise http.client.HTTPException("the answer is too long")
        if time.monotonic() > ends_at:
            raise TimeoutError("no whole answer in time")
    if response.length:
        raise http.client.HTTPException("it stopped in the middle")
    return body


def _said(fault: Exception) -> str:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {fault.verify_message}"
    return " ".join(str(fault).split())[:200] or type(fault).__name__
