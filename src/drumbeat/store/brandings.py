"""How the mails of a workspace look, from its row."""

from __future__ import annotations

from drumbeat.core.branding import Branding, read_branding
from drumbeat.core.mail_body import Look
from drumbeat.environment import environment
from drumbeat.models import Workspace
from drumbeat.store.outgoing import DEFAULT_PUBLIC_URL


def branding_of(workspace: Workspace) -> Branding:
    return read_branding(workspace.branding)


def look_of(workspace: Workspace) -> Look:
    """Return the branding with the address that mail programs fetch its logo from."""
    branding = branding_of(workspace)
    return Look(branding, picture_url(branding.logo) if branding.logo else "")


def picture_url(token: str) -> str:
    base = environment().public_url or DEFAULT_PUBLIC_URL
    return f"{base.rstrip('/')}/pictures/{token}"
