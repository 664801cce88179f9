"""The lines of an open session: commands out, each answered in its turn.

aiosmtplib opens the session, encrypts it and logs in; a mail then takes four answers, and its way of waiting for one
(a lock, a task or two, a future) cost more than all the rest of sending. Strict: what nobody asked for ends it.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from dataclasses import dataclass

MOST_BYTES_OF_AN_ANSWER = 32_768
_BEGINS = re.compile(rb"[0-9]{3}")
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")


class Lost(Exception):
    """The session ended, or what came is no answer: nothing more can be said in it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` has no codes; its lines are parted by LF."""

    code: int
    text: str


class Conversation(asyncio.Protocol):
    """Takes over the transport of a session in which nothing is to be answered any more."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._buffer = b""
        self._lines: list[bytes] = []
        self._asked = 0
        self._answers: deque[Answer] = deque()
        self._waiter: asyncio.Future[None] | None = None
        self._unsent = False
        self._fault: Exception | None = None
        # Paused while anything is unsent, so that draining means: all is handed to the kernel.
        transport.set_write_buffer_limits(high=1, low=0)
        transport.set_protocol(self)

    @property
    def alive(self) -> bool:
        """Say whether anything can still be said; never true once a session is out of step."""
        return self._fault is None and not self._transport.is_closing()

    def ask(self, *commands: bytes) -> None:
        """Send commands, to be answered in their order: `answer` must be awaited for each. Raises Lost."""
        if any(map(_CONTROL.search, commands)):
            raise ValueError("a command holds a control character")
        self._asked += len(commands)
        self.write(b"".join([command + b"\r\n" for command in commands]))

    def write(self, data: bytes) -> None:
        """Send bytes that nobody answers. Raises Lost."""
        if not self.alive:
            raise self._lost()
        self._transport.write(data)

    async def answer(self, seconds: float) -> Answer:
        """Return the next answer. Raises Lost, and TimeoutError after which the session is over."""
        if not self._answers:
            await self._wait(seconds)
        return self._answers.popleft()

    async def drain(self, seconds: float) -> None:
        """Wait until all is handed to the kernel, with nothing asked. Raises Lost and TimeoutError."""
        if self._unsent:
            await self._wait(seconds)
        if not self.alive:
            raise self._lost()

    def drop(self) -> None:
        """Close at once; what is not sent yet is not sent."""
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in lines:
            if self._fault is None:
                self._take(line)
        if len(self._buffer) + sum(map(len, self._lines)) > MOST_BYTES_OF_AN_ANSWER:
            self._end(Lost("an answer without an end"))

    def eof_received(self) -> None:
        self._end(Lost("the server closed the connection"))

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(exc or Lost("the connection is closed"))

    def pause_writing(self) -> None:
        self._unsent = True

    def resume_writing(self) -> None:
        self._unsent = False
        if not self._asked:
            self._wake()

    def _take(self, line: bytes) -> None:
        if not self._asked:
            self._end(Lost("the server spoke unasked"))
            return
        if not _BEGINS.match(line):
            self._end(Lost("what answers there does not speak SMTP"))
            return
        self._lines.append(line[4:].strip(b" \t\r"))
        if line[3:4] != b"-":
            text = b"\n".join(self._lines).decode("utf-8", "surrogateescape")
            self._lines.clear()
            self._asked -= 1
            self._answers.append(Answer(int(line[:3]), text))
            self._wake()

    async def _wait(self, seconds: float) -> None:
        if not self.alive:
            raise self._lost()
        self._waiter = self._loop.create_future()
        timer = self._loop.call_later(seconds, self._end, TimeoutError())
        try:
            await self._waiter
        finally:
            timer.cancel()
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _end(self, fault: Exception) -> None:
        if self._fault is not None:
            return
        self._fault = fault
        self._transport.abort()
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(self._lost())

    def _lost(self) -> Exception:
        if isinstance(self._fault, TimeoutError | Lost):
            return self._fault
        return Lost("the connection is lost")
