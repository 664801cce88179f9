"""Mail that belongs to no contact: given to one, made one of, or put away; each is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from drumbeat.actions import access, audit
from drumbeat.actions.contacts import creating
from drumbeat.actions.conversations import judging
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Channel
from drumbeat.core.incoming import Word
from drumbeat.core.mail import read_mail
from drumbeat.core.replies import MailKind, classify
from drumbeat.models import Contact, Conversation, Member, Message
from drumbeat.store import conversations, sql

_OF_PEOPLE = frozenset({MailKind.REPLY, MailKind.OPT_OUT})


def unmatched(member: Member) -> QuerySet[Message]:
    """Return the mails that belong to no contact and that nobody has dealt with; nothing for a limited member."""
    access.require(member, "contacts.view")
    rows = access.visible_to(member, Message)
    return rows.filter(contact__isnull=True, direction="in", done_at__isnull=True)


def settle(member: Member, message_ids: Sequence[int], now: datetime) -> int:
    """Put such mails away; return how many."""
    access.require(member, "contacts.edit")
    with transaction.atomic():
        count = unmatched(member).filter(id__in=message_ids).update(done_at=now)
        if count:
            audit.record(member, "mail.ignore", now, object_kind="message", after={"count": count})
    return count


def attach(member: Member, message_id: int, contact_id: int, now: datetime) -> Contact:
    """Give the mail to a contact; what a person wrote counts as any reply of theirs.

    DomainErrors `not_found`, `already_dealt_with`.
    """
    access.require(member, "contacts.edit")
    access.require(member, "enrollments.edit")
    contact = access.get(member, Contact, contact_id, "contact")
    with transaction.atomic():
        _give(member, message_id, contact, now)
    return contact


def make_contact(
    member: Member, message_id: int, values: dict[str, str], now: datetime, *, sequence_id: int | None = None
) -> Contact:
    """Create the contact who wrote a mail, and give it to them; without `sequence_id` in no sequence.

    DomainErrors as for `creating.create` and `attach`.
    """
    access.require(member, "contacts.create")
    mail = access.first(unmatched(member).filter(id=message_id), "message", message_id)
    with transaction.atomic():
        column = "email" if mail.channel == Channel.EMAIL else "phone"
        wanted = {column: mail.from_address} | {name: value for name, value in values.items() if value}
        contact = creating.create(member, wanted, now, sequence_id=sequence_id)
        _give(member, message_id, contact, now)
    return contact


def _give(member: Member, message_id: int, contact: Contact, now: datetime) -> None:
    ids = sql.lock(unmatched(member).filter(id=message_id))
    message = Message.objects.filter(id__in=ids, contact=None, done_at=None).select_related("raw").first()
    if message is None:
        access.first(access.visible_to(member, Message).filter(id=message_id), "message", message_id)
        raise DomainError("already_dealt_with", "Somebody has dealt with this mail already.")
    from_person = _is_from_person(message)
    message.contact = contact
    message.kind = Word.REPLY.value if from_person else message.kind
    message.save(update_fields=["contact", "kind"])
    conversations.given(message, now)
    conversation = Conversation.objects.select_related("contact").filter(contact=contact).first()
    if from_person and conversation is not None:
        judging.counts_as_reply(member, conversation, [message], now)
    after = {"message": message.pk}
    audit.record(member, "mail.attach", now, object_kind="contact", object_id=contact.pk, after=after)


def _is_from_person(message: Message) -> bool:
    """Ask the same rules as intake did: without proof it kept only that the mail belongs to nobody."""
    if message.raw is None:
        return message.kind == Word.OTHER
    return classify(read_mail(bytes(message.raw.raw))).kind in _OF_PEOPLE
