"""Who may be the same person as a contact: found by index, never by reading all contacts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from drumbeat.actions import access
from drumbeat.core.addresses import base_email
from drumbeat.models import Contact, Member

MOST = 20
MOST_LOOKED_AT = 200


class Alike(StrEnum):
    """In what two contacts agree."""

    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Duplicate:
    contact: Contact
    alike: Alike


def of(member: Member, contact_id: int) -> list[Duplicate]:
    """Return the contacts that may be this one, the surest first.

    Alike are: addresses that reach one mailbox, a number that is the other's WhatsApp, the name within one company.
    """
    access.require(member, "contacts.view")
    contact = access.get(member, Contact, contact_id, "contact")
    others = access.visible_to(member, Contact).exclude(id=contact.pk).select_related("owner")
    found: dict[int, Duplicate] = {}
    for alike, rows in _looks(contact, others):
        for row in rows:
            found.setdefault(row.pk, Duplicate(row, alike))
    return list(found.values())[:MOST]


def _looks(contact: Contact, others: QuerySet[Contact]) -> Iterator[tuple[Alike, list[Contact]]]:
    yield Alike.EMAIL, _same_mailbox(contact, others)
    if numbers := [number for number in (contact.phone_normal, contact.whatsapp) if number]:
        known = others.filter(~Q(phone_normal=""), phone_normal__in=numbers)
        yield Alike.PHONE, list(known.order_by("id")[:MOST])
    if contact.name_folded:
        named = others.filter(name_folded=contact.name_folded)
        same = (
            named.filter(company_folded__in={contact.company_folded, ""}) if contact.company_folded else named
        )
        yield Alike.NAME, list(same.order_by("id")[:MOST])


def _same_mailbox(contact: Contact, others: QuerySet[Contact]) -> list[Contact]:
    """Addresses that differ in a tag, in dots or in a spelling of the domain.

    Of a domain with more contacts than are looked at, those whose address begins alike.
    """
    if not contact.email_normal:
        return []
    base = base_email(contact.email_normal)
    near = others.filter(email_domain__in=_DOMAINS.get(contact.email_domain, (contact.email_domain,)))
    rows = list(near.order_by("email_compared")[: MOST_LOOKED_AT + 1])
    if len(rows) > MOST_LOOKED_AT:
        rows = list(near.filter(_begins_alike(contact)).order_by("email_compared")[:MOST_LOOKED_AT])
    return [row for row in rows if base_email(row.email_normal) == base]


_DOMAINS = dict.fromkeys(("gmail.com", "googlemail.com"), ("gmail.com", "googlemail.com"))


def _begins_alike(contact: Contact) -> Q:
    local = contact.email_compared.partition("@")[0].partition("+")[0]
    asked = Q()
    for text in {local, local.replace(".", ""), local.partition(".")[0]}:
        asked |= Q(email_compared__gte=text, email_compared__lt=f"{text}\U0010ffff")
    return asked
