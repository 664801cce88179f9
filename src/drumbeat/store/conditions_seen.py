"""For whom a condition was true when it was last looked at, so that it fires when it turns true and only then."""

from __future__ import annotations

from collections.abc import Iterable

from drumbeat.models import ConditionSeen
from drumbeat.store import sql
from drumbeat.store.readings import Reading

Place = tuple[int, str]
"""A sequence and the mark of one of its conditions."""


def seen(places: Iterable[Place], contact_ids: Iterable[int]) -> dict[Place, set[int]]:
    """Return for which of the contacts each condition was true."""
    wanted = set(places)
    found: dict[Place, set[int]] = {}
    rows = _SEEN.fetch({sequence_id for sequence_id, _ in wanted}, {mark for _, mark in wanted}, contact_ids)
    for sequence_id, mark, contact_id in rows:
        found.setdefault((sequence_id, mark), set()).add(contact_id)
    return found


_SEEN = Reading(
    lambda sequences, marks, contacts: ConditionSeen.objects.filter(
        sql.among("sequence_id", sequences), sql.among("condition", marks), sql.among("contact_id", contacts)
    ).values_list("sequence_id", "condition", "contact_id")
)


def remember(places: Iterable[tuple[Place, int]]) -> None:
    """Note for whom conditions are true now."""
    rows = sorted({(sequence_id, mark, contact_id) for (sequence_id, mark), contact_id in places})
    columns = ("sequence_id", "condition", "contact_id")
    sql.insert(ConditionSeen, columns, rows, "ON CONFLICT DO NOTHING")


def forget(place: Place, contact_ids: Iterable[int]) -> None:
    """Note for whom a condition is true no more: it may turn true again."""
    sequence_id, mark = place
    gone = ConditionSeen.objects.filter(
        sql.among("contact_id", sorted(contact_ids)), sequence_id=sequence_id, condition=mark
    )
    gone.delete()


def between(place: Place, after: int, up_to: int | None) -> set[int]:
    """Return for whom it was true among the contacts with ids above `after`, up to and with `up_to`."""
    sequence_id, mark = place
    rows = ConditionSeen.objects.filter(sequence_id=sequence_id, condition=mark, contact_id__gt=after)
    if up_to is not None:
        rows = rows.filter(contact_id__lte=up_to)
    return set(rows.values_list("contact_id", flat=True))
