"""Who asks: a signed-in member by Django's session, or a program by a bearer key. Every route starts from
`request.member`.
"""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from drumbeat.actions import keys
from drumbeat.clock import SystemClock
from drumbeat.models import Member

WORKSPACE_KEY = "workspace_id"
"""Where a session keeps the workspace that its person chose."""


class MemberRequest(HttpRequest):
    """A request that was let through."""

    member: Member


class MemberSession(SessionAuth):
    """Lets in active users as a member of the workspace they chose, else of their first."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Member | None:
        if not request.user.is_authenticated or not request.user.is_active:
            return None
        members = Member.objects.select_related("workspace").filter(user_id=request.user.pk)
        chosen = request.session.get(WORKSPACE_KEY)
        member = (members.filter(workspace_id=chosen).first() if chosen else None) or members.order_by(
            "id"
        ).first()
        if member is not None:
            member.via = "web"
            request.member = member  # type: ignore[attr-defined]  # routes see it as MemberRequest
        return member


class MemberKey(HttpBearer):
    """Lets in programs with a bearer key. A key never comes from a cookie, so it needs no CSRF token."""

    def authenticate(self, request: HttpRequest, token: str) -> Member | None:
        member = keys.member_of(token, SystemClock().now())
        if member is not None:
            request.member = member  # type: ignore[attr-defined]  # routes see it as MemberRequest
        return member
