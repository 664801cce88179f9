"""Conversations: who waits for an answer, what was said, and whether it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from drumbeat.actions import access
from drumbeat.actions.conversations.strangers import unmatched
from drumbeat.models import Contact, Conversation, Member, Message
from drumbeat.store import answer_drafts, contact_search
from drumbeat.store.contact_search import ContactQuery

Scope = Literal["needs_answer", "questions", "mine", "all"]
MOST_FOUND = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    needs_answer: int
    questions: int
    mine: int
    unread: int
    unmatched: int


def list_of(
    member: Member, scope: Scope, *, kind: str = "", sentiment: str = "", q: str = ""
) -> QuerySet[Conversation]:
    """Return the conversations of a scope, unordered. `mine`: with the contacts that the member owns.

    `questions`: about which a person is asked something. `sentiment`: as their last mail is meant.
    """
    access.require(member, "contacts.view")
    rows = access.visible_to(member, Conversation)
    if scope == "needs_answer":
        rows = rows.filter(needs_answer=True)
    if scope == "questions":
        rows = rows.filter(question__isnull=False)
    if scope == "mine":
        rows = rows.filter(contact__owner_id=member.pk)
    if kind:
        rows = rows.filter(kind=kind)
    if sentiment:
        rows = rows.filter(sentiment=sentiment)
    if q.strip():
        contacts = access.visible_to(member, Contact)
        found = contact_search.matching(contacts, member.workspace_id, ContactQuery(q=q)).order_by("id")
        rows = rows.filter(contact_id__in=list(found.values_list("id", flat=True)[:MOST_FOUND]))
    return rows


def counts_of(member: Member) -> Counts:
    """Count what waits, in three statements over partial indexes."""
    waiting = list_of(member, "needs_answer").aggregate(
        all=Count("id"),
        mine=Count("id", filter=Q(contact__owner_id=member.pk)),
        unread=Count("id", filter=Q(unread=True)),
    )
    return Counts(
        needs_answer=waiting["all"],
        questions=list_of(member, "questions").count(),
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
    member: Member,
    contact_id: int,
    now: datetime,
    *,
    needs_answer: bool | None = None,
    unread: bool | None = None,
) -> Conversation:
    """Mark a conversation done or not, read or not; done, it needs no draft of an answer any more."""
    access.require(member, "contacts.edit")
    rows = access.visible_to(member, Conversation)
    found = access.first(rows.filter(contact_id=contact_id), "conversation with contact", contact_id)
    given = {"needs_answer": needs_answer, "unread": unread}
    changed = {name: value for name, value in given.items() if value is not None}
    if needs_answer is False:
        changed.setdefault("unread", False)
    with transaction.atomic():
        Conversation.objects.filter(id=found.pk).update(**changed)
        if needs_answer is False:
            answer_drafts.answered(contact_id, now)
    found.refresh_from_db()
    return found
