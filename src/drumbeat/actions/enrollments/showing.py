"""One enrollment as people see it: what it did, in order, then the path it would take with today's facts.

What is shown of it is decided in `core.timeline`; here it is put into the words that people see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from drumbeat.actions import access
from drumbeat.actions.enrollments.explaining import words
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.flow import EmailStep, Step
from drumbeat.core.timeline import TimelineItem
from drumbeat.core.touch import SETTLED, TouchStatus
from drumbeat.models import Enrollment as EnrollmentRow
from drumbeat.models import Member
from drumbeat.store import timelines, tracking
from drumbeat.store.tracking import Seen

_LABELS = {
    "pending_review": "Waiting for review",
    "active": "Active",
    "awaiting": "Active",
    "completed": "Completed",
    "replied": "Replied",
    "opted_out": "Unsubscribed",
    "manual": "Stopped",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One step. `estimated_execute_at`: an estimate of what is to come, else the planned time.

    `status` is the touch's; for what has none `completed`, `skipped`, or `planned` for what lies ahead, `skipped`
    where it would be skipped today. `reason` says why it failed, is skipped or held, or which way was taken.
    `as_planned`: the step as the version has it in which it was planned, None where no version has it. `seen`: who
    opened and clicked the mail.
    """

    position: int = 0
    step: str
    visit: int
    kind: str
    delay: str
    job_type: str | None = None
    status: str
    reason: str = ""
    hold: str = ""
    due_at: datetime | None = None
    executed_at: datetime | None = None
    estimated_execute_at: datetime | None = None
    overdue: bool = False
    task_id: int | None = None
    task_content: str | None = None
    as_planned: Step | None = None
    seen: Sequence[Seen] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollmentView:
    """`label` is the one word that people see; state and reason are the stored ones."""

    id: int
    contact: str
    sequence: str
    version: int
    state: str
    reason: str
    label: str
    step: str | None
    next_step_at: datetime | None
    finished_at: datetime | None
    timeline: Sequence[Item]


def show(member: Member, enrollment_id: int, now: datetime) -> EnrollmentView:
    """Return one enrollment of the member's workspace with its timeline."""
    access.require(member, "enrollments.view")
    rows = access.visible_to(member, EnrollmentRow)
    rows = rows.select_related("sequence", "version", "contact").filter(id=enrollment_id)
    row = access.first(rows, "enrollment", enrollment_id)
    items = timelines.load_timelines([row.pk], now)[row.pk].items
    seen = tracking.seen_of(row.pk, row.contact_id)
    return EnrollmentView(
        id=row.pk,
        contact=row.contact.email or row.contact.phone,
        sequence=row.sequence.name,
        version=row.version.number,
        state=row.state,
        reason=row.reason,
        label=label(row.state, row.reason),
        step=row.step,
        next_step_at=row.next_step_at,
        finished_at=row.finished_at,
        timeline=[_item(item, seen.get((item.step, item.visit), ())) for item in items],
    )


def label(state: str, reason: str) -> str:
    """Return the word for a state that people see."""
    match state:
        case EnrollmentState.PAUSED | EnrollmentState.BLOCKED:
            return f"{state.capitalize()}: {words(reason)}"
        case EnrollmentState.FINISHED:
            return _LABELS.get(reason, words(reason).capitalize())
        case _:
            return _LABELS.get(state, state)


def _item(item: TimelineItem, seen: Sequence[Seen]) -> Item:
    step = item.as_planned
    to_come = item.status not in SETTLED
    return Item(
        position=item.position,
        step=item.step,
        visit=item.visit,
        kind=item.kind,
        delay=str(item.delay) if item.delay is not None else "",
        job_type=step.job_type.value if isinstance(step, EmailStep) else None,
        status=TouchStatus.SKIPPED if item.skip_reason and to_come else item.status,
        reason=item.failure_reason or item.skip_reason or item.hold_reason or item.way,
        hold=item.hold_reason,
        due_at=item.due_at,
        executed_at=item.executed_at,
        estimated_execute_at=item.estimated_execute_at,
        overdue=item.overdue,
        task_id=item.task_id,
        task_content=item.task_title or None,
        as_planned=step,
        seen=seen,
    )
