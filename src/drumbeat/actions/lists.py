"""Hand-made contact lists: made, renamed, joined, left, found by name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from drumbeat.actions import access, audit
from drumbeat.core.errors import DomainError
from drumbeat.models import Contact, ContactList, ListMember, Member
from drumbeat.store import lists
from drumbeat.store.contacts import in_ids
from drumbeat.store.owners import sees_own_contacts_only


def create(member: Member, name: str, now: datetime) -> ContactList:
    """Make a list; one with this name that is there already is returned as it is."""
    access.require(member, "contacts.create")
    return ContactList.objects.get(id=lists.ensure(member.workspace_id, _read_name(name), now))


def _read_name(name: str) -> str:
    read = name.replace("\x00", "").strip()
    if not read or len(read) > 200:
        raise DomainError("list_name_invalid", "A list needs a name of 1 to 200 characters.")
    return read


def rename(member: Member, list_id: int, name: str) -> ContactList:
    """Give a list another name; DomainError `list_exists` when another one has it."""
    access.require(member, "contacts.edit")
    row = access.get(member, ContactList, list_id, "list")
    wanted = _read_name(name)
    if access.visible_to(member, ContactList).filter(name=wanted).exclude(id=row.pk).exists():
        raise DomainError(
            "list_exists", f"There is a list {wanted!r} already.", {"name": "This name is taken."}
        )
    row.name = wanted
    row.save(update_fields=["name"])
    return row


def delete(member: Member, list_id: int, now: datetime) -> None:
    """Delete a list; the contacts on it stay."""
    access.require(member, "contacts.delete")
    row = access.get(member, ContactList, list_id, "list")
    with transaction.atomic():
        before = {"contacts": ListMember.objects.filter(contact_list=row).count()}
        audit.record(
            member, "list.delete", now, object_kind="list", object_id=row.pk, name=row.name, before=before
        )
        row.delete()


def counted(member: Member) -> QuerySet[ContactList]:
    """Return the lists of the workspace, each with `contacts`, how many of those the member sees are on it."""
    access.require(member, "contacts.view")
    rows = access.visible_to(member, ContactList)
    if not sees_own_contacts_only(member):
        return rows.annotate(contacts=Count("entries"))
    return rows.annotate(contacts=Count("entries", filter=Q(entries__contact__owner_id=member.pk)))


def join(member: Member, list_id: int, contact_ids: Sequence[int], now: datetime) -> int:
    """Put contacts that the member sees on the list; return how many of those asked exist."""
    access.require(member, "contacts.edit")
    target = access.get(member, ContactList, list_id, "list")
    with transaction.atomic():
        known = _seen(member, contact_ids)
        lists.join_and_tell(member.workspace_id, target.pk, known, now, source=member.via.partition(" ")[0])
    return len(known)


def leave(member: Member, list_id: int, contact_ids: Sequence[int], now: datetime) -> int:
    """Take contacts off the list; return how many were on it."""
    access.require(member, "contacts.edit")
    target = access.get(member, ContactList, list_id, "list")
    source = member.via.partition(" ")[0]
    with transaction.atomic():
        known = _seen(member, contact_ids)
        return len(lists.leave(member.workspace_id, target.pk, known, now, source=source))


def _seen(member: Member, contact_ids: Sequence[int]) -> list[int]:
    seen = access.visible_to(member, Contact).filter(id__in=in_ids(list(dict.fromkeys(contact_ids))))
    return list(seen.order_by("id").values_list("id", flat=True))


def find(member: Member, name: str) -> ContactList:
    """Return the list with this name or id."""
    return access.named(access.visible_to(member, ContactList), name, "list")
