"""Hooks: addresses at which other programs tell what happened. Made, shown, rotated, removed, and what they bring."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from drumbeat.actions import access, audit, contacts
from drumbeat.actions.contacts import creating
from drumbeat.actions.contacts.input import clean
from drumbeat.actions.events import require_past
from drumbeat.core.addresses import normal_email, normal_phone
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import EventKind
from drumbeat.core.hooks import PREFIX, Signed, Told, read_body, verified
from drumbeat.models import Contact, ContactField, Event, Hook, Member
from drumbeat.store import contacts as rows
from drumbeat.store import evidence, stops
from drumbeat.store.erasing import ERASED_SINCE
from drumbeat.store.secrets import decrypt, encrypt

KINDS = (
    EventKind.MEETING_BOOKED,
    EventKind.MEETING_CANCELLED,
    EventKind.CALL_LOGGED,
    EventKind.CONVERTED,
    EventKind.CUSTOM,
    EventKind.FORM_SUBMITTED,
    EventKind.WEBHOOK_RECEIVED,
)
ADMIN = "settings.edit"
LONGEST_NAME = 60
FIELDS = frozenset(name for name in rows.COLUMNS if not name.endswith("_normal")) - {"email", "phone"}


def add(
    member: Member, name: str, event: str, now: datetime, *, creates_contacts: bool = False
) -> tuple[Hook, str]:
    """Make a hook; return it with its secret, which is never shown again. DomainError `hook_invalid` by field."""
    access.require(member, ADMIN)
    wanted = clean(name)
    faults: dict[str, str] = {}
    if not 0 < len(wanted) <= LONGEST_NAME:
        faults["name"] = f"A hook needs a name of 1 to {LONGEST_NAME} characters."
    elif access.visible_to(member, Hook).filter(name=wanted).exists():
        faults["name"] = "There is a hook of this name already."
    if event not in KINDS:
        faults["event"] = f"Use one of: {', '.join(KINDS)}."
    if faults:
        raise DomainError("hook_invalid", next(iter(faults.values())), faults)
    secret = _new_secret()
    with transaction.atomic():
        hook = Hook.objects.create(
            workspace_id=member.workspace_id,
            name=wanted,
            token=secrets.token_urlsafe(24),
            secret_encrypted=encrypt(secret),
            event=event,
            creates_contacts=creates_contacts,
            created_at=now,
        )
        _record(member, "hook.add", hook, now, event=event, creates_contacts=creates_contacts)
    return hook, secret


def listed(member: Member) -> QuerySet[Hook]:
    """Return the hooks of the member's workspace; their addresses are no business of everybody."""
    access.require(member, ADMIN)
    return access.visible_to(member, Hook).order_by("name")


def rotate(member: Member, hook_id: int, now: datetime) -> tuple[Hook, str]:
    """Give a hook a new secret and return it; the old one proves nothing from now on."""
    access.require(member, ADMIN)
    hook = access.get(member, Hook, hook_id, "hook")
    secret = _new_secret()
    with transaction.atomic():
        Hook.objects.filter(id=hook.pk).update(secret_encrypted=encrypt(secret))
        _record(member, "hook.rotate", hook, now)
    return hook, secret


def remove(member: Member, hook_id: int, now: datetime) -> None:
    """Remove a hook: its address is unknown from now on. What it brought stays."""
    access.require(member, ADMIN)
    hook = access.get(member, Hook, hook_id, "hook")
    with transaction.atomic():
        _record(member, "hook.remove", hook, now)
        hook.delete()


def _new_secret() -> str:
    return f"{PREFIX}{base64.b64encode(secrets.token_bytes(32)).decode()}"


def _record(member: Member, act: str, hook: Hook, now: datetime, **after: object) -> None:
    audit.record(member, act, now, object_kind="hook", object_id=hook.pk, name=hook.name, after=after)


@dataclass(frozen=True, slots=True)
class Taken:
    """`counted` is False when the same was told before."""

    contact_id: int
    counted: bool


