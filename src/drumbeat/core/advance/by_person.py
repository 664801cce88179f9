"""Steps that a person carries out: the task to plan, and what happens when nobody does it."""

from __future__ import annotations

from datetime import datetime

from drumbeat.core.advance.outcome import Escalate, GiveUpTask, PlanTouch, Transition, entry_of
from drumbeat.core.advance.step_moves import At, go, here, looked_at, skip
from drumbeat.core.enrollment import Enrollment, EnrollmentState
from drumbeat.core.evolve import evolve
from drumbeat.core.facts import Facts, TouchFacts
from drumbeat.core.flow import Step, TaskStep
from drumbeat.core.timing import later
from drumbeat.core.touch import SkipReason, TouchKind


def hand_over(at: At[TaskStep]) -> Transition:
    plan = PlanTouch(kind=TouchKind.TASK, step=at.step.key, visit=at.enrollment.visit, due_at=at.due)
    entry = entry_of("planned", TouchKind.TASK.value, at.enrollment)
    if not at.step.waits:
        return evolve(go(at.enrollment, at.step.next, at.now, entry, at.now), effects=(plan,))
    next_look = _gives_up_at(at.step, at.now, at.facts)
    waiting = here(at.enrollment, EnrollmentState.AWAITING, at.due, None, next_look)
    return Transition(waiting, entry, (plan,))


def still_out(
    enrollment: Enrollment, step: Step, touch: TouchFacts, facts: Facts, now: datetime
) -> Transition:
    """What is out has not settled: it waits on, or nobody did the task in time."""
    gives_up_at = _gives_up_at(step, touch.created_at, facts)
    if touch.escalated:
        gives_up_at = None
    if gives_up_at is None or now < gives_up_at:
        return Transition(looked_at(enrollment, gives_up_at))
    if isinstance(step, TaskStep) and step.when_not_done == "escalate":
        return _escalated(enrollment, step)
    moved = skip(enrollment, step, SkipReason.TASK_EXPIRED, gives_up_at, now)
    return evolve(moved, effects=(GiveUpTask(step=step.key, visit=enrollment.visit),))


def _escalated(enrollment: Enrollment, step: TaskStep) -> Transition:
    """Another person gets the task; the flow goes on waiting for it, now without a limit."""
    effect = Escalate(step=step.key, visit=enrollment.visit)
    return Transition(looked_at(enrollment, None), entry_of("escalated", "", enrollment), (effect,))


def _gives_up_at(step: Step, created_at: datetime, facts: Facts) -> datetime | None:
    if isinstance(step, TaskStep) and step.when_not_done != "wait":
        return later(created_at, step.give_up_after, facts)
    return None
