"""Stops that race against hand-overs: a wire that accepts after a moment, and what each stop saw when it committed."""

import queue
import random
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.engine.polite import leaving_room
from drumbeat.engine.wire import Ended, Happening, Ready
from drumbeat.models import Touch
from drumbeat.store.claims import Claimed
from tests.support.hand_wire import ACCEPTED
from tests.support.processes import until


class RacingWire:
    """Everybody is accepted after a random moment. `received` is the server: the contacts it got a message for."""

    def __init__(self, seed: int) -> None:
        self.claimed: queue.SimpleQueue[Claimed] = queue.SimpleQueue()
        self.received: list[int] = []
        self._random = random.Random(seed)
        self._head_start = 0.01
        self._preparing: list[tuple[float, Claimed]] = []
        self._over: list[Happening] = []

    def balance(self, *, message_was_first: bool) -> None:
        """Let the one who won start later next time, so that both arrive together as often as can be."""
        self._head_start += 0.001 if message_was_first else -0.001

    def delay_stop(self) -> None:
        """Let the message have its head start."""
        time.sleep(self._random.random() * max(0.0, -self._head_start))

    def begin(self, claimed: Claimed) -> None:
        delay = self._random.random() * max(0.0, self._head_start)
        self._preparing.append((time.monotonic() + delay, claimed))
        self.claimed.put(claimed)

    def decide(self, claims: Iterable[Claimed], *, transmit: bool) -> None:
        for claimed in claims:
            if transmit:
                assert claimed.contact_id is not None
                self.received.append(claimed.contact_id)
            self._over.append(Ended(claimed, ACCEPTED if transmit else None))

    def happenings(self, wait_seconds: float) -> list[Happening]:
        now = time.monotonic()
        happened, self._over = self._over, []
        happened += [Ready(claimed) for at, claimed in self._preparing if at <= now]
        self._preparing = [(at, claimed) for at, claimed in self._preparing if at > now]
        return happened

    def has_received(self, count: int) -> bool:
        return len(self.received) >= count

    def close_sender(self, sender_id: int) -> None:
        pass

    def stop(self) -> None:
        pass


@dataclass
class Engine:
    """Planner and dispatcher in a thread of their own."""

    wire: RacingWire
    now: datetime
    batch: int = 2
    _end: threading.Event = field(default_factory=threading.Event)
    _rounds: int = 0

    def run(self) -> None:
        """Go round until `end`; raise whatever went wrong."""
        planner, dispatcher = Planner(), Dispatcher("racer", self.wire, self.batch)
        while not self._end.is_set():
            planner.plan_once(self.now)
            for _ in range(10):
                if not leaving_room(partial(dispatcher.turn, self.now, wait_seconds=0)):
                    time.sleep(0.001)  # as a worker does between rounds; the stop runs in this process too
            self._rounds += 1

    def go_round(self, times: int) -> None:
        """Wait until the engine has gone round so often."""
        begun = self._rounds
        until(lambda: self._rounds >= begun + times)

    def end(self) -> None:
        self._end.set()


def stopped(stop: Callable[[], object], contact_ids: Iterable[int]) -> set[int]:
    """Carry out a stop and return which of the contacts had a message handed over when it committed."""
    with transaction.atomic():
        stop()
        handed = Touch.objects.filter(contact_id__in=list(contact_ids), handed_at__isnull=False)
        return set(handed.values_list("contact_id", flat=True))


def waits_for_a_lock() -> bool:
    """Say whether a session of this PostgreSQL database waits for another one's lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # kept for a whole transaction otherwise
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
            "AND wait_event_type = 'Lock')"
        )
        return bool(cursor.fetchone()[0])
