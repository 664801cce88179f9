"""What the daily work finds in a world: a conversation, mail of nobody, mail that was set aside, a mail by a person,
a task, a test mail.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Model

from drumbeat.models import Contact, Enrollment, InboundMail, Message, SenderProfile, Task, Touch
from drumbeat.store import by_hand, conversations
from drumbeat.store.by_hand import Letter
from tests.support import board as swing

_RAW = """Subject: {mark}
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/html

<p>{mark}</p>
--b
Content-Type: text/plain
Content-Disposition: attachment; filename="{mark}.txt"

{mark}
--b--
"""


def furnish(contact: Contact, enrollment: Model, sender: Model, mark: str, now: datetime) -> dict[str, Model]:
    """Let the contact have replied and be called; whatever can be read carries `mark`."""
    assert isinstance(enrollment, Enrollment)
    assert isinstance(sender, SenderProfile)
    return {
        "message": _reply(contact, enrollment, mark, now),
        "stranger": _strange(contact.workspace_id, mark, now),
        "set_aside": _set_aside(contact.workspace_id, mark, now),
        "outgoing": _written(contact, sender, mark, now, by_hand.REPLY),
        "test_mail": _written(None, sender, mark, now, by_hand.TEST),
        "task": _task(enrollment, sender, mark, now),
    }


def _reply(contact: Contact, enrollment: Enrollment, mark: str, now: datetime) -> Message:
    raw = InboundMail.objects.create(
        source="test",
        external_id=f"{mark}:{contact.pk}",
        raw=_RAW.format(mark=mark).encode(),
        received_at=now,
    )
    message = Message.objects.create(
        workspace_id=contact.workspace_id,
        contact=contact,
        enrollment=enrollment,
        raw=raw,
        channel="email",
        direction="in",
        kind="weak_reply",
        from_address=contact.email,
        subject=f"{mark} answers",
        text=f"{mark} says yes",
        files=[{"name": f"{mark}.txt", "content_type": "text/plain", "size": 5}],
        has_html=True,
        message_id=f"{contact.pk}@example.com",
        occurred_at=now,
    )
    conversations.heard(message, now)
    return message


def _strange(workspace_id: int, mark: str, now: datetime) -> Message:
    return Message.objects.create(
        workspace_id=workspace_id,
        channel="email",
        direction="in",
        kind="other",
        from_address=f"stranger@{mark.lower().replace(' ', '-')}.test",
        subject=f"{mark} offers",
        text=mark,
        occurred_at=now,
    )


def _set_aside(workspace_id: int, mark: str, now: datetime) -> InboundMail:
    return InboundMail.objects.create(
        workspace_id=workspace_id,
        source="test",
        external_id=f"{mark}:aside",
        envelope_from=f"poison@{mark.lower().replace(' ', '-')}.test",
        raw=mark.encode(),
        received_at=now,
        processed_at=now,
        tries=3,
        fault=f"ValueError: {mark}",
    )


def _written(contact: Contact | None, sender: SenderProfile, mark: str, now: datetime, kind: str) -> Touch:
    return by_hand.plan(
        sender.workspace_id,
        f"{kind}:{mark}:{contact.pk if contact else sender.pk}",
        Letter(subject=f"{mark} writes", text=mark),
        sender_id=sender.pk,
        recipient=contact.email if contact else f"me@{mark.lower().replace(' ', '-')}.test",
        contact=contact,
        not_before=now + timedelta(hours=1),
        now=now,
    )


def _task(enrollment: Enrollment, sender: SenderProfile, mark: str, now: datetime) -> Task:
    touch = swing.a_touch(enrollment, sender, now, step="connect", status="scheduled")
    Touch.objects.filter(id=touch.pk).update(kind="task")
    return Task.objects.create(
        workspace_id=enrollment.workspace_id,
        touch=touch,
        contact=enrollment.contact,
        title=f"Call {mark}",
        due_at=now,
        created_at=now,
    )
