"""Calls under way: they are told what to say, ended where somebody stopped them, and asked for where nobody tells.

Somebody may be on the line: each request runs in a thread of its own, and no round waits for it. None is repeated
there: what was turned away is decided anew, so a stop that came meanwhile is heard. A call with a fault keeps no other.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import Error, InterfaceError, OperationalError

from drumbeat import crash
from drumbeat.channels.base import Refusal, TemporaryRefusal, Unclear
from drumbeat.channels.twilio.channel import TwilioChannel
from drumbeat.core.calls import Heard
from drumbeat.core.errors import DomainError
from drumbeat.store import calls, steering
from drumbeat.store.steering import Errand, Wish

log = logging.getLogger(__name__)

EVERY = timedelta(milliseconds=200)
AT_ONCE = 8
KEPT_FREE = 3
"""Places that only calls take where somebody may be on the line."""
BATCH = 50
PATIENCE_AT_END = 20.0


@dataclass(frozen=True, slots=True)
class Came:
    """What Twilio answered. `was_told`: it took what the call was to be told; None: that is not known.

    `was_turned_away`: it heard nothing of what was asked.
    """

    was_told: bool | None = None
    heard: Heard | None = None
    was_turned_away: bool = False


@dataclass(slots=True)
class Caller:
    """One per worker; not thread-safe. `channel_of` makes the channel of a sender, in the caller's thread."""

    channel_of: Callable[[int], Any]
    _pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(AT_ONCE, thread_name_prefix="calls")
    )
    _asked: dict[int, tuple[Errand, Future[Came]]] = field(default_factory=dict)

    def turn(self, now: datetime) -> None:
        """Write down what was answered, stop what is to be stopped, and go on the next errands."""
        self._note(now)
        steering.stop_unwanted(now)
        self._look(steering.pressing(BATCH, now), AT_ONCE, now)
        self._look(steering.due(BATCH, now), AT_ONCE - KEPT_FREE, now)

    def _look(self, call_ids: Sequence[int], places: int, now: datetime) -> None:
        for call_id in call_ids:
            if call_id in self._asked or len(self._asked) >= places:
                continue
            with _alone(call_id, now):
                errand = steering.look(call_id, now)
                if errand is not None:
                    crash.point("V2")
                    self._go(errand, now)

    def settle(self, now: datetime, patience: float = PATIENCE_AT_END) -> None:
        """Wait for the answers that are under way, and write them down."""
        wait([future for _, future in self._asked.values()], timeout=patience)
        self._note(now)

    def close(self, now: datetime) -> None:
        """Go on no errand any more. What the database does not take now stays in doubt."""
        try:
            self.settle(now)
        except Error:
            log.exception("what calls were told could not be written")
        self._pool.shutdown(wait=False)

    def _go(self, errand: Errand, now: datetime) -> None:
        try:
            channel = self.channel_of(errand.sender_id)
        except DomainError as error:
            log.warning("call %s cannot be reached: %s", errand.call_id, error.message)
            if errand.wish is Wish.STEER:
                calls.note_told(errand.call_id, False, now)
            return
        self._asked[errand.call_id] = (errand, self._pool.submit(asyncio.run, self._run(channel, errand)))

    async def _run(self, channel: TwilioChannel, errand: Errand) -> Came:
        try:
            return await self._ask(channel, errand)
        finally:
            await channel.close()

    async def _ask(self, channel: TwilioChannel, errand: Errand) -> Came:
        try:
            return await _WAYS[errand.wish](channel, errand)
        except TemporaryRefusal as refusal:
            log.warning("call %s: %s", errand.call_id, refusal)
            return Came(was_turned_away=True)
        except Refusal as refusal:  # it has ended meanwhile, as a rule
            log.info("call %s: %s", errand.call_id, refusal)
            return Came(was_told=False)
        except Unclear as doubt:
            log.warning("call %s: %s", errand.call_id, doubt)
            return Came(was_turned_away=errand.wish is Wish.END)  # which does no harm twice

    def _note(self, now: datetime) -> None:
        for call_id, (errand, future) in list(self._asked.items()):
            if not future.done():
                continue
            crash.point("V3")
            with _alone(call_id, now):
                _keep(errand, _answer(call_id, future), now)
            del self._asked[call_id]


@contextmanager
def _alone(call_id: int, now: datetime) -> Iterator[None]:
    """Leave a call alone for a while with which something is wrong. A silent database is wrong with all: it raises."""
    try:
        yield
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("call %s is left alone for a while", call_id)
        steering.put_off(call_id, now)


def _answer(call_id: int, future: Future[Came]) -> Came:
    if (fault := future.exception()) is not None:
        log.error("call %s: asking Twilio ended in a defect", call_id, exc_info=fault)
        return Came()
    return future.result()


def _keep(errand: Errand, came: Came, now: datetime) -> None:
    if errand.wish is Wish.STEER and came.was_told is not None:
        calls.note_told(errand.call_id, came.was_told, now)
    if came.was_turned_away and errand.wish is not Wish.LOOK_UP:
        steering.turned_away(errand, now)
    if came.heard is not None:
        calls.hear(errand.call_id, came.heard, now, now)


async def _steer(channel: TwilioChannel, errand: Errand) -> Came:
    await channel.steer(errand.sid, errand.twiml)
    return Came(was_told=True)


async def _end(channel: TwilioChannel, errand: Errand) -> Came:
    await channel.end(errand.sid)
    return Came()


async def _look_up(channel: TwilioChannel, errand: Errand) -> Came:
    return Came(heard=await channel.look_up(errand.sid))


_WAYS: dict[Wish, Callable[[TwilioChannel, Errand], Coroutine[Any, Any, Came]]] = {
    Wish.STEER: _steer,
    Wish.END: _end,
    Wish.LOOK_UP: _look_up,
}
