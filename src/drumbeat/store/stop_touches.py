"""What leaves because a stop rule ended an enrollment: calls of endpoints, and tasks.

It is written with the end and leaves after it, so no enrollment may hold it: the touch belongs to the contact
alone, its key names the enrollment, and its content is the action as it was when the rule was met.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from drumbeat.core.advance import StopTouch
from drumbeat.core.flow import TaskStep, WebhookStep
from drumbeat.core.touch import TouchKind, TouchStatus, stop_key
from drumbeat.models import SenderKind, Touch
from drumbeat.store import new_tasks, new_touches, sql
from drumbeat.store.enrollments import Locked
from drumbeat.store.facts import Batch
from drumbeat.store.marks import mark_of
from drumbeat.store.new_touches import NewTouch
from drumbeat.store.senders import built_in
from drumbeat.store.touch_rows import TouchRow

Wanted = Sequence[tuple[Locked, StopTouch]]
_OF_STEP = ("key", "name", "url", "body")


@dataclass(frozen=True, slots=True)
class Kept:
    """The call of a stop rule as its touch keeps it."""

    enrollment_id: int
    sequence_id: int
    step: WebhookStep


def plan(wanted: Wanted, batch: Batch, now: datetime) -> None:
    """Write the touches and tasks, due now; writing them again changes nothing."""
    if not wanted:
        return
    workspaces = {row.workspace_id for row, _ in wanted}
    calls = built_in(workspaces, SenderKind.WEBHOOK)
    tasks = built_in(workspaces, SenderKind.TASK)
    touches = [
        _task(row, effect, tasks[row.workspace_id], now)
        if isinstance(effect.step, TaskStep)
        else _call(row, effect.step, effect.number, calls[row.workspace_id], now)
        for row, effect in wanted
    ]
    sql.insert(Touch, new_touches.COLUMNS, touches, "ON CONFLICT DO NOTHING")
    by_key = {
        stop_key(row.value.id, effect.number): (row, effect.step)
        for row, effect in wanted
        if isinstance(effect.step, TaskStep)
    }
    new_tasks.create(by_key, batch, now)


def _call(row: Locked, step: WebhookStep, number: int, sender_id: int, now: datetime) -> NewTouch:
    action = {name: getattr(step, name) for name in _OF_STEP}
    content = {"enrollment": row.value.id, "sequence": row.sequence_id, "action": action}
    return _touch(row, TouchKind.WEBHOOK, number, sender_id, now)._replace(content=content)


def _task(row: Locked, effect: StopTouch, sender_id: int, now: datetime) -> NewTouch:
    touch = _touch(row, TouchKind.TASK, effect.number, sender_id, now)
    return touch._replace(status=TouchStatus.SCHEDULED.value)


def _touch(row: Locked, kind: TouchKind, number: int, sender_id: int, now: datetime) -> NewTouch:
    key = stop_key(row.value.id, number)
    return NewTouch(
        workspace_id=row.workspace_id,
        key=key,
        mark=mark_of(row.workspace_id, key),
        kind=kind.value,
        sender_id=sender_id,
        due_at=now,
        not_before=now,
        created_at=now,
        contact_id=row.contact_id,
    )


def is_call(row: TouchRow) -> bool:
    """Tell a stop rule's call from its notices and from the calls of steps."""
    return row.kind == TouchKind.WEBHOOK and row.key.startswith("stop:")


def read(content: Any) -> Kept:
    """Return what the content of a stop rule's call says."""
    return Kept(content["enrollment"], content["sequence"], WebhookStep(**content["action"]))
