"""Mails passed on to own people, as notices: written once for each message and person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from drumbeat.core.forwarding import HEADER, Said, letter, may_go_to
from drumbeat.core.touch import Priority, TouchKind
from drumbeat.environment import environment
from drumbeat.models import Contact, Member, Message, SenderKind, SenderProfile, Touch
from drumbeat.store import new_touches, received, sql
from drumbeat.store.marks import mark_of
from drumbeat.store.new_touches import NewTouch
from drumbeat.store.outgoing import DEFAULT_PUBLIC_URL
from drumbeat.store.received import PassedOn
from drumbeat.store.senders import built_in


def taken_here(workspace_id: int) -> set[str]:
    """Return the addresses at which mail for the workspace comes in."""
    rows = SenderProfile.objects.filter(workspace_id=workspace_id).values_list("address", "reply_to")
    return {address for row in rows for address in row if address}


def is_own_notice(marks: Collection[str]) -> bool:
    """Say whether one of the marks is that of a mail which we sent to our own people."""
    return bool(marks) and Touch.objects.filter(mark__in=marks, kind=TouchKind.NOTICE).exists()


def forward(
    message: Message, member: Member, text: str, now: datetime, *, note: str = "", client_id: str = ""
) -> Touch | None:
    """Write the notice, in the caller's transaction; None where it would go round.

    The same message, member and client id again return what is there.
    """
    address = member.user.email
    written_by = message.from_address if message.direction == "in" else ""
    if not may_go_to(address, written_by=written_by, taken_here=taken_here(message.workspace_id)):
        return None
    key = f"forward:{message.pk}:{member.pk}:{client_id}".rstrip(":")
    mark = mark_of(message.workspace_id, key)
    files = received.to_pass_on(message)
    content = {
        **letter(_said(message, text, files), note, _link(message)),
        **files.of(message.pk),
        "headers": {HEADER: mark},
    }
    row = NewTouch(
        workspace_id=message.workspace_id,
        key=key,
        mark=mark,
        kind=TouchKind.NOTICE.value,
        sender_id=built_in({message.workspace_id}, SenderKind.NOTICE)[message.workspace_id],
        due_at=now,
        not_before=now,
        created_at=now,
        contact_id=message.contact_id,
        recipient=address,
        priority=Priority.REPLY,
        content=content,
    )
    sql.insert(Touch, new_touches.COLUMNS, [row], "ON CONFLICT DO NOTHING")
    return Touch.objects.get(workspace_id=message.workspace_id, key=key)


def _said(message: Message, text: str, files: PassedOn) -> Said:
    contact = message.contact if message.direction == "in" else None
    return Said(
        from_name=_name(contact),
        from_address=message.from_address,
        to_address=message.to_address,
        subject=message.subject,
        text=text,
        at=message.occurred_at,
        files=files.names,
        left=files.left,
    )


def _name(contact: Contact | None) -> str:
    return f"{contact.first_name} {contact.last_name}".strip() if contact else ""


def _link(message: Message) -> str:
    base = (environment().public_url or DEFAULT_PUBLIC_URL).rstrip("/")
    return f"{base}/inbox/{message.contact_id}" if message.contact_id else ""
