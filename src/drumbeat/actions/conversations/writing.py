"""Messages that a person writes to a contact: an answer in a thread, or one without a sequence (CH-8).

They pass the same guard as every touch, and can be taken back for a moment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from drumbeat.actions import access, attachments
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Channel
from drumbeat.core.touch import CONTACT_FACING, Resolution, SkipReason
from drumbeat.models import MAILBOXES, Contact, Conversation, Member, Message, SenderProfile, Touch
from drumbeat.store import answer_drafts, by_hand, conversations, doubt, outgoing
from drumbeat.store.by_hand import Letter
from drumbeat.store.facts import contact_addresses, load_contacts
from drumbeat.store.reach import Asked, unreachable
from drumbeat.store.suppressions import SuppressionUnavailable

UNDO = timedelta(seconds=10)
"""How long a message stays at hand before it may leave."""
LONGEST_SUBJECT, LONGEST_TEXT = 300, 50_000
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a person wrote. `client_id` makes it unique, whatever is asked twice; no `subject`: that of the thread.

    `at_once`: it may leave outside of the sender's hours; every other check holds. `files`: what goes along, by id.
    """

    client_id: str
    text: str
    subject: str = ""
    sender_id: int | None = None
    at_once: bool = False
    files: Sequence[int] = ()


def send(member: Member, contact_id: int, written: Written, now: datetime) -> Touch:
    """Write an answer to what the contact said last, or a first message; it may leave after `UNDO`.

    DomainErrors `client_id_invalid`, `text_missing`, `text_too_long`, `subject_missing`, `contact_unreachable`,
    `no_sender`, `sender_disabled`, `files_too_large`.
    """
    access.require(member, "contacts.edit")
    contact = access.get(member, Contact, contact_id, "contact")
    heard = last_heard(contact_id)
    _check(written, has_thread=heard is not None)
    _require_reach(contact)
    sender = sender_for(member, contact, written.sender_id)
    kind = by_hand.REPLY if heard is not None else by_hand.ONE_OFF
    with transaction.atomic():
        touch = by_hand.plan(
            member.workspace_id,
            f"{kind}:{member.pk}:{written.client_id}",
            replace(
                _letter(member, written, heard),
                attachments=attachments.refs(member, written.files, contact.pk),
            ),
            sender_id=sender.pk,
            recipient=contact.email_normal,
            contact=contact,
            not_before=now + UNDO,
            now=now,
        )
        conversations.answered(Conversation.objects.filter(contact_id=contact_id), now)
    return touch


def _check(written: Written, *, has_thread: bool) -> None:
    if not _CLIENT_ID.fullmatch(written.client_id):
        raise DomainError("client_id_invalid", "A client id has 8 to 64 letters, digits, - or _.")
    if not written.text.strip():
        raise DomainError("text_missing", "Write something first.", {"text": "missing"})
    if len(written.text) > LONGEST_TEXT or len(written.subject) > LONGEST_SUBJECT:
        raise DomainError(
            "text_too_long",
            f"A subject has at most {LONGEST_SUBJECT} characters, a message {LONGEST_TEXT}.",
        )
    if not has_thread and not written.subject.strip():
        raise DomainError("subject_missing", "A first message needs a subject.", {"subject": "missing"})


def _letter(member: Member, written: Written, heard: Message | None) -> Letter:
    """Return the mail within its thread (RFC 5322, 3.6.4)."""
    subject = " ".join(written.subject.split())
    if heard is None:
        return Letter(subject=subject, text=written.text, written_by=member.pk, at_once=written.at_once)
    ids = [*heard.references.split(), heard.message_id]
    return Letter(
        subject=subject or outgoing.reply_subject(heard.subject),
        text=written.text,
        in_reply_to=heard.message_id,
        references=list(dict.fromkeys(id_ for id_ in ids if id_)),
        written_by=member.pk,
        at_once=written.at_once,
    )


