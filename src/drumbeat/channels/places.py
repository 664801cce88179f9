"""Places for requests that a blocking library makes: a few at once, each in a thread, over lines that are kept open.

What a provider did not clearly refuse may have been taken, so a provider that fell ill is left alone for a while.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, Protocol, TypeVar

from drumbeat.channels.email.answers import sick

ILL_SECONDS = 60.0
IDLE_SECONDS = 20.0
"""Servers close connections that were idle for longer; what is sent on such a one would be in doubt."""


class Line(Protocol):
    def close(self) -> object: ...


LineT = TypeVar("LineT", bound=Line)
_GotT = TypeVar("_GotT")


class Places(Generic[LineT]):
    """At most `count` requests are under way at once, and `beside` more that wait for none of them.

    Belongs to one event loop; `line` and `keep` may be called in its threads. `make` opens a new line.
    """

    def __init__(
        self, make: Callable[[], LineT], count: int, *, beside: int = 0, ill_seconds: float = ILL_SECONDS
    ) -> None:
        self._make = make
        self._free = asyncio.Semaphore(count)
        self._beside = asyncio.Semaphore(beside)
        self._threads = ThreadPoolExecutor(count + beside, thread_name_prefix="provider")
        self._idle: list[tuple[LineT, float]] = []
        self._ill_until = 0.0
        self._ill_seconds = ill_seconds
        self._under_way = 0
        self._closed = False

    async def take(self) -> None:
        """Wait for a place and take it. Raises a Refusal while the provider is ill, and after closing."""
        await self._free.acquire()
        self._under_way += 1
        try:
            self._require_open()
            if time.monotonic() < self._ill_until:
                raise sick("the provider failed a moment ago")
        except BaseException:
            self.leave()
            raise

    def leave(self) -> None:
        """Free a place that was taken."""
        self._free.release()
        self._end()

    async def aside(self, work: Callable[..., _GotT], *about: object) -> _GotT:
        """Do in a thread what is not to queue behind messages. Raises a Refusal after closing."""
        self._require_open()
        async with self._beside:
            self._under_way += 1
            try:
                return await self.in_thread(work, *about)
            finally:
                self._end()

    async def in_thread(self, work: Callable[..., _GotT], *about: object) -> _GotT:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *about)

    def line(self) -> LineT:
        """Return the line used last, or a new one where that has been idle for too long."""
        while idle := self._last_idle():
            line, since = idle
            if time.monotonic() - since < IDLE_SECONDS:
                return line
            line.close()
        return self._make()

    def keep(self, line: LineT, *, sound: bool = True) -> None:
        """Take a line back; one that is not `sound` is not used again."""
        if sound and not self._closed:
            self._idle.append((line, time.monotonic()))
        else:
            line.close()

    def fell_ill(self) -> None:
        """Leave the provider alone for a while."""
        self._ill_until = time.monotonic() + self._ill_seconds

    def close(self) -> None:
        """Close what is idle; what holds a place ends first."""
        self._closed = True
        while idle := self._last_idle():
            idle[0].close()
        self._let_threads_go()

    def _require_open(self) -> None:
        if self._closed:
            raise sick("this sender is shutting down")

    def _end(self) -> None:
        self._under_way -= 1
        self._let_threads_go()

    def _let_threads_go(self) -> None:
        if self._closed and not self._under_way:
            self._threads.shutdown(wait=False)

    def _last_idle(self) -> tuple[LineT, float] | None:
        try:
            return self._idle.pop()
        except IndexError:  # many threads at once: whoever asks first whether there is one may come too late
            return None
