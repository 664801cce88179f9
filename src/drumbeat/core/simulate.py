"""A flow, many contacts, virtual time: where would everybody go, and when would what leave?

The same `look` and `may_send` as the engine, over values instead of rows. Time moves only to the next moment at which
something is due; at each, planning and sending alternate until nothing is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from drumbeat.core.advance import FATES, Act, Entry, Fate, GiveUpTask, PlanTouch, look, seen
from drumbeat.core.conditions import ConditionView, EventFact
from drumbeat.core.delivery import Refused, judge
from drumbeat.core.enrollment import Enrollment, EnrollmentState
from drumbeat.core.facts import EventKind, Facts, SenderFacts, SequenceFacts, TouchFacts
from drumbeat.core.flow import Channel, Flow
from drumbeat.core.guard import Drop, Go, GuardFacts, Hold, may_send
from drumbeat.core.pacing import BucketUnit, Caps, bucket_end, bucket_start, caps_on, free
from drumbeat.core.timing import open_hours
from drumbeat.core.touch import SETTLED, UNHANDED, SkipReason, TouchKind, TouchStatus

__all__ = ["Arrival", "JournalLine", "Person", "SimulatedSender", "Simulation", "World", "simulate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A contact to enroll. `id` is both the contact's and the enrollment's, so that hashes agree with the engine's."""

    id: int
    view: ConditionView
    zone: ZoneInfo | None = None
    unreachable: Mapping[Channel, SkipReason] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SimulatedSender:
    facts: SenderFacts
    caps: Caps = Caps(None, None, None)
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that comes from outside at a moment: a fact about a person, or a task that somebody did."""

    at: datetime
    person_id: int
    kind: str


class World(Protocol):
    """How the outside behaves."""

    def deliver(self, person_id: int, step: str, visit: int, attempt: int) -> Refused | None:
        """Return None when the message is accepted, else how it is refused."""
        ...

    def after_sent(self, person_id: int, step: str, visit: int, at: datetime) -> Iterable[Arrival]:
        """Return what a sent message or a created task brings about, each at a moment after `at`."""
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
    """What came of it. `sent` counts by local day of the sender and sender; `held` by reason."""

    journal: Sequence[JournalLine]
    enrollments: Mapping[int, Enrollment]
    sent: Mapping[tuple[str, int], int]
    held: Mapping[str, int]
    ended_at: datetime


@dataclass(slots=True)
class _Touch:
    number: int
    person_id: int
    plan: PlanTouch
    created_at: datetime
    not_before: datetime
    status: TouchStatus
    reason: str = ""
    attempts: int = 0
    settled_at: datetime | None = None
    withheld: bool = False

    def as_facts(self) -> TouchFacts:
        return TouchFacts(
            status=self.status,
            reason=self.reason,
            created_at=self.created_at,
            settled_at=self.settled_at,
            handed=self.status not in UNHANDED and self.plan.kind is not TouchKind.TASK,
            sender_id=self.plan.sender_id,
        )


@dataclass(slots=True)
class _Standing:
    """One person's changing part."""

    person: Person
    enrollment: Enrollment
    view: ConditionView
    unreachable: dict[Channel, SkipReason]
    counts: dict[str, int] = field(default_factory=dict)
    woken: bool = False
    last_senders: dict[Channel, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Run:
    flow: Flow
    sequence: SequenceFacts
    senders: Mapping[int, SimulatedSender]
    world: World
    workspace_zone: ZoneInfo
    workspace_sender_id: int | None
    people: dict[int, _Standing] = field(default_factory=dict)
    touches: dict[tuple[int, str, int], _Touch] = field(default_factory=dict)
    arrivals: list[Arrival] = field(default_factory=list)
    journal: list[JournalLine] = field(default_factory=list)
    used: Counter[tuple[int, BucketUnit, datetime]] = field(default_factory=Counter)
    sent: Counter[tuple[str, int]] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    full_until: dict[int, datetime] = field(default_factory=dict)


def simulate(
    flow: Flow,
    sequence: SequenceFacts,
    people: Iterable[Person],
    senders: Mapping[int, SimulatedSender],
    world: World,
    start: datetime,
    until: datetime,
    *,
    workspace_zone: ZoneInfo = ZoneInfo("UTC"),
    workspace_sender_id: int | None = None,
    arrivals: Sequence[Arrival] = (),
) -> Simulation:
    """Enroll everybody at `start` and let time pass to `until`, or until nothing is due any more."""
    run = _Run(flow, sequence, senders, world, workspace_zone, workspace_sender_id, arrivals=list(arrivals))
    for person in people:
        run.people[person.id] = _Standing(person, _enrolled(person.id, flow, start), person.view, dict(person.unreachable))
    now = start
    while True:
        _arrive(run, now)
        while _plan(run, now) + _send(run, now):
            pass
        following = _next_moment(run, now)
        if following is None or following > until:
            break
        now = following
    standing = {id_: one.enrollment for id_, one in run.people.items()}
    return Simulation(journal=run.journal, enrollments=standing, sent=run.sent, held=run.held, ended_at=now)


def _enrolled(id_: int, flow: Flow, now: datetime) -> Enrollment:
    return Enrollment(
        id=id_,
        state=EnrollmentState.ACTIVE,
        step=flow.start,
        visits={flow.start: 1} if flow.start else {},
        origin_at=now,
        next_step_at=now,
    )


def _arrive(run: _Run, now: datetime) -> None:
    due = [arrival for arrival in run.arrivals if arrival.at <= now]
    run.arrivals = [arrival for arrival in run.arrivals if arrival.at > now]
    for arrival in sorted(due, key=lambda one: (one.at, one.person_id, one.kind)):
        standing = run.people[arrival.person_id]
        if arrival.kind == EventKind.TASK_COMPLETED:
            _complete_task(run, standing, now)
            continue
        standing.counts[arrival.kind] = standing.counts.get(arrival.kind, 0) + 1
        _count_event(standing, arrival.kind, now)
        if arrival.kind in _SUPPRESSES:
            standing.unreachable[Channel.EMAIL] = _SUPPRESSES[arrival.kind]
        standing.woken = not standing.enrollment.is_finished


_SUPPRESSES = {
    EventKind.OPTED_OUT.value: SkipReason.OPTED_OUT,
    EventKind.COMPLAINED.value: SkipReason.OPTED_OUT,
    EventKind.BOUNCED.value: SkipReason.SUPPRESSED,
}


def _count_event(standing: _Standing, kind: str, now: datetime) -> None:
    known = standing.view.events.get((kind, ""))
    fact = EventFact(known.count + 1, known.first_at, now) if known else EventFact(1, now, now)
    standing.view = replace(standing.view, events={**standing.view.events, (kind, ""): fact})


def _complete_task(run: _Run, standing: _Standing, now: datetime) -> None:
    touch = _current_touch(run, standing)
    if touch is None or touch.plan.kind is not TouchKind.TASK or touch.status in SETTLED:
        return
    touch.status, touch.settled_at = TouchStatus.COMPLETED, now
    standing.enrollment = replace(standing.enrollment, next_step_at=now)


def _current_touch(run: _Run, standing: _Standing) -> _Touch | None:
    enrollment = standing.enrollment
    return run.touches.get((enrollment.id, enrollment.step or "", enrollment.visit))


def _plan(run: _Run, now: datetime) -> int:
    looked = 0
    for standing in run.people.values():
        enrollment = standing.enrollment
        due = enrollment.next_step_at is not None and enrollment.next_step_at <= now
        if enrollment.is_finished or not (due or standing.woken):
            continue
        _look(run, standing, now)
        looked += 1
    return looked


def _look(run: _Run, standing: _Standing, now: datetime) -> None:
    before = _current_touch(run, standing)
    taken = look(standing.enrollment, run.flow, _facts(run, standing), now)
    standing.enrollment, standing.woken = taken.enrollment, False
    _settle(before, FATES[taken.enrollment.state], now)
    for effect in taken.effects:
        match effect:
            case PlanTouch():
                _write_touch(run, standing, effect, now)
            case Act(step=step):
                standing.view = seen(standing.view, step)
            case GiveUpTask(step=key, visit=visit):
                touch = run.touches[standing.person.id, key, visit]
                touch.status, touch.reason, touch.settled_at = TouchStatus.SKIPPED, SkipReason.TASK_EXPIRED, now
    run.journal.extend(_line(standing.person.id, entry, now) for entry in taken.entries)


def _line(person_id: int, entry: Entry, now: datetime) -> JournalLine:
    return JournalLine(
        at=now, person_id=person_id, rule=entry.rule, step=entry.step, visit=entry.visit, reason=entry.reason
    )


def _settle(touch: _Touch | None, fate: Fate, now: datetime) -> None:
    if touch is None or touch.status not in UNHANDED:
        return
    if fate is Fate.CANCEL:
        touch.status, touch.settled_at = TouchStatus.CANCELLED, now
    elif touch.plan.kind is not TouchKind.TASK:
        touch.withheld = fate is Fate.WITHHOLD


def _write_touch(run: _Run, standing: _Standing, plan: PlanTouch, now: datetime) -> None:
    task = plan.kind is TouchKind.TASK
    status = TouchStatus.SCHEDULED if task else TouchStatus.PLANNED
    key = (standing.person.id, plan.step, plan.visit)
    run.touches[key] = _Touch(len(run.touches), standing.person.id, plan, now, plan.due_at, status)
    if task:
        run.arrivals.extend(run.world.after_sent(*key, now))


def _facts(run: _Run, standing: _Standing) -> Facts:
    touch = _current_touch(run, standing)
    return Facts(
        sequence=run.sequence,
        view=standing.view,
        zone=standing.person.zone,
        workspace_zone=run.workspace_zone,
        counts=standing.counts,
        touch=touch.as_facts() if touch else None,
        unreachable=standing.unreachable,
        senders={id_: sender.facts for id_, sender in run.senders.items()},
        contact_sender_ids=standing.last_senders if len(run.senders) > 1 else {},
        workspace_sender_id=run.workspace_sender_id,
    )


def _send(run: _Run, now: datetime) -> int:
    return sum(_send_of(run, sender_id, sender, now) for sender_id, sender in run.senders.items())


def _send_of(run: _Run, sender_id: int, sender: SimulatedSender, now: datetime) -> int:
    if run.full_until.get(sender_id, now) > now:
        return 0
    waiting = sorted(
        (touch for touch in run.touches.values() if _claimable(touch, sender_id, now)),
        key=lambda touch: (touch.plan.priority, touch.not_before, touch.person_id, touch.number),
    )
    handled = 0
    for touch in waiting:
        if _room(run, sender_id, sender, now) == 0:
            caps = caps_on(sender.caps, sender.started_at, sender.facts.zone, now)
            ends = [bucket_end(unit, now, sender.facts.zone) for unit in caps if _is_full(run, sender_id, sender, unit, now)]
            run.full_until[sender_id] = max(ends)
            run.held["cap"] += len(waiting) - handled
            break
        _carry(run, touch, sender_id, sender, now)
        handled += 1
    return handled


def _claimable(touch: _Touch, sender_id: int, now: datetime) -> bool:
    return (
        touch.plan.sender_id == sender_id
        and touch.status in UNHANDED
        and not touch.withheld
        and touch.not_before <= now
    )


def _used(run: _Run, sender_id: int, sender: SimulatedSender, unit: BucketUnit, now: datetime) -> int:
    return run.used[sender_id, unit, bucket_start(unit, now, sender.facts.zone)]


def _is_full(run: _Run, sender_id: int, sender: SimulatedSender, unit: BucketUnit, now: datetime) -> bool:
    cap = caps_on(sender.caps, sender.started_at, sender.facts.zone, now)[unit]
    return _used(run, sender_id, sender, unit, now) >= cap


def _room(run: _Run, sender_id: int, sender: SimulatedSender, now: datetime) -> int | None:
    caps = caps_on(sender.caps, sender.started_at, sender.facts.zone, now)
    return free(caps, {unit: _used(run, sender_id, sender, unit, now) for unit in caps})


def _carry(run: _Run, touch: _Touch, sender_id: int, sender: SimulatedSender, now: datetime) -> None:
    standing = run.people[touch.person_id]
    channel = Channel(touch.plan.kind)
    guard = GuardFacts(
        sequence_state=run.sequence.state,
        waits_for_look=standing.woken,
        sender_enabled=sender.facts.enabled,
        unreachable=standing.unreachable.get(channel),
        hours=open_hours(sender.facts, _facts(run, standing)),
    )
    match may_send(guard, now):
        case Hold(None, why):
            touch.withheld = True
            run.held[why] += 1
        case Hold(until, why):
            touch.not_before = until
            run.held[why] += 1
        case Drop(why):
            _settled(run, touch, TouchStatus.SKIPPED, why, now)
        case Go():
            _deliver(run, touch, sender_id, sender, standing, now)


def _deliver(
    run: _Run, touch: _Touch, sender_id: int, sender: SimulatedSender, standing: _Standing, now: datetime
) -> None:
    key = (touch.person_id, touch.plan.step, touch.plan.visit)
    for unit in caps_on(sender.caps, sender.started_at, sender.facts.zone, now):
        run.used[sender_id, unit, bucket_start(unit, now, sender.facts.zone)] += 1
    refused = run.world.deliver(*key, touch.attempts + 1)
    touch.attempts += 1
    if refused is None:
        _settled(run, touch, TouchStatus.SENT, "", now)
        standing.last_senders[Channel(touch.plan.kind)] = sender_id
        run.sent[now.astimezone(sender.facts.zone).date().isoformat(), sender_id] += 1
        run.arrivals.extend(run.world.after_sent(*key, now))
        return
    verdict = judge(refused, touch.attempts, 0, str(touch.number), now)
    if verdict.status is TouchStatus.FAILED:
        _settled(run, touch, TouchStatus.FAILED, refused.reason, now)
        if verdict.suppress:
            run.arrivals.append(Arrival(now, touch.person_id, EventKind.BOUNCED))
            _arrive(run, now)
    else:
        touch.status = verdict.status
        touch.not_before = verdict.not_before or verdict.sender_down_until or now


def _settled(run: _Run, touch: _Touch, status: TouchStatus, reason: str, now: datetime) -> None:
    touch.status, touch.reason, touch.settled_at = status, reason, now
    standing = run.people[touch.person_id]
    if not standing.enrollment.is_finished:
        standing.enrollment = replace(standing.enrollment, next_step_at=now)


def _next_moment(run: _Run, now: datetime) -> datetime | None:
    moments = [one.enrollment.next_step_at for one in run.people.values() if not one.enrollment.is_finished]
    moments += [arrival.at for arrival in run.arrivals]
    for touch in run.touches.values():
        if touch.status in UNHANDED and not touch.withheld and touch.plan.sender_id is not None:
            moments.append(max(touch.not_before, run.full_until.get(touch.plan.sender_id, touch.not_before)))
    return min((moment for moment in moments if moment is not None and moment > now), default=None)
