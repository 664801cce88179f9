"""Tasks as people settle them: the task, its touch, the event, and the look that follows, in one transaction."""

from __future__ import annotations

from datetime import datetime

from drumbeat.core.facts import EventKind
from drumbeat.core.touch import TouchStatus
from drumbeat.models import Event, Task, Touch
from drumbeat.store import touch_rows


def settle(task: Task, status: TouchStatus, outcome: str, now: datetime) -> bool:
    """Settle a task as completed or skipped, in the caller's transaction; return False when it was settled before."""
    touch = task.touch
    locked = touch_rows.lock_enrollments([touch.enrollment_id])
    changed = Touch.objects.filter(id=touch.pk, settled_at=None).update(status=status, settled_at=now)
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
    touch_rows.look_again(locked, now)
    return True
