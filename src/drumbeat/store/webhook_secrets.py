"""The secrets that webhooks are signed with: derived from the installation's, so none is stored.

A workspace counts its secrets; a new one replaces the last, which signs along for a day, so that a receiver can
change over without losing a call.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime, timedelta

from django.conf import settings

from drumbeat.models import Workspace
from drumbeat.store import sql

BOTH_FOR = timedelta(days=1)


def secret_of(workspace_id: int, number: int) -> str:
    """Return the workspace's secret with this number, in the form of Standard Webhooks."""
    key = settings.INSTALLATION_SECRET[:64]
    secret = hashlib.blake2b(f"webhook:{workspace_id}:{number}".encode(), key=key, digest_size=32).digest()
    return f"whsec_{base64.b64encode(secret).decode()}"


def in_force(workspace: Workspace, now: datetime) -> list[str]:
    """Return the secrets that sign now, the current one first."""
    current = workspace.webhook_secrets
    numbers = [current]
    if workspace.webhook_secret_at is not None and now < workspace.webhook_secret_at + BOTH_FOR:
        numbers.append(current - 1)
    return [secret_of(workspace.pk, number) for number in numbers]


def replace_secret(workspace_id: int, now: datetime) -> Workspace:
    """Begin a new secret, in the caller's transaction; return the workspace with it."""
    sql.lock(Workspace.objects.filter(id=workspace_id))
    workspace = Workspace.objects.get(id=workspace_id)
    workspace.webhook_secrets += 1
    workspace.webhook_secret_at = now
    workspace.save(update_fields=["webhook_secrets", "webhook_secret_at"])
    return workspace
