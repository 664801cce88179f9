"""The secrets by which receivers know that a webhook is ours: shown and replaced by whoever may change settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from drumbeat.actions import access, audit
from drumbeat.models import Member, Workspace
from drumbeat.store import webhook_secrets


@dataclass(frozen=True, slots=True)
class Secrets:
    """`previous` signs along until `previous_until`, so that receivers can change over."""

    current: str
    previous: str = ""
    previous_until: datetime | None = None


def secrets(member: Member, now: datetime) -> Secrets:
    """Return what signs the workspace's webhooks now."""
    access.require(member, "settings.edit")
    return _in_force(Workspace.objects.get(id=member.workspace_id), now)


def replace_secret(member: Member, now: datetime) -> Secrets:
    """Sign with a new secret from now on; the one before the last is forgotten at once."""
    access.require(member, "settings.edit")
    with transaction.atomic():
        workspace = webhook_secrets.replace_secret(member.workspace_id, now)
        audit.record(
            member, "webhook_secret.replace", now, object_kind="workspace", object_id=member.workspace_id
        )
    return _in_force(workspace, now)


def _in_force(workspace: Workspace, now: datetime) -> Secrets:
    current, *before = webhook_secrets.in_force(workspace, now)
    if not before or workspace.webhook_secret_at is None:
        return Secrets(current)
    return Secrets(current, before[0], workspace.webhook_secret_at + webhook_secrets.BOTH_FOR)
