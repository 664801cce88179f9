"""The words of kind B: how our states, step kinds, touch statuses and delays are said there. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from drumbeat.core.delay import Delay, DelayUnit
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.flow import NO_DELAY, Step, WaitForStep
from drumbeat.core.touch import TouchStatus

STATES: Mapping[str, str] = {
    EnrollmentState.PENDING_REVIEW: "blocked",
    EnrollmentState.ACTIVE: "active",
    EnrollmentState.AWAITING: "active",
    EnrollmentState.PAUSED: "blocked",
    EnrollmentState.BLOCKED: "blocked",
    EnrollmentState.FINISHED: "finished",
}
LEFT_OUT = frozenset({"condition", "split", "wait_for", "go_to", "ai_decide", "ai_qualify", "end"})
"""Step kinds that only say where to go next."""

_ACTION_TYPES: Mapping[str, str] = {
    "email": "automated_email",
    "sms": "automated_sms",
    "whatsapp": "automated_whatsapp",
    "voice": "automated_voice",
    "task": "task",
}
_STATUSES: Mapping[TouchStatus, str] = {
    TouchStatus.SENT: "completed",
    TouchStatus.DELIVERED: "completed",
    TouchStatus.COMPLETED: "completed",
    TouchStatus.SKIPPED: "skipped",
    TouchStatus.CANCELLED: "cancelled",
    TouchStatus.FAILED: "failed",
}
_TASK_STATUSES = {
    **_STATUSES,
    TouchStatus.IN_PROGRESS: "in_progress",
    TouchStatus.FAILED: "cancelled",
}


def action_type(kind: str) -> str:
    """Return the action type of a step kind; what reaches nobody outside is an `action`."""
    return _ACTION_TYPES.get(kind, "action")


def action_status(kind: str, status: TouchStatus) -> str:
    """Return the status of a step's action. Whatever has no outcome yet is `scheduled`, doubt included."""
    return (_TASK_STATUSES if kind == "task" else _STATUSES).get(status, "scheduled")


def delays_of(step: Step) -> Sequence[Delay]:
    """Return what a left-out step makes the next one wait: a wait at most its time limit."""
    return (step.delay, step.time_limit) if isinstance(step, WaitForStep) else (step.delay,)


_MINUTES: Mapping[DelayUnit, int] = {
    DelayUnit.MINUTES: 1,
    DelayUnit.HOURS: 60,
    DelayUnit.DAYS: 24 * 60,
    DelayUnit.WEEKS: 7 * 24 * 60,
}


def sum_of(delays: Sequence[Delay]) -> tuple[int, DelayUnit]:
    """Add delays up, in their finest unit. Weekdays beside another unit count as days.

    Where none is more than nothing, the unit is that of the last.
    """
    some = [delay for delay in delays if delay.value]
    if not some:
        return 0, (delays[-1] if delays else NO_DELAY).unit
    if len({delay.unit for delay in some}) == 1:
        return sum(delay.value for delay in some), some[0].unit
    parts = [(d.value, DelayUnit.DAYS if d.unit is DelayUnit.WEEKDAYS else d.unit) for d in some]
    finest = min((unit for _, unit in parts), key=_MINUTES.__getitem__)
    return sum(value * _MINUTES[unit] for value, unit in parts) // _MINUTES[finest], finest
