"""What is told to whoever decides: the question, its ways, the contact, and the conversation so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import DatabaseError

from drumbeat.agents.base import Choice, Question, Said
from drumbeat.core.decisions import ways_of
from drumbeat.core.flow import AiDecideStep, AiStep
from drumbeat.models import Contact, Decision, Message
from drumbeat.store.decisions import step_of
from drumbeat.store.facts import custom_values

MOST_MESSAGES = 20
LONGEST_MESSAGE = 4_000
_OWN = ("first_name", "last_name", "company", "title", "stage", "language")


def questions_of(asked: Sequence[Decision], broken: dict[int, Exception]) -> dict[int, Question | None]:
    """Return what to ask by decision, None where its step is gone; what cannot be read is put into `broken`."""
    contact_ids = sorted({one.enrollment.contact_id for one in asked})
    custom, conversations = custom_values(contact_ids), _conversations(contact_ids)
    found: dict[int, Question | None] = {}
    for one in asked:
        try:
            step = step_of(one)
            contact = one.enrollment.contact
            told = custom.get(contact.pk, {}), conversations.get(contact.pk, ())
            found[one.pk] = _question(step, contact, *told) if step is not None else None
        except DatabaseError:
            raise
        except Exception as fault:
            broken[one.pk] = fault
    return found


def question_for(step: AiStep, contact: Contact) -> Question:
    """Return what would be asked of this contact now; nothing is stored."""
    custom = custom_values([contact.pk]).get(contact.pk, {})
    return _question(step, contact, custom, _conversations([contact.pk])[contact.pk])


def _question(
    step: AiStep, contact: Contact, custom: Mapping[str, object], conversation: Sequence[Said]
) -> Question:
    own = {name: str(getattr(contact, name)) for name in _OWN if getattr(contact, name)}
    more = {name: str(value) for name, value in custom.items() if value is not None}
    told = {one.name: one.description for one in step.branches} if isinstance(step, AiDecideStep) else {}
    return Question(
        kind=step.kind,
        question=step.question,
        choices=tuple(Choice(name, told.get(name, "")) for name in ways_of(step)),
        contact=own | more,
        conversation=conversation,
    )


def _conversations(contact_ids: Sequence[int]) -> dict[int, list[Said]]:
    """Return the last messages of each contact, oldest first; a query for each, as few as are asked at once."""
    found: dict[int, list[Said]] = {}
    for id_ in contact_ids:
        last = Message.objects.filter(contact_id=id_).order_by("-id").values_list("direction", "text")
        said = [Said(direction == "in", text[:LONGEST_MESSAGE]) for direction, text in last[:MOST_MESSAGES]]
        found[id_] = said[::-1]
    return found
