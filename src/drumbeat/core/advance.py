"""advance: the one place where an enrollment moves.

Rules are asked in order; the first that has something to say makes the move. `look` repeats it until the enrollment
waits. Everything people see (product, simulator, *Why?*) comes from here, so the three cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from drumbeat.core import stops
from drumbeat.core.conditions import Condition, ConditionView, fields_read, fold, holds
from drumbeat.core.delay import add_delay
from drumbeat.core.enrollment import BlockReason, Enrollment, EnrollmentState, FinishReason, PauseReason
from drumbeat.core.facts import Facts, SequenceState, TouchFacts, Verb, VerbKind
from drumbeat.core.flow import (
    GO_ON,
    ConditionStep,
    EndStep,
    Flow,
    NotifyStep,
    SendStep,
    SetFieldStep,
    SetStageStep,
    Step,
    TagStep,
    TaskStep,
    Way,
    WayKind,
    channel_of,
)
from drumbeat.core.timing import choose_sender, due_at, is_first_send, zone_of
from drumbeat.core.touch import Priority, SkipReason, TouchKind, TouchStatus

MOST_MOVES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTouch:
    """Write a touch (a task is one that a person carries out), due now."""

    kind: TouchKind
    step: str
    visit: int
    due_at: datetime
    sender_id: int | None = None
    priority: int = Priority.FOLLOW_UP


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Carry out an action of our own data, or tell own people."""

    step: NotifyStep | TagStep | SetFieldStep | SetStageStep
    visit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUpTask:
    """Nobody did the task in time: its touch is skipped (`task_expired`)."""

    step: str
    visit: int


Effect = PlanTouch | Act | GiveUpTask


class Fate(StrEnum):
    """What a look makes of the enrollment's touches that are not handed over."""

    CANCEL = "cancel"
    WITHHOLD = "withhold"
    RELEASE = "release"


