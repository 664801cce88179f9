"""One request and its answer over an open line. The status decides; of the body a little is kept for people."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime

import h11

from drumbeat import crash
from drumbeat.channels.base import PermanentRefusal, Receipt, Refusal, TemporaryRefusal
from drumbeat.channels.webhook.dialling import Line
from drumbeat.channels.webhook.outbound import WebhookOutbound
from drumbeat.core.touch import FailureReason

KEPT = 500
"""Bytes of an answer's body that are read; the rest is left unread."""
_HEAD = 16 * 1024
_CHUNK = 4 * 1024
_PATIENCE = 1.0
"""Seconds for the body of an answer whose status is known."""
_AGAIN = frozenset({408, 425, 429})
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str
    retry_after: timedelta | None = None


async def exchange(line: Line, call: WebhookOutbound, seconds: float) -> Receipt:
    """Hand the call over and read the answer. Raises a Refusal, never Unclear.

    A call without an answer may have arrived. It may be repeated all the same: the receiver knows it by its id.
    """
    wire = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD)
    try:
        async with asyncio.timeout(seconds):
            response = await _ask(line, wire, call)
    except TimeoutError as fault:
        raise TemporaryRefusal("no answer in time", reason=FailureReason.TIMEOUT) from fault
    except OSError as fault:
        raise _broken("the connection was lost before the answer") from fault
    except h11.ProtocolError as fault:
        raise _broken("what answers there does not speak HTTP, or stopped in the middle") from fault
    crash.point("C8")
    headers = {name.decode("ascii"): value.decode("latin-1") for name, value in response.headers}
    wish = _wish(headers.get("retry-after", ""), headers.get("date", ""))
    return _judged(Answer(response.status_code, _readable(await _body(line, wire)), wish))


def _broken(text: str) -> Refusal:
    return TemporaryRefusal(text, reason=FailureReason.PROVIDER_ERROR)


async def _ask(line: Line, wire: h11.Connection, call: WebhookOutbound) -> h11.Response:
    head = [
        ("Host", call.target.authority),
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(call.body))),
        ("User-Agent", "drumbeat"),
        ("Connection", "close"),
        *call.headers,
    ]
    request = h11.Request(method="POST", target=call.target.path, headers=head)
    data = [wire.send(request), wire.send(h11.Data(data=call.body)), wire.send(h11.EndOfMessage())]
    line.writer.write(b"".join(part for part in data if part))
    crash.point("C7")
    await _drained(line)
    while not isinstance(event := await _next(line, wire), h11.Response):
        if not isinstance(event, h11.InformationalResponse):
            raise h11.RemoteProtocolError("the connection ended without an answer")
    return event


async def _drained(line: Line) -> None:
    """Wait for the request to leave. Who answers before having read all of it may close: the answer counts."""
    with suppress(ConnectionError):
        await line.writer.drain()


async def _next(line: Line, wire: h11.Connection) -> object:
    while (event := wire.next_event()) is h11.NEED_DATA:
        wire.receive_data(await line.reader.read(_CHUNK))
    return event


async def _body(line: Line, wire: h11.Connection) -> bytes:
    """Read the beginning of the body. What goes wrong here changes nothing: the status is known."""
    body = b""
    with suppress(OSError, h11.ProtocolError):  # a TimeoutError is an OSError
        async with asyncio.timeout(_PATIENCE):
            while len(body) < KEPT and isinstance(event := await _next(line, wire), h11.Data):
                body += event.data
    return body[:KEPT]


def _readable(body: bytes) -> str:
    return _UNREADABLE.sub(" ", body.decode("utf-8", errors="replace")).strip()


def _wish(retry_after: str, date: str) -> timedelta | None:
    """Read Retry-After: seconds, or a moment by the clock of whoever sent it (RFC 9110 section 10.2.3)."""
    if re.fullmatch(r"\d{1,9}", retry_after.strip()):
        return timedelta(seconds=int(retry_after))
    try:
        return max(parsedate_to_datetime(retry_after) - parsedate_to_datetime(date), timedelta())
    except (ValueError, TypeError, OverflowError):
        return None


def _judged(answer: Answer) -> Receipt:
    code, text = str(answer.status), answer.text
    if 200 <= answer.status < 300:
        return Receipt(code=code, text=text)
    if answer.status in _AGAIN or answer.status >= 500:
        raise TemporaryRefusal(text, code=code, retry_after=answer.retry_after)
    if 300 <= answer.status < 400:
        raise PermanentRefusal("redirects are not followed: give the address that it leads to", code=code)
    raise PermanentRefusal(text, code=code)
