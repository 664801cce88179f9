"""Events that nothing has looked at yet: claimed in order, marked when they are done.

Order holds per contact: an event waits while an earlier one of its contact is with somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from drumbeat.models import Event
from drumbeat.store import sql
from drumbeat.store.readings import Reading


@dataclass(frozen=True, slots=True)
class UnreadEvent:
    """`chain`: the source of the enrollment that it comes from, "" for none; `of_sequence` is that one's sequence."""

    id: int
    workspace_id: int
    kind: str
    contact_id: int | None
    payload: Mapping[str, Any]
    of_sequence: int | None
    sequence_name: str
    chain: str


_COLUMNS = (
    "id",
    "workspace_id",
    "kind",
    "contact_id",
    "payload",
    "enrollment__sequence_id",
    "enrollment__sequence__name",
    "enrollment__source",
)


def claim(limit: int) -> list[UnreadEvent]:
    """Lock and return the oldest unread events that nobody else has, in id order."""
    rows = Event.objects.filter(triggered_at=None).order_by("id").values_list("id", "contact_id")
    if sql.is_postgresql():
        rows = rows.select_for_update(skip_locked=True, no_key=True)
    mine: list[tuple[int, int | None]] = list(rows[:limit])
    if sql.is_postgresql():
        mine = _in_turn(mine)
    return [_event(row) for row in _EVENTS.fetch([id_ for id_, _ in mine])] if mine else []


_EVENTS = Reading(
    lambda ids: Event.objects.filter(sql.among("id", ids)).order_by("id").values_list(*_COLUMNS)
)


def _event(row: Sequence[Any]) -> UnreadEvent:
    id_, workspace_id, kind, contact_id, payload, of_sequence, name, source = row
    return UnreadEvent(id_, workspace_id, kind, contact_id, payload, of_sequence, name or "", source or "")


def _in_turn(mine: Sequence[tuple[int, int | None]]) -> list[tuple[int, int | None]]:
    """Leave out what comes after an unread event of its contact that somebody else has."""
    last = max((id_ for id_, _ in mine), default=0)
    unread = Event.objects.filter(
        triggered_at=None, id__lte=last
    )  # few more than mine: the oldest are taken first
    others = set(unread.values_list("id", "contact_id")).difference(mine)
    held: dict[int | None, int] = {}
    for id_, contact_id in others:
        held[contact_id] = min(id_, held.get(contact_id, id_))
    return [(id_, contact_id) for id_, contact_id in mine if id_ < held.get(contact_id, id_ + 1)]


def mark(event_ids: Iterable[int], now: datetime) -> None:
    """Note that the events were looked at."""
    Event.objects.filter(sql.among("id", sorted(event_ids))).update(triggered_at=now)
