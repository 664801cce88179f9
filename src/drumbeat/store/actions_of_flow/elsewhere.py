"""What a flow asks of other sequences: written with the move, carried out right after in a transaction of its own.

Enrolling locks the other sequence and the contact, ending a run locks another enrollment; whoever moves an
enrollment holds its lock already, and locks go the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from drumbeat.core.flow import OtherSequenceStep
from drumbeat.models import Job
from drumbeat.store import jobs, sql
from drumbeat.store.enrollments import Locked

_KINDS = {"enroll": jobs.ENROLL_BY_FLOW, "finish": jobs.FINISH_BY_FLOW}
_COLUMNS = (
    "workspace_id",
    "kind",
    "arguments",
    "cursor",
    "state",
    "done",
    "total",
    "result",
    "fault",
    "tries",
    "not_before",
    "lease_token",
    "created_at",
)
Asked = tuple[Locked, OtherSequenceStep, int]
"""The row, its step and the visit."""


def ask_elsewhere(wanted: Sequence[Asked], now: datetime) -> None:
    """Write one job for each sequence that asks and each that is asked."""
    groups: dict[tuple[int, int, str, str], list[Asked]] = {}
    for row, step, visit in wanted:
        place = row.workspace_id, row.sequence_id, step.action, step.sequence
        groups.setdefault(place, []).append((row, step, visit))
    rows: list[tuple[object, ...]] = []
    for (workspace_id, asking, action, sequence), members in groups.items():
        arguments = {
            "asking": asking,
            "sequence": sequence,
            "asked": [[row.value.id, row.contact_id, step.key, visit] for row, step, visit in members],
        }
        kind = _KINDS[action]
        rows.append(
            (workspace_id, kind, arguments, {}, jobs.WAITING, 0, len(members), {}, "", 0, now, "", now)
        )
    sql.insert(Job, _COLUMNS, rows)
