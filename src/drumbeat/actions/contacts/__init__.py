"""Contacts one by one: added, changed, deleted, found. Files are in `imports`, many at once in `contact_bulk`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from drumbeat.actions import access, audit
from drumbeat.actions.contacts.input import read_changes, read_contact, read_email, slug
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import Channel
from drumbeat.models import Contact, ContactFieldValue, Enrollment, Event, Member, Message
from drumbeat.store import contact_events, contacts, lists, replanning, sql, stages, tags, upserting
from drumbeat.store.contact_rows import custom_of
from drumbeat.store.contacts import OnDuplicate
from drumbeat.store.owners import sees_own_contacts_only

UNCHANGED = -1
"""The owner of a change that leaves the owner alone; None takes the owner away."""


def add(
    member: Member,
    values: Mapping[str, str],
    now: datetime,
    *,
    custom: Mapping[str, str] | None = None,
    list_name: str | None = None,
    tag_names: Sequence[str] = (),
) -> Contact:
    """Create one contact; DomainError `contact_exists` when its address is known, `contact_invalid` by field.

    Custom fields that the workspace does not know are created as text. Whoever sees only their own contacts owns it.
    """
    access.require(member, "contacts.create")
    named = {slug(key): text for key, text in (custom or {}).items()}
    with transaction.atomic():
        fields = contacts.ensure_fields(member.workspace_id, {slug(key): key for key in custom or {}})
        one = read_contact(values, named, fields)
        written = upserting.upsert(member.workspace_id, [one], now, OnDuplicate.SKIP)
        if written.refused:
            raise DomainError("contact_exists", written.refused[0])
        contact_id = written.ids[0]
        if not written.created or contact_id is None:
            raise _exists(member, one.values.get("email") or one.values.get("phone") or "", contact_id)
        if sees_own_contacts_only(member):
            Contact.objects.filter(id=contact_id).update(owner_id=member.pk)
        source = member.via.partition(" ")[0]
        contact_events.add(member.workspace_id, EventKind.CONTACT_CREATED, [contact_id], now, source=source)
        if list_name:
            list_id = lists.ensure(member.workspace_id, list_name, now)
            lists.join_and_tell(member.workspace_id, list_id, [contact_id], now, source=source)
        for name in tag_names:
            tags.add(
                member.workspace_id, tags.ensure(member.workspace_id, name), [contact_id], now, source=source
            )
        return Contact.objects.get(id=contact_id)


def _exists(member: Member, address: str, contact_id: int | None) -> DomainError:
    seen = contact_id is not None and access.visible_to(member, Contact).filter(id=contact_id).exists()
    return DomainError(
        "contact_exists",
        f"There is a contact {address} in this workspace already."
        + ("" if seen else " Another member owns it; ask an admin."),
        {"contact_id": str(contact_id)} if seen else None,
    )


def change(
    member: Member,
    contact_id: int,
    values: Mapping[str, str],
    now: datetime,
    *,
    custom: Mapping[str, str] | None = None,
    owner_id: int | None = UNCHANGED,
    consent: Mapping[str, bool | None] | None = None,
) -> Contact:
    """Set the given fields of a contact, "" clears one; enrollments that were blocked for missing data look again.

    Raises DomainError `contact_invalid` by field, `contact_exists` when another contact has the address.
    """
    access.require(member, "contacts.edit")
    access.get(member, Contact, contact_id, "contact")
    with transaction.atomic():
        sql.lock(Contact.objects.filter(id=contact_id))
        row = Contact.objects.get(id=contact_id)
        before = {name: getattr(row, name) for name in contacts.COLUMNS}
        fields = contacts.known_fields(member.workspace_id)
        changed = read_changes(before, values, custom or {}, fields)
        _require_free(member, row, changed.values)
        _set(row, {**before, **changed.values})
        if owner_id != UNCHANGED:
            row.owner = None if owner_id is None else access.get(member, Member, owner_id, "member")
        row.consent = {**row.consent, **_read_consent(consent or {})}
        row.updated_at = now
        row.save()
        had = custom_of(row.pk)
        contacts.write_values(member.workspace_id, {row.pk: changed.custom})
        ContactFieldValue.objects.filter(contact_id=row.pk, field_id__in=changed.cleared).delete()
        other = {id_ for id_, value in changed.custom.items() if had.get(id_) != value}
        other |= {id_ for id_ in changed.cleared if id_ in had}
        _tell(member, row, before, [f"custom.{key}" for key, (id_, _) in fields.items() if id_ in other], now)
        replanning.follow({row.pk: _changed(row, before)}, now)
    return row


def _changed(row: Contact, before: Mapping[str, str]) -> list[str]:
    return [name for name in contacts.COLUMNS if getattr(row, name) != before[name]]


def _set(row: Contact, values: Mapping[str, str]) -> None:
    found = dict(zip(contacts.SEARCHED, contacts.searched(values), strict=True))
    for name, text in {**values, **found}.items():
        setattr(row, name, text)


def _require_free(member: Member, row: Contact, values: Mapping[str, str]) -> None:
    for column, shown in (("email_normal", "email"), ("phone_normal", "phone")):
        normal = values.get(column, "")
        if not normal:
            continue
        other = contacts.with_address(member.workspace_id, column, [normal]).exclude(id=row.pk).first()
        if other is not None:
            fault = _exists(member, values[shown], other.pk)
            raise DomainError(fault.code, fault.message, {**fault.fields, shown: fault.message})


def _read_consent(consent: Mapping[str, bool | None]) -> dict[str, bool | None]:
    for channel in consent:
        if channel not in list(Channel):
            raise DomainError("channel_unknown", f"There is no channel {channel!r}.")
    return dict(consent)


def _tell(
    member: Member, row: Contact, before: Mapping[str, str], custom: Sequence[str], now: datetime
) -> None:
    source, changed = member.via.partition(" ")[0], _changed(row, before)
    shown = [*(name for name in changed if not name.endswith("_normal")), *custom]
    contact_events.changed(row.workspace_id, {row.pk: shown}, now, source=source, each=True)
    if "stage" in changed:
        contact_events.add(
            row.workspace_id,
            EventKind.STAGE_CHANGED,
            [row.pk],
            now,
            source=source,
            payload={"stage": row.stage, "from": before["stage"]},
        )
        stages.reached(row.workspace_id, {row.pk: row.stage}, now)


def delete(member: Member, contact_id: int, now: datetime) -> None:
    """Delete a contact to whom nothing was ever sent; DomainError `contact_has_history` for any other.

    A message that left, or an enrollment, is a record of what people were sent: stop and suppress instead.
    """
    access.require(member, "contacts.delete")
    row = access.get(member, Contact, contact_id, "contact")
    with transaction.atomic():
        sql.lock(Contact.objects.filter(id=row.pk))
        if Enrollment.objects.filter(contact=row).exists() or Message.objects.filter(contact=row).exists():
            raise DomainError(
                "contact_has_history",
                "This contact was enrolled or written to, and that stays on record. "
                "Stop the sequences and suppress the address instead.",
            )
        Event.objects.filter(contact=row).delete()
        row.delete()
        audit.record(member, "contact.delete", now, object_kind="contact", object_id=contact_id)


def find(member: Member, address: str) -> Contact:
    """Return the contact with this mail address."""
    (contact_id,) = find_many(member, [address])
    return Contact.objects.get(id=contact_id)


def find_many(member: Member, addresses: Sequence[str]) -> list[int]:
    """Return the ids of the contacts with these mail addresses, in the order asked; all must exist."""
    normal = [read_email(address)[1] for address in addresses]
    seen = access.visible_to(member, Contact)
    rows = contacts.with_address(member.workspace_id, "email_normal", normal).filter(id__in=seen.values("id"))
    known = dict(rows.values_list("email_normal", "id"))
    lacking = [address for address, form in zip(addresses, normal, strict=True) if form not in known]
    if lacking:
        more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
        raise DomainError(
            "not_found", f"There is no contact with the address {', '.join(lacking[:5])}{more}."
        )
    return [known[form] for form in normal]
