"""Who takes part in a simulation, how the outside behaves, and what comes of it: values only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from drumbeat.core.conditions import ConditionView
from drumbeat.core.delivery import Refused
from drumbeat.core.enrollment import Enrollment
from drumbeat.core.facts import Move, SenderFacts
from drumbeat.core.flow import Channel
from drumbeat.core.pacing import Caps
from drumbeat.core.touch import SkipReason

NO_CAPS = Caps()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A contact to enroll. `id` is the enrollment's too, so that hashes agree with the engine's.

    `last_senders`: who last wrote to the contact, by channel. `phone`: the number in international form. `sent_at`:
    when other messages of sequences left for the contact, as far as the frequency cap counts them. `company`: that of
    its colleagues too; "" has none.
    """

    id: int
    view: ConditionView
    zone: ZoneInfo | None = None
    unreachable: Mapping[Channel, SkipReason] = field(default_factory=dict)
    owner_id: int | None = None
    last_senders: Mapping[Channel, int] = field(default_factory=dict)
    phone: str = ""
    sent_at: Sequence[datetime] = ()
    company: str = ""


@dataclass(frozen=True, slots=True)
class SimulatedSender:
    facts: SenderFacts
    caps: Caps = NO_CAPS
    started_at: datetime | None = None
    spacing_seconds: int = 0


DECIDED = "decided"
"""The kind of an arrival that answers the decision which the step at hand asked for."""


@dataclass(frozen=True, slots=True, order=True)
class Arrival:
    """Something from outside at a moment: a fact about a person, or a task that somebody did.

    With `step` it answers that step's message, and conditions read it as an event of this enrollment.
    `returns_at`: the end of the absence that an out-of-office mail announces. `answer`: what was `DECIDED`.
    """

    at: datetime
    person_id: int
    kind: str
    step: str = ""
    returns_at: datetime | None = field(default=None, compare=False)
    answer: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class AskedMove:
    """At a moment, everybody who has not finished is asked to go on in another version."""

    at: datetime
    move: Move


class World(Protocol):
    """How the outside behaves."""

    def deliver(self, person_id: int, step: str, visit: int, attempt: int) -> Refused | None:
        """Return None when the message is accepted, else how it is refused."""
        ...

    def after_sent(self, person_id: int, step: str, visit: int, at: datetime) -> Iterable[Arrival]:
        """Return what a sent message or a created task brings about, each at a moment after `at`."""
        ...

    def after_asked(self, person_id: int, step: str, visit: int, at: datetime) -> Iterable[Arrival]:
        """Return the answer (`DECIDED`) to an AI step, after `at`; nothing when it never comes."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One decision; the engine's journal has the same lines."""

    at: datetime
    person_id: int
    rule: str
    step: str
    visit: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """What came of it. `sent` counts by local day of the sender and sender.

    `held`: how many messages had to wait, by reason; one may wait for several.
    `started`: when each sender sent first, from which its warm-up counts. `left_out`: how many did not begin, since
    enough people of their companies do.
    """

    journal: Sequence[JournalLine]
    enrollments: Mapping[int, Enrollment]
    sent: Mapping[tuple[str, int], int]
    held: Mapping[str, int]
    ended_at: datetime
    started: Mapping[int, datetime | None] = field(default_factory=dict)
    left_out: int = 0
