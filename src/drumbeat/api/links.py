"""Addresses of our own pages as somebody else has to open them."""

from __future__ import annotations

from django.http import HttpRequest

from drumbeat.actions.members import sign_in
from drumbeat.environment import environment
from drumbeat.models import LinkPurpose


def at(request: HttpRequest, path: str) -> str:
    """Return `path` under the public address of the installation, else under the one that was asked.

    A Host header that somebody made up could lead a link elsewhere: with DRUMBEAT_PUBLIC_URL it cannot.
    """
    public = environment().public_url.rstrip("/")
    return f"{public}{path}" if public else request.build_absolute_uri(path)


def to(request: HttpRequest, purpose: LinkPurpose, token: str) -> str:
    """Return the link that carries `token`."""
    return at(request, sign_in.PATHS[purpose] + token)
