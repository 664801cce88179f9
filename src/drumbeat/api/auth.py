"""Who asks: a signed-in member by Django's session, or a program by a bearer key. Every route starts from
`request.member`, but for the few that people without an account press.
"""

from __future__ import annotations

import re

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer, SessionAuth
from ninja.utils import check_csrf

from drumbeat.actions.members import keys
from drumbeat.actions.sequences import locks
from drumbeat.clock import SystemClock
from drumbeat.models import Member

WORKSPACE_KEY = "workspace_id"
"""Where a session keeps the workspace that its person chose."""
UNLOCKED_KEY = "unlocked_sequences"
"""Where a session keeps which guarded sequences its person opened."""
PASSWORD_HEADER = "Sequence-Password"
_OF_A_SEQUENCE = re.compile(r"/api/sequences/(\d{1,18})(/|$)")


class MemberRequest(HttpRequest):
    """A request that was let through."""

    member: Member


class MemberSession(SessionAuth):
    """Lets in active users as a member of the workspace they chose, else of their first."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Member | None:
        if not request.user.is_authenticated or not request.user.is_active:
            return None
        members = Member.objects.select_related("workspace", "user").filter(
            user_id=request.user.pk, deactivated_at=None
        )
        chosen = request.session.get(WORKSPACE_KEY)
        member = (members.filter(workspace_id=chosen).first() if chosen else None) or members.order_by(
            "id"
        ).first()
        if member is not None:
            member.via = "web"
            kept = request.session.get(UNLOCKED_KEY, {})
            member.unlocked = {int(id_): stamp for id_, stamp in kept.items()}
            _open(request, member)
            request.member = member  # type: ignore[attr-defined]  # routes see it as MemberRequest
        return member


class MemberKey(HttpBearer):
    """Lets in programs with a bearer key. A key never comes from a cookie, so it needs no CSRF token."""

    def authenticate(self, request: HttpRequest, token: str) -> Member | None:
        member = keys.member_of(token, SystemClock().now())
        if member is not None:
            _open(request, member)
            request.member = member  # type: ignore[attr-defined]  # routes see it as MemberRequest
        return member


def _open(request: HttpRequest, member: Member) -> None:
    """Open the sequence of the address, where the request brings its password."""
    password, found = request.headers.get(PASSWORD_HEADER), _OF_A_SEQUENCE.match(request.path)
    if password and found and request.method not in ("GET", "HEAD"):
        locks.unlock_if_there(member, int(found[1]), password)


def our_page(request: HttpRequest) -> bool:
    """Let in whoever shows by Django's token that one of our own pages asks. For routes that need no account."""
    if check_csrf(request) is not None:
        raise HttpError(403, "CSRF check failed")
    return True
