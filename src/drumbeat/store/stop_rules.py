"""Stop rules that came about: the fact where an event did it, the wake, and the veto."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from drumbeat.core.facts import STOP_WHEN
from drumbeat.models import Enrollment, Touch
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import sql, stops


def running(sequence_id: int, contact_ids: Iterable[int]) -> set[int]:
    """Return which of the contacts run through the sequence."""
    rows = Enrollment.objects.filter(
        UNFINISHED, sql.among("contact_id", sorted(set(contact_ids))), sequence_id=sequence_id
    )
    return set(rows.values_list("contact_id", flat=True))


def stop(
    workspace_id: int, sequence_id: int, met: Iterable[int], holding: Iterable[int], now: datetime
) -> None:
    """Let the enrollments of these contacts end at their next look, which comes at once; nothing leaves before it.

    `met`: an event met the rule, which is kept as a fact; `holding`: a condition of it is true, which the look sees.
    """
    by_event = sorted(set(met))
    concerned = sorted({*by_event, *holding})
    if not concerned:
        return
    if by_event:
        stops.record_fact(workspace_id, by_event, STOP_WHEN, now, scope=f"sequence:{sequence_id}")
    among = sql.among("contact_id", concerned)
    stops.halt(
        Enrollment.objects.filter(among, sequence_id=sequence_id),
        Touch.objects.filter(among, enrollment__sequence_id=sequence_id),
        now,
    )
