"""Texts and WhatsApp messages that a person writes to a contact; they pass the same guard as every touch."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from drumbeat.actions import access
from drumbeat.actions.conversations.writing import UNDO
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Channel
from drumbeat.core.sms import LONGEST
from drumbeat.core.touch import SkipReason, TouchKind
from drumbeat.core.whatsapp import Template, choose, closes_at
from drumbeat.models import Contact, Conversation, Member, Message, SenderKind, SenderProfile, Touch
from drumbeat.store import by_hand, composing_texts, conversations
from drumbeat.store.by_hand import Letter
from drumbeat.store.facts import contact_addresses, load_contacts
from drumbeat.store.reach import Asked, unreachable
from drumbeat.store.suppressions import SuppressionUnavailable

CHANNELS = (Channel.SMS, Channel.WHATSAPP)
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_CONTENT_SID = re.compile(r"HX[0-9a-fA-F]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenText:
    """What a person wrote. `client_id` makes it unique. `template_sid`: a WhatsApp template, its places in `values`."""

    client_id: str
    channel: Channel
    text: str = ""
    sender_id: int | None = None
    template_sid: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a contact can be texted. `unreachable`: why not. `free_until`: WhatsApp takes any text until then."""

    channel: Channel
    number: str
    unreachable: SkipReason | None
    sender: SenderProfile | None
    free_until: datetime | None = None


def ways(member: Member, contact_id: int) -> list[Way]:
    """Return how the contact can be texted, by channel."""
    access.require(member, "contacts.view")
    contact = access.get(member, Contact, contact_id, "contact")
    numbers, blocked = _reach(contact)
    found = []
    for channel in CHANNELS:
        sender = _enabled(member, channel, contact).first()
        over_whatsapp = channel is Channel.WHATSAPP and sender is not None
        heard_at = composing_texts.last_heard(sender.pk, [contact.pk]) if over_whatsapp and sender else {}
        found.append(
            Way(
                channel=channel,
                number=numbers.get(channel, ""),
                unreachable=blocked.get(channel),
                sender=sender,
                free_until=closes_at(heard_at.get(contact.pk)),
            )
        )
    return found


def send(member: Member, contact_id: int, written: WrittenText, now: datetime) -> Touch:
    """Write a text to the contact; it may leave after `UNDO`.

    DomainErrors `client_id_invalid`, `channel_unknown`, `text_missing`, `text_too_long`, `contact_unreachable`,
    `no_number`, `whatsapp_window_closed`, `template_invalid`.
    """
    access.require(member, "contacts.edit")
    contact = access.get(member, Contact, contact_id, "contact")
    template = _checked(written)
    numbers, blocked = _reach(contact)
    if (reason := blocked.get(written.channel)) is not None:
        raise DomainError(
            "contact_unreachable",
            f"No {written.channel} message may go to this contact: {reason.replace('_', ' ')}.",
            {"reason": reason},
        )
    sender = _sender(member, contact, written)
    _require_window(contact, sender, written, template, now)
    said_before = Message.objects.filter(contact_id=contact_id, direction="in", channel=written.channel.value)
    kind = by_hand.REPLY if said_before.exists() else by_hand.ONE_OFF
    with transaction.atomic():
        touch = by_hand.plan(
            member.workspace_id,
            f"{kind}:{member.pk}:{written.client_id}",
            Letter(subject="", text=written.text, written_by=member.pk, template=template),
            sender_id=sender.pk,
            recipient=numbers[written.channel],
            contact=contact,
            not_before=now + UNDO,
            now=now,
            kind=TouchKind(written.channel),
        )
        conversations.answered(Conversation.objects.filter(contact_id=contact_id), now)
    return touch


def _require_window(
    contact: Contact, sender: SenderProfile, written: WrittenText, template: Template | None, now: datetime
) -> None:
    if written.channel is not Channel.WHATSAPP:
        return
    heard_at = composing_texts.last_heard(sender.pk, [contact.pk]).get(contact.pk)
    if choose(written.text, template, heard_at, now) is None:
        raise DomainError(
            "whatsapp_window_closed",
            "They have not written within 24 hours, so WhatsApp takes an approved template alone. Choose one.",
            {"template": "missing"},
        )


def _checked(written: WrittenText) -> Template | None:
    if not _CLIENT_ID.fullmatch(written.client_id):
        raise DomainError("client_id_invalid", "A client id has 8 to 64 letters, digits, - or _.")
    if written.channel not in CHANNELS:
        raise DomainError("channel_unknown", "A text goes by sms or whatsapp.", {"channel": "unknown"})
    if len(written.text) > LONGEST:
        sentence = f"A text message has at most {LONGEST} characters."
        raise DomainError("text_too_long", sentence, {"text": "too_long"})
    if not written.template_sid:
        if not written.text.strip():
            raise DomainError("text_missing", "Write something first.", {"text": "missing"})
        return None
    if written.channel is not Channel.WHATSAPP or not _CONTENT_SID.fullmatch(written.template_sid):
        raise DomainError("template_invalid", "That is no template of WhatsApp's.", {"template": "invalid"})
    return Template(written.template_sid, dict(written.values))


def _reach(contact: Contact) -> tuple[Mapping[Channel, str], Mapping[Channel, SkipReason]]:
    """Return the contact's numbers by channel, and why what may not be reached; the claim asks both again."""
    values = load_contacts([contact.pk])[contact.pk]
    addresses = contact_addresses(values)
    try:
        (blocked,) = unreachable(contact.workspace_id, [Asked(None, addresses, values["consent"])])
    except SuppressionUnavailable:
        blocked = {}
    return addresses.by_channel, blocked


def _enabled(member: Member, channel: Channel, contact: Contact) -> QuerySet[SenderProfile]:
    """Return the numbers that can write there: the one that was used last with the contact, then the others."""
    rows = access.visible_to(member, SenderProfile).filter(
        kind=SenderKind.TWILIO, channel=channel.value, enabled=True, account__isnull=False
    )
    last = Message.objects.filter(contact_id=contact.pk, channel=channel.value, sender__isnull=False)
    used = last.order_by("-id").values_list("sender_id", flat=True).first()
    known = rows.filter(id=used or 0)
    return (known if known.exists() else rows).order_by("id")


def _sender(member: Member, contact: Contact, written: WrittenText) -> SenderProfile:
    rows = _enabled(member, written.channel, contact)
    if written.sender_id is not None:
        rows = access.visible_to(member, SenderProfile).filter(
            id=written.sender_id, kind=SenderKind.TWILIO, channel=written.channel.value, enabled=True
        )
    sender = rows.first()
    if sender is None:
        raise DomainError(
            "no_number",
            f"No enabled number can send {written.channel}. Add one under Numbers in the settings.",
        )
    return sender
