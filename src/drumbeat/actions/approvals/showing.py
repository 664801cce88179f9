"""What a person must know of a draft to say yes or no: why it waits, what was changed, what was said before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from drumbeat.core.autonomy import Because
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.word_difference import Part, word_difference
from drumbeat.models import Draft, Message, SequenceStatus
from drumbeat.store import draft_requests

MOST_SAID = 10
LONGEST_SAID = 4_000
_REASONS: Mapping[str, str] = {
    Because.AUTONOMY: "A person sees everything that this agent writes.",
    Because.POLICY: "A person sees what this agent writes on this channel.",
    Because.WARM_UP: "The first drafts of this agent are seen by a person.",
    Because.CONCERNS: "There is something in it that a person should look at.",
    Because.DRAFT_CAP: "The agent has written as many drafts today as it may.",
    Because.COST_CAP: "The agent has cost as much today as it may.",
    Because.DISABLED: "This agent may not write on this channel.",
    Because.NO_AGENT: "There is no agent that could write it.",
    Because.NO_MODEL: "No model is configured.",
    Because.MODEL_FAULT: "The model gave no text that can be used.",
    Because.OWN_FAULT: "Something failed here; the model is not at fault.",
    Because.RESTS: "The sequence or the contact is paused, or the workspace is stopped.",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the conversation so far."""

    by_contact: bool
    at: datetime
    channel: str
    subject: str
    text: str


def reason_of(draft: Draft) -> str:
    """Say why a person is asked, or what the writing waits for."""
    sentence = _REASONS.get(draft.because, "")
    if draft.fault:
        sentence = f"{sentence} {draft.fault}".strip()
    return f"{sentence} The step's own text stands in." if draft.is_fallback else sentence


def difference(draft: Draft) -> list[Part]:
    """Return what a person changed, word by word; nothing where they changed nothing."""
    before = "\n\n".join(filter(None, (draft.original_subject, draft.original_text)))
    after = "\n\n".join(filter(None, (draft.subject, draft.text)))
    return [] if before == after else word_difference(before, after)


def conversation(draft: Draft) -> list[Said]:
    """Return the last messages with the contact, oldest first."""
    rows = Message.objects.filter(contact_id=draft.touch.contact_id or 0).order_by("-id")[:MOST_SAID]
    said = [
        Said(row.direction == "in", row.occurred_at, row.channel, row.subject, row.text[:LONGEST_SAID])
        for row in rows
    ]
    return said[::-1]


def held(draft: Draft) -> Literal["", "enrollment_paused", "sequence_paused", "emergency_stop"]:
    """Return what keeps a draft from leaving even if somebody approves it."""
    enrollment = draft.touch.enrollment
    if draft.workspace.stopped_at is not None:
        return "emergency_stop"
    if enrollment is not None and enrollment.sequence.status == SequenceStatus.PAUSED:
        return "sequence_paused"
    paused = enrollment is not None and enrollment.state == EnrollmentState.PAUSED
    return "enrollment_paused" if paused else ""


def fallback_text(draft: Draft, now: datetime) -> str:
    """Return what the step says itself, for this contact; "" where it says nothing."""
    for asked in draft_requests.load([draft], now):
        found = draft_requests.fallback_of(asked, now)
        return found[1] if found is not None else ""
    return ""
