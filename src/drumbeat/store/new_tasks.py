"""Tasks for people, written beside the touches that carry their status."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from drumbeat.core.delay import add_delay
from drumbeat.core.flow import TaskStep
from drumbeat.models import Task, Touch
from drumbeat.store import sql
from drumbeat.store.enrollments import Locked
from drumbeat.store.facts import Batch
from drumbeat.store.merge_values import load_own_texts
from drumbeat.store.own_people import load_own_people
from drumbeat.store.senders import UTC

_COLUMNS = (
    "workspace_id",
    "touch_id",
    "contact_id",
    "assignee_id",
    "kind",
    "title",
    "text",
    "due_at",
    "outcome",
    "created_at",
)


def create(wanted: Mapping[str, tuple[Locked, TaskStep]], batch: Batch, now: datetime) -> None:
    """Create the tasks of the touches with these keys, each once."""
    if not wanted:
        return
    rows = [row for row, _ in wanted.values()]
    touches = Touch.objects.filter(workspace_id__in={row.workspace_id for row in rows}, key__in=wanted)
    texts = load_own_texts(rows, batch)
    people = load_own_people(rows, [step.assignee for _, step in wanted.values()], batch)
    tasks: list[sql.Row] = []
    for touch_id, key in touches.values_list("id", "key"):
        row, step = wanted[key]
        title, text = texts.text(step.title or step.name or "Task", row)[:300], texts.text(step.text, row)
        named = step.assignee or not row.actor_id
        assignee = people.named(step.assignee, row, batch) if named else row.actor_id
        due = add_delay(now, step.due_in, UTC)
        tasks.append(
            (row.workspace_id, touch_id, row.contact_id, assignee, step.task_kind, title, text, due, "", now)
        )
    sql.insert(Task, _COLUMNS, tasks, 'ON CONFLICT ("touch_id") DO NOTHING')