def take(token: str, body: bytes, headers: Mapping[str, str], now: datetime) -> Taken:
    """Take in what was told at a hook: stored, and stopping what it stops, when this returns.

    Raises DomainError `hook_unknown`, `hook_signature_wrong`, `hook_body_invalid`, `contact_unknown`,
    `event_time_invalid`.
    """
    hook = Hook.objects.filter(token=token, disabled_at=None).first()
    if hook is None:
        raise DomainError("hook_unknown", "There is no hook at this address.")
    signed = verified(decrypt(hook.secret_encrypted), body, headers, now)
    if signed is None:
        raise DomainError("hook_signature_wrong", "The signature does not prove that this comes from you.")
    told = read_body(body, FIELDS)
    require_past(told.occurred_at, now)
    owner = Member.objects.select_related("workspace", "user").get(
        workspace_id=hook.workspace_id, is_owner=True
    )
    owner.via = "hook"
    with transaction.atomic():
        contact_id = _contact(owner, hook, told, now)
        counted = _store(hook, contact_id, told, signed, now)
        Hook.objects.filter(id=hook.pk).update(last_used_at=now)
    return Taken(contact_id, counted)


def _contact(owner: Member, hook: Hook, told: Told, now: datetime) -> int:
    """Return who is meant; a hook that may make contacts makes who is new, and fills the gaps of who is known."""
    known = _known(hook.workspace_id, told)
    if known is None and (told.contact_id is not None or not hook.creates_contacts):
        raise DomainError(
            "contact_unknown",
            "No contact has this address. Create it first, or let the hook create contacts.",
        )
    if not hook.creates_contacts and known is not None:
        return known.pk
    custom = _custom(hook.workspace_id, told)
    if known is None:
        return creating.create(owner, told.fields, now, custom=custom).pk
    gaps = {name: text for name, text in told.fields.items() if not getattr(known, name)}
    if gaps or custom:
        contacts.change(owner, known.pk, gaps, now, custom=custom)
    return known.pk


def _custom(workspace_id: int, told: Told) -> dict[str, str]:
    keys = ContactField.objects.filter(workspace_id=workspace_id, key__in=list(told.custom))
    return {key: told.custom[key] for key in keys.values_list("key", flat=True)}


def _known(workspace_id: int, told: Told) -> Contact | None:
    if told.contact_id is not None:
        ours = Contact.objects.filter(workspace_id=workspace_id).exclude(created_at=ERASED_SINCE)
        return ours.filter(id=told.contact_id).first() if 0 < told.contact_id < 2**63 else None
    if told.email:
        normal = normal_email(clean(told.email))
        return rows.with_address(workspace_id, "email_normal", [normal]).first()
    return rows.with_address(workspace_id, "phone_normal", [normal_phone(told.phone, None)]).first()


def _store(hook: Hook, contact_id: int, told: Told, signed: Signed, now: datetime) -> bool:
    event = Event(
        workspace_id=hook.workspace_id,
        kind=hook.event,
        contact_id=contact_id,
        source=f"hook:{hook.pk}",
        external_id=clean(told.external_id) or signed.message_id,
        payload=_payload(hook, told),
        occurred_at=told.occurred_at or now,
        received_at=now,
    )
    if not evidence.add_event(event):
        return False
    stops.stop_contacts(hook.workspace_id, [contact_id], hook.event, now)
    return True


def _payload(hook: Hook, told: Told) -> dict[str, Any]:
    """Say by which names triggers are narrowed, and keep what was told."""
    payload: dict[str, Any] = {"hook": hook.name}
    if hook.event == EventKind.FORM_SUBMITTED:
        payload["form"] = clean(told.name) or hook.name
    if hook.event == EventKind.CUSTOM:
        payload["event"] = clean(told.name) or hook.name
    if told.data:
        payload["data"] = dict(told.data)
    if clean(told.note):
        payload["note"] = clean(told.note)
    return payload
