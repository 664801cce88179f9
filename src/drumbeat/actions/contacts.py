"""Contacts: added one by one, found by address or id. Files are in `imports`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from drumbeat.actions import access
from drumbeat.actions.contact_input import read_contact, read_email
from drumbeat.actions.imports import slug
from drumbeat.core.errors import DomainError
from drumbeat.models import Contact, Member
from drumbeat.store import contacts, lists
from drumbeat.store.contacts import OnDuplicate


def add(
    member: Member,
    values: Mapping[str, str],
    now: datetime,
    *,
    custom: Mapping[str, str] | None = None,
    list_name: str | None = None,
) -> Contact:
    """Create one contact; DomainError `contact_exists` when its address is known, `contact_invalid` by field.

    Custom fields that the workspace does not know are created as text.
    """
    access.require(member, "contacts.create")
    named = {slug(key): text for key, text in (custom or {}).items()}
    with transaction.atomic():
        fields = contacts.ensure_fields(member.workspace_id, {slug(key): key for key in custom or {}})
        one = read_contact(values, named, fields)
        written = contacts.upsert(member.workspace_id, [one], now, OnDuplicate.SKIP)
        if written.refused:
            raise DomainError("contact_exists", written.refused[0])
        contact_id = written.ids[0]
        if not written.created or contact_id is None:
            address = one.values.get("email") or one.values.get("phone")
            raise DomainError("contact_exists", f"There is a contact {address} in this workspace already.")
        if list_name:
            lists.join(
                member.workspace_id, lists.ensure(member.workspace_id, list_name, now), [contact_id], now
            )
        return Contact.objects.get(id=contact_id)


def find(member: Member, address: str) -> Contact:
    """Return the contact with this mail address."""
    (contact_id,) = find_many(member, [address])
    return Contact.objects.get(id=contact_id)


def find_many(member: Member, addresses: Sequence[str]) -> list[int]:
    """Return the ids of the contacts with these mail addresses, in the order asked; all must exist."""
    normal = [read_email(address)[1] for address in addresses]
    rows = contacts.with_address(member.workspace_id, "email_normal", normal)
    known = dict(rows.values_list("email_normal", "id"))
    lacking = [address for address, form in zip(addresses, normal, strict=True) if form not in known]
    if lacking:
        more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
        raise DomainError(
            "not_found", f"There is no contact with the address {', '.join(lacking[:5])}{more}."
        )
    return [known[form] for form in normal]
