"""The changing state of one simulation: people, touches, what will arrive, and when to look at whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from heapq import heappop, heappush
from zoneinfo import ZoneInfo

from drumbeat.core.advance import PlanTouch
from drumbeat.core.companies import TOLD_TO_COLLEAGUES
from drumbeat.core.conditions import ConditionView, EventFact
from drumbeat.core.enrollment import Enrollment
from drumbeat.core.facts import (
    COMPANY_REPLY,
    STOP_WHEN,
    DecisionFacts,
    EventKind,
    Exit,
    Facts,
    Move,
    SenderFacts,
    SequenceFacts,
    SequenceState,
)
from drumbeat.core.flow import Channel, Flow
from drumbeat.core.frequency import FrequencyCap, Recent
from drumbeat.core.guard import Answer
from drumbeat.core.pacing import BucketUnit, Caps
from drumbeat.core.simulate.cast import (
    DECIDED,
    NO_CAPS,
    Arrival,
    AskedMove,
    JournalLine,
    Person,
    SimulatedSender,
    World,
)
from drumbeat.core.simulate.outbox import Outbox, Touch
from drumbeat.core.simulate.stop_rules import is_met_by
from drumbeat.core.touch import SETTLED, HoldReason, SkipReason, TouchKind, TouchStatus
from drumbeat.core.window import OpenHours

SUPPRESSES: Mapping[str, SkipReason] = {
    EventKind.OPTED_OUT: SkipReason.OPTED_OUT,
    EventKind.COMPLAINED: SkipReason.OPTED_OUT,
    EventKind.BOUNCED: SkipReason.SUPPRESSED,
}


@dataclass(slots=True)
class Standing:
    """One person's changing part. `number` is the place in the order in which people were enrolled."""

    number: int
    person: Person
    enrollment: Enrollment
    flow: Flow
    view: ConditionView
    unreachable: dict[Channel, SkipReason]
    last_senders: dict[Channel, int]
    look_at: datetime | None = None
    returns_at: datetime | None = None
    move: Move | None = None
    counts: dict[str, int] = field(default_factory=dict)
    woken: bool = False
    last_sent_at: datetime | None = None
    sent_at: list[datetime] = field(default_factory=list)
    decisions: dict[tuple[str, int], DecisionFacts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stop:
    """From when to when a sender was full, and the budget bucket that was; None: it rested between two messages."""

    since: datetime
    until: datetime
    unit: BucketUnit | None


@dataclass(slots=True)
class Post:
    """One sender's changing part: what waits, until when it is full or held, what the guard answers now.

    `capped_until`: the end of the last bucket that was full, also when it is past.
    """

    sender: SimulatedSender
    outbox: Outbox = field(default_factory=Outbox)
    full_until: datetime | None = None
    capped_until: datetime | None = None
    down_until: datetime | None = None
    failures: int = 0
    used: Counter[tuple[BucketUnit, datetime]] = field(default_factory=Counter)
    hours: dict[ZoneInfo | None, tuple[OpenHours, ...]] = field(default_factory=dict)
    asked_at: datetime | None = None
    answers: dict[object, Answer] = field(default_factory=dict)
    stops: list[Stop] = field(default_factory=list)
    started_at: datetime | None = None

    def __post_init__(self) -> None:
        self.started_at = self.sender.started_at

    def free_from(self, moment: datetime) -> datetime:
        return max(moment, self.full_until or moment, self.down_until or moment)


WEBHOOKS = 0
"""The place of the built-in sender of webhooks, which has no window and no caps, among the senders."""


def _calls() -> Post:
    return Post(SimulatedSender(SenderFacts(id=WEBHOOKS, channel=Channel.EMAIL, zone=ZoneInfo("UTC"))))


@dataclass(slots=True)
class Run:
    flow: Flow
    sequence: SequenceFacts
    posts: Mapping[int, Post]
    senders: Mapping[int, SenderFacts]
    world: World
    workspace_zone: ZoneInfo
    workspace_sender_id: int | None
    frequency: FrequencyCap | None = None
    workspace_caps: Caps = NO_CAPS
    workspace_used: Counter[tuple[BucketUnit, datetime]] = field(default_factory=Counter)
    standings: list[Standing] = field(default_factory=list)
    people: dict[int, Standing] = field(default_factory=dict)
    touches: dict[tuple[int, str, int], Touch] = field(default_factory=dict)
    arrivals: list[Arrival] = field(default_factory=list)
    moves: list[AskedMove] = field(default_factory=list)
    agenda: list[tuple[datetime, int]] = field(default_factory=list)
    woken: list[int] = field(default_factory=list)
    journal: list[JournalLine] = field(default_factory=list)
    sent: Counter[tuple[str, int]] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    calls: Post = field(default_factory=_calls)
    colleagues: dict[str, list[Standing]] = field(default_factory=dict)
    left_out: int = 0

    def every_post(self) -> Mapping[int, Post]:
        """Return what waits by sender, the built-in one of webhooks last."""
        return {**self.posts, WEBHOOKS: self.calls}

    def post_of(self, plan: PlanTouch) -> Post | None:
        """Return where a touch waits to leave, None for a task."""
        if plan.kind is TouchKind.WEBHOOK:
            return self.calls
        return None if plan.sender_id is None else self.posts[plan.sender_id]

    def hold(self, touch: Touch, why: str) -> None:
        """Count a touch that is held, once for each reason."""
        if why not in touch.held_for:
            touch.held_for = touch.held_for | {why}
            self.held[why] += 1

    def capped(self, touch: Touch, post: Post) -> None:
        """Count a touch that became due while a bucket of its sender was full; asked as it comes out."""
        due = max(touch.created_at, touch.not_before)
        if post.capped_until is not None and due < post.capped_until:
            self.hold(touch, HoldReason.CAP)

    def enroll(self, person: Person, enrollment: Enrollment) -> Standing:
        number, unreachable = len(self.standings), dict(person.unreachable)
        last_senders = dict(person.last_senders)
        standing = Standing(number, person, enrollment, self.flow, person.view, unreachable, last_senders)
        standing.sent_at.extend(person.sent_at)
        self.standings.append(standing)
        self.people[person.id] = standing
        if person.company:
            self.colleagues.setdefault(person.company, []).append(standing)
        self.stand(standing, enrollment)
        return standing

    def stand(self, standing: Standing, enrollment: Enrollment) -> None:
        """Let the person stand so from now on, and note when to look again."""
        standing.enrollment = enrollment
        self.look_at(standing, enrollment.next_step_at)

    def look_at(self, standing: Standing, moment: datetime | None) -> None:
        standing.look_at = moment
        if moment is not None:
            heappush(self.agenda, (moment, standing.number))

    def due(self, now: datetime) -> list[Standing]:
        """Return who must be looked at, in the order of enrolling; in a held sequence only for news."""
        numbers = {number for number in self.woken if self.standings[number].woken}
        self.woken.clear()
        while self.sequence.state is SequenceState.ACTIVE and self.agenda and self.agenda[0][0] <= now:
            at, number = heappop(self.agenda)
            if self.standings[number].look_at == at:
                numbers.add(number)
        return [self.standings[number] for number in sorted(numbers)]

    def next_look(self) -> datetime | None:
        if self.sequence.state is not SequenceState.ACTIVE:
            return None
        while self.agenda and self.standings[self.agenda[0][1]].look_at != self.agenda[0][0]:
            heappop(self.agenda)
        return self.agenda[0][0] if self.agenda else None

    def current_touch(self, standing: Standing) -> Touch | None:
        enrollment = standing.enrollment
        return self.touches.get((enrollment.id, enrollment.step or "", enrollment.visit))

    def facts(self, standing: Standing, touch: Touch | None) -> Facts:
        return Facts(
            sequence=self.sequence,
            view=standing.view,
            zone=standing.person.zone,
            phone=standing.person.phone,
            workspace_zone=self.workspace_zone,
            counts=standing.counts,
            touch=touch.as_facts() if touch else None,
            decision=standing.decisions.get((standing.enrollment.step or "", standing.enrollment.visit)),
            unreachable=standing.unreachable,
            senders=self.senders,
            contact_sender_ids=standing.last_senders if len(self.senders) > 1 else {},
            workspace_sender_id=self.workspace_sender_id,
            owner_id=standing.person.owner_id,
            returns_at=standing.returns_at,
            last_sent_at=standing.last_sent_at,
            move=standing.move,
        )

    def recent(self, standing: Standing) -> Recent | None:
        """Return what the person got under the frequency cap."""
        return None if self.frequency is None else Recent(self.frequency, tuple(standing.sent_at))

    def expect(self, arrival: Arrival) -> None:
        heappush(self.arrivals, arrival)

    def arrive(self, now: datetime) -> None:
        """Let everything happen that comes from outside by `now`."""
        while self.arrivals and self.arrivals[0].at <= now:
            arrival = heappop(self.arrivals)
            standing = self.people[arrival.person_id]
            match arrival.kind:
                case EventKind.TASK_COMPLETED:
                    self._complete_task(standing, arrival, now)
                case str() if arrival.kind == DECIDED:
                    self._decide(standing, arrival, now)
                case _:
                    self._tell(standing, arrival, now)

    def _complete_task(self, standing: Standing, arrival: Arrival, now: datetime) -> None:
        """Complete the task at hand, or the last one of the step that is named."""
        touch = self.current_touch(standing)
        if arrival.step:
            visit = standing.enrollment.visits.get(arrival.step, 0)
            touch = self.touches.get((standing.person.id, arrival.step, visit))
        if touch is None or touch.plan.kind is not TouchKind.TASK or touch.status in SETTLED:
            return
        touch.status, touch.settled_at = TouchStatus.COMPLETED, now
        self._tell(standing, replace(arrival, step=touch.plan.step), now)

    def _decide(self, standing: Standing, arrival: Arrival, now: datetime) -> None:
        key = arrival.step, standing.enrollment.visits.get(arrival.step, 0)
        asked = standing.decisions.get(key)
        if asked is None or asked.decided_at is not None:
            return
        standing.decisions[key] = replace(asked, answer=arrival.answer, decided_at=now)
        self._wake(standing)

    def _tell(self, standing: Standing, arrival: Arrival, now: datetime) -> None:
        kind = arrival.kind
        standing.counts = {**standing.counts, kind: standing.counts.get(kind, 0) + 1}
        scopes = ("", "enrollment", f"step:{arrival.step}") if arrival.step else ("",)
        events = dict(standing.view.events)
        for scope in scopes:
            known = events.get((kind, scope))
            events[kind, scope] = (
                EventFact(known.count + 1, known.first_at, now) if known else EventFact(1, now, now)
            )
        standing.view = replace(standing.view, events=events)
        if is_met_by(kind, self.sequence.stop_when, standing.view, now):
            standing.counts = {**standing.counts, STOP_WHEN: standing.counts.get(STOP_WHEN, 0) + 1}
        standing.returns_at = arrival.returns_at or standing.returns_at
        if kind in SUPPRESSES:
            standing.unreachable[Channel.EMAIL] = SUPPRESSES[kind]
        self._wake(standing)
        if kind in TOLD_TO_COLLEAGUES and self.sequence.exit_on_company_reply is not Exit.OFF:
            self._tell_colleagues(standing, now)

    def _tell_colleagues(self, standing: Standing, now: datetime) -> None:
        for other in self.colleagues.get(standing.person.company, ()):
            if other is not standing and not other.enrollment.is_finished:
                self._tell(other, Arrival(now, other.person.id, COMPANY_REPLY), now)

    def _wake(self, standing: Standing) -> None:
        if not standing.enrollment.is_finished:
            standing.woken = True
            self.woken.append(standing.number)
