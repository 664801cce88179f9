"""The emergency stop: nothing leaves the workspace, drafts and calls included, until somebody lifts it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from drumbeat.actions import access, audit
from drumbeat.models import Member, Workspace
from drumbeat.store import stops


def stop_all(member: Member, now: datetime) -> Workspace:
    """Let nothing leave after this commits; who did it and when is kept. A second stop keeps the first."""
    access.require(member, "enrollments.edit")
    with transaction.atomic():
        if Workspace.objects.filter(id=member.workspace_id, stopped_at=None).exists():
            stops.emergency_stop(member.workspace_id, member.name, now)
            _record(member, "emergency_stop.set", now)
    return Workspace.objects.get(id=member.workspace_id)


def lift(member: Member, now: datetime) -> Workspace:
    """Let messages leave again; what came due meanwhile is paced by windows and caps."""
    access.require(member, "settings.edit")
    with transaction.atomic():
        if Workspace.objects.filter(id=member.workspace_id, stopped_at__isnull=False).exists():
            _record(member, "emergency_stop.lift", now)
        stops.lift_emergency_stop(member.workspace_id, now)
    return Workspace.objects.get(id=member.workspace_id)


def _record(member: Member, act: str, now: datetime) -> None:
    audit.record(member, act, now, object_kind="workspace", object_id=member.workspace_id)
