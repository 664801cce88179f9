"""One enrollment as people see it: what it did, in order, then the path it would take with today's facts.

Rows become records here; what is shown of them is decided in `core.timeline`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from drumbeat.actions import access
from drumbeat.actions.enrollments.explaining import words
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.flow import EmailStep, Flow
from drumbeat.core.timeline import TimelineItem, TouchRecord, record_of, timeline
from drumbeat.core.touch import SETTLED, TouchKind, TouchStatus
from drumbeat.models import Enrollment as EnrollmentRow
from drumbeat.models import JournalEntry, Member, Touch
from drumbeat.store import enrollments, facts, flows

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
    rows = rows.select_related("sequence", "version", "contact", "workspace").filter(id=enrollment_id)
    row = access.first(rows, "enrollment", enrollment_id)
    (locked,) = enrollments.read([row.pk])
    loaded = flows.load_flows([row.version_id])
    known = facts.load_facts([locked], loaded, now).facts[row.pk]
    flow = loaded[row.version_id].flow
    late = timedelta(minutes=row.workspace.overdue_minutes)
    items = timeline(locked.value, flow, known, _records(row), now, overdue_after=late)
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
        timeline=[_item(item, flow) for item in items],
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


def _records(row: EnrollmentRow) -> list[TouchRecord]:
    """Return the journal's lines about steps, then the touches."""
    journal = JournalEntry.objects.filter(enrollment=row).order_by("id")
    told = [record_of(entry.rule, entry.step, entry.visit, entry.reason, entry.at) for entry in journal]
    touches = Touch.objects.filter(enrollment=row).select_related("task").order_by("id")
    return [*(record for record in told if record is not None), *(_record(touch) for touch in touches)]


def _record(touch: Touch) -> TouchRecord:
    task = touch.task if touch.kind == TouchKind.TASK and hasattr(touch, "task") else None
    return TouchRecord(
        step=touch.step,
        visit=touch.visit,
        status=TouchStatus(touch.status),
        due_at=touch.due_at,
        kind=touch.kind,
        reason=touch.reason,
        hold_reason=touch.hold_reason,
        not_before=touch.not_before,
        settled_at=touch.settled_at,
        task_id=task.pk if task else None,
        task_title=task.title if task else "",
        task_text=task.text if task else "",
        task_due_at=task.due_at if task else None,
    )


def _item(item: TimelineItem, flow: Flow) -> Item:
    step = flow.steps.get(item.step)
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
    )
