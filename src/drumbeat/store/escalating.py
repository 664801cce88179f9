"""A task that nobody did in time: it goes to the sequence's owner, else the workspace's, and both people are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from drumbeat.core.advance import Escalate
from drumbeat.core.touch import step_key
from drumbeat.models import Notification, Task
from drumbeat.store import sql
from drumbeat.store.enrollments import Locked
from drumbeat.store.facts import Batch
from drumbeat.store.own_people import OwnPeople, load_own_people

KIND = "escalated"
_NOTICE = ("workspace_id", "member_id", "kind", "text", "contact_id", "enrollment_id", "created_at")


def escalate(wanted: Sequence[tuple[Locked, Escalate]], batch: Batch, now: datetime) -> None:
    """Hand the tasks on, each once."""
    if not wanted:
        return
    rows = {step_key(row.value.id, effect.step, effect.visit): row for row, effect in wanted}
    tasks = Task.objects.filter(
        sql.among("touch__key", list(rows)),
        touch__workspace_id__in={row.workspace_id for row in rows.values()},
        settled_at=None,
        escalated_at=None,
    ).values_list("id", "touch__key", "assignee_id", "title")
    people = load_own_people(list(rows.values()), ["sequence_owner"], batch)
    handed_on: list[sql.Row] = []
    notices: list[sql.Row] = []
    for id_, key, before, title in tasks:
        row = rows[key]
        to = _heir(before, row, people, batch)
        handed_on.append((id_, to, now, before))
        notices += [
            (row.workspace_id, member_id, KIND, title, row.contact_id, row.value.id, now)
            for member_id in dict.fromkeys((before, to))
            if member_id is not None
        ]
    sql.update(Task, ("id", "assignee_id", "escalated_at", "escalated_from_id"), handed_on)
    sql.insert(Notification, _NOTICE, notices)


def _heir(before: int | None, row: Locked, people: OwnPeople, batch: Batch) -> int | None:
    """Whoever has it already and is nobody's next keeps it."""
    to = people.named("sequence_owner", row, batch)
    return to if to != before else people.owners.get(row.workspace_id, to)