FATES: Mapping[EnrollmentState, Fate] = {
    EnrollmentState.PENDING_REVIEW: Fate.WITHHOLD,
    EnrollmentState.ACTIVE: Fate.CANCEL,
    EnrollmentState.AWAITING: Fate.RELEASE,
    EnrollmentState.PAUSED: Fate.WITHHOLD,
    EnrollmentState.BLOCKED: Fate.WITHHOLD,
    EnrollmentState.FINISHED: Fate.CANCEL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the journal: which rule moved the enrollment, why, and the names of the fields it read."""

    rule: str
    reason: str = ""
    step: str = ""
    visit: int = 0
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Transition:
    """The enrollment after one look, what the shell must do, and the journal's line; no entry means no move."""

    enrollment: Enrollment
    entry: Entry | None = None
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """All moves of one look."""

    enrollment: Enrollment
    entries: tuple[Entry, ...]
    effects: tuple[Effect, ...]


Rule = Callable[[Enrollment, Flow, Facts, datetime], Transition | None]


def look(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime, verb: Verb | None = None) -> Look:
    """Move until the enrollment waits, plans something outbound or ends; at most 50 moves.

    Every fact is heard afterwards: a setting that changes later never acts backwards.
    """
    entries: list[Entry] = []
    effects: list[Effect] = []
    if verb is not None and not enrollment.is_finished:
        asked = _VERBS[verb.kind](enrollment, facts, verb, now)
        if asked is not None and asked.entry is not None:
            enrollment = asked.enrollment
            entries.append(asked.entry)
    for _ in range(MOST_MOVES):
        step = advance(enrollment, flow, facts, now)
        enrollment = step.enrollment
        if step.entry is None:
            break
        entries.append(step.entry)
        effects.extend(step.effects)
        facts = _after(facts, step, now)
    else:
        enrollment = replace(enrollment, next_step_at=now)
    return Look(_hear(enrollment, facts), tuple(entries), tuple(effects))


def advance(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition:
    """Move an enrollment by at most one step.

    Total for a flow that may be published. Looking too early changes nothing but the time of the next look, so a
    fact may wake an enrollment without knowing where it stands.
    """
    if enrollment.is_finished:
        return Transition(enrollment)
    for rule in _RULES:
        if transition := rule(enrollment, flow, facts, now):
            return transition
    return Transition(enrollment)


def _finish(enrollment: Enrollment, reason: FinishReason, now: datetime) -> Transition:
    after = replace(
        enrollment,
        state=EnrollmentState.FINISHED,
        reason=reason.value,
        next_step_at=None,
        resume_at=None,
        finished_at=now,
    )
    return Transition(after, _entry("finished", reason.value, enrollment))


def _entry(rule: str, reason: str, enrollment: Enrollment, **facts: object) -> Entry:
    return Entry(rule=rule, reason=reason, step=enrollment.step or "", visit=enrollment.visit, facts=facts)


def _gone(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition | None:
    if facts.contact_deleted:
        return _finish(enrollment, FinishReason.CONTACT_DELETED, now)
    if facts.sequence.state is SequenceState.ARCHIVED:
        return _finish(enrollment, FinishReason.SEQUENCE_ARCHIVED, now)
    return None


def _heard_a_stop(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition | None:
    stop = stops.new_stop(enrollment, facts)
    if stop is None:
        return None
    pausing = stop.pause is not None and enrollment.state is not EnrollmentState.PENDING_REVIEW
    if not pausing:
        return _finish(enrollment, stop.finish, now)
    assert stop.pause is not None
    if enrollment.state is EnrollmentState.PAUSED:
        return None
    return _pause(enrollment, stop.pause, resume_at=stop.resume_at)


def _pause(enrollment: Enrollment, reason: PauseReason, *, resume_at: datetime | None = None) -> Transition:
    after = replace(
        enrollment,
        state=EnrollmentState.PAUSED,
        reason=reason.value,
        next_step_at=resume_at,
        resume_at=resume_at,
    )
    return Transition(after, _entry("paused", reason.value, enrollment))


def _nobody_to_reach(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition | None:
    if facts.unreachable and stops.cannot_reach(enrollment, flow, facts):
        return _finish(enrollment, FinishReason.SUPPRESSED, now)
    return None


def _rests(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition | None:
    """States in which only a new fact, a return date or a cause that went away moves anything."""
    match enrollment.state:
        case EnrollmentState.PENDING_REVIEW:
            return Transition(replace(enrollment, next_step_at=None))
        case EnrollmentState.PAUSED if enrollment.resume_at is not None and now >= enrollment.resume_at:
            return _resumed(enrollment, facts, now)
        case EnrollmentState.PAUSED:
            return Transition(replace(enrollment, next_step_at=enrollment.resume_at))
        case EnrollmentState.BLOCKED if _cause_is_gone(enrollment, flow, facts, now):
            return _going(enrollment, facts, now, "unblocked", enrollment.reason)
        case EnrollmentState.BLOCKED:
            return Transition(replace(enrollment, next_step_at=None))
        case _:
            return None


def _cause_is_gone(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> bool:
    match enrollment.reason:
        case BlockReason.INTERRUPTED:
            return facts.touch is None or facts.touch.status is not TouchStatus.INTERRUPTED
        case BlockReason.SENDER_UNAVAILABLE:
            step = flow.steps.get(enrollment.step or "")
            return step is None or choose_sender(step, enrollment, facts) is not None
        case _:
            return enrollment.next_step_at is not None and now >= enrollment.next_step_at


def _resumed(enrollment: Enrollment, facts: Facts, now: datetime) -> Transition:
    return _going(enrollment, facts, now, "resumed", enrollment.reason)


def _going(enrollment: Enrollment, facts: Facts, now: datetime, rule: str, reason: str) -> Transition:
    """Back to what it was doing: waiting for its touch if there is one, else for its step."""
    state = EnrollmentState.AWAITING if facts.touch is not None else EnrollmentState.ACTIVE
    after = replace(enrollment, state=state, reason="", resume_at=None, next_step_at=now)
    return Transition(after, _entry(rule, reason, enrollment))


def _sequence_holds(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition | None:
    """In a paused sequence facts are heard and nothing else happens; the next look comes when it runs again."""
    if facts.sequence.state is SequenceState.ACTIVE:
        return None
    return Transition(replace(enrollment, next_step_at=enrollment.due_at or now))


def _awaits(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition | None:
    """The touch or task that is out: has it settled?"""
    if enrollment.state is not EnrollmentState.AWAITING:
        return None
    step = flow.steps[enrollment.step or ""]
    touch = facts.touch
    if touch is None:
        return _plan_again(enrollment, now)
    match touch.status:
        case TouchStatus.SENT | TouchStatus.DELIVERED | TouchStatus.COMPLETED:
            return _go(enrollment, step.next, touch.settled_at or now, _entry("settled", touch.status, enrollment))
        case TouchStatus.FAILED:
            entry = _entry("failed", touch.reason, enrollment)
            return _take(enrollment, step, step.on_failure, touch.settled_at or now, entry, now, FinishReason.FAILED)
        case TouchStatus.SKIPPED:
            return _skip(enrollment, step, touch.reason, now)
        case TouchStatus.CANCELLED:
            return _plan_again(enrollment, now)
        case TouchStatus.INTERRUPTED:
            after = replace(
                enrollment, state=EnrollmentState.BLOCKED, reason=BlockReason.INTERRUPTED.value, next_step_at=None
            )
            return Transition(after, _entry("blocked", BlockReason.INTERRUPTED, enrollment))
        case _:
            if _sender_is_gone(touch, step, facts):
                return _plan_again(enrollment, now)
            return _still_out(enrollment, step, touch, facts, now)


def _sender_is_gone(touch: TouchFacts, step: Step, facts: Facts) -> bool:
    """An unhanded touch whose sender was disabled chooses again."""
    if touch.handed or touch.sender_id is None or channel_of(step) is None:
        return False
    sender = facts.senders.get(touch.sender_id)
    return sender is None or not sender.enabled


def _plan_again(enrollment: Enrollment, now: datetime) -> Transition:
    after = replace(enrollment, state=EnrollmentState.ACTIVE, step_sender_id=None, next_step_at=now)
    return Transition(after, _entry("planned_again", "", enrollment))


def _still_out(
    enrollment: Enrollment, step: Step, touch: TouchFacts, facts: Facts, now: datetime
) -> Transition:
    if not isinstance(step, TaskStep) or step.when_not_done == "wait":
        return Transition(replace(enrollment, next_step_at=None))
    gives_up_at = add_delay(touch.created_at, step.give_up_after, zone_of(None, facts))
    if now < gives_up_at or step.when_not_done == "escalate":
        next_look = gives_up_at if now < gives_up_at else None
        return Transition(replace(enrollment, next_step_at=next_look))
    moved = _skip(enrollment, step, SkipReason.TASK_EXPIRED, now)
    return replace(moved, effects=(GiveUpTask(step=step.key, visit=enrollment.visit),))


def _waits_or_acts(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition | None:
    """The step at hand: not yet due, or carried out."""
    if enrollment.step is None:
        return _finish(enrollment, FinishReason.COMPLETED, now)
    step = flow.steps[enrollment.step]
    sender = choose_sender(step, enrollment, facts)
    due = due_at(step, enrollment, sender, facts)
    chosen = replace(enrollment, due_at=due, step_sender_id=sender.id if sender else None)
    if due is None or now < due:
        return Transition(replace(chosen, next_step_at=due))
    if step.only_if is not None and not holds(step.only_if, facts.view, now):
        return _skip(chosen, step, SkipReason.CONDITION_FALSE, now, _read(step.only_if))
    return _carry_out(chosen, step, flow, facts, due, now)


def _carry_out(
    enrollment: Enrollment, step: Step, flow: Flow, facts: Facts, due: datetime, now: datetime
) -> Transition:
    match step:
        case SendStep():
            return _send(enrollment, step, flow, facts, due, now)
        case TaskStep():
            return _hand_to_person(enrollment, step, due, now)
        case ConditionStep():
            return _branch(enrollment, step, facts, due, now)
        case NotifyStep() | TagStep() | SetFieldStep() | SetStageStep():
            moved = _go(enrollment, step.next, due, _entry("acted", step.kind, enrollment))
            return replace(moved, effects=(Act(step=step, visit=enrollment.visit),))
        case EndStep():
            return _finish(enrollment, FinishReason.GOAL if step.goal else FinishReason.COMPLETED, now)
        case _:
            raise NotImplementedError(f"steps of kind {step.kind} do not run in this release")


def _send(
    enrollment: Enrollment, step: SendStep, flow: Flow, facts: Facts, due: datetime, now: datetime
) -> Transition:
    channel = channel_of(step)
    assert channel is not None
    if skip := facts.unreachable.get(channel):
        return _skip(enrollment, step, skip, now)
    if enrollment.step_sender_id is None:
        after = replace(
            enrollment,
            state=EnrollmentState.BLOCKED,
            reason=BlockReason.SENDER_UNAVAILABLE.value,
            next_step_at=None,
        )
        return Transition(after, _entry("blocked", BlockReason.SENDER_UNAVAILABLE, enrollment))
    first = is_first_send(step, enrollment, flow)
    plan = PlanTouch(
        kind=TouchKind(channel.value),
        step=step.key,
        visit=enrollment.visit,
        due_at=due,
        sender_id=enrollment.step_sender_id,
        priority=Priority.FIRST_TOUCH if first else Priority.FOLLOW_UP,
    )
    return _awaiting(enrollment, plan)


def _awaiting(enrollment: Enrollment, plan: PlanTouch) -> Transition:
    after = replace(enrollment, state=EnrollmentState.AWAITING, next_step_at=None)
    return Transition(after, _entry("planned", plan.kind, enrollment), (plan,))


def _hand_to_person(enrollment: Enrollment, step: TaskStep, due: datetime, now: datetime) -> Transition:
    plan = PlanTouch(kind=TouchKind.TASK, step=step.key, visit=enrollment.visit, due_at=due)
    if step.waits:
        awaiting = _awaiting(enrollment, plan)
        return replace(awaiting, enrollment=replace(awaiting.enrollment, next_step_at=now))
    moved = _go(enrollment, step.next, now, _entry("planned", TouchKind.TASK, enrollment))
    return replace(moved, effects=(plan,))


def _branch(
    enrollment: Enrollment, step: ConditionStep, facts: Facts, due: datetime, now: datetime
) -> Transition:
    taken = next((b for b in step.branches if holds(b.condition, facts.view, now)), None)
    read = sorted(set().union(*(fields_read(branch.condition) for branch in step.branches)))
    entry = _entry("branched", taken.name if taken else "else", enrollment, read=read)
    return _go(enrollment, taken.next if taken else step.next, due, entry)


def _read(condition: Condition) -> dict[str, object]:
    return {"read": sorted(fields_read(condition))}


def _skip(
    enrollment: Enrollment,
    step: Step,
    reason: str,
    now: datetime,
    read: Mapping[str, object] | None = None,
) -> Transition:
    """A skipped step counts from the moment it was planned for, so skipping never delays what follows."""
    entry = _entry("skipped", reason, enrollment, **(read or {}))
    return _take(enrollment, step, step.on_skip, enrollment.due_at or now, entry, now, FinishReason.COMPLETED)


def _take(
    enrollment: Enrollment,
    step: Step,
    way: Way,
    origin: datetime,
    entry: Entry,
    now: datetime,
    ending: FinishReason,
) -> Transition:
    if way.kind is WayKind.FINISH:
        return replace(_finish(enrollment, ending, now), entry=replace(entry, facts={**entry.facts, "way": "finish"}))
    target = step.next if way.kind is WayKind.GO_ON or way == GO_ON else way.step
    return _go(enrollment, target, origin, entry)


def _go(enrollment: Enrollment, key: str | None, origin: datetime, entry: Entry) -> Transition:
    """Enter the next step; its delay counts from `origin`."""
    visits = dict(enrollment.visits)
    if key is not None:
        visits[key] = visits.get(key, 0) + 1
    after = replace(
        enrollment,
        state=EnrollmentState.ACTIVE,
        reason="",
        step=key,
        visits=visits,
        origin_at=origin,
        due_at=None,
        step_sender_id=None,
    )
    return Transition(after, entry)


def _on_pause(enrollment: Enrollment, facts: Facts, verb: Verb, now: datetime) -> Transition | None:
    if enrollment.state is EnrollmentState.PENDING_REVIEW:
        return None
    return _pause(enrollment, PauseReason.MANUAL)


def _on_resume(enrollment: Enrollment, facts: Facts, verb: Verb, now: datetime) -> Transition | None:
    match enrollment.state:
        case EnrollmentState.PAUSED | EnrollmentState.BLOCKED if enrollment.reason != BlockReason.INTERRUPTED:
            going = _resumed(enrollment, facts, now)
        case _:
            return None
    if not (verb.shift and enrollment.due_at is not None and enrollment.due_at < now):
        return going
    late = now - enrollment.due_at
    return replace(going, enrollment=replace(going.enrollment, origin_at=enrollment.origin_at + late))


def _on_stop(enrollment: Enrollment, facts: Facts, verb: Verb, now: datetime) -> Transition | None:
    return _finish(enrollment, FinishReason.MANUAL, now)


def _on_approve(enrollment: Enrollment, facts: Facts, verb: Verb, now: datetime) -> Transition | None:
    if enrollment.state is not EnrollmentState.PENDING_REVIEW:
        return None
    after = replace(
        enrollment, state=EnrollmentState.ACTIVE, approved_at=now, origin_at=now, due_at=None, next_step_at=now
    )
    return Transition(after, _entry("approved", "", enrollment))


def _on_reject(enrollment: Enrollment, facts: Facts, verb: Verb, now: datetime) -> Transition | None:
    if enrollment.state is not EnrollmentState.PENDING_REVIEW:
        return None
    return _finish(enrollment, FinishReason.REJECTED, now)


def _hear(enrollment: Enrollment, facts: Facts) -> Enrollment:
    heard = {kind: count for kind, count in facts.counts.items() if count}
    return enrollment if heard == dict(enrollment.heard) else replace(enrollment, heard=heard)


def _after(facts: Facts, moved: Transition, now: datetime) -> Facts:
    """What the next move of the same look knows: the touch just planned, the tag or field just set."""
    entry = moved.entry
    assert entry is not None
    if entry.rule in _KEEPS_THE_STEP:
        touch = facts.touch
    else:
        planned = moved.enrollment.state is EnrollmentState.AWAITING
        touch = TouchFacts(status=TouchStatus.PLANNED, created_at=now) if planned else None
    view = facts.view
    for effect in moved.effects:
        if isinstance(effect, Act):
            view = seen(view, effect.step)
    return replace(facts, touch=touch, view=view, counts=facts.counts)


_KEEPS_THE_STEP = frozenset({"paused", "resumed", "blocked", "unblocked", "approved", "finished"})


def seen(view: ConditionView, step: Step) -> ConditionView:
    match step:
        case TagStep(action="add"):
            return replace(view, tags=view.tags | {fold(step.tag)})
        case TagStep():
            return replace(view, tags=view.tags - {fold(step.tag)})
        case SetFieldStep():
            return replace(view, fields={**view.fields, step.field: step.value})
        case SetStageStep():
            return replace(view, fields={**view.fields, "stage": step.stage})
        case _:
            return view


_VERBS: dict[VerbKind, Callable[[Enrollment, Facts, Verb, datetime], Transition | None]] = {
    VerbKind.PAUSE: _on_pause,
    VerbKind.RESUME: _on_resume,
    VerbKind.STOP: _on_stop,
    VerbKind.APPROVE: _on_approve,
    VerbKind.REJECT: _on_reject,
}

_RULES: tuple[Rule, ...] = (
    _gone,
    _heard_a_stop,
    _nobody_to_reach,
    _rests,
    _sequence_holds,
    _awaits,
    _waits_or_acts,
)
