"""What starts a sequence and what stops it, as values. Their annotations describe their JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Discriminator, Field, Tag

from drumbeat.core.conditions import Condition
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import (
    ListStep,
    NotifyStep,
    OtherSequenceStep,
    SetFieldStep,
    SetStageStep,
    SuppressStep,
    TagStep,
    TaskStep,
    WebhookStep,
)
from drumbeat.core.step_fields import Line

MOST_ENTRIES = 20
MOST_ACTIONS = 20
LONGEST_OFFSET = 3_650

STARTING = frozenset(
    {
        EventKind.CONTACT_CREATED,
        EventKind.CONTACT_UPDATED,
        EventKind.FIELD_CHANGED,
        EventKind.TAG_ADDED,
        EventKind.TAG_REMOVED,
        EventKind.LIST_JOINED,
        EventKind.LIST_LEFT,
        EventKind.STAGE_CHANGED,
        EventKind.FORM_SUBMITTED,
        EventKind.OPENED,
        EventKind.CLICKED,
        EventKind.REPLIED,
        EventKind.MEETING_BOOKED,
        EventKind.MEETING_CANCELLED,
        EventKind.CALL_LOGGED,
        EventKind.CONVERTED,
        EventKind.TASK_COMPLETED,
        EventKind.SEQUENCE_FINISHED,
        EventKind.DATE_REACHED,
        EventKind.WEBHOOK_RECEIVED,
        EventKind.CUSTOM,
    }
)
"""Events that may start or stop a sequence."""

NARROWED_BY: Mapping[EventKind, str] = MappingProxyType(
    {
        EventKind.FIELD_CHANGED: "field",
        EventKind.TAG_ADDED: "tag",
        EventKind.TAG_REMOVED: "tag",
        EventKind.LIST_JOINED: "list",
        EventKind.LIST_LEFT: "list",
        EventKind.STAGE_CHANGED: "stage",
        EventKind.FORM_SUBMITTED: "form",
        EventKind.SEQUENCE_FINISHED: "sequence",
        EventKind.DATE_REACHED: "field",
        EventKind.WEBHOOK_RECEIVED: "hook",
        EventKind.CUSTOM: "event",
    }
)
"""What the `name` of an entry stands for, by kind; an entry of another kind has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """That an event happens. `name` narrows it (a tag, a list, a field…), "" is any; see `NARROWED_BY`.

    Of `date_reached`, `name` is a date field and `days` how many days after that date it fires, before it if negative.
    """

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    event: EventKind
    name: Line = ""
    days: Annotated[int, Field(ge=-LONGEST_OFFSET, le=LONGEST_OFFSET)] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Becomes:
    """That a condition turns from false to true for a contact."""

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    becomes: Condition


HAPPENING_TAG, BECOMES_TAG = "<event>", "<condition>"


def _tag(entry: object) -> str:
    if isinstance(entry, dict):
        return BECOMES_TAG if "becomes" in entry else HAPPENING_TAG
    return BECOMES_TAG if isinstance(entry, Becomes) else HAPPENING_TAG


Entry = Annotated[
    Annotated[Happening, Tag(HAPPENING_TAG)] | Annotated[Becomes, Tag(BECOMES_TAG)], Discriminator(_tag)
]
Entries = Annotated[tuple[Entry, ...], Field(max_length=MOST_ENTRIES)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A sequence starts when any entry comes about and all conditions hold; the first entry is the IF, others OR."""

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    any: Entries
    all: Condition | None = None


StopAction = Annotated[
    TagStep
    | ListStep
    | SetFieldStep
    | SetStageStep
    | NotifyStep
    | OtherSequenceStep
    | SuppressStep
    | WebhookStep
    | TaskStep,
    Discriminator("kind"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class StopWhen:
    """A sequence ends for a contact when any entry comes about and all conditions hold; then the actions run, once.

    An entry that is a condition ends it while it is true, at whatever moment it is looked at.
    """

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    any: Entries
    all: Condition | None = None
    actions: Annotated[tuple[StopAction, ...], Field(max_length=MOST_ACTIONS)] = ()
