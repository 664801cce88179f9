"""Stages that a workspace calls won: who reaches one of them has converted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from drumbeat.core.conditions import fold
from drumbeat.core.facts import EventKind
from drumbeat.models import Workspace
from drumbeat.store import contact_events, jobs, stops

SOURCE = "stage"


def reached(workspace_id: int, stages: Mapping[int, str], now: datetime) -> None:
    """Log `converted` for each contact whose new stage is won, and stop what that stops.

    Call it with contacts that were in another stage before, in the transaction that changed them.
    """
    for stage, contact_ids in _won(workspace_id, stages).items():
        payload = {"stage": stage}
        contact_events.add(
            workspace_id, EventKind.CONVERTED, contact_ids, now, source=SOURCE, payload=payload
        )
        stops.stop_contacts(workspace_id, contact_ids, EventKind.CONVERTED, now)


def leave_to_a_job(workspace_id: int, stages: Mapping[int, str], now: datetime) -> None:
    """Let a job do the same, for whoever holds locks on enrollments."""
    won = {str(id_): stage for stage, ids in _won(workspace_id, stages).items() for id_ in ids}
    if won:
        jobs.enqueue(jobs.STAGE_WON, {"stages": won}, now, workspace_id=workspace_id)


def _won(workspace_id: int, stages: Mapping[int, str]) -> dict[str, list[int]]:
    """Return the contacts whose stage is won, by stage."""
    if not any(stages.values()):
        return {}
    names = Workspace.objects.values_list("won_stages", flat=True).get(id=workspace_id)
    won = {fold(name) for name in names}
    found: dict[str, list[int]] = {}
    for contact_id, stage in sorted(stages.items()):
        if stage and fold(stage) in won:
            found.setdefault(stage, []).append(contact_id)
    return found
