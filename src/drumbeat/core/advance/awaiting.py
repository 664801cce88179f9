"""What is out: has it settled, and where does the enrollment go then?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from drumbeat.core.advance.by_person import still_out
from drumbeat.core.advance.deciding import decide
from drumbeat.core.advance.outcome import Transition, block, entry_of
from drumbeat.core.advance.step_moves import At, along, ended_by, go, plan_again, skip
from drumbeat.core.enrollment import BlockReason, Enrollment, EnrollmentState, FinishReason
from drumbeat.core.facts import Facts, TouchFacts
from drumbeat.core.flow import AiStep, Flow, Step, WayKind, channel_of
from drumbeat.core.touch import TouchStatus


def awaits(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition | None:
    """The touch, task or decision that is out: has it settled?"""
    if enrollment.state is not EnrollmentState.AWAITING:
        return None
    step = flow.steps[enrollment.step or ""]
    if isinstance(step, AiStep):
        return decide(At(enrollment, step, flow, facts, None, enrollment.due_at or now, now))
    touch = facts.touch
    if touch is None:
        return plan_again(enrollment, now)
    if (settle := _SETTLE.get(touch.status)) is not None:
        return settle(enrollment, step, touch, now)
    if _sender_is_gone(touch, step, facts):
        return plan_again(enrollment, now)
    return still_out(enrollment, step, touch, facts, now)


def _done(enrollment: Enrollment, step: Step, touch: TouchFacts, now: datetime) -> Transition:
    entry = entry_of("settled", touch.status.value, enrollment)
    return go(enrollment, step.next, touch.settled_at or now, entry, now)


def _failed(enrollment: Enrollment, step: Step, touch: TouchFacts, now: datetime) -> Transition:
    """The last attempt is the origin of what follows."""
    entry = entry_of("failed", touch.reason, enrollment)
    if step.on_failure.kind is WayKind.FINISH:
        return ended_by(entry, enrollment, FinishReason.FAILED, now)
    return go(enrollment, along(step.on_failure, step), touch.settled_at or now, entry, now)


def _skipped(enrollment: Enrollment, step: Step, touch: TouchFacts, now: datetime) -> Transition:
    return skip(enrollment, step, touch.reason, enrollment.due_at, now)


def _cancelled(enrollment: Enrollment, step: Step, touch: TouchFacts, now: datetime) -> Transition:
    return plan_again(enrollment, now)


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
