"""Enrollment rows: which are due, locked fairly; rows to values and back; parking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db import connection

from drumbeat.core.advance import Entry
from drumbeat.core.enrollment import BlockReason, Enrollment, EnrollmentState
from drumbeat.core.evolve import maker
from drumbeat.models import Enrollment as EnrollmentRow
from drumbeat.models import JournalEntry
from drumbeat.store import sql
from drumbeat.store.readings import Reading

PARK_FOR = (timedelta(minutes=5), timedelta(hours=1), timedelta(days=1))
"""How long a defective enrollment waits, by how often it was defective before."""

_COLUMNS = (
    "id",
    "workspace_id",
    "sequence_id",
    "contact_id",
    "actor_id",
    "woken_at",
    "faults",
    "version_id",
    "state",
    "step",
    "visits",
    "origin_at",
    "due_at",
    "next_step_at",
    "resume_at",
    "reason",
    "heard",
    "chosen_sender_id",
    "step_sender_id",
    "approved_at",
    "paused_at",
    "finished_at",
    "not_before",
    "move_id",
)
_VALUE_AT = _COLUMNS.index("version_id")
_value_of = maker(Enrollment, ("id", *_COLUMNS[_VALUE_AT:]))
_STATES = {state.value: state for state in EnrollmentState}


@dataclass(frozen=True, slots=True)
class Locked:
    """A locked row: its value, and what the shell needs to know beside it."""

    value: Enrollment
    workspace_id: int
    sequence_id: int
    contact_id: int
    actor_id: int | None
    woken_at: datetime | None
    faults: int

    @property
    def version_id(self) -> int:
        return self.value.version_id


@dataclass(slots=True)
class Rotation:
    """The sequence that was served last, so that the next batch starts after it."""

    last_sequence_id: int = field(default=0)


def lock_due(now: datetime, limit: int, rotation: Rotation) -> list[Locked]:
    """Lock and return rows to look at: first what was woken, then due ones, fairly by sequence.

    Rows that another worker holds are left out. Paused sequences are served for wakes only.
    """
    ids = _lock_woken(limit)
    if len(ids) < limit:
        ids += [id_ for id_ in _lock_planned(now, limit - len(ids), rotation) if id_ not in set(ids)]
    return read(ids)


def lock_rows(ids: Sequence[int]) -> list[Locked]:
    """Lock the rows with these ids, in id order, and return them."""
    return read(sql.lock(EnrollmentRow.objects.filter(sql.among("id", ids))))


def read(ids: Sequence[int]) -> list[Locked]:
    return [_to_locked(row) for row in _ROWS.fetch(ids)] if ids else []


_ROWS = Reading(
    lambda ids: EnrollmentRow.objects.filter(sql.among("id", ids)).order_by("id").values_list(*_COLUMNS)
)


def _to_locked(row: Sequence[Any]) -> Locked:
    id_, *beside, version_id, state = row[: _VALUE_AT + 2]
    value = _value_of((id_, version_id, _STATES[state], *row[_VALUE_AT + 2 :]))
    return Locked(value, *beside)


def _lock_woken(limit: int) -> list[int]:
    # Whoever woke it may run under another clock: a wake is for now, whatever time it carries.
    rows = (
        EnrollmentRow.objects.filter(woken_at__isnull=False).order_by("woken_at").values_list("id", flat=True)
    )
    if sql.is_postgresql():
        rows = rows.select_for_update(skip_locked=True, no_key=True)
    return list(rows[:limit])


def _lock_planned(now: datetime, limit: int, rotation: Rotation) -> list[int]:
    due = _sequences_with_due_rows(now, limit, rotation.last_sequence_id)
    if not due:
        return []
    rotation.last_sequence_id = due[-1]
    share = max(1, limit // len(due))
    with connection.cursor() as cursor:
        if sql.is_postgresql():
            cursor.execute(_DUE_POSTGRESQL, [due, now, share])
        else:
            parts = " UNION ALL ".join([_DUE_SQLITE] * len(due))
            cursor.execute(parts, [value for id_ in due for value in (id_, sql.moment(now), share)])
        return [row[0] for row in cursor.fetchall()]


_DUE_POSTGRESQL = """
    SELECT due.id FROM unnest(%s::bigint[]) AS s(id) CROSS JOIN LATERAL (
        SELECT e.id FROM drumbeat_enrollment e
        WHERE e.sequence_id = s.id AND e.state <> 'finished' AND e.next_step_at <= %s
        ORDER BY e.next_step_at LIMIT %s FOR NO KEY UPDATE SKIP LOCKED) AS due"""
_DUE_SQLITE = """
    SELECT id FROM (SELECT id FROM drumbeat_enrollment
        WHERE sequence_id = %s AND NOT (state = 'finished') AND next_step_at <= %s
        ORDER BY next_step_at LIMIT %s)"""
_SEQUENCES = """
    SELECT s.id FROM drumbeat_sequence s WHERE s.status = 'active' AND EXISTS (
        SELECT 1 FROM drumbeat_enrollment e
        WHERE e.sequence_id = s.id AND NOT (e.state = 'finished') AND e.next_step_at <= %s)
    ORDER BY s.id <= %s, s.id LIMIT %s"""


def _sequences_with_due_rows(now: datetime, limit: int, after: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_SEQUENCES, [sql.moment(now), after, limit])
        return [row[0] for row in cursor.fetchall()]


_SAVED = (
    "id",
    "version_id",
    "state",
    "step",
    "visits",
    "origin_at",
    "due_at",
    "next_step_at",
    "resume_at",
    "reason",
    "heard",
    "step_sender_id",
    "approved_at",
    "paused_at",
    "finished_at",
    "not_before",
    "move_id",
)

_saved = attrgetter(*_SAVED)


def save(values: Iterable[Enrollment], now: datetime) -> None:
    """Write the values of locked rows in one statement; the wake that led here is answered."""
    rows = [(*_saved(value), None, now) for value in values]
    sql.update(EnrollmentRow, (*_SAVED, "woken_at", "updated_at"), rows)


def park(row: Locked, fault: Exception, now: datetime) -> None:
    """Set a defective enrollment aside, alone, with its fault and a later time."""
    wait = PARK_FOR[min(row.faults, len(PARK_FOR) - 1)]
    running = row.value.state is not EnrollmentState.PENDING_REVIEW
    EnrollmentRow.objects.filter(id=row.value.id).update(
        state=EnrollmentState.BLOCKED,
        reason=BlockReason.ERROR,
        next_step_at=now + wait,
        woken_at=None,
        faults=row.faults + 1,
        fault=f"{type(fault).__name__}: {fault}"[:2000],
        approved_at=row.value.approved_at or (row.value.origin_at if running else None),
        updated_at=now,
    )


_JOURNAL = ("workspace_id", "enrollment_id", "at", "rule", "step", "visit", "reason", "facts")


def append_journal(entries: Iterable[tuple[Locked, Entry]], now: datetime) -> None:
    """Write the decisions in the transaction that made them."""
    rows = [
        (
            row.workspace_id,
            row.value.id,
            now,
            entry.rule,
            entry.step,
            entry.visit,
            entry.reason,
            dict(entry.facts),
        )
        for row, entry in entries
    ]
    sql.insert(JournalEntry, _JOURNAL, rows)
