"""Contacts from rows to answers; what stands around them is loaded for a whole page at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet

from drumbeat.actions.suppressions import SuppressionQuery, fitting
from drumbeat.api.contacts import schemas as out
from drumbeat.models import Contact, ContactField, Member, Suppression
from drumbeat.store import contact_rows
from drumbeat.store.contact_rows import Around
from drumbeat.store.marks import address_hash
from drumbeat.store.reach import Asked, addresses_of, unreachable
from drumbeat.store.suppressions import SuppressionUnavailable


def name_of(contact: Contact) -> str:
    """Return what people call the contact: the name, else the address, else the number."""
    return f"{contact.first_name} {contact.last_name}".strip() or contact.email or contact.phone


def rows(member: Member, contacts: list[Contact]) -> Iterable[out.ContactOut]:
    """Shape a page of contacts that carry their owner."""
    around = contact_rows.around(member.workspace_id, contacts)
    return [out.ContactOut(**_row(contact, around[contact.pk])) for contact in contacts]


def shaper(member: Member) -> partial[Iterable[out.ContactOut]]:
    return partial(rows, member)


def _row(contact: Contact, around: Around) -> dict[str, Any]:
    return {
        "id": contact.pk,
        "name": name_of(contact),
        **{
            field: getattr(contact, field)
            for field in (
                "first_name",
                "last_name",
                "email",
                "phone",
                "company",
                "title",
                "stage",
                "time_zone",
            )
        },
        "owner": out.ContactOwnerOut(id=contact.owner.pk, name=contact.owner.name) if contact.owner else None,
        "tags": [out.ContactTagOut(id=id_, name=name) for id_, name in around.tags],
        "running": [
            out.RunningOut(
                enrollment_id=one.id,
                sequence_id=one.sequence_id,
                sequence=one.sequence,
                state=one.state,
                reason=one.reason,
            )
            for one in around.running
        ],
        "blocked": around.blocked,
        "last": out.LastEventOut(kind=around.last[0], at=around.last[1]) if around.last else None,
        "created_at": contact.created_at,
    }


def detail(member: Member, contact: Contact) -> out.ContactDetailOut:
    """Shape one contact with everything that its page shows at the side."""
    around = contact_rows.around(member.workspace_id, [contact])[contact.pk]
    return out.ContactDetailOut(
        **_row(contact, around),
        whatsapp=contact.whatsapp,
        language=contact.language,
        consent=contact.consent,
        custom=list(_custom(contact)),
        lists=[out.ContactListOut(id=id_, name=name) for id_, name in contact_rows.lists_of(contact.pk)],
        suppressions=[suppression_ref(row) for row in _suppressions(member, contact)],
        reach=_reach(contact),
        updated_at=contact.updated_at,
    )


def _custom(contact: Contact) -> Iterable[out.FieldValueOut]:
    values = contact_rows.custom_of(contact.pk)
    for field in ContactField.objects.filter(workspace_id=contact.workspace_id).order_by("label", "id"):
        value = values.get(field.pk)
        shown = value.isoformat() if isinstance(value, date) else value
        yield out.FieldValueOut(id=field.pk, key=field.key, label=field.label, type=field.type, value=shown)


def _suppressions(member: Member, contact: Contact) -> QuerySet[Suppression] | Sequence[Suppression]:
    addresses = addresses_of(contact.email_normal, contact.phone_normal, contact.whatsapp)
    hashes = {*addresses.hashes.values(), addresses.domain_hash} - {"", address_hash("")}
    return fitting(member, SuppressionQuery()).filter(hash__in=hashes).order_by("-id") if hashes else []


def suppression_ref(row: Suppression) -> out.ContactSuppressionOut:
    return out.ContactSuppressionOut(
        id=row.pk,
        channel=row.channel,
        kind=row.kind,
        reason=row.reason,
        source=row.source,
        scope=row.scope,
        created_at=row.created_at,
    )


def _reach(contact: Contact) -> dict[str, str]:
    addresses = addresses_of(contact.email_normal, contact.phone_normal, contact.whatsapp)
    try:
        (blocked,) = unreachable(contact.workspace_id, [Asked(None, addresses, contact.consent)])
    except SuppressionUnavailable:
        blocked = {}
    reached = {channel.value: "" for channel in addresses.by_channel}
    return reached | {channel.value: reason.value for channel, reason in blocked.items()}
