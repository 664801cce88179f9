"""What left as a text or WhatsApp message, as the conversation keeps it, and what became of it."""

from __future__ import annotations

from datetime import datetime

from drumbeat.channels.twilio.outbound import TextOutbound
from drumbeat.core.touch import TouchStatus
from drumbeat.core.twilio_messages import MessageState
from drumbeat.models import Message


def message(
    text: TextOutbound,
    *,
    workspace_id: int,
    contact_id: int | None,
    enrollment_id: int | None,
    touch_id: int,
    sender_id: int,
    sid: str,
    at: datetime,
) -> Message:
    """Return the row, not saved. `sid` is Twilio's id, empty where nobody heard it yet."""
    return Message(
        workspace_id=workspace_id,
        contact_id=contact_id,
        enrollment_id=enrollment_id,
        touch_id=touch_id,
        sender_id=sender_id,
        channel=text.channel.value,
        direction="out",
        kind=text.channel.value,
        from_address=text.sender or text.service_sid,
        to_address=text.recipient,
        text=text.text,
        message_id=sid,
        occurred_at=at,
    )


REPORT = "touch__text_report"
"""What `standing_of` needs of a message beside its touch, for `select_related`."""


def standing_of(row: Message) -> str:
    """Return what became of a message of ours: its touch's status, `read` where it was; "" of one that came.

    Only what arrived can have been read, in whatever order the two were told.
    """
    touch = row.touch
    if touch is None or row.direction != "out":
        return ""
    report = getattr(touch, "text_report", None)
    was_read = report is not None and report.state == MessageState.READ
    is_there = touch.status == TouchStatus.DELIVERED
    return MessageState.READ.value if was_read and is_there else touch.status
