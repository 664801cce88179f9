"""Rules of every look, before the step at hand: ends from outside, new facts, and the states that rest."""

from __future__ import annotations

from datetime import datetime

from drumbeat.core import stops
from drumbeat.core.advance.outcome import Transition, ended, entry_of, finish
from drumbeat.core.enrollment import BlockReason, Enrollment, EnrollmentState, FinishReason, PauseReason
from drumbeat.core.evolve import evolve
from drumbeat.core.facts import COMPANY_REPLY, Facts, SequenceState
from drumbeat.core.flow import Flow, channel_of
from drumbeat.core.stops import Stop
from drumbeat.core.timing import choose_sender
from drumbeat.core.touch import TouchStatus


def is_gone(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition | None:
    if facts.contact_deleted:
        return finish(enrollment, FinishReason.CONTACT_DELETED, now)
    if facts.sequence.state is SequenceState.ARCHIVED:
        return finish(enrollment, FinishReason.SEQUENCE_ARCHIVED, now)
    return None


def heard_a_stop(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition | None:
    stop = stops.new_stop(enrollment, facts, now)
    if stop is None:
        return None
    in_review = enrollment.state is EnrollmentState.PENDING_REVIEW
    if stop.finish is not None and (stop.pause is None or in_review):
        return _ended_by(stop.fact, stop.finish, enrollment, now)
    if stop.pause is None or not _pauses(stop, enrollment):
        return None
    return pause(enrollment, stop.pause, now, resume_at=stop.resume_at)


def _ended_by(fact: str, reason: FinishReason, enrollment: Enrollment, now: datetime) -> Transition:
    """A colleague's reply ends with the reason of a reply, so the journal says whose it was."""
    told = {"fact": fact} if fact == COMPANY_REPLY else {}
    return Transition(ended(enrollment, reason, now), entry_of("finished", reason.value, enrollment, **told))


def _pauses(stop: Stop, enrollment: Enrollment) -> bool:
    """Who waits for review sends nothing to an absent person; a pause without end outlasts every other."""
    match enrollment.state:
        case EnrollmentState.PENDING_REVIEW:
            return stop.resume_at is None
        case EnrollmentState.PAUSED:
            return enrollment.resume_at is not None and stop.resume_at != enrollment.resume_at
        case _:
            return True


def pause(
    enrollment: Enrollment, reason: PauseReason, now: datetime, *, resume_at: datetime | None = None
) -> Transition:
    """Pause, until `resume_at` or a person. What ran may run again; what waited for review waits again."""
    approved_at = enrollment.approved_at
    if enrollment.state is not EnrollmentState.PENDING_REVIEW:
        approved_at = approved_at or enrollment.origin_at
    after = evolve(
        enrollment,
        state=EnrollmentState.PAUSED,
        reason=reason.value,
        next_step_at=resume_at,
        paused_at=enrollment.paused_at or now,
        resume_at=resume_at,
        approved_at=approved_at,
    )
    return Transition(after, entry_of("paused", reason.value, enrollment))


def has_nobody_to_reach(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition | None:
    if facts.unreachable and stops.cannot_reach(enrollment, flow, facts):
        return finish(enrollment, FinishReason.SUPPRESSED, now)
    return None


_GOING = frozenset({EnrollmentState.ACTIVE, EnrollmentState.AWAITING})


def rests(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition | None:
    """States in which only a new fact, a return date or a cause that went away moves anything."""
    if enrollment.state in _GOING:
        return None  # nearly every look
    match enrollment.state:
        case EnrollmentState.PENDING_REVIEW:
            return _still(enrollment, None)
        case EnrollmentState.PAUSED if enrollment.resume_at is not None and now >= enrollment.resume_at:
            return going(enrollment, facts, now, "resumed")
        case EnrollmentState.PAUSED:
            return _still(enrollment, enrollment.resume_at)
        case _ if _cause_is_gone(enrollment, flow, facts, now):
            return going(enrollment, facts, now, "unblocked")
        case _:
            return _still(enrollment, _next_try(enrollment))


def _still(enrollment: Enrollment, next_look: datetime | None) -> Transition:
    if enrollment.next_step_at == next_look:
        return Transition(enrollment)
    return Transition(evolve(enrollment, next_step_at=next_look))


_SEEN_CAUSES = frozenset({BlockReason.INTERRUPTED.value, BlockReason.SENDER_UNAVAILABLE.value})
"""Causes that facts show; the others are tried again at their time, or at a wake."""


def _cause_is_gone(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> bool:
    match enrollment.reason:
        case BlockReason.INTERRUPTED:
            return facts.touch is None or facts.touch.status is not TouchStatus.INTERRUPTED
        case BlockReason.SENDER_UNAVAILABLE:
            return _needs_no_sender(enrollment, flow, facts)
        case _:
            return enrollment.next_step_at is not None and now >= enrollment.next_step_at


def _needs_no_sender(enrollment: Enrollment, flow: Flow, facts: Facts) -> bool:
    """There is one, the step needs none, or its touch left after all, a moment before the sender was gone."""
    step = flow.steps.get(enrollment.step or "")
    left = facts.touch is not None and facts.touch.handed
    return (
        left or step is None or channel_of(step) is None or choose_sender(step, enrollment, facts) is not None
    )


def _next_try(enrollment: Enrollment) -> datetime | None:
    return None if enrollment.reason in _SEEN_CAUSES else enrollment.next_step_at


def going(enrollment: Enrollment, facts: Facts, now: datetime, rule: str) -> Transition:
    """Back to what it was doing: to review, to its touch if there is one, else to its step."""
    if enrollment.approved_at is None:
        state = EnrollmentState.PENDING_REVIEW
    else:
        state = EnrollmentState.AWAITING if facts.touch is not None else EnrollmentState.ACTIVE
    after = evolve(enrollment, state=state, reason="", paused_at=None, resume_at=None, next_step_at=now)
    return Transition(after, entry_of(rule, enrollment.reason, enrollment))


def sequence_holds(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition | None:
    """In a paused sequence facts are heard, nothing else; the next look is for when it runs again."""
    if facts.sequence.state is SequenceState.ACTIVE:
        return None
    return _still(enrollment, enrollment.due_at or now)
