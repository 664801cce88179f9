"""What is told to whoever writes a draft: the agent, the step's hints, the contact, the conversation so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import DatabaseError

from drumbeat.core import markup, merge, mjml
from drumbeat.core.drafts import is_by_agent, own_text
from drumbeat.core.flow import JobType, SendStep, channel_of
from drumbeat.core.mail_text import text_from_html
from drumbeat.core.prompts import DraftRequest, Line, fingerprint_of
from drumbeat.models import Agent, Contact, Draft, Message
from drumbeat.store import agents, flows, outgoing
from drumbeat.store.facts import FIELDS, custom_values
from drumbeat.store.merge_values import of_contact
from drumbeat.store.senders import UTC, zone_named

MOST_MESSAGES = 20
LONGEST_MESSAGE = 4_000
TOLD = ("first_name", "last_name", "company", "title", "stage", "language")
"""Fields of contacts that a model is told; addresses and numbers are none of its business."""
NEEDED = (
    "touch__enrollment__sequence",
    "touch__contact",
    "touch__sender",
    "workspace",
    "agent",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A draft with its step and who writes it; `request` None: nobody does."""

    draft: Draft
    step: SendStep
    agent: Agent | None
    request: DraftRequest | None


def load(drafts: Sequence[Draft], now: datetime, broken: dict[int, Exception] | None = None) -> list[Asked]:
    """Return what to write for each draft that carries NEEDED; those whose step is gone are left out.

    With `broken`, a draft that cannot be read is put there with its fault, and the others are returned.
    """
    enrolled = [one for one in drafts if one.touch.enrollment is not None and one.touch.contact is not None]
    writers = agents.writers_of({_sequence_id(one) for one in enrolled})
    custom = custom_values({one.touch.contact_id or 0 for one in enrolled})
    found = []
    for draft in enrolled:
        try:
            asked = _asked(draft, writers.get(_sequence_id(draft)), custom, now)
        except DatabaseError:
            raise
        except Exception as fault:
            if broken is None:
                raise
            broken[draft.pk] = fault
        else:
            found += [] if asked is None else [asked]
    return found


def _asked(
    draft: Draft, agent: Agent | None, custom: Mapping[int, Mapping[str, object]], now: datetime
) -> Asked | None:
    if (step := step_of(draft)) is None:
        return None
    return Asked(draft, step, agent, None if agent is None else request_of(draft, step, agent, custom, now))


def _sequence_id(draft: Draft) -> int:
    enrollment = draft.touch.enrollment
    return enrollment.sequence_id if enrollment is not None else 0


def step_of(draft: Draft) -> SendStep | None:
    """Return the step that an agent writes for, None when the version has it no more."""
    enrollment = draft.touch.enrollment
    step = (
        flows.flow_of(enrollment.version_id).steps.get(draft.touch.step) if enrollment is not None else None
    )
    return step if isinstance(step, SendStep) and is_by_agent(step) else None


def request_of(
    draft: Draft, step: SendStep, agent: Agent, custom: Mapping[int, Mapping[str, object]], now: datetime
) -> DraftRequest:
    """Return the request of one draft, with a person's wish about the text that there is."""
    contact, touch = draft.touch.contact, draft.touch
    assert contact is not None
    follows = touch.enrollment_id in outgoing.load_threads([touch.enrollment_id or 0])
    request = request_for(agent, step, contact, custom.get(contact.pk, {}), now, follows=follows)
    earlier = draft.text if draft.note else ""
    return replace(request, sender_name=touch.sender.name, earlier=earlier, note=draft.note)


def request_for(
    agent: Agent,
    step: SendStep,
    contact: Contact,
    custom: Mapping[str, object],
    now: datetime,
    *,
    follows: bool = True,
) -> DraftRequest:
    """Return the request for a text to this contact. What `follows` no mail of ours is written as a beginning."""
    channel = channel_of(step)
    assert channel is not None
    lines = conversation_of(contact)
    begins = step.job_type is JobType.FOLLOW_UP_EMAIL and not follows
    zone = zone_named(contact.time_zone) or UTC
    return DraftRequest(
        agent=agents.persona_of(agent),
        channel=channel,
        job_type=JobType.INITIAL_OUTREACH if begins else step.job_type,
        hints=step.hints,
        contact=told_of(contact, custom),
        conversation=lines,
        today=now.astimezone(zone).date(),
    )


def told_of(contact: Contact, custom: Mapping[str, object]) -> dict[str, str]:
    """Return what is told of a contact."""
    own = {name: str(getattr(contact, name)) for name in TOLD if getattr(contact, name)}
    return own | {name: str(value) for name, value in custom.items() if value is not None}


def conversation_of(contact: Contact) -> list[Line]:
    """Return the last messages of a contact, oldest first; with one that is only imagined there are none.

    Mail of strangers has no contact either: it must reach no prompt.
    """
    theirs = Message.objects.filter(workspace_id=contact.workspace_id, contact_id=contact.pk or 0)
    last = theirs.order_by("-id").values_list("direction", "text")
    said = [Line(direction == "in", text[:LONGEST_MESSAGE]) for direction, text in last[:MOST_MESSAGES]]
    return said[::-1]


def is_outdated(asked: Asked) -> bool:
    """Say whether a text rests on what is no longer so. What a person wrote is theirs to keep."""
    draft = asked.draft
    edited = (draft.subject, draft.text) != (draft.original_subject, draft.original_text)
    if asked.request is None or not draft.fingerprint or edited:
        return False
    return fingerprint_of(asked.request) != draft.fingerprint


def fallback_of(asked: Asked, now: datetime) -> tuple[str, str] | None:
    """Return subject and text of the step's own words for this contact; None where it has none that can be merged."""
    subject, source, form = own_text(asked.step)
    if not source.strip():
        return None
    values = merge.present(_values(asked, now))
    try:
        text = _as_text(source, form, values)
        return merge.render_line(subject, values), text.strip()
    except merge.MergeError:
        return None


def _as_text(source: str, form: str, values: merge.Present) -> str:
    if form == "mjml":
        return text_from_html(mjml.written(merge.render(source, values, html=True)))
    return merge.render((markup.text_source(source) or "") if form == "html" else source, values)


def _values(asked: Asked, now: datetime) -> dict[str, Any]:
    touch = asked.draft.touch
    contact, enrollment, workspace = touch.contact, touch.enrollment, asked.draft.workspace
    assert contact is not None
    assert enrollment is not None
    sender = touch.sender
    own = {name: getattr(contact, name) for name in FIELDS}
    return {
        "contact": of_contact(own, custom_values([contact.pk]).get(contact.pk, {})),
        "sender": {"name": sender.name, "address": sender.address, "signature": sender.signature},
        "workspace": {"name": workspace.name, "postal_address": workspace.postal_address},
        "sequence": {"name": enrollment.sequence.name},
        "unsubscribe_url": outgoing.unsubscribe_url(workspace.pk, contact.pk, enrollment.sequence_id),
        "now": now,
    }
