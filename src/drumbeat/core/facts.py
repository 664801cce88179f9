"""What a decision may know. The shell loads these values in bulk; core reads nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from drumbeat.core.conditions import ConditionView
from drumbeat.core.flow import Channel, Flow
from drumbeat.core.holidays import NO_HOLIDAYS, Holidays
from drumbeat.core.touch import SkipReason, TouchStatus
from drumbeat.core.window import Window

if TYPE_CHECKING:
    from drumbeat.core.triggers import StopWhen


class EventKind(StrEnum):
    CONTACT_CREATED = "contact_created"
    CONTACT_UPDATED = "contact_updated"
    FIELD_CHANGED = "field_changed"
    TAG_ADDED = "tag_added"
    TAG_REMOVED = "tag_removed"
    LIST_JOINED = "list_joined"
    LIST_LEFT = "list_left"
    STAGE_CHANGED = "stage_changed"
    FORM_SUBMITTED = "form_submitted"
    SENT = "sent"
    DELIVERED = "delivered"
    OPENED = "opened"
    CLICKED = "clicked"
    REPLIED = "replied"
    AUTO_REPLIED = "auto_replied"
    OUT_OF_OFFICE = "out_of_office"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    OPTED_OUT = "opted_out"
    MEETING_BOOKED = "meeting_booked"
    MEETING_CANCELLED = "meeting_cancelled"
    CALL_LOGGED = "call_logged"
    CONVERTED = "converted"
    TASK_COMPLETED = "task_completed"
    SEQUENCE_FINISHED = "sequence_finished"
    DATE_REACHED = "date_reached"
    WEBHOOK_RECEIVED = "webhook_received"
    CUSTOM = "custom"


WEAK_REPLY = "weak_reply"
"""A reply matched by the sender's address alone: it pauses ("confirm") and never finishes."""
WEAK_OPT_OUT = "weak_opt_out"
"""A proven reply whose words may ask for no more: whatever replies do otherwise, it pauses and a person decides."""
WEAK_MEETING = "weak_meeting"
"""Of the meetings, one that a mail without our mark told: anybody may write so, it pauses and never finishes."""
STOP_WHEN = "stop_when"
"""An event that the stop rule of a sequence names came about; its scope is `sequence:<id>`."""
COMPANY_REPLY = "company_reply"
"""Somebody else at the same company replied or booked a meeting."""


class Exit(StrEnum):
    OFF = "off"
    PAUSE = "pause"
    FINISH = "finish"


class SequenceState(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceFacts:
    """Live settings of the sequence: they apply at once to all its enrollments."""

    id: int
    state: SequenceState = SequenceState.ACTIVE
    exit_on_reply: Exit = Exit.FINISH
    exit_on_meeting: Exit = Exit.PAUSE
    exit_on_call: Exit = Exit.OFF
    exit_on_conversion: Exit = Exit.FINISH
    exit_on_company_reply: Exit = Exit.OFF
    postpone_on_out_of_office: bool = False
    stop_when: StopWhen | None = None
    window: Window | None = None
    holidays: Holidays = NO_HOLIDAYS
    jitter_seconds: int = 0
    review: bool = False
    sender_id: int | None = None
    track_opens: bool = False
    track_clicks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderFacts:
    """A sender profile as far as choice and timing need it. `zone` is its own, else the workspace's."""

    id: int
    channel: Channel
    zone: ZoneInfo
    address: str = ""
    owner_id: int | None = None
    enabled: bool = True
    window: Window | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchFacts:
    """The touch of the step at hand, if it was written. `escalated`: its task was handed on already."""

    status: TouchStatus
    reason: str = ""
    created_at: datetime
    settled_at: datetime | None = None
    handed: bool = False
    sender_id: int | None = None
    escalated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """The decision that the step at hand asked for. `answer` is what was said; only a branch's name counts."""

    asked_at: datetime
    answer: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What a person asked of an enrollment: to go on in the version `number`, whose flow this is.

    `steps` says for steps which that version has no more in which of its steps to go on instead.
    """

    id: int
    version_id: int
    number: int
    flow: Flow
    steps: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that `advance` may know about one enrollment at one look.

    `counts`: fact kind to how often it happened to this contact (with this sequence's scope added).
    `unreachable`: channels that cannot reach the contact, with the skip reason.
    `senders`: all of the workspace by id; `contact_sender_ids`: the last one used per channel.
    `returns_at`: the day of the latest announced return from an absence, at 0:00 UTC.
    `last_sent_at`: when this enrollment's latest message left, loaded where the flow waits for events.
    `phone`: the contact's number in international form; it tells where it may be night.
    """

    sequence: SequenceFacts
    view: ConditionView
    zone: ZoneInfo | None = None
    phone: str = ""
    workspace_zone: ZoneInfo = ZoneInfo("UTC")
    counts: Mapping[str, int] = field(default_factory=dict)
    touch: TouchFacts | None = None
    decision: DecisionFacts | None = None
    unreachable: Mapping[Channel, SkipReason] = field(default_factory=dict)
    senders: Mapping[int, SenderFacts] = field(default_factory=dict)
    contact_sender_ids: Mapping[Channel, int] = field(default_factory=dict)
    workspace_sender_id: int | None = None
    owner_id: int | None = None
    returns_at: datetime | None = None
    last_sent_at: datetime | None = None
    contact_deleted: bool = False
    move: Move | None = None


class VerbKind(StrEnum):
    """What a person asks of an enrollment, or (`end`) another sequence; `merge` and `erase`: of its contact."""

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    APPROVE = "approve"
    REJECT = "reject"
    END = "end"
    MERGE = "merge"
    ERASE = "erase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One request. With `shift`, resuming moves the dates by the length of the pause; `by`: who ends it."""

    kind: VerbKind
    shift: bool = False
    by: str = ""
