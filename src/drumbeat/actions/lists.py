"""Hand-made contact lists: made, joined, left, found by name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from drumbeat.actions import access
from drumbeat.core.errors import DomainError
from drumbeat.models import Contact, ContactList, Member
from drumbeat.store import lists


def create(member: Member, name: str, now: datetime) -> ContactList:
    """Make a list; one with this name that is there already is returned as it is."""
    access.require(member, "contacts.create")
    if not name.strip() or len(name.strip()) > 200:
        raise DomainError("list_name_invalid", "A list needs a name of 1 to 200 characters.")
    return ContactList.objects.get(id=lists.ensure(member.workspace_id, name.strip(), now))


def join(member: Member, list_id: int, contact_ids: Sequence[int], now: datetime) -> int:
    """Put contacts of this workspace on the list; return how many of those asked exist."""
    access.require(member, "contacts.edit")
    target = access.get(member, ContactList, list_id, "list")
    with transaction.atomic():
        known = list(
            access.visible_to(member, Contact).filter(id__in=contact_ids).values_list("id", flat=True)
        )
        lists.join(member.workspace_id, target.pk, known, now)
    return len(known)


def leave(member: Member, list_id: int, contact_ids: Sequence[int], now: datetime) -> int:
    """Take contacts off the list; return how many were on it."""
    access.require(member, "contacts.edit")
    target = access.get(member, ContactList, list_id, "list")
    return lists.leave(target.pk, contact_ids)


def find(member: Member, name: str) -> ContactList:
    """Return the list with this name or id."""
    ours = access.visible_to(member, ContactList)
    found = ours.filter(name=name).first() or (ours.filter(id=int(name)).first() if name.isdigit() else None)
    if found is None:
        known = ", ".join(ours.order_by("name").values_list("name", flat=True)[:10])
        raise DomainError("not_found", f"There is no list {name!r}. There are: {known or 'none'}.")
    return found
