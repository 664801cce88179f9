"""What is told to whoever drafts an answer: the agent, the contact, the talk so far (data, as in every draft)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError

from drumbeat.core import prompts
from drumbeat.core.flow import Channel, Hints, JobType
from drumbeat.core.prompts import DraftRequest, Origin
from drumbeat.models import Agent, AnswerDraft, Message
from drumbeat.store import agents
from drumbeat.store.draft_requests import Told, told_about
from drumbeat.store.senders import UTC, zone_named

NEEDED = ("message__sender", "message__enrollment", "contact", "workspace", "agent")


@dataclass(frozen=True, slots=True)
class Asked:
    """The draft of an answer and who writes it; `request` None: nobody does."""

    draft: AnswerDraft
    agent: Agent | None
    request: DraftRequest | None


def load(
    drafts: Sequence[AnswerDraft], now: datetime, broken: dict[int, Exception] | None = None
) -> list[Asked]:
    """Return what to write for each draft that carries NEEDED, in a fixed number of queries.

    With `broken`, a draft that cannot be read is put there with its fault, and the others are returned.
    """
    writers = writers_of([one.message for one in drafts])
    told = told_about({one.contact_id for one in drafts})
    found = []
    for draft in drafts:
        agent = writers.get(draft.message_id)
        try:
            request = None if agent is None else _request_of(draft, agent, told, now)
        except DatabaseError:
            raise
        except Exception as fault:
            if broken is None:
                raise
            broken[draft.pk] = fault
        else:
            found.append(Asked(draft, agent, request))
    return found


def writers_of(messages: Sequence[Message]) -> dict[int, Agent]:
    """Return who would answer each message: the agent of the sequence that it answers, else the workspace's default."""
    of_sequences = agents.writers_of({_sequence_id(one) for one in messages})
    defaults = agents.defaults_of({one.workspace_id for one in messages})
    found = {
        one.pk: of_sequences.get(_sequence_id(one)) or defaults.get(one.workspace_id) for one in messages
    }
    return {id_: agent for id_, agent in found.items() if agent is not None}


def _sequence_id(message: Message) -> int:
    return message.enrollment.sequence_id if message.enrollment is not None else 0


def _request_of(draft: AnswerDraft, agent: Agent, told: Told, now: datetime) -> DraftRequest:
    contact, sender = draft.contact, draft.message.sender
    zone = zone_named(contact.time_zone) or UTC
    return DraftRequest(
        agent=agents.persona_of(agent),
        channel=Channel(draft.message.channel),
        job_type=JobType.FOLLOW_UP_EMAIL,
        hints=Hints(),
        contact=told.of(contact),
        conversation=told.lines.get(contact.pk, ()),
        sender_name=sender.name if sender is not None else "",
        earlier=draft.text if draft.note else "",
        note=draft.note,
        today=now.astimezone(zone).date(),
        answers=True,
    )


def is_outdated(asked: Asked) -> bool:
    """Say whether a text rests on what is no longer so. How the agent writes is no reason, as with drafts of steps."""
    return asked.request is not None and prompts.is_untrue(asked.draft.fingerprint, asked.request)


def outdated(drafts: Sequence[AnswerDraft], now: datetime) -> dict[int, list[Origin]]:
    """Return, by draft, what is another now than when its text was written. One that cannot be read says nothing."""
    broken: dict[int, Exception] = {}
    written = [one for one in drafts if one.text and one.fingerprint]
    found: dict[int, list[Origin]] = {}
    for asked in load(written, now, broken):
        request = asked.request
        found[asked.draft.pk] = (
            [Origin.AGENT] if request is None else prompts.outdated(asked.draft.fingerprint, request)
        )
    return {one.pk: found.get(one.pk, []) for one in drafts}
