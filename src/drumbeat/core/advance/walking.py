"""The step at hand: what became of its touch, whether it is due, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from drumbeat.core.advance.outcome import (
    Act,
    Entry,
    GiveUpTask,
    PlanTouch,
    Transition,
    block,
    ended,
    entry_of,
    finish,
)
from drumbeat.core.conditions import fields_read, holds
from drumbeat.core.delay import add_delay
from drumbeat.core.enrollment import BlockReason, Enrollment, EnrollmentState, FinishReason
from drumbeat.core.facts import Facts, SenderFacts, TouchFacts
from drumbeat.core.flow import (
    ConditionStep,
    EmailStep,
    EndStep,
    Flow,
    NotifyStep,
    SendStep,
    SetFieldStep,
    SetStageStep,
    SmsStep,
    Step,
    TagStep,
    TaskStep,
    VoiceStep,
    Way,
    WayKind,
    WhatsAppStep,
    channel_of,
)
from drumbeat.core.timing import choose_sender, due_at, is_first_send, zone_of
from drumbeat.core.touch import Priority, SkipReason, TouchKind, TouchStatus


def awaits(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition | None:
    """The touch or task that is out: has it settled?"""
    if enrollment.state is not EnrollmentState.AWAITING:
        return None
    step = flow.steps[enrollment.step or ""]
    touch = facts.touch
    if touch is None:
        return _plan_again(enrollment, now)
    if (settle := _SETTLE.get(touch.status)) is not None:
        return settle(enrollment, step, touch, now)
    if _sender_is_gone(touch, step, facts):
        return _plan_again(enrollment, now)
    return _still_out(enrollment, step, touch, facts, now)


def _done(enrollment: Enrollment, step: Step, touch: TouchFacts, now: datetime) -> Transition:
    entry = entry_of("settled", touch.status.value, enrollment)
    return _go(enrollment, step.next, touch.settled_at or now, entry, now)


def _failed(enrollment: Enrollment, step: Step, touch: TouchFacts, now: datetime) -> Transition:
    """The last attempt is the origin of what follows."""
    entry = entry_of("failed", touch.reason, enrollment)
    if step.on_failure.kind is WayKind.FINISH:
        return _ended_by(entry, enrollment, FinishReason.FAILED, now)
    return _go(enrollment, _along(step.on_failure, step), touch.settled_at or now, entry, now)


def _skipped(enrollment: Enrollment, step: Step, touch: TouchFacts, now: datetime) -> Transition:
    return _skip(enrollment, step, touch.reason, enrollment.due_at, now)


def _cancelled(enrollment: Enrollment, step: Step, touch: TouchFacts, now: datetime) -> Transition:
    return _plan_again(enrollment, now)


def _in_doubt(enrollment: Enrollment, step: Step, touch: TouchFacts, now: datetime) -> Transition:
    return block(enrollment, BlockReason.INTERRUPTED)


_SETTLE: Mapping[TouchStatus, Callable[[Enrollment, Step, TouchFacts, datetime], Transition]] = {
    TouchStatus.SENT: _done,
    TouchStatus.DELIVERED: _done,
    TouchStatus.COMPLETED: _done,
    TouchStatus.FAILED: _failed,
    TouchStatus.SKIPPED: _skipped,
    TouchStatus.CANCELLED: _cancelled,
    TouchStatus.INTERRUPTED: _in_doubt,
}


def _sender_is_gone(touch: TouchFacts, step: Step, facts: Facts) -> bool:
    """An unhanded touch whose sender was disabled chooses again."""
    if touch.handed or touch.sender_id is None or channel_of(step) is None:
        return False
    sender = facts.senders.get(touch.sender_id)
    return sender is None or not sender.enabled


def _plan_again(enrollment: Enrollment, now: datetime) -> Transition:
    after = replace(enrollment, state=EnrollmentState.ACTIVE, next_step_at=now)
    return Transition(after, entry_of("planned_again", "", enrollment))


def _still_out(
    enrollment: Enrollment, step: Step, touch: TouchFacts, facts: Facts, now: datetime
) -> Transition:
    gives_up_at = _gives_up_at(step, touch.created_at, facts)
    if gives_up_at is None or now < gives_up_at:
        return Transition(_looked_at(enrollment, gives_up_at))
    moved = _skip(enrollment, step, SkipReason.TASK_EXPIRED, gives_up_at, now)
    return replace(moved, effects=(GiveUpTask(step=step.key, visit=enrollment.visit),))


def _gives_up_at(step: Step, created_at: datetime, facts: Facts) -> datetime | None:
    if isinstance(step, TaskStep) and step.when_not_done == "skip":
        return add_delay(created_at, step.give_up_after, zone_of(None, facts))
    return None


def _looked_at(enrollment: Enrollment, next_look: datetime | None) -> Enrollment:
    same = enrollment.next_step_at == next_look
    return enrollment if same else replace(enrollment, next_step_at=next_look)


def is_at_its_step(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition:
    """The step at hand: not yet due, or carried out."""
    if enrollment.step is None:
        return finish(enrollment, FinishReason.COMPLETED, now)
    step = flow.steps[enrollment.step]
    sender = choose_sender(step, enrollment, facts)
    due = due_at(step, enrollment, sender, facts)
    if due is None or now < due:
        return Transition(_here(enrollment, enrollment.state, due, sender, due))
    if step.only_if is not None and not holds(step.only_if, facts.view, now):
        read = sorted(fields_read(step.only_if))
        return _skip(enrollment, step, SkipReason.CONDITION_FALSE, due, now, read=read)
    match step:
        case EmailStep() | SmsStep() | WhatsAppStep() | VoiceStep():
            return _send(enrollment, step, flow, facts, sender, due, now)
        case TaskStep():
            return _hand_to_person(enrollment, step, facts, due, now)
        case _:
            return _carry_out(enrollment, step, facts, due, now)


def _here(
    enrollment: Enrollment,
    state: EnrollmentState,
    due: datetime | None,
    sender: SenderFacts | None,
    next_look: datetime | None,
) -> Enrollment:
    return replace(
        enrollment,
        state=state,
        due_at=due,
        step_sender_id=sender.id if sender else None,
        approved_at=enrollment.approved_at or enrollment.origin_at,
        next_step_at=next_look,
    )


def _carry_out(enrollment: Enrollment, step: Step, facts: Facts, due: datetime, now: datetime) -> Transition:
    match step:
        case ConditionStep():
            return _branch(enrollment, step, facts, due, now)
        case NotifyStep() | TagStep() | SetFieldStep() | SetStageStep():
            moved = _go(enrollment, step.next, due, entry_of("acted", step.kind, enrollment), now)
            return replace(moved, effects=(Act(step=step, visit=enrollment.visit),))
        case EndStep():
            return finish(enrollment, FinishReason.GOAL if step.goal else FinishReason.COMPLETED, now)
        case _:
            raise NotImplementedError(f"steps of kind {step.kind} do not run in this release")


def _send(
    enrollment: Enrollment,
    step: SendStep,
    flow: Flow,
    facts: Facts,
    sender: SenderFacts | None,
    due: datetime,
    now: datetime,
) -> Transition:
    channel = channel_of(step)
    assert channel is not None
    if skip := facts.unreachable.get(channel):
        return _skip(enrollment, step, skip, due, now)
    here = _here(enrollment, EnrollmentState.AWAITING, due, sender, None)
    if sender is None:
        return block(here, BlockReason.SENDER_UNAVAILABLE)
    first = is_first_send(step, enrollment, flow)
    plan = PlanTouch(
        kind=TouchKind(channel.value),
        step=step.key,
        visit=enrollment.visit,
        due_at=due,
        sender_id=sender.id,
        priority=Priority.FIRST_TOUCH if first else Priority.FOLLOW_UP,
    )
    return Transition(here, entry_of("planned", plan.kind.value, here), (plan,))


def _hand_to_person(
    enrollment: Enrollment, step: TaskStep, facts: Facts, due: datetime, now: datetime
) -> Transition:
    plan = PlanTouch(kind=TouchKind.TASK, step=step.key, visit=enrollment.visit, due_at=due)
    entry = entry_of("planned", TouchKind.TASK.value, enrollment)
    if not step.waits:
        return replace(_go(enrollment, step.next, now, entry, now), effects=(plan,))
    next_look = _gives_up_at(step, now, facts)
    return Transition(_here(enrollment, EnrollmentState.AWAITING, due, None, next_look), entry, (plan,))


def _branch(
    enrollment: Enrollment, step: ConditionStep, facts: Facts, due: datetime, now: datetime
) -> Transition:
    taken = next((branch for branch in step.branches if holds(branch.condition, facts.view, now)), None)
    read = sorted(set().union(*(fields_read(branch.condition) for branch in step.branches)))
    entry = entry_of("branched", taken.name if taken else "else", enrollment, read=read)
    return _go(enrollment, taken.next if taken else step.next, due, entry, now)


def _skip(
    enrollment: Enrollment,
    step: Step,
    reason: str,
    planned_at: datetime | None,
    now: datetime,
    **read: object,
) -> Transition:
    """What follows a skipped step counts from when the skip was planned, so a late look delays nothing.

    That is the step's own due time, or the end of the waiting for a task that nobody did.
    """
    entry = entry_of("skipped", reason, enrollment, **read)
    if step.on_skip.kind is WayKind.FINISH:
        return _ended_by(entry, enrollment, FinishReason.COMPLETED, now)
    return _go(enrollment, _along(step.on_skip, step), planned_at or now, entry, now)


def _ended_by(entry: Entry, enrollment: Enrollment, reason: FinishReason, now: datetime) -> Transition:
    return Transition(ended(enrollment, reason, now), replace(entry, facts={**entry.facts, "way": "finish"}))


def _along(way: Way, step: Step) -> str | None:
    return way.step if way.kind is WayKind.STEP else step.next


def _go(enrollment: Enrollment, key: str | None, origin: datetime, entry: Entry, now: datetime) -> Transition:
    """Enter the next step; its delay counts from `origin`."""
    visits = dict(enrollment.visits)
    if key is not None:
        visits[key] = visits.get(key, 0) + 1
    after = replace(
        enrollment,
        state=EnrollmentState.ACTIVE,
        step=key,
        visits=visits,
        origin_at=origin,
        due_at=None,
        next_step_at=now,
        step_sender_id=None,
        approved_at=enrollment.approved_at or enrollment.origin_at,
    )
    return Transition(after, entry)
