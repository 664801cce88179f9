"""Touches that a person writes: answers, one-off messages, tests. They have no enrollment; their text is on the row.

The dispatcher claims, guards and sends them like any other touch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from drumbeat.core.addresses import base_email, base_phone
from drumbeat.core.step_fields import FileRef
from drumbeat.core.touch import Priority, TouchKind, TouchStatus
from drumbeat.core.whatsapp import Template
from drumbeat.models import Contact, Touch
from drumbeat.store import sql
from drumbeat.store.marks import address_hash, mark_of

REPLY, ONE_OFF, TEST = "reply", "oneoff", "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is to be sent, its texts merged. `references` are the message ids of the thread, the oldest first.

    `at_once`: the sender's hours do not hold it. `template`: of a WhatsApp message outside of its window.
    """

    subject: str
    text: str
    html: str = ""
    in_reply_to: str = ""
    references: Sequence[str] = ()
    written_by: int | None = None
    at_once: bool = False
    attachments: Sequence[FileRef] = ()
    template: Template | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "text": self.text,
            "html": self.html,
            "in_reply_to": self.in_reply_to,
            "references": list(self.references),
            "written_by": self.written_by,
            **({"at_once": True} if self.at_once else {}),
            **({"attachments": [asdict(ref) for ref in self.attachments]} if self.attachments else {}),
            **({"template": asdict(self.template)} if self.template else {}),
        }


def plan(  # noqa: PLR0913 - most of a touch
    workspace_id: int,
    key: str,
    letter: Letter,
    *,
    sender_id: int,
    recipient: str,
    contact: Contact | None,
    not_before: datetime,
    now: datetime,
    kind: TouchKind = TouchKind.EMAIL,
) -> Touch:
    """Write the touch, in the caller's transaction; the same key again returns the row that is there."""
    base = base_email(recipient) if kind is TouchKind.EMAIL else base_phone(recipient)
    touch, _ = Touch.objects.get_or_create(
        workspace_id=workspace_id,
        key=key,
        defaults={
            "mark": mark_of(workspace_id, key),
            "kind": kind,
            "contact": contact,
            "sender_id": sender_id,
            "recipient": recipient,
            "base_address": address_hash(base),
            "status": TouchStatus.PLANNED,
            "priority": Priority.REPLY,
            "content": letter.to_json(),
            "due_at": not_before,
            "not_before": not_before,
            "created_at": now,
        },
    )
    return touch


def cancel(touch_id: int, now: datetime) -> bool:
    """Take back what is not handed over, in the caller's transaction; False when it is too late."""
    unhanded = Touch.objects.filter(id=touch_id, enrollment=None, handed_at=None, settled_at=None)
    ids = sql.lock(unhanded)
    return bool(
        Touch.objects.filter(id__in=ids, handed_at=None, settled_at=None).update(
            status=TouchStatus.CANCELLED, settled_at=now, lease_token="", lease_until=None
        )
    )
