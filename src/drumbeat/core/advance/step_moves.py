"""How an enrollment leaves a step or stays at it: on, past it, out, back to plan anew. No step kind is known here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from drumbeat.core.advance.outcome import Entry, Transition, ended, entry_of
from drumbeat.core.enrollment import Enrollment, EnrollmentState, FinishReason
from drumbeat.core.evolve import evolve
from drumbeat.core.facts import Facts, SenderFacts
from drumbeat.core.flow import Flow, StepBase, Way, WayKind

S = TypeVar("S", bound=StepBase)


@dataclass(frozen=True, slots=True)
class At(Generic[S]):
    """An enrollment at a step that is due, and all that carrying it out may know."""

    enrollment: Enrollment
    step: S
    flow: Flow
    facts: Facts
    sender: SenderFacts | None
    due: datetime
    now: datetime


def here(
    enrollment: Enrollment,
    state: EnrollmentState,
    due: datetime | None,
    sender: SenderFacts | None,
    next_look: datetime | None,
) -> Enrollment:
    """Stay at the step at hand in this state until `next_look`, or until something wakes it."""
    return evolve(
        enrollment,
        state=state,
        due_at=due,
        step_sender_id=sender.id if sender else None,
        approved_at=enrollment.approved_at or enrollment.origin_at,
        next_step_at=next_look,
    )


def looked_at(enrollment: Enrollment, next_look: datetime | None) -> Enrollment:
    same = enrollment.next_step_at == next_look
    return enrollment if same else evolve(enrollment, next_step_at=next_look)


def go(enrollment: Enrollment, key: str | None, origin: datetime, entry: Entry, now: datetime) -> Transition:
    """Enter the step `key`, None for the end; its delay counts from `origin`."""
    visits = dict(enrollment.visits)
    if key is not None:
        visits[key] = visits.get(key, 0) + 1
    after = evolve(
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


def skip(
    enrollment: Enrollment,
    step: StepBase,
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
        return ended_by(entry, enrollment, FinishReason.COMPLETED, now)
    return go(enrollment, along(step.on_skip, step), planned_at or now, entry, now)


def ended_by(entry: Entry, enrollment: Enrollment, reason: FinishReason, now: datetime) -> Transition:
    """End by the way that a step names for its skip or failure."""
    return Transition(ended(enrollment, reason, now), evolve(entry, facts={**entry.facts, "way": "finish"}))


def along(way: Way, step: StepBase) -> str | None:
    return way.step if way.kind is WayKind.STEP else step.next


def plan_again(enrollment: Enrollment, now: datetime) -> Transition:
    after = evolve(enrollment, state=EnrollmentState.ACTIVE, next_step_at=now)
    return Transition(after, entry_of("planned_again", "", enrollment))
