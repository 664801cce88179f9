"""Links that a command prints: where the web app of this installation is reached."""

from __future__ import annotations

from datetime import datetime

from drumbeat.environment import environment
from drumbeat.models import LinkPurpose

DEFAULT = "http://127.0.0.1:8000"


def base(host: str = "", port: int = 0) -> str:
    """Return DRUMBEAT_PUBLIC_URL, else what this machine serves under; no trailing slash."""
    if public := environment().public_url.rstrip("/"):
        return public
    if not port:
        return DEFAULT
    return f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"


def to(purpose: LinkPurpose, token: str, at: str = "") -> str:
    """Return the link that carries `token`."""
    from drumbeat.actions.members import sign_in

    return f"{at or base()}{sign_in.PATHS[purpose]}{token}"


def claim(now: datetime, at: str = "") -> str | None:
    """Return a fresh link that makes its holder the owner; None when the installation has one."""
    from drumbeat.actions.members import first as first_member

    token = first_member.link_token(now)
    return to(LinkPurpose.CLAIM, token, at) if token else None
