"""Steps that write to the contact: the touch to plan, or why there is none."""

from __future__ import annotations

from drumbeat.core.advance.outcome import PlanTouch, Transition, block, entry_of
from drumbeat.core.advance.step_moves import At, here, skip
from drumbeat.core.enrollment import BlockReason, EnrollmentState
from drumbeat.core.flow import SendStep, channel_of
from drumbeat.core.timing import is_first_send
from drumbeat.core.touch import Priority, TouchKind


def send(at: At[SendStep]) -> Transition:
    channel = channel_of(at.step)
    assert channel is not None
    if reason := at.facts.unreachable.get(channel):
        return skip(at.enrollment, at.step, reason, at.due, at.now)
    waiting = here(at.enrollment, EnrollmentState.AWAITING, at.due, at.sender, None)
    if at.sender is None:
        return block(waiting, BlockReason.SENDER_UNAVAILABLE)
    first = is_first_send(at.step, at.enrollment, at.flow)
    plan = PlanTouch(
        kind=TouchKind(channel.value),
        step=at.step.key,
        visit=at.enrollment.visit,
        due_at=at.due,
        sender_id=at.sender.id,
        priority=Priority.FIRST_TOUCH if first else Priority.FOLLOW_UP,
    )
    return Transition(waiting, entry_of("planned", plan.kind.value, waiting), (plan,))
