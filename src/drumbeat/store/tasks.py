"""Tasks: settled with their touch, event and the look that follows, in one transaction; listed by what is due."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.db.models import Count, Q, QuerySet

from drumbeat.core.facts import EventKind
from drumbeat.core.touch import SkipReason, TouchStatus
from drumbeat.models import Enrollment, Event, Task, Touch
from drumbeat.store import stops, touch_rows

When = Literal["overdue", "today", "upcoming", "open", "done"]


def settle(task: Task, status: TouchStatus, outcome: str, now: datetime) -> bool:
    """Settle a task as completed or skipped, in the caller's transaction; return False when it was settled before."""
    touch = task.touch
    others = _enrollments_of(task) if status is TouchStatus.COMPLETED else ()
    locked = touch_rows.lock_enrollments([touch.enrollment_id, *others])
    reason = SkipReason.BY_PERSON if status is TouchStatus.SKIPPED else ""
    changed = Touch.objects.filter(id=touch.pk, settled_at=None).update(
        status=status, reason=reason, settled_at=now
    )
    if not changed:
        return False
    Task.objects.filter(id=task.pk).update(settled_at=now, outcome=outcome)
    if status is TouchStatus.COMPLETED:
        Event.objects.create(
            workspace_id=task.workspace_id,
            kind=EventKind.TASK_COMPLETED,
            contact_id=task.contact_id,
            enrollment_id=touch.enrollment_id,
            touch=touch,
            source="person",
            payload={"outcome": outcome},
            occurred_at=now,
            received_at=now,
        )
        _record_fact(task, now)
        Enrollment.objects.filter(id__in=locked).update(woken_at=now)
    touch_rows.look_again(locked, now)
    return True


def _enrollments_of(task: Task) -> list[int]:
    """Whoever waits for the contact's tasks hears of it; all are locked in one order."""
    return list(Enrollment.objects.filter(contact_id=task.contact_id).values_list("id", flat=True))


def _record_fact(task: Task, now: datetime) -> None:
    touch, kind = task.touch, EventKind.TASK_COMPLETED.value
    scopes = [""]
    if touch.enrollment_id is not None:
        scopes += [f"enrollment:{touch.enrollment_id}", f"step:{touch.enrollment_id}:{touch.step}"]
    for scope in scopes:
        stops.record_fact(task.workspace_id, [task.contact_id], kind, now, scope=scope)


def due(rows: QuerySet[Task], when: When, now: datetime, day_ends_at: datetime) -> QuerySet[Task]:
    """Narrow down to what is overdue, due today (overdue included), later, all of these, or done."""
    if when == "done":
        return rows.filter(settled_at__isnull=False)
    rows = rows.filter(settled_at=None)
    match when:
        case "overdue":
            return rows.filter(due_at__lt=now)
        case "today":
            return rows.filter(due_at__lt=day_ends_at)
        case "upcoming":
            return rows.filter(due_at__gte=day_ends_at)
        case _:
            return rows


def count_open(rows: QuerySet[Task], now: datetime, day_ends_at: datetime) -> dict[str, int]:
    """Count what is open, in one statement: overdue, today (overdue included), upcoming."""
    open_ = rows.filter(settled_at=None)
    counted: dict[str, int] = open_.aggregate(
        overdue=Count("id", filter=Q(due_at__lt=now)),
        today=Count("id", filter=Q(due_at__lt=day_ends_at)),
        upcoming=Count("id", filter=Q(due_at__gte=day_ends_at)),
    )
    return counted
