"""Conversations: who waits for an answer, what was said, and what a person does about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from drumbeat.actions import access
from drumbeat.core.enrollment import EnrollmentState, PauseReason
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import EventKind, Verb, VerbKind
from drumbeat.core.incoming import Word
from drumbeat.models import Contact, Conversation, Enrollment, Member, Message
from drumbeat.store import contact_search, moves, stops
from drumbeat.store.contact_search import ContactQuery

Scope = Literal["needs_answer", "mine", "all"]
MOST_FOUND = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    needs_answer: int
    mine: int
    unread: int
    unmatched: int


def list_of(member: Member, scope: Scope, *, kind: str = "", q: str = "") -> QuerySet[Conversation]:
    """Return the conversations of a scope, unordered. `mine`: with the contacts that the member owns."""
    access.require(member, "contacts.view")
    rows = access.visible_to(member, Conversation)
    if scope == "needs_answer":
        rows = rows.filter(needs_answer=True)
    if scope == "mine":
        rows = rows.filter(contact__owner_id=member.pk)
    if kind:
        rows = rows.filter(kind=kind)
    if q.strip():
        contacts = access.visible_to(member, Contact)
        found = contact_search.matching(contacts, member.workspace_id, ContactQuery(q=q)).order_by("id")
        rows = rows.filter(contact_id__in=list(found.values_list("id", flat=True)[:MOST_FOUND]))
    return rows


def unmatched(member: Member) -> QuerySet[Message]:
    """Return the mails that belong to no contact and that nobody has dealt with; nothing for a limited member."""
    access.require(member, "contacts.view")
    rows = access.visible_to(member, Message)
    return rows.filter(contact__isnull=True, direction="in", done_at__isnull=True)


def counts_of(member: Member) -> Counts:
    """Count what waits, in two statements over partial indexes."""
    waiting = list_of(member, "needs_answer").aggregate(
        all=Count("id"),
        mine=Count("id", filter=Q(contact__owner_id=member.pk)),
        unread=Count("id", filter=Q(unread=True)),
    )
    return Counts(
        needs_answer=waiting["all"],
        mine=waiting["mine"],
        unread=waiting["unread"],
        unmatched=unmatched(member).count(),
    )


def contact_of(member: Member, contact_id: int) -> Contact:
    """Return the contact of a conversation, whether or not anything was said yet."""
    access.require(member, "contacts.view")
    return access.get(member, Contact, contact_id, "contact")


def messages_of(member: Member, contact_id: int) -> QuerySet[Message]:
    """Return what was said with a contact, unordered."""
    access.require(member, "contacts.view")
    return access.visible_to(member, Message).filter(contact_id=contact_id)


def change(
    member: Member, contact_id: int, *, needs_answer: bool | None = None, unread: bool | None = None
) -> Conversation:
    """Mark a conversation done or not, read or not."""
    access.require(member, "contacts.edit")
    rows = access.visible_to(member, Conversation)
    found = access.first(rows.filter(contact_id=contact_id), "conversation with contact", contact_id)
    given = {"needs_answer": needs_answer, "unread": unread}
    changed = {name: value for name, value in given.items() if value is not None}
    if needs_answer is False:
        changed.setdefault("unread", False)
    Conversation.objects.filter(id=found.pk).update(**changed)
    found.refresh_from_db()
    return found


def settle_unmatched(member: Member, message_ids: Sequence[int], now: datetime) -> int:
    """Put mails that belong to no contact away; return how many."""
    access.require(member, "contacts.edit")
    return unmatched(member).filter(id__in=message_ids).update(done_at=now)


def confirm(member: Member, contact_id: int, now: datetime, *, theirs: bool) -> None:
    """Say whether a reply that only its address connects with the contact is theirs.

    If it is, it counts as a reply to every sequence; if not, what it paused goes on. DomainError
    `nothing_to_confirm`.
    """
    access.require(member, "enrollments.edit")
    access.require(member, "contacts.edit")
    rows = access.visible_to(member, Conversation).filter(contact_id=contact_id, kind=Word.WEAK_REPLY)
    found = rows.first()
    if found is None:
        raise DomainError("nothing_to_confirm", "No reply of this contact waits to be confirmed.")
    word = Word.REPLY if theirs else Word.OTHER
    with transaction.atomic():
        weak = Message.objects.filter(contact_id=contact_id, direction="in", kind=Word.WEAK_REPLY)
        weak.update(kind=word)
        Conversation.objects.filter(id=found.pk).update(kind=word, needs_answer=theirs, unread=False)
        if theirs:
            stops.stop_contacts(member.workspace_id, [contact_id], EventKind.REPLIED, now)
            moves.move(_unfinished(contact_id), now)
        else:
            paused = _unfinished(contact_id, state=EnrollmentState.PAUSED, reason=PauseReason.REPLY)
            moves.move(paused, now, Verb(kind=VerbKind.RESUME), member.pk)


def _unfinished(contact_id: int, **only: str) -> list[int]:
    rows = Enrollment.objects.filter(contact_id=contact_id, **only).exclude(state=EnrollmentState.FINISHED)
    return list(rows.order_by("id").values_list("id", flat=True))
