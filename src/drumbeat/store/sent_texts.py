"""What left as a text or WhatsApp message, as the conversation keeps it."""

from __future__ import annotations

from datetime import datetime

from drumbeat.channels.twilio.outbound import TextOutbound
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
