"""A person's right to be forgotten, and to know: erasing a contact for good, and all its data as one document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from drumbeat.actions import access, audit
from drumbeat.actions.suppressions import MANUAL
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.touch import TouchStatus
from drumbeat.models import Contact, Enrollment, Member, Touch
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import contacts, erasing, moves, sql, stops
from drumbeat.store.personal import PERSONAL

ADMIN = "settings.edit"
SOURCE = "erase"
_INTERNAL = frozenset({"base_address", "lease_token", "mark", "lease_until", "hash"})


def erase(
    member: Member, contact_id: int, confirmation: str, now: datetime, *, suppress: bool = True
) -> None:
    """Erase a contact everywhere; it takes an admin who types its address. It cannot be undone.

    Everything of it stops in the same transaction. With `suppress` its addresses are never contacted again: only
    their keyed hashes stay. DomainError `confirmation_wrong`, `message_on_the_wire` to be tried again shortly.
    """
    access.require(member, "contacts.delete")
    access.require(member, ADMIN)
    _require_typed(access.get(member, Contact, contact_id, "contact"), confirmation)
    with transaction.atomic():
        sql.lock(Contact.objects.filter(id=contact_id))
        contact = access.get(member, Contact, contact_id, "contact")
        bases = contacts.base_forms(contact, "")
        _stop(member, contact, now)
        erasing.erase(contact, now)
        for base in bases if suppress else ():
            stops.suppress(
                member.workspace_id, channel="", base_address=base, reason=MANUAL, source=SOURCE, now=now
            )
        audit.record(
            member,
            "contact.erase",
            now,
            object_kind="contact",
            object_id=contact_id,
            after={"suppressed": suppress and bool(bases)},
        )


def _require_typed(contact: Contact, confirmation: str) -> None:
    typed = confirmation.strip().lower()
    known = {contact.email, contact.email_normal, contact.phone, contact.phone_normal} - {""}
    if not typed or typed not in {text.lower() for text in known}:
        sentence = "Type the contact's mail address, or its number where it has none, to erase it."
        raise DomainError("confirmation_wrong", sentence, {"confirmation": sentence})


def _stop(member: Member, contact: Contact, now: datetime) -> None:
    running = list(Enrollment.objects.filter(UNFINISHED, contact=contact).values_list("id", flat=True))
    moves.move(running, now, Verb(kind=VerbKind.ERASE), member.pk)
    sql.lock(Touch.objects.filter(contact=contact, settled_at=None))
    if Touch.objects.filter(contact=contact, status=TouchStatus.SENDING, settled_at=None).exists():
        raise DomainError(
            "message_on_the_wire", "A message to this contact is leaving right now. Try again in a minute."
        )


def data(member: Member, contact_id: int) -> dict[str, Any]:
    """Return everything that is kept about a contact: for each table its rows, with what is only ours left out."""
    access.require(member, "contacts.edit")
    contact = access.get(member, Contact, contact_id, "contact")
    found: dict[str, Any] = {}
    for model, personal in PERSONAL.items():
        if personal.of:
            rows = model._default_manager.filter(**{personal.of: contact.pk}).order_by("pk").distinct()
            found[model._meta.model_name or ""] = [_told(row) for row in rows]
    found["tags"] = list(contact.tags.order_by("tag__name").values_list("tag__name", flat=True))
    found["lists"] = list(
        contact.lists.order_by("contact_list__name").values_list("contact_list__name", flat=True)
    )
    found["facts"] = [_told(fact) for fact in contact.facts.order_by("kind", "scope")]
    return found


def _told(row: Model) -> Mapping[str, Any]:
    columns = [column.attname for column in row._meta.concrete_fields]
    shown = [
        name
        for name in columns
        if name not in _INTERNAL and not name.endswith(("_compared", "_folded", "_normal"))
    ]
    return {name: _plain(getattr(row, name)) for name in shown}


def _plain(value: Any) -> Any:
    match value:
        case bytes() | memoryview():
            return bytes(value).decode("utf-8", "replace")
        case datetime() | date():
            return value.isoformat()
        case None | bool() | int() | float() | str() | list() | dict():
            return value
    return str(value)
