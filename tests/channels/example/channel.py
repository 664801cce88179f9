"""A provider of texts that nobody has heard of, as a channel: what it takes to add one. A test runs the contract on it.

`POST /texts` takes {"to", "text", "ref"} as JSON and answers {"id"}. It knows no key for repetition, so a request
without an answer is in doubt.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import TypeVar

from drumbeat.channels.base import PermanentRefusal, Receipt, Scope, TemporaryRefusal, Unclear
from drumbeat.core.touch import FailureReason

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class PigeonOutbound:
    """One text: all that the channel needs, and nothing that it would have to look up."""

    touch_key: str
    recipient: str
    text: str


class PigeonChannel:
    """At most `places` requests are under way at once."""

    def __init__(self, host: str, port: int, places: int = 4, seconds: float = 5) -> None:
        self._where = (host, port, seconds)
        self._free = asyncio.Semaphore(places)
        self._threads = ThreadPoolExecutor(places)

    async def prepare(self, outbound: PigeonOutbound) -> Flight:
        """Get a connection; nothing is said on it yet."""
        await self._free.acquire()
        try:
            if not outbound.text:
                raise PermanentRefusal("there is nothing to say", reason=FailureReason.RENDER_ERROR)
            return Flight(self, await self.in_thread(self._connected), outbound)
        except BaseException:
            self._free.release()
            raise

    async def close(self) -> None:
        """Nothing is kept open: each flight closes its own connection."""

    async def in_thread(self, work: Callable[..., T], *about: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *about)

    def give_back(self, line: HTTPConnection) -> None:
        line.close()
        self._free.release()

    def _connected(self) -> HTTPConnection:
        host, port, seconds = self._where
        line = HTTPConnection(host, port, timeout=seconds)
        try:
            line.connect()
        except OSError as fault:
            raise TemporaryRefusal(
                f"{host} cannot be reached", reason=FailureReason.PROVIDER_ERROR, scope=Scope.SENDER
            ) from fault
        return line


class Flight:
    """A text whose provider is connected: `transmit` or `abandon` it, once."""

    def __init__(self, channel: PigeonChannel, line: HTTPConnection, outbound: PigeonOutbound) -> None:
        self._channel = channel
        self._line = line
        self._outbound = outbound

    async def transmit(self) -> Receipt:
        """The request and its answer."""
        try:
            return await self._channel.in_thread(self._flown)
        finally:
            self._channel.give_back(self._line)

    async def abandon(self) -> None:
        """Close the connection; nothing was said on it."""
        self._channel.give_back(self._line)

    def _flown(self) -> Receipt:
        said = {"to": self._outbound.recipient, "text": self._outbound.text, "ref": self._outbound.touch_key}
        try:
            self._line.request("POST", "/texts", json.dumps(said), {"Content-Type": "application/json"})
            answer = self._line.getresponse()
            status, body = answer.status, answer.read(10_000)
        except (OSError, HTTPException) as fault:
            raise Unclear("no answer") from fault
        if status == 201:
            return Receipt(provider_id=str(json.loads(body)["id"]), code="201")
        if status == 429:
            raise TemporaryRefusal("too fast", code="429", scope=Scope.SENDER)
        if 400 <= status < 500:
            raise PermanentRefusal("not taken", code=str(status), suppress=status == 410)
        raise Unclear("the provider failed", code=str(status))
