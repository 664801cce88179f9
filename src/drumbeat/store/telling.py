"""Tells one of the own people that something of theirs needs them: in the app, and by mail where that is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from drumbeat.core.touch import Priority, TouchKind
from drumbeat.models import Member, Notification, SenderKind, Touch
from drumbeat.store import new_touches, sql
from drumbeat.store.marks import mark_of
from drumbeat.store.new_touches import NewTouch
from drumbeat.store.senders import built_in

_SUBJECT = 120


def tell(workspace_id: int, member_id: int | None, kind: str, text: str, now: datetime) -> Member | None:
    """Write a line for the member, for the workspace's owner where there is none; return who got it."""
    member = _who(workspace_id, member_id)
    if member is not None:
        Notification.objects.create(
            workspace_id=workspace_id, member=member, kind=kind, text=text, created_at=now
        )
    return member


def mail(member: Member, key: str, subject: str, text: str, now: datetime) -> None:
    """Write the member a mail, once for a key, by the built-in sender of notices, whoever else is held."""
    sender_id = built_in({member.workspace_id}, SenderKind.NOTICE).get(member.workspace_id)
    if sender_id is None:
        return
    touch = NewTouch(
        workspace_id=member.workspace_id,
        key=key,
        mark=mark_of(member.workspace_id, key),
        kind=TouchKind.NOTICE.value,
        sender_id=sender_id,
        due_at=now,
        not_before=now,
        created_at=now,
        recipient=member.user.email,
        priority=Priority.REPLY,
        content={"subject": subject[:_SUBJECT], "text": text},
    )
    sql.insert(Touch, new_touches.COLUMNS, [touch], "ON CONFLICT DO NOTHING")


def hear_no_more(workspace_id: int, kind: str, about: Sequence[str], now: datetime) -> None:
    """Mark the unread lines of a kind read whose text begins with one of `about`: what they asked for is done."""
    for words in about:
        unread = Notification.objects.filter(workspace_id=workspace_id, kind=kind, read_at=None)
        unread.filter(text__startswith=words).update(read_at=now)


def _who(workspace_id: int, member_id: int | None) -> Member | None:
    working = Member.objects.select_related("user").filter(workspace_id=workspace_id, deactivated_at=None)
    if member_id is not None and (member := working.filter(id=member_id).first()) is not None:
        return member
    return working.filter(is_owner=True).first()
