"""What a builder of conditions offers: every field with its label, type, operators and where its values come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from drumbeat.core.conditions.fields import (
    CONTACT_FIELDS,
    EVENT_PREFIX,
    EVENTS,
    LIST,
    MESSAGE_EVENTS,
    OPERATORS,
    TAG,
    FieldType,
)
from drumbeat.core.conditions.rules import Operator


class FieldGroup(StrEnum):
    """Under which heading a field is offered."""

    CONTACT = "contact"
    CUSTOM = "custom"
    MEMBERSHIP = "membership"
    MESSAGES = "messages"
    EVENTS = "events"


@dataclass(frozen=True, slots=True)
class Offer:
    """`is_suggested`: values that contacts have can be looked up."""

    name: str
    label: str
    type: FieldType
    group: FieldGroup
    is_suggested: bool = False

    @property
    def operators(self) -> tuple[Operator, ...]:
        return OPERATORS[self.type]


SUGGESTED = frozenset({"email", "company", "title", "stage", "owner", "time_zone", TAG, LIST})
"""Built-in fields whose values can be looked up quickly; of custom fields those of texts can."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "first_name": "First name",
        "last_name": "Last name",
        "email": "Email",
        "phone": "Phone",
        "whatsapp": "WhatsApp",
        "company": "Company",
        "title": "Job title",
        "stage": "Stage",
        "owner": "Owner",
        "time_zone": "Time zone",
        "language": "Language",
        "created_at": "Created on",
        "updated_at": "Changed on",
        TAG: "Tag",
        LIST: "List",
        "sent": "Message sent",
        "delivered": "Message delivered",
        "opened": "Message opened",
        "clicked": "Link clicked",
        "replied": "Replied",
        "auto_replied": "Automatic reply",
        "out_of_office": "Out of office",
        "bounced": "Bounced",
        "complained": "Complained",
        "opted_out": "Unsubscribed",
        "meeting_booked": "Meeting booked",
        "meeting_cancelled": "Meeting cancelled",
        "call_logged": "Call logged",
        "converted": "Converted",
        "task_completed": "Task completed",
        "form_submitted": "Form submitted",
        "sequence_finished": "Sequence finished",
        "webhook_received": "Webhook received",
        "custom": "Custom event",
    }
)


def offers(own: Mapping[str, tuple[str, FieldType]]) -> Iterator[Offer]:
    """Yield every field that a condition may ask; `own` are label and type of the workspace's (`custom.<key>`)."""
    for name, kind in CONTACT_FIELDS.items():
        yield Offer(name, LABELS[name], kind, FieldGroup.CONTACT, name in SUGGESTED)
    for name, (label, kind) in own.items():
        yield Offer(name, label, kind, FieldGroup.CUSTOM, kind is FieldType.TEXT)
    for name in (TAG, LIST):
        yield Offer(name, LABELS[name], FieldType.NAMES, FieldGroup.MEMBERSHIP, True)
    for kinds, group in ((MESSAGE_EVENTS, FieldGroup.MESSAGES), (EVENTS - MESSAGE_EVENTS, FieldGroup.EVENTS)):
        for event in (each for each in LABELS if each in kinds):
            yield Offer(f"{EVENT_PREFIX}{event}", LABELS[event], FieldType.EVENT, group)
