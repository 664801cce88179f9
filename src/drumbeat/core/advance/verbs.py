"""What people ask of an enrollment. A verb that does not fit where it stands moves nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from drumbeat.core.advance.outcome import Transition, ended, entry_of, finish
from drumbeat.core.advance.standing import going, pause
from drumbeat.core.enrollment import BlockReason, Enrollment, EnrollmentState, FinishReason, PauseReason
from drumbeat.core.evolve import evolve
from drumbeat.core.facts import Facts, Verb, VerbKind


def obey(enrollment: Enrollment, facts: Facts, verb: Verb, now: datetime) -> Transition | None:
    """Return the move that the verb makes of an unfinished enrollment, None when it makes none."""
    return _VERBS[verb.kind](enrollment, facts, verb, now)


def _on_pause(enrollment: Enrollment, facts: Facts, verb: Verb, now: datetime) -> Transition | None:
    if enrollment.state is EnrollmentState.PAUSED and enrollment.resume_at is None:
        return None
    return pause(enrollment, PauseReason.MANUAL, now)


def _on_resume(enrollment: Enrollment, facts: Facts, verb: Verb, now: datetime) -> Transition | None:
    match enrollment.state:
        case EnrollmentState.PAUSED | EnrollmentState.BLOCKED if enrollment.reason != BlockReason.INTERRUPTED:
            moved = going(enrollment, facts, now, "resumed")
        case _:
            return None
    if not verb.shift or enrollment.paused_at is None:
        return moved
    shifted = enrollment.origin_at + (now - enrollment.paused_at)
    return evolve(moved, enrollment=evolve(moved.enrollment, origin_at=shifted))


def shifted(facts: Facts, paused_at: datetime, now: datetime) -> Facts:
    """Let what settled before the pause ended count as settled that much later: its origin moves too."""
    touch, decision = facts.touch, facts.decision
    if touch is not None and touch.settled_at is not None:
        touch = evolve(touch, settled_at=_later(touch.settled_at, paused_at, now))
    if decision is not None and decision.decided_at is not None:
        decision = evolve(decision, decided_at=_later(decision.decided_at, paused_at, now))
    return evolve(facts, touch=touch, decision=decision)


def _later(moment: datetime, paused_at: datetime, now: datetime) -> datetime:
    return moment + (now - max(paused_at, moment))


def _on_stop(enrollment: Enrollment, facts: Facts, verb: Verb, now: datetime) -> Transition | None:
    return finish(enrollment, FinishReason.MANUAL, now)


def _on_approve(enrollment: Enrollment, facts: Facts, verb: Verb, now: datetime) -> Transition | None:
    if enrollment.state is not EnrollmentState.PENDING_REVIEW:
        return None
    after = evolve(
        enrollment,
        state=EnrollmentState.ACTIVE,
        approved_at=now,
        origin_at=now,
        due_at=None,
        next_step_at=now,
    )
    return Transition(after, entry_of("approved", "", enrollment))


def _on_reject(enrollment: Enrollment, facts: Facts, verb: Verb, now: datetime) -> Transition | None:
    if enrollment.state is not EnrollmentState.PENDING_REVIEW:
        return None
    return finish(enrollment, FinishReason.REJECTED, now)


_ENDS: Mapping[VerbKind, FinishReason] = {
    VerbKind.END: FinishReason.STOP_CONDITION,
    VerbKind.MERGE: FinishReason.MERGED,
    VerbKind.ERASE: FinishReason.CONTACT_DELETED,
}


def _on_end(enrollment: Enrollment, facts: Facts, verb: Verb, now: datetime) -> Transition | None:
    """Another sequence's flow says that it is enough, or the contact is no more."""
    reason = _ENDS[verb.kind]
    return Transition(
        ended(enrollment, reason, now), entry_of("finished", reason.value, enrollment, by=verb.by)
    )


_VERBS: Mapping[VerbKind, Callable[[Enrollment, Facts, Verb, datetime], Transition | None]] = {
    VerbKind.PAUSE: _on_pause,
    VerbKind.RESUME: _on_resume,
    VerbKind.STOP: _on_stop,
    VerbKind.APPROVE: _on_approve,
    VerbKind.REJECT: _on_reject,
    **dict.fromkeys(_ENDS, _on_end),
}
