"""Notices to own people: in the app at once, by email as a touch of the built-in sender."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from drumbeat.core.flow import NotifyStep
from drumbeat.core.touch import Priority, TouchKind, TouchStatus, step_key
from drumbeat.models import Member, Notification, SenderKind, Touch
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store.enrollments import Locked
from drumbeat.store.facts import Batch
from drumbeat.store.marks import mark_of
from drumbeat.store.merge_values import load_own_texts
from drumbeat.store.senders import built_in


def member_named(name: str | None, row: Locked, batch: Batch) -> int | None:
    """Return the member whom `name` means: a role of this enrollment or a member's address."""
    contact = batch.contacts[row.contact_id]
    owner_id = contact.get("owner_id")
    if name in (None, "", "contact_owner") and owner_id is not None:
        return int(owner_id)
    if name in (None, "", "contact_owner", "sequence_owner"):
        sequence_owner = SequenceRow.objects.values_list("owner_id", flat=True).get(id=row.sequence_id)
        if sequence_owner is not None:
            return sequence_owner
    members = Member.objects.filter(workspace_id=row.workspace_id)
    named = members.filter(user__email=name or "").first()
    member = named or members.filter(is_owner=True).first()
    return member.id if member else None


def notify(wanted: Sequence[tuple[Locked, NotifyStep, int]], batch: Batch, now: datetime) -> None:
    """Tell own people what the steps say."""
    if not wanted:
        return
    texts = load_own_texts([row for row, _, _ in wanted], batch)
    senders = built_in({row.workspace_id for row, _, _ in wanted}, SenderKind.NOTICE)
    for row, step, visit in wanted:
        member_id = member_named(step.to, row, batch)
        if member_id is None:
            continue
        text = texts.text(step.text, row)
        if "in_app" in step.by:
            _tell_in_app(row, member_id, text, now)
        if "email" in step.by:
            key = step_key(row.value.id, step.key, visit)
            plan_notice(row.workspace_id, key, member_id, text, senders[row.workspace_id], now)


def _tell_in_app(row: Locked, member_id: int, text: str, now: datetime) -> None:
    Notification.objects.create(
        workspace_id=row.workspace_id,
        member_id=member_id,
        kind="notify",
        text=text,
        contact_id=row.contact_id,
        enrollment_id=row.value.id,
        created_at=now,
    )


def plan_notice(
    workspace_id: int, key: str, member_id: int, text: str, sender_id: int, now: datetime
) -> None:
    """Write the touch of an email to a member; writing it again changes nothing."""
    address = Member.objects.values_list("user__email", flat=True).get(id=member_id)
    first_line = text.strip().splitlines()[0][:120] if text.strip() else "Notice"
    Touch.objects.get_or_create(
        workspace_id=workspace_id,
        key=key,
        defaults={
            "mark": mark_of(workspace_id, key),
            "kind": TouchKind.NOTICE,
            "sender_id": sender_id,
            "recipient": address,
            "status": TouchStatus.PLANNED,
            "priority": Priority.REPLY,
            "content": {"subject": first_line, "text": text},
            "due_at": now,
            "not_before": now,
            "created_at": now,
        },
    )
