"""Mails as they came in: the whole text, of which a conversation shows what is new."""

from __future__ import annotations

from drumbeat.actions import access
from drumbeat.core.errors import DomainError
from drumbeat.core.mail import read_mail
from drumbeat.models import Member, Message

LONGEST = 200_000


def text_of(member: Member, message_id: int) -> str:
    """Return the text of a mail with its quotes. DomainError `not_found`, also when the mail is no longer kept."""
    access.require(member, "contacts.view")
    rows = access.visible_to(member, Message).select_related("raw").filter(id=message_id)
    raw = access.first(rows, "message", message_id).raw
    if raw is None:
        raise DomainError("not_found", "The mail as it came is no longer kept.")
    return read_mail(bytes(raw.raw)).text[:LONGEST]
