"""Touch rows as values: which come next, locked; written back in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from drumbeat.core.evolve import maker
from drumbeat.models import Touch
from drumbeat.store import leases, sql
from drumbeat.store.readings import Reading
from drumbeat.store.sql import Slot


@dataclass(frozen=True, slots=True)
class TouchRow:
    """The part of a touch that a claim reads and writes."""

    id: int
    workspace_id: int
    key: str
    mark: str
    kind: str
    enrollment_id: int | None
    contact_id: int | None
    step: str
    visit: int
    content: Any
    attempts: int
    due_at: datetime
    recipient: str
    base_address: str
    status: str
    reason: str
    not_before: datetime
    hold_reason: str
    send_before: datetime | None
    lease_token: str
    lease_until: datetime | None
    deaths: int
    reserved_at: datetime | None
    reserved: str
    vetoed_at: datetime | None
    settled_at: datetime | None

    @property
    def is_suspect(self) -> bool:
        """Say whether a worker died with this touch claimed: it may be what killed it."""
        return self.deaths > 0 or self.lease_token != ""


_READ = tuple(field.name for field in fields(TouchRow))
_row_of = maker(TouchRow, _READ)
_WRITTEN = ("id", *_READ[_READ.index("recipient") :])

_CANDIDATES = """
    SELECT id FROM (SELECT id FROM drumbeat_touch
        WHERE sender_id = %s AND priority = %s AND not_before <= %s
          AND handed_at IS NULL AND settled_at IS NULL AND vetoed_at IS NULL
          AND (lease_until IS NULL OR lease_until < {db_now})
        ORDER BY not_before, enrollment_id, id LIMIT %s) AS c"""
_PRIORITIES = (10, 20, 30)


def next_ids(sender_id: int, limit: int, now: datetime) -> list[int]:
    """Return the sender's next touches by priority, time, enrollment and id, without locking them.

    Each priority is one range of the claim index, so what waits behind costs nothing.
    """
    statement = " UNION ALL ".join([_CANDIDATES.format(db_now=leases.db_now())] * len(_PRIORITIES))
    values = [value for p in _PRIORITIES for value in (sender_id, p, sql.moment(now), limit)]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()][:limit]


def lock(sender_id: int, ids: Sequence[int]) -> list[TouchRow]:
    """Lock those of `ids` that are still the sender's and to be claimed, in the given order.

    Rows that somebody else holds are left out; a row whose claim died before comes alone.
    """
    found = {row[0]: _row_of(row) for row in _CLAIMABLE.fetch(ids, [sender_id])}
    return _suspects_alone([found[id_] for id_ in ids if id_ in found])


def _claimable(ids: Slot, sender_ids: Slot) -> QuerySet[Touch, Any]:
    rows = Touch.objects.filter(
        sql.among("id", ids),
        sql.among("sender_id", sender_ids),
        handed_at=None,
        settled_at=None,
        vetoed_at=None,
    ).extra(where=[f"(drumbeat_touch.lease_until IS NULL OR drumbeat_touch.lease_until < {leases.db_now()})"])
    if sql.is_postgresql():
        rows = rows.select_for_update(skip_locked=True, no_key=True)
    return rows.order_by("id").values_list(*_READ)


_CLAIMABLE = Reading(_claimable)


def read(rows: QuerySet[Touch]) -> list[TouchRow]:
    """Return the values of `rows`, in id order."""
    return [_row_of(row) for row in sql.fetch(rows.order_by("id").values_list(*_READ))]


def _suspects_alone(rows: list[TouchRow]) -> list[TouchRow]:
    for i, row in enumerate(rows):
        if row.is_suspect:
            return rows[:i] or [row]
    return rows


_values = attrgetter(*_WRITTEN)


def write(rows: Sequence[TouchRow]) -> None:
    """Save locked rows in one statement."""
    sql.update(Touch, _WRITTEN, [_values(row) for row in rows])


def lock_enrollments(ids: Iterable[int | None], *, skip: bool = False) -> list[int]:
    """Lock the unfinished enrollments among `ids`, before their touches are written."""
    wanted = sorted({id_ for id_ in ids if id_ is not None})
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_unfinished(skip=skip), [sql.listed(wanted)])
        return [row[0] for row in cursor.fetchall()]


def _unfinished(*, skip: bool = False) -> str:
    lock = "FOR NO KEY UPDATE" + (" SKIP LOCKED" if skip else "") if sql.is_postgresql() else ""
    return (
        f"SELECT id FROM drumbeat_enrollment WHERE {sql.any_of('id')} AND NOT (state = 'finished') "
        f"ORDER BY id {lock}"
    )


def look_again(enrollment_ids: Iterable[int | None], now: datetime) -> None:
    """Lock the unfinished enrollments among `ids`, whose touches settle, and let the planner look at them."""
    wanted = sorted({id_ for id_ in enrollment_ids if id_ is not None})
    if not wanted:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE drumbeat_enrollment SET next_step_at = %s WHERE id IN ({_unfinished()})",
            [sql.moment(now), sql.listed(wanted)],
        )
