"""What agents do in a world: an agent, and a draft of its that waits for a person."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Model

from drumbeat.models import Agent, AnswerDraft, Contact, Draft, Enrollment, Message, SenderProfile, Touch
from drumbeat.store.marks import mark_of


def agent_of(workspace_id: int, mark: str, now: datetime) -> Agent:
    return Agent.objects.create(
        workspace_id=workspace_id, name=f"{mark} agent", created_at=now, updated_at=now
    )


def answer_of(message: Model, mark: str, now: datetime) -> AnswerDraft:
    """Let an agent have drafted an answer to what the contact wrote."""
    assert isinstance(message, Message)
    return AnswerDraft.objects.create(
        workspace_id=message.workspace_id,
        contact_id=message.contact_id or 0,
        message=message,
        state="waiting",
        text=f"{mark} answers",
        asked_at=now,
        not_before=now,
        written_at=now,
    )


def draft_of(contact: Model, enrollment: Model, sender: Model, mark: str, now: datetime) -> Draft:
    """Let an agent that is gone have written to the contact."""
    assert isinstance(contact, Contact)
    assert isinstance(enrollment, Enrollment)
    assert isinstance(sender, SenderProfile)
    key = f"step:{enrollment.pk}:written:1"
    touch = Touch.objects.create(
        workspace_id=contact.workspace_id,
        key=key,
        mark=mark_of(contact.workspace_id, key),
        kind="email",
        enrollment=enrollment,
        contact=contact,
        step="written",
        visit=1,
        sender=sender,
        recipient=contact.email,
        status="in_approval",
        hold_reason="approval",
        vetoed_at=now,
        due_at=now,
        not_before=now,
        created_at=now,
    )
    return Draft.objects.create(
        workspace_id=contact.workspace_id,
        touch=touch,
        state="waiting",
        subject=f"{mark} writes",
        text=f"{mark} draft",
        original_subject=f"{mark} writes",
        original_text=f"{mark} draft",
        asked_at=now,
        not_before=now,
        written_at=now,
        waits_since=now,
        checked_at=now,
    )
