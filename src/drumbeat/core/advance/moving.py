"""A move to another version: whether it may happen now, and where the enrollment stands then.

Steps are the same by their key. A move keeps visits, what was sent and the time that was waited.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from drumbeat.core.advance.outcome import Transition, entry_of
from drumbeat.core.enrollment import Enrollment, EnrollmentState
from drumbeat.core.evolve import evolve
from drumbeat.core.facts import Facts, Move, TouchFacts
from drumbeat.core.flow import AiDecideStep, AiQualifyStep, Flow, TaskStep, WaitForStep
from drumbeat.core.timing import choose_sender, due_at
from drumbeat.core.touch import SETTLED, TouchStatus


class Course(StrEnum):
    """What becomes of a move: made at once, when what is out has settled, or not at all."""

    AT_ONCE = "at_once"
    WHEN_SETTLED = "when_settled"
    SAME_VERSION = "same_version"
    STEP_VANISHED = "step_vanished"
    STEP_BEHIND = "step_behind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What a move would do now: the step and due time before, and after; no `step` where it does not move."""

    course: Course
    step: str | None = None
    due_at: datetime | None = None


def goes_over(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition | None:
    """Make the move that was asked, unless something is out; one that leads nowhere is dropped."""
    move = facts.move
    if move is None:
        return None
    match course := course_of(enrollment, flow, move, facts.touch):
        case Course.WHEN_SETTLED:
            return None
        case Course.AT_ONCE:
            after = _over(enrollment, flow, move, facts.touch, now)
            entry = entry_of("moved", "", enrollment, version=move.number, to=after.step)
            return Transition(after, entry)
        case _:
            stays = evolve(enrollment, move_id=None)
            return Transition(stays, entry_of("move_dropped", course.value, enrollment, version=move.number))


def foresee(enrollment: Enrollment, flow: Flow, facts: Facts, move: Move, now: datetime) -> Foreseen:
    """Say what the move would do, with the new due time of the step at which the enrollment would stand."""
    course = course_of(enrollment, flow, move, facts.touch)
    if course is not Course.AT_ONCE:
        return Foreseen(course=course)
    after = _over(enrollment, flow, move, facts.touch, now)
    if after.step is None or _is_done(facts.touch):
        return Foreseen(course=course, step=after.step)
    step = move.flow.steps[after.step]
    due = due_at(step, after, choose_sender(step, after, facts), facts)
    return Foreseen(course=course, step=after.step, due_at=due)


def course_of(enrollment: Enrollment, flow: Flow, move: Move, touch: TouchFacts | None) -> Course:
    """Say what becomes of the move; a mapped step that was entered before would be repeated, so it is no way."""
    if enrollment.version_id == move.version_id:
        return Course.SAME_VERSION
    if _is_out(enrollment, flow, touch):
        return Course.WHEN_SETTLED
    if enrollment.step is None or enrollment.step in move.flow.steps:
        return Course.AT_ONCE
    if _is_done(touch):
        return Course.WHEN_SETTLED  # its own version says what follows; that step is looked for then
    mapped = move.steps.get(enrollment.step)
    if mapped not in move.flow.steps:
        return Course.STEP_VANISHED
    return Course.STEP_BEHIND if mapped in enrollment.visits else Course.AT_ONCE


def _is_out(enrollment: Enrollment, flow: Flow, touch: TouchFacts | None) -> bool:
    """Handed over, a task that was created, a draft in approval: what a person or the wire has."""
    if touch is None or touch.status in SETTLED:
        return False
    is_task = isinstance(flow.steps.get(enrollment.step or ""), TaskStep)
    return touch.handed or is_task or touch.status is TouchStatus.IN_APPROVAL


def _is_done(touch: TouchFacts | None) -> bool:
    return touch is not None and touch.status in SETTLED and touch.status is not TouchStatus.CANCELLED


def _over(
    enrollment: Enrollment, flow: Flow, move: Move, touch: TouchFacts | None, now: datetime
) -> Enrollment:
    """Stand in the new version. Delays count on from the old origin; what is late is due now, not before."""
    over = evolve(enrollment, version_id=move.version_id, move_id=None)
    if _waits_on(enrollment, flow, move, now):
        return evolve(over, next_step_at=_soon(over, now))
    over = evolve(over, not_before=now)
    if enrollment.step is None or _is_done(touch):
        return evolve(over, next_step_at=_soon(over, now))
    key, visits = enrollment.step, enrollment.visits
    if key not in move.flow.steps:
        key = move.steps[key]
        visits = {**visits, key: 1}
    state = enrollment.state
    if state is EnrollmentState.AWAITING:
        state = EnrollmentState.ACTIVE
    fresh = evolve(over, step=key, visits=visits, state=state, due_at=None, step_sender_id=None)
    return evolve(fresh, next_step_at=_soon(fresh, now))


def _waits_on(enrollment: Enrollment, flow: Flow, move: Move, now: datetime) -> bool:
    """Whether an event or a decision is waited for since some time, and is in the new version too."""
    step, again = flow.steps.get(enrollment.step or ""), move.flow.steps.get(enrollment.step or "")
    has_begun = enrollment.due_at is not None and enrollment.due_at <= now
    return has_begun and isinstance(step, _WAITING) and type(step) is type(again)


_WAITING = (WaitForStep, AiDecideStep, AiQualifyStep)


def _soon(enrollment: Enrollment, now: datetime) -> datetime | None:
    """Look at once, where a look may move it; a blocked one tries again, for its cause may be gone."""
    rests = enrollment.state in (EnrollmentState.PAUSED, EnrollmentState.PENDING_REVIEW)
    return enrollment.next_step_at if rests else now


def touch_after(facts: Facts) -> TouchFacts | None:
    """Return what the next rule may know of the touch at hand: one that had not left is planned anew."""
    return facts.touch if _is_done(facts.touch) else None
