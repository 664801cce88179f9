"""Suppressing from within a flow: the rows and the veto with the move itself, the wake of others right after.

Others' enrollments are woken by a job: whoever moves one enrollment may not lock another one (locks go by id).
Until then their touches are withheld, so nothing slips through.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from drumbeat.core.flow import SuppressStep
from drumbeat.models import Touch
from drumbeat.store import jobs, sql, stops, suppressions
from drumbeat.store.enrollments import Locked
from drumbeat.store.facts import Batch, contact_addresses
from drumbeat.store.suppressions import NewSuppression

REASON = "flow"


def suppress(wanted: Sequence[tuple[Locked, SuppressStep]], batch: Batch, now: datetime) -> None:
    """Suppress the contacts' addresses on the steps' channels and withhold what is on its way to them."""
    rows = sorted({one for row, step in wanted for one in _rows(row, step, batch, now)}, key=str)
    if not rows:
        return
    suppressions.write(rows)
    workspaces = {row.workspace_id for row, _ in wanted}
    concerned = Q()
    for channel in sorted({row.channel for row in rows}):
        hashes = sorted({row.hash for row in rows if row.channel == channel})
        concerned |= Q(sql.among("base_address", hashes), **({"kind": channel} if channel else {}))
    touches = Touch.objects.filter(concerned, workspace_id__in=workspaces, handed_at=None, settled_at=None)
    others = stops.veto_or_unclaim(touches, now).difference(row.value.id for row, _ in wanted)
    if others:
        jobs.enqueue(jobs.WAKE_THESE, {"enrollments": sorted(others)}, now)


def _rows(row: Locked, step: SuppressStep, batch: Batch, now: datetime) -> set[NewSuppression]:
    hashes = contact_addresses(batch.contacts[row.contact_id]).hashes
    meant = set(hashes.values()) if step.channel is None else {hashes.get(step.channel, "")}
    channel = step.channel.value if step.channel else ""
    source = f"sequence:{row.sequence_id}:{step.key}"
    return {
        NewSuppression(row.workspace_id, channel, hashed, REASON, source, now, contact_id=row.contact_id)
        for hashed in meant
        if hashed
    }
