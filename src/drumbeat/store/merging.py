"""Everything that points to one contact points to another one afterwards; each table says how.

A table that refers to contacts and is not here fails a test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.db.models import Model

from drumbeat.models import (
    AnswerDraft,
    Call,
    ConditionSeen,
    ContactFact,
    ContactFieldValue,
    ContactNote,
    ContactTag,
    Conversation,
    Enrollment,
    Event,
    ListMember,
    Message,
    Notification,
    Suppression,
    Task,
    Touch,
    TriggerMatch,
)

SOURCE = "merge"
"""Of the event that tells which contact became part of which: old links name the one that is gone."""


def mark(contact_id: int) -> str:
    return f"contact:{contact_id}"


def absorbed_into(workspace_id: int, contact_id: int) -> int | None:
    """Return the contact of which this one is a part since they were merged, None where it never was."""
    rows = Event.objects.filter(workspace_id=workspace_id, source=SOURCE, external_id=mark(contact_id))
    return rows.values_list("contact_id", flat=True).first()


Move = Callable[[type[Any], int, int], int]


def move_all(other_id: int, survivor_id: int) -> dict[str, int]:
    """Let all rows of the other contact be the survivor's, in the caller's transaction; return how many by table.

    Both are locked, and of two unfinished enrollments in one sequence one has ended.
    """
    return {model._meta.model_name or "": move(model, other_id, survivor_id) for model, move in MOVES.items()}


def _repoint(model: type[Any], other_id: int, survivor_id: int) -> int:
    moved: int = model.objects.filter(contact_id=other_id).update(contact_id=survivor_id)
    return moved


def _once(*key: str) -> Move:
    """Of two rows that say the same of both, the survivor's stays."""

    def move(model: type[Any], other_id: int, survivor_id: int) -> int:
        has = set(model.objects.filter(contact_id=survivor_id).values_list(*key))
        rows = model.objects.filter(contact_id=other_id)
        again = [row[0] for row in rows.values_list("id", *key) if row[1:] in has]
        model.objects.filter(id__in=again).delete()
        return _repoint(model, other_id, survivor_id)

    return move


def _add_up(model: type[Any], other_id: int, survivor_id: int) -> int:
    """Counts add up; the first of both was the first, the last of both the last."""
    own = {(fact.kind, fact.scope): fact for fact in model.objects.filter(contact_id=survivor_id)}
    others = list(model.objects.filter(contact_id=other_id))
    for fact in others:
        known = own.get((fact.kind, fact.scope))
        if known is None:
            model.objects.filter(id=fact.pk).update(contact_id=survivor_id)
            continue
        model.objects.filter(id=known.pk).update(
            count=known.count + fact.count,
            first_at=min(known.first_at, fact.first_at),
            last_at=max(known.last_at, fact.last_at),
        )
        fact.delete()
    return len(others)


def _join(model: type[Any], other_id: int, survivor_id: int) -> int:
    """Of two conversations the later one tells where it stands; what waits for an answer still does."""
    found = {row.contact_id: row for row in model.objects.filter(contact_id__in=(other_id, survivor_id))}
    if len(found) < 2:
        return _repoint(model, other_id, survivor_id)
    own, other = found[survivor_id], found[other_id]
    later = max(own, other, key=lambda row: row.last_at)
    other.delete()
    model.objects.filter(id=own.pk).update(
        last_message=later.last_message_id,
        kind=later.kind,
        last_at=later.last_at,
        needs_answer=own.needs_answer or other.needs_answer,
        unread=own.unread or other.unread,
    )
    return 1


MOVES: Mapping[type[Model], Move] = MappingProxyType(
    {
        ContactFieldValue: _once("field_id"),
        ContactTag: _once("tag_id"),
        ListMember: _once("contact_list_id"),
        ConditionSeen: _once("sequence_id", "condition"),
        ContactFact: _add_up,
        Conversation: _join,
        AnswerDraft: _repoint,
        ContactNote: _repoint,
        Event: _repoint,
        Enrollment: _repoint,
        Touch: _repoint,
        Call: _repoint,
        Task: _repoint,
        Message: _repoint,
        Notification: _repoint,
        Suppression: _repoint,
        TriggerMatch: _repoint,
    }
)
