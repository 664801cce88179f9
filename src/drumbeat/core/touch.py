"""The words of a touch: one planned outbound execution, its status and the reasons around it."""

from __future__ import annotations

from enum import StrEnum


class TouchStatus(StrEnum):
    """`planned`: written, claimed included. `scheduled`: approved, or deferred after a temporary refusal.

    `sending`: handed over, no outcome yet. A task uses scheduled, in_progress, completed, skipped, cancelled.
    """

    PLANNED = "planned"
    DRAFTING = "drafting"
    IN_APPROVAL = "in_approval"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    SKIPPED = "skipped"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    CANCELLED = "cancelled"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"


SETTLED = frozenset(
    {
        TouchStatus.SENT,
        TouchStatus.DELIVERED,
        TouchStatus.SKIPPED,
        TouchStatus.FAILED,
        TouchStatus.CANCELLED,
        TouchStatus.COMPLETED,
    }
)
UNHANDED = frozenset({TouchStatus.PLANNED, TouchStatus.SCHEDULED})
UNAPPROVED = frozenset({TouchStatus.DRAFTING, TouchStatus.IN_APPROVAL})
"""An agent still writes it, or a person has not said yes: it stays withheld, whatever releases the others."""


class TouchKind(StrEnum):
    """What carries the touch out: a channel, a person, or a notice to own people."""

    EMAIL = "email"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    VOICE = "voice"
    TASK = "task"
    NOTICE = "notice"
    WEBHOOK = "webhook"


CONTACT_FACING = frozenset({TouchKind.EMAIL, TouchKind.SMS, TouchKind.WHATSAPP, TouchKind.VOICE})
"""Kinds that pass every gate; the others reach own people or systems: workspace and sender gates only."""


class HoldReason(StrEnum):
    COMPLIANCE_UNAVAILABLE_STUB = "compliance_unavailable_stub"
    WINDOW = "window"
    QUIET_HOURS = "quiet_hours"
    SPACING = "spacing"
    CAP = "cap"
    FREQUENCY_CAP = "frequency_cap"
    COURTESY = "courtesy"
    SENDER_DOWN = "sender_down"
    APPROVAL = "approval"
    EMERGENCY_STOP = "emergency_stop"
    SEQUENCE_PAUSED = "sequence_paused"


class SkipReason(StrEnum):
    SUPPRESSED = "suppressed"
    OPTED_OUT = "opted_out"
    NO_ADDRESS = "no_address"
    NO_CONSENT = "no_consent"
    INVALID_ADDRESS = "invalid_address"
    NO_TEMPLATE = "no_template"
    APPROVAL_REJECTED = "approval_rejected"
    DRAFT_EXPIRED = "draft_expired"
    CONDITION_FALSE = "condition_false"
    BY_PERSON = "by_person"
    TASK_EXPIRED = "task_expired"


class FailureReason(StrEnum):
    SENDER_AUTH = "sender_auth"
    REJECTED_PERMANENT = "rejected_permanent"
    REJECTED_TEMPORARY = "rejected_temporary"
    RENDER_ERROR = "render_error"
    PROVIDER_ERROR = "provider_error"
    TIMEOUT = "timeout"
    BOUNCED = "bounced"
    NO_ANSWER = "no_answer"
    BUSY = "busy"


class Resolution(StrEnum):
    """What becomes of an interrupted touch. `send_again`: the same row, so with the same Message-ID."""

    ARRIVED = "arrived"
    SEND_AGAIN = "send_again"
    SKIP = "skip"


class Priority:
    """Order of claims within a sender: lower leaves first."""

    REPLY = 10
    FOLLOW_UP = 20
    FIRST_TOUCH = 30


def step_key(enrollment_id: int, step: str, visit: int) -> str:
    """Return the key that makes a step's touch unique: planning it twice meets the same row."""
    return f"step:{enrollment_id}:{step}:{visit}"


def own_task_key(token: str) -> str:
    """Return the key of a task that belongs to no step of a sequence."""
    return f"todo:{token}"


def stop_key(enrollment_id: int, number: int) -> str:
    """Return the key of what the stop rule's action `number`, counted from 0, sends after the enrollment's end."""
    return f"stop:{enrollment_id}:{number}"
