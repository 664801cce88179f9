"""Saved views: filters and order of a list under a name, a member's own or shared with the workspace."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from drumbeat.actions import access
from drumbeat.actions.members.people import read_name
from drumbeat.core.errors import DomainError
from drumbeat.models import Member, SavedView

NAME_LONGEST = 100
MOST = 200
"""Views that one member may keep."""


def of_room(member: Member, room: str) -> QuerySet[SavedView]:
    """Return the member's own views of a room and those that others share."""
    return _seen(member).filter(room=room).select_related("member")


def save(member: Member, room: str, name: str, query: str, now: datetime, *, shared: bool) -> SavedView:
    """Keep a view; DomainError `view_exists` when the member has one of that name there, `too_many_views`."""
    if _own(member).count() >= MOST:
        raise DomainError("too_many_views", f"You have {MOST} views. Delete some first.")
    try:
        with transaction.atomic():
            return SavedView.objects.create(
                workspace_id=member.workspace_id,
                member_id=member.pk,
                room=room,
                name=_name(name),
                query=query,
                shared=shared,
                created_at=now,
            )
    except IntegrityError:
        raise _exists(name) from None


def change(
    member: Member,
    view_id: int,
    *,
    name: str | None = None,
    query: str | None = None,
    shared: bool | None = None,
) -> SavedView:
    """Change one of the member's own views."""
    try:
        with transaction.atomic():
            view = access.first(_own(member).filter(pk=view_id), "view of yours", view_id)
            view.name = view.name if name is None else _name(name)
            view.query = view.query if query is None else query
            view.shared = view.shared if shared is None else shared
            view.save(update_fields=["name", "query", "shared"])
    except IntegrityError:
        raise _exists(name or "") from None
    return view


def remove(member: Member, view_id: int) -> None:
    """Delete an own view; whoever may edit the settings deletes shared ones of others too."""
    deletable = _seen(member) if access.may(member, "settings.edit") else _own(member)
    access.first(deletable.filter(pk=view_id), "view of yours", view_id).delete()


def _own(member: Member) -> QuerySet[SavedView]:
    return access.visible_to(member, SavedView).filter(member_id=member.pk)


def _seen(member: Member) -> QuerySet[SavedView]:
    return access.visible_to(member, SavedView).filter(Q(member_id=member.pk) | Q(shared=True))


def _name(text: str) -> str:
    name = read_name(text)
    if len(name) > NAME_LONGEST:
        raise DomainError("name_invalid", f"A view's name has at most {NAME_LONGEST} characters.")
    return name


def _exists(name: str) -> DomainError:
    return DomainError("view_exists", f"You have a view {name!r} there already.")
