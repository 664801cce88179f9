"""What a move is made of: effects that the shell carries out, the journal's entry, ends and halts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from drumbeat.core.enrollment import BlockReason, Enrollment, EnrollmentState, FinishReason
from drumbeat.core.evolve import evolve
from drumbeat.core.flow import ActingStep, TaskStep, WebhookStep
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
    """Carry out an action on our own data, or tell own people. `number`: its place in the stop rule that ended it."""

    step: ActingStep
    visit: int
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopTouch:
    """Write what leaves because the enrollment was stopped, after its end: the stop rule's action `number`."""

    step: WebhookStep | TaskStep
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUpTask:
    """Nobody did the task in time: its touch is skipped (`task_expired`)."""

    step: str
    visit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate:
    """Nobody did the task in time: another person gets it, and both are told."""

    step: str
    visit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDecision:
    """Write the request for a decision; whoever decides is asked after the commit."""

    step: str
    visit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUpDecision:
    """The decision came too late: the fallback was taken, and no answer counts any more."""

    step: str
    visit: int


Effect = PlanTouch | StopTouch | Act | GiveUpTask | Escalate | AskDecision | GiveUpDecision


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
    """All moves of one look. `changed_version`: what was written under the version before is planned anew."""

    enrollment: Enrollment
    entries: tuple[Entry, ...]
    effects: tuple[Effect, ...]
    changed_version: bool = False

    @property
    def fate(self) -> Fate:
        """What becomes of touches that were written before this look and are not handed over."""
        return Fate.CANCEL if self.changed_version else FATES[self.enrollment.state]


CHOICES = frozenset({"branched", "split", "waited", "went_back", "went_on", "decided"})
"""Rules by which a step that sends nothing chose where the flow goes on; the entry's reason names the way."""
LONGEST_REASON = 60


def entry_of(rule: str, reason: str, enrollment: Enrollment, **facts: object) -> Entry:
    """Note a decision; a long name of a branch is cut to what the journal holds."""
    return Entry(
        rule=rule,
        reason=reason[:LONGEST_REASON],
        step=enrollment.step or "",
        visit=enrollment.visit,
        facts=facts,
    )


def finish(enrollment: Enrollment, reason: FinishReason, now: datetime) -> Transition:
    return Transition(ended(enrollment, reason, now), entry_of("finished", reason.value, enrollment))


def ended(enrollment: Enrollment, reason: FinishReason, now: datetime) -> Enrollment:
    return evolve(
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
    after = evolve(enrollment, state=EnrollmentState.BLOCKED, reason=reason.value, next_step_at=next_look)
    return Transition(after, entry_of("blocked", reason.value, enrollment))
