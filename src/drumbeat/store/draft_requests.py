"""What is told to whoever writes a draft: the agent, the step's hints, the contact, the conversation so far."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from drumbeat.core import markup, merge, mjml, prompts
from drumbeat.core.drafts import is_by_agent, own_text
from drumbeat.core.flow import JobType, SendStep, channel_of
from drumbeat.core.mail_text import text_from_html
from drumbeat.core.prompts import DraftRequest, Line, Origin, is_untrue
from drumbeat.core.touch import TouchKind
from drumbeat.models import Agent, Contact, Draft, Message
from drumbeat.store import agents, flows, outgoing
from drumbeat.store.contacts import in_ids
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


@dataclass(frozen=True, slots=True)
class Told:
    """What is told about contacts, by their ids. Of one that is only imagined there is nothing."""

    custom: Mapping[int, Mapping[str, object]]
    lines: Mapping[int, Sequence[Line]]

    def of(self, contact: Contact) -> dict[str, str]:
        """Return what is told of a contact's fields."""
        own = {name: str(getattr(contact, name)) for name in TOLD if getattr(contact, name)}
        custom = self.custom.get(contact.pk, {})
        return own | {name: str(value) for name, value in custom.items() if value is not None}


def load(drafts: Sequence[Draft], now: datetime, broken: dict[int, Exception] | None = None) -> list[Asked]:
    """Return what to write for each draft that carries NEEDED; those whose step is gone are left out.

    With `broken`, a draft that cannot be read is put there with its fault, and the others are returned.
    """
    enrolled = [one for one in drafts if one.touch.enrollment is not None and one.touch.contact is not None]
    writers = agents.writers_of({_sequence_id(one) for one in enrolled})
    told = told_about({one.touch.contact_id or 0 for one in enrolled})
    threads = outgoing.load_threads({one.touch.enrollment_id or 0 for one in enrolled})
    found = []
    for draft in enrolled:
        try:
            follows = draft.touch.enrollment_id in threads
            asked = _asked(draft, writers.get(_sequence_id(draft)), told, now, follows=follows)
        except DatabaseError:
            raise
        except Exception as fault:
            if broken is None:
                raise
            broken[draft.pk] = fault
        else:
            found += [] if asked is None else [asked]
    return found


def _asked(draft: Draft, agent: Agent | None, told: Told, now: datetime, *, follows: bool) -> Asked | None:
    if (step := step_of(draft)) is None:
        return None
    contact, touch = draft.touch.contact, draft.touch
    assert contact is not None
    if agent is None:
        return Asked(draft, step, None, None)
    request = request_for(agent, step, contact, told, now, follows=follows)
    earlier = draft.text if draft.note else ""
    request = replace(request, sender_name=touch.sender.name, earlier=earlier, note=draft.note)
    return Asked(draft, step, agent, request)


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


def request_for(
    agent: Agent,
    step: SendStep,
    contact: Contact,
    told: Told,
    now: datetime,
    *,
    follows: bool = True,
) -> DraftRequest:
    """Return the request for a text to this contact. What `follows` no mail of ours is written as a beginning."""
    channel = channel_of(step)
    assert channel is not None
    begins = step.job_type is JobType.FOLLOW_UP_EMAIL and not follows
    zone = zone_named(contact.time_zone) or UTC
    return DraftRequest(
        agent=agents.persona_of(agent),
        channel=channel,
        job_type=JobType.INITIAL_OUTREACH if begins else step.job_type,
        hints=step.hints,
        contact=told.of(contact),
        conversation=told.lines.get(contact.pk, ()),
        today=now.astimezone(zone).date(),
    )


def told_about(contact_ids: Collection[int]) -> Told:
    """Load what is told about these contacts: the last messages of each, and its custom values."""
    return Told(custom_values(contact_ids), _lines_of(contact_ids))


def _lines_of(contact_ids: Collection[int]) -> dict[int, list[Line]]:
    """Return the last messages of each contact, oldest first. Mail of strangers has none: it reaches no prompt.

    Nor does what was told to colleagues about the contact: it is not said in the conversation, and may have a note.
    """
    place = Window(RowNumber(), partition_by=F("contact_id"), order_by=F("id").desc())
    theirs = Message.objects.filter(contact_id__in=in_ids(list(contact_ids)))
    said = theirs.exclude(direction="out", kind=TouchKind.NOTICE).annotate(place=place)
    last = said.filter(place__lte=MOST_MESSAGES).order_by("contact_id", "id")
    lines: dict[int, list[Line]] = {}
    for contact_id, direction, text in last.values_list("contact_id", "direction", "text"):
        lines.setdefault(contact_id or 0, []).append(Line(direction == "in", text[:LONGEST_MESSAGE]))
    return lines


def outdated(drafts: Sequence[Draft], now: datetime) -> dict[int, list[Origin]]:
    """Return, by draft, what is another now than when it was written; in a fixed number of queries.

    What a person changed is told too. A draft that cannot be read says nothing.
    """
    broken: dict[int, Exception] = {}
    written = [one for one in drafts if one.fingerprint]
    found = {one.pk: [Origin.STEP] for one in written}
    for asked in load(written, now, broken):
        request = asked.request
        found[asked.draft.pk] = (
            [Origin.AGENT] if request is None else prompts.outdated(asked.draft.fingerprint, request)
        )
    return {one.pk: [] if one.pk in broken else found.get(one.pk, []) for one in drafts}


def is_outdated(asked: Asked) -> bool:
    """Say whether a text rests on what is no longer so. What a person wrote is theirs to keep."""
    draft = asked.draft
    edited = (draft.subject, draft.text) != (draft.original_subject, draft.original_text)
    if asked.request is None or not draft.fingerprint or edited:
        return False
    return is_untrue(draft.fingerprint, asked.request)


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
