"""The network side of the dispatcher: one event loop in a thread, one task per touch on its way.

It knows no database. A touch is prepared (recipient accepted), waits for the dispatcher's word, and is transmitted
or abandoned; what happened comes back as events.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol

from drumbeat.channels.base import Channel, PermanentRefusal, Receipt, Refusal, TemporaryRefusal, Unclear
from drumbeat.core.errors import DomainError
from drumbeat.core.smtp_codes import Scope
from drumbeat.core.touch import FailureReason
from drumbeat.store.claims import Claimed

log = logging.getLogger(__name__)

ChannelOf = Callable[[int], Channel[Any]]
"""Makes the channel of a sender; called in the dispatcher's thread."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The far side accepted the recipient; nothing is handed over."""

    claimed: Claimed


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a touch. `result` None: given back, nothing was handed over."""

    claimed: Claimed
    result: Receipt | Refusal | Unclear | None


Happening = Ready | Ended


class Wire(Protocol):
    """What the dispatcher needs of the network."""

    def begin(self, claimed: Claimed) -> None: ...
    def decide(self, claims: Iterable[Claimed], *, transmit: bool) -> None: ...
    def happenings(self, wait_seconds: float) -> list[Happening]: ...
    def close_sender(self, sender_id: int) -> None: ...
    def stop(self) -> None: ...


class NetworkWire:
    """The wire over real channels."""

    def __init__(self, channel_of: ChannelOf) -> None:
        self._channel_of = channel_of
        self._channels: dict[int, Channel[Any]] = {}
        self._gates: dict[tuple[int, str], asyncio.Future[bool]] = {}
        self._starting: deque[tuple[Claimed, Channel[Any]]] = deque()
        self._called = False
        self._events: queue.SimpleQueue[Happening] = queue.SimpleQueue()
        self._closing: set[Future[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="wire", daemon=True)
        self._thread.start()

    def begin(self, claimed: Claimed) -> None:
        """Start to prepare a claimed touch."""
        channel = self._channels.get(claimed.sender_id)
        if channel is None:
            try:
                channel = self._channels[claimed.sender_id] = self._channel_of(claimed.sender_id)
            except DomainError as error:
                self._events.put(Ended(claimed, _unusable(error)))
                return
        self._starting.append((claimed, channel))
        if not self._called:  # one call for a whole claim: each costs a switch of threads
            self._called = True
            self._loop.call_soon_threadsafe(self._start)

    def decide(self, claims: Iterable[Claimed], *, transmit: bool) -> None:
        """Let ready touches be transmitted, or have them given back."""
        if decided := list(claims):
            self._loop.call_soon_threadsafe(self._open_gates, decided, transmit)

    def happenings(self, wait_seconds: float) -> list[Happening]:
        """Return what happened, waiting up to `wait_seconds` for the first."""
        found: list[Happening] = []
        try:
            found.append(
                self._events.get(timeout=wait_seconds) if wait_seconds > 0 else self._events.get_nowait()
            )
            while True:
                found.append(self._events.get_nowait())
        except queue.Empty:
            return found

    def close_sender(self, sender_id: int) -> None:
        """Close the idle connections of a sender; its next touch opens new ones with its present settings."""
        channel = self._channels.pop(sender_id, None)
        if channel is not None:
            self._close(channel)

    def stop(self) -> None:
        """Close every connection and end the thread. Call it when nothing is on its way any more."""
        for channel in self._channels.values():
            self._close(channel)
        for one in list(self._closing):
            try:
                one.result(timeout=5)
            except Exception:
                log.warning("a connection did not close in time")
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)

    def _close(self, channel: Channel[Any]) -> None:
        closing: Future[None] = asyncio.run_coroutine_threadsafe(channel.close(), self._loop)
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)

    def _start(self) -> None:
        self._called = False  # first: what comes in from now on calls again
        while self._starting:
            task = self._loop.create_task(self._carry(*self._starting.popleft()))
            task.add_done_callback(lambda done: done.cancelled() or done.exception())

    def _open_gates(self, claims: list[Claimed], transmit: bool) -> None:
        for claimed in claims:
            gate = self._gates.pop(claimed.key, None)
            if gate is not None and not gate.done():
                gate.set_result(transmit)

    async def _carry(self, claimed: Claimed, channel: Channel[Any]) -> None:
        try:
            prepared = await channel.prepare(claimed.outbound)
        except Refusal as refusal:
            self._events.put(Ended(claimed, refusal))
            return
        except Exception as fault:
            log.exception("touch %s could not be prepared", claimed.touch_id)
            text = f"{type(fault).__name__}: {fault}"
            self._events.put(Ended(claimed, TemporaryRefusal(text, reason=FailureReason.PROVIDER_ERROR)))
            return
        gate = self._gates[claimed.key] = self._loop.create_future()
        self._events.put(Ready(claimed))
        if not await gate:
            await prepared.abandon()
            self._events.put(Ended(claimed, None))
            return
        self._events.put(Ended(claimed, await _transmitted(prepared.transmit())))


def _unusable(error: DomainError) -> Refusal:
    return TemporaryRefusal(error.message, reason=FailureReason.SENDER_AUTH, scope=Scope.SENDER)


async def _transmitted(transmitting: Any) -> Receipt | Refusal | Unclear:
    try:
        receipt: Receipt = await transmitting
    except (PermanentRefusal, TemporaryRefusal, Unclear) as result:
        return result
    except Exception as fault:
        # A defect after the hand-over: nobody knows whether it arrived, so nobody may send it again.
        log.exception("a transmission ended in a defect")
        return Unclear(f"{type(fault).__name__}: {fault}")
    return receipt
