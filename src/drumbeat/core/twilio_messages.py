"""The life of one text or WhatsApp message at Twilio, told by status callbacks in any order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from drumbeat.core.touch import TouchStatus


class MessageState(StrEnum):
    """Twilio's words, from the least to the most telling. A late `failed` never undoes a delivery."""

    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    CANCELED = "canceled"
    FAILED = "failed"
    UNDELIVERED = "undelivered"
    PARTIALLY_DELIVERED = "partially_delivered"
    DELIVERED = "delivered"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Message:
    """`code`: Twilio's error code, 0 where there is none; it counts only for a message that did not arrive."""

    state: MessageState = MessageState.ACCEPTED
    code: int = 0


_STATES = tuple(MessageState)
_LOST = frozenset({MessageState.CANCELED, MessageState.FAILED, MessageState.UNDELIVERED})
_THERE = frozenset({MessageState.PARTIALLY_DELIVERED, MessageState.DELIVERED, MessageState.READ})


def hear(message: Message, heard: Message) -> Message:
    """Add one callback. Total; in whatever order and how often they come, the same ones give the same message."""
    state = max(message.state, heard.state, key=_STATES.index)
    return replace(message, state=state, code=max(message.code, heard.code))


def status_of(message: Message) -> TouchStatus:
    """Return what the message's touch is now. A message that Twilio took is sent until something else is heard."""
    if message.state in _THERE:
        return TouchStatus.DELIVERED
    return TouchStatus.FAILED if message.state in _LOST else TouchStatus.SENT