def last_heard(contact_id: int) -> Message | None:
    """Return the last mail of the contact that an answer answers."""
    rows = Message.objects.filter(contact_id=contact_id, direction="in", channel=Channel.EMAIL.value)
    return rows.exclude(kind__in=conversations.NOT_SAID).order_by("-id").first()


def why_unreachable(contact: Contact) -> SkipReason | None:
    """Return why no mail may go to the contact; None also when the suppression list does not answer: the claim asks."""
    values = load_contacts([contact.pk])[contact.pk]
    asked = Asked(None, contact_addresses(values), values["consent"])
    try:
        (answer,) = unreachable(contact.workspace_id, [asked])
    except SuppressionUnavailable:
        return None
    return answer.get(Channel.EMAIL)


def _require_reach(contact: Contact) -> None:
    reason = why_unreachable(contact)
    if reason is not None:
        raise DomainError(
            "contact_unreachable",
            f"No mail may go to this contact: {reason.replace('_', ' ')}.",
            {"reason": reason},
        )


def sender_for(member: Member, contact: Contact, chosen_id: int | None = None) -> SenderProfile:
    """Return whose mailbox writes: the chosen one, the contact's last, the member's own, the workspace's.

    DomainErrors `no_sender`, `sender_disabled`.
    """
    mailboxes = access.visible_to(member, SenderProfile).filter(kind__in=MAILBOXES)
    if chosen_id is not None:
        chosen = access.first(mailboxes.filter(id=chosen_id), "sender", chosen_id)
        if not chosen.enabled:
            raise DomainError("sender_disabled", f"{chosen.address} is disabled. Choose another sender.")
        return chosen
    enabled = mailboxes.filter(enabled=True)
    last = Message.objects.filter(contact_id=contact.pk, sender__isnull=False).order_by("-id")
    candidates = (
        enabled.filter(id__in=last.values("sender_id")[:1]),
        enabled.filter(owner_id=member.pk),
        enabled.filter(id=member.workspace.default_sender_id or 0),
        enabled,
    )
    for rows in candidates:
        if (found := rows.order_by("id").first()) is not None:
            return found
    raise DomainError("no_sender", "There is no enabled sender for email. Add one under Senders.")


def mails_of(member: Member, contact_id: int) -> QuerySet[Touch]:
    """Return the messages that people wrote to a contact, unordered."""
    access.require(member, "contacts.view")
    return access.visible_to(member, Touch).filter(
        contact_id=contact_id, enrollment=None, kind__in=CONTACT_FACING
    )


def get(member: Member, touch_id: int) -> Touch:
    """Return one message that a person wrote."""
    access.require(member, "contacts.view")
    rows = (
        access.visible_to(member, Touch)
        .filter(enrollment=None, contact__isnull=False, kind__in=CONTACT_FACING)
        .select_related("sender")
    )
    return access.first(rows.filter(id=touch_id), "message", touch_id)


def take_back(member: Member, touch_id: int, now: datetime) -> Touch:
    """Cancel a message that has not left; what it answered waits again. DomainError `too_late`."""
    access.require(member, "contacts.edit")
    touch = get(member, touch_id)
    with transaction.atomic():
        if not by_hand.cancel(touch.pk, now):
            raise DomainError("too_late", "It has left already, or was taken back before.")
        if touch.key.startswith(f"{by_hand.REPLY}:"):
            Conversation.objects.filter(contact_id=touch.contact_id or 0).update(needs_answer=True)
            answer_drafts.reopen(touch.pk)
    touch.refresh_from_db()
    return touch


def resolve(member: Member, touch_id: int, resolution: Resolution, now: datetime) -> Touch:
    """Say what became of a message in doubt. DomainError `not_in_doubt`."""
    access.require(member, "contacts.edit")
    touch = get(member, touch_id)
    with transaction.atomic():
        if not doubt.resolve(Touch.objects.filter(id=touch.pk), resolution, doubt.BY_PERSON, now):
            raise DomainError("not_in_doubt", "It is known what became of this message.")
    touch.refresh_from_db()
    return touch
