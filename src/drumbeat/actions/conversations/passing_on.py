"""A message that a person passes on to another of the own people."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from drumbeat.actions import access, audit
from drumbeat.core.errors import DomainError
from drumbeat.core.mail import read_mail
from drumbeat.models import Member, Message, Touch
from drumbeat.store import forwarding

LONGEST_NOTE = 5_000


def forward(
    member: Member, message_id: int, to_member_id: int, now: datetime, *, note: str = "", client_id: str
) -> Touch:
    """Send a message of a conversation to another member, once for a client id.

    DomainErrors `not_found`, `text_too_long`, `forward_refused`.
    """
    access.require(member, "contacts.edit")
    if len(note) > LONGEST_NOTE:
        raise DomainError("text_too_long", f"A note has at most {LONGEST_NOTE} characters.")
    rows = access.visible_to(member, Message).select_related("contact", "raw")
    message = access.first(rows.filter(id=message_id), "message", message_id)
    people = access.visible_to(member, Member).filter(id=to_member_id, deactivated_at=None)
    to = access.first(people.select_related("user"), "member", to_member_id)
    with transaction.atomic():
        touch = forwarding.forward(message, to, _text(message), now, note=note, client_id=client_id)
        if touch is None:
            raise DomainError(
                "forward_refused",
                f"Mail to {to.user.email} comes in here, or is the writer's: it would go round.",
            )
        if touch.created_at == now:
            audit.record(
                member,
                "message.forward",
                now,
                object_kind="contact",
                object_id=message.contact_id,
                after={"message": message.pk, "to": to.name},
            )
    return touch


def _text(message: Message) -> str:
    whole = read_mail(bytes(message.raw.raw)).text if message.raw is not None else ""
    return whole.strip() or message.text
