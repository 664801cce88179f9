"""What an enrollment does next, and what holds it: read from the row and from the touch that is out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.spacing import why_full
from drumbeat.core.touch import HoldReason, TouchKind
from drumbeat.models import Enrollment, SenderProfile, SequenceStatus, Touch, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The step at hand. `status` is its touch's, "" before one is written; `at` None: nobody can say when.

    `hold` is the hold reason, `withheld` for what the engine must look at first.
    """

    step: str
    status: str = ""
    at: datetime | None = None
    hold: str = ""


WITHHELD = "withheld"


def next_of(row: Enrollment, touch: Touch | None, now: datetime) -> Next | None:
    """Return what comes next, None when nothing does. `row` carries its sequence and workspace, `touch` its sender."""
    if row.state == EnrollmentState.FINISHED or row.step is None:
        return None
    match row.state:
        case EnrollmentState.AWAITING if touch is not None:
            return _out(row, touch, now)
        case EnrollmentState.ACTIVE | EnrollmentState.AWAITING:
            hold = held_above(row)
            return Next(
                step=row.step, at=None if hold else _from(row.due_at or row.next_step_at, now), hold=hold
            )
        case EnrollmentState.PAUSED:
            return Next(step=row.step, at=row.resume_at)
        case EnrollmentState.BLOCKED:
            status = touch.status if touch is not None else ""
            return Next(step=row.step, status=status, at=row.next_step_at)
        case _:
            return Next(step=row.step)


def _out(row: Enrollment, touch: Touch, now: datetime) -> Next:
    if touch.kind == TouchKind.TASK:
        task = getattr(touch, "task", None)
        return Next(step=touch.step, status=touch.status, at=task.due_at if task else None)
    if touch.settled_at is not None or touch.handed_at is not None:
        return Next(step=touch.step, status=touch.status)
    if hold := held_above(row):
        return Next(step=touch.step, status=touch.status, hold=hold)
    return of_touch(touch, now)


def of_touch(touch: Touch, now: datetime) -> Next:
    """Return when a message that waits may leave, and what holds it."""
    hold, until = held_by_sender(touch.sender, now)
    if hold:
        return Next(step=touch.step, status=touch.status, at=until, hold=hold)
    if touch.vetoed_at is not None:
        return Next(step=touch.step, status=touch.status, hold=touch.hold_reason or WITHHELD)
    later = touch.not_before > now
    return Next(
        step=touch.step,
        status=touch.status,
        at=max(touch.not_before, now),
        hold=touch.hold_reason if later else "",
    )


def held_above(row: Enrollment) -> str:
    """Return what holds everything around it."""
    if stopped(row.workspace):
        return HoldReason.EMERGENCY_STOP
    return HoldReason.SEQUENCE_PAUSED if row.sequence.status == SequenceStatus.PAUSED else ""


def stopped(workspace: Workspace) -> bool:
    return workspace.stopped_at is not None


def held_by_sender(sender: SenderProfile, now: datetime) -> tuple[str, datetime | None]:
    """Return why nothing of this sender leaves, and until when: its touches are not visited one by one."""
    if not sender.enabled:
        return HoldReason.SENDER_DOWN, None
    if sender.down_until is not None and sender.down_until > now:
        return HoldReason.SENDER_DOWN, sender.down_until
    if sender.full_until is not None and sender.full_until > now:
        return why_full(sender.full_until), sender.full_until
    return "", None


def _from(at: datetime | None, now: datetime) -> datetime | None:
    return None if at is None else max(at, now)
