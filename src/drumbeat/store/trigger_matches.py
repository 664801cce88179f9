"""What triggers met and what came of it: written in bulk, counted for the loop guard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from drumbeat.models import TriggerMatch
from drumbeat.store import sql

_COLUMNS = ("workspace_id", "sequence_id", "contact_id", "entry", "kind", "answer", "at")
STARTED = ("enrolled", "waiting_for_review")


@dataclass(frozen=True, slots=True)
class Line:
    """One match: which start (by its place), by what kind of event ("" a condition), and the answer."""

    sequence_id: int
    contact_id: int
    place: int
    kind: str
    answer: str


def write(workspace_id: int, lines: Iterable[Line], now: datetime) -> None:
    """Write the matches in one statement."""
    rows = [
        (workspace_id, line.sequence_id, line.contact_id, line.place, line.kind, line.answer, now)
        for line in lines
    ]
    sql.insert(TriggerMatch, _COLUMNS, rows)


def started_since(
    sequence_ids: Iterable[int], contact_ids: Iterable[int], since: datetime
) -> dict[tuple[int, int], int]:
    """Return how often contacts were started after `since`, by sequence and contact."""
    rows = TriggerMatch.objects.filter(
        sql.among("contact_id", sorted(contact_ids)),
        sql.among("sequence_id", sorted(sequence_ids)),
        at__gt=since,
        answer__in=STARTED,
    ).order_by()
    counted = rows.values_list("sequence_id", "contact_id").annotate(n=Count("id"))
    return {(sequence_id, contact_id): count for sequence_id, contact_id, count in counted}
