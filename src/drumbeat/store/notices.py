"""Notices to own people: in the app at once, by email as a touch of the built-in sender."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from drumbeat.core.flow import NotifyStep
from drumbeat.core.touch import Priority, TouchKind
from drumbeat.models import Notification, SenderKind, Touch
from drumbeat.store import new_touches, sql
from drumbeat.store.enrollments import Locked
from drumbeat.store.facts import Batch
from drumbeat.store.marks import mark_of
from drumbeat.store.merge_values import load_own_texts
from drumbeat.store.new_touches import NewTouch
from drumbeat.store.own_people import load_own_people
from drumbeat.store.senders import built_in

_LINE = ("workspace_id", "member_id", "kind", "text", "contact_id", "enrollment_id", "created_at")
_SUBJECT = 120


def notify(wanted: Sequence[tuple[Locked, NotifyStep, str]], batch: Batch, now: datetime) -> None:
    """Tell own people what the steps say; telling it again changes nothing but the lines in the app.

    Each comes with the key of the touch that carries it out.
    """
    if not wanted:
        return
    rows = [row for row, _, _ in wanted]
    texts = load_own_texts(rows, batch)
    people = load_own_people(rows, [step.to for _, step, _ in wanted], batch)
    senders = built_in({row.workspace_id for row in rows}, SenderKind.NOTICE)
    lines: list[tuple[object, ...]] = []
    touches: list[NewTouch] = []
    for row, step, key in wanted:
        member_id = people.named(step.to, row, batch)
        if member_id is None:
            continue
        text = texts.text(step.text, row)
        if "in_app" in step.by:
            lines.append((row.workspace_id, member_id, "notify", text, row.contact_id, row.value.id, now))
        if "email" in step.by:
            address = people.addresses[member_id]
            touches.append(_touch(row.workspace_id, key, address, text, senders[row.workspace_id], now))
    sql.insert(Notification, _LINE, lines)
    sql.insert(Touch, new_touches.COLUMNS, touches, "ON CONFLICT DO NOTHING")


def _touch(workspace_id: int, key: str, address: str, text: str, sender_id: int, now: datetime) -> NewTouch:
    first_line = text.strip().splitlines()[0][:_SUBJECT] if text.strip() else "Notice"
    return NewTouch(
        workspace_id=workspace_id,
        key=key,
        mark=mark_of(workspace_id, key),
        kind=TouchKind.NOTICE.value,
        sender_id=sender_id,
        due_at=now,
        not_before=now,
        created_at=now,
        recipient=address,
        priority=Priority.REPLY,
        content={"subject": first_line, "text": text},
    )
