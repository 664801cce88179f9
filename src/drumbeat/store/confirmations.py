"""The one answer to a word of steering (STOP, START, HELP), as a touch: written once, sent at most once.

It goes to whoever wrote the word, at once: neither their stop nor an hour holds it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from drumbeat.core.touch import Priority, TouchKind, TouchStatus
from drumbeat.models import Contact, Touch
from drumbeat.store.marks import mark_of

_KEY = "word:"


def plan(
    workspace_id: int,
    sid: str,
    *,
    channel: TouchKind,
    sender_id: int,
    number: str,
    contact: Contact | None,
    text: str,
    now: datetime,
) -> None:
    """Write the answer to the message `sid`, in the caller's transaction; again, it changes nothing."""
    key = f"{_KEY}{sid}"[:200]
    Touch.objects.get_or_create(
        workspace_id=workspace_id,
        key=key,
        defaults={
            "mark": mark_of(workspace_id, key),
            "kind": channel.value,
            "contact": contact,
            "sender_id": sender_id,
            "recipient": number,
            "status": TouchStatus.PLANNED,
            "priority": Priority.REPLY,
            "content": {"text": text, "confirms": True},
            "due_at": now,
            "not_before": now,
            "created_at": now,
        },
    )


def is_one(content: Mapping[str, Any] | None) -> bool:
    return bool((content or {}).get("confirms"))
