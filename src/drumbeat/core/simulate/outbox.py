"""What waits for one sender: later touches by their time, ready ones in the order of claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from drumbeat.core.advance import PlanTouch
from drumbeat.core.facts import TouchFacts
from drumbeat.core.pacing import BucketUnit
from drumbeat.core.touch import UNHANDED, TouchKind, TouchStatus


@dataclass(frozen=True, slots=True, eq=False)
class Bucket:
    """A stretch of time with a cap. `used` counts all buckets of its sender, or of the workspace."""

    unit: BucketUnit
    start: datetime
    end: datetime
    cap: int
    used: Counter[tuple[BucketUnit, datetime]]

    @property
    def is_full(self) -> bool:
        return self.used[self.unit, self.start] >= self.cap

    def take(self, places: int) -> None:
        self.used[self.unit, self.start] += places


@dataclass(slots=True, eq=False)
class Touch:
    """A written touch. `reserved`: buckets in which it has a place. `ticket`: its place in the outbox, or 0.

    `held_for`: what it had to wait for.
    """

    person_id: int
    plan: PlanTouch
    created_at: datetime
    not_before: datetime
    status: TouchStatus
    reason: str = ""
    attempts: int = 0
    settled_at: datetime | None = None
    withheld: bool = False
    reserved: Sequence[Bucket] = ()
    ticket: int = 0
    ready: bool = False
    escalated: bool = False
    held_for: frozenset[str] = frozenset()

    def as_facts(self) -> TouchFacts:
        return TouchFacts(
            status=self.status,
            reason=self.reason,
            created_at=self.created_at,
            settled_at=self.settled_at,
            handed=self.status not in UNHANDED and self.plan.kind is not TouchKind.TASK,
            sender_id=self.plan.sender_id,
            escalated=self.escalated,
        )


@dataclass(slots=True)
class Outbox:
    """A place in a heap is given up by changing the ticket; who comes to it later finds it void."""

    _later: list[tuple[datetime, int, Touch]] = field(default_factory=list)
    _ready: list[tuple[int, datetime, int, int, Touch]] = field(default_factory=list)
    _tickets: count[int] = field(default_factory=lambda: count(1))
    _size: int = 0

    def __bool__(self) -> bool:
        """Say whether anything may wait; what was taken out may still count."""
        return bool(self._later or self._ready)

    def put(self, touch: Touch) -> None:
        self.take_out(touch)
        touch.ticket = next(self._tickets)
        heappush(self._later, (touch.not_before, touch.ticket, touch))

    def take_out(self, touch: Touch) -> None:
        self._size -= touch.ready
        touch.ticket, touch.ready = 0, False

    def ripen(self, now: datetime) -> int:
        """Let what is due by `now` become ready; return how many are."""
        while self._later and self._later[0][0] <= now:
            _, ticket, touch = heappop(self._later)
            if touch.ticket == ticket:
                touch.ready = True
                self._size += 1
                place = touch.plan.priority, touch.not_before, touch.person_id, ticket, touch
                heappush(self._ready, place)
        return self._size

    def pop(self) -> Touch:
        """Take out the ready touch that is next. There must be one."""
        while True:
            *_, ticket, touch = heappop(self._ready)
            if touch.ticket == ticket:
                self.take_out(touch)
                return touch

    def next_moment(self) -> datetime | None:
        """Return when the next touch ripens, None when none does."""
        while self._later and self._later[0][2].ticket != self._later[0][1]:
            heappop(self._later)
        return self._later[0][0] if self._later else None

    @property
    def size(self) -> int:
        """How many are ready."""
        return self._size
