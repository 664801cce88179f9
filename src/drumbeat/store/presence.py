"""Who has which sequence open: a row for each person and sequence, renewed while the page is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from drumbeat.models import Presence

GONE_AFTER = timedelta(seconds=30)
"""Whoever was not heard of for so long has left."""
_FORGOTTEN_AFTER = timedelta(hours=1)
_MOST_SHOWN = 50


def note(sequence_id: int, member_id: int, step: str, now: datetime) -> None:
    """Write that somebody has the sequence open, at this step or at none ("")."""
    Presence.objects.bulk_create(
        [Presence(sequence_id=sequence_id, member_id=member_id, step=step, seen_at=now)],
        update_conflicts=True,
        unique_fields=["sequence", "member"],
        update_fields=["step", "seen_at"],
    )


def others(sequence_id: int, member_id: int, now: datetime) -> Sequence[Presence]:
    """Return who else is here, with their member; drop rows that say nothing any more."""
    rows = Presence.objects.filter(sequence_id=sequence_id)
    here = rows.filter(seen_at__gt=now - GONE_AFTER).exclude(member_id=member_id)
    found = list(here.select_related("member").order_by("member_id")[:_MOST_SHOWN])
    if rows.filter(seen_at__lte=now - _FORGOTTEN_AFTER).exists():
        rows.filter(seen_at__lte=now - _FORGOTTEN_AFTER).delete()
    return found
