"""What a move is made of: effects that the shell carries out, the journal's entry, ends and halts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from drumbeat.core.enrollment import BlockReason, Enrollment, EnrollmentState, FinishReason
from drumbeat.core.flow import NotifyStep, SetFieldStep, SetStageStep, TagStep
from drumbeat.core.touch import Priority, TouchKind


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
    """The enrollment after one move, what the shell must do, the journal's line. No entry: nothing moved."""

    enrollment: Enrollment
    entry: Entry | None = None
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """All moves of one look."""

    enrollment: Enrollment
    entries: tuple[Entry, ...]
    effects: tuple[Effect, ...]


def entry_of(rule: str, reason: str, enrollment: Enrollment, **facts: object) -> Entry:
    return Entry(rule=rule, reason=reason, step=enrollment.step or "", visit=enrollment.visit, facts=facts)


def finish(enrollment: Enrollment, reason: FinishReason, now: datetime) -> Transition:
    return Transition(ended(enrollment, reason, now), entry_of("finished", reason.value, enrollment))


def ended(enrollment: Enrollment, reason: FinishReason, now: datetime) -> Enrollment:
    return replace(
        enrollment,
        state=EnrollmentState.FINISHED,
        reason=reason.value,
        next_step_at=None,
        paused_at=None,
        resume_at=None,
        finished_at=now,
    )


def block(enrollment: Enrollment, reason: BlockReason, next_look: datetime | None = None) -> Transition:
    """Stop until the cause is gone, asked when it changes and at `next_look`."""
    after = replace(enrollment, state=EnrollmentState.BLOCKED, reason=reason.value, next_step_at=next_look)
    return Transition(after, entry_of("blocked", reason.value, enrollment))
