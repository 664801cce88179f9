"""The shapes of sequences: cards, one sequence, its settings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema

from drumbeat.api.bodies import Body

StatusWord = Literal["draft", "active", "paused", "archived"]
ExitWord = Literal["off", "pause", "finish"]
TagName = Annotated[str, Field(max_length=60)]
ReenrollmentWord = Literal["never", "always", "after_days"]
HealthLevel = Literal["good", "quiet", "waiting", "warning", "problem"]
Room = Literal["steps", "enrollments", "review", "settings", "senders", "doctor"]


class PersonRef(Schema):
    """A member by id and name."""

    id: int
    name: str


class RhythmStepOut(Schema):
    """A step on the line of days. `channel` is empty for what does not reach the contact.

    Steps that are not `drawn` lie on a way that is travelled less, or reach nobody. `day` counts from 0.
    """

    key: str
    kind: str
    channel: str
    job_type: str
    day: float
    label: str
    drawn: bool


class RhythmOut(Schema):
    """`days` is the day of the last step; `branches` says that there is more than one way."""

    steps: list[RhythmStepOut]
    step_count: int
    days: float
    branches: bool


class CountsOut(Schema):
    """By the labels of cards. Paused holds blocked and waiting for review; Unenrolled is finished otherwise."""

    active: int
    paused: int
    completed: int
    unenrolled: int


class ReachOut(Schema):
    """For the reply rate: people to whom something was sent, and those of them who replied.

    In a large workspace it may be up to half a minute old.
    """

    sent: int
    replied: int


class LinkOut(Schema):
    """Where to look: a room, and what to filter there by (`state`, `reason`)."""

    room: Room
    filter: dict[str, str] = Field(default_factory=dict)


class HealthOut(Schema):
    """One sentence by its `code` and arguments, with at most one link."""

    level: HealthLevel
    code: str
    args: dict[str, str | int] = Field(default_factory=dict)
    link: LinkOut | None = None


class VersionRef(Schema):
    number: int
    published_at: datetime


class SequenceCardOut(Schema):
    """A sequence in the list. `first_send_at` is set instead of `next_send_at` while nothing was ever sent."""

    id: int
    name: str
    description: str
    tags: list[str]
    guarded: bool
    is_default: bool
    status: StatusWord
    owner: PersonRef | None
    version: VersionRef | None
    has_unpublished_changes: bool
    rhythm: RhythmOut
    counts: CountsOut
    reach: ReachOut
    health: HealthOut
    first_send_at: datetime | None
    next_send_at: datetime | None
    planned_today: int
    deletable: bool
    created_at: datetime
    updated_at: datetime


class SequenceTotalsOut(Schema):
    """Above the list: how many sequences have each status, and what runs through all of them."""

    by_status: dict[StatusWord, int]
    owners: list[PersonRef]
    tags: list[str]
    people_active: int
    sent_today: int


class HolidaysOut(Schema):
    """Days without sending: public holidays by country (`US`) or part of one (`DE-BY`), and days of one's own."""

    countries: list[str]
    days: list[date]


class SequenceSettingsOut(Schema):
    """Live settings: they apply at once to all enrollments. Without a window, its senders' alone counts."""

    exit_on_reply: ExitWord
    exit_on_meeting: ExitWord
    exit_on_call: ExitWord
    exit_on_conversion: ExitWord
    exit_on_company_reply: ExitWord
    postpone_on_out_of_office: bool
    sender_id: int | None
    agent_id: int | None
    window: dict[str, list[list[str]]] | None
    holidays: HolidaysOut | None
    jitter_seconds: int
    review: bool
    reenrollment: ReenrollmentWord
    reenroll_after_days: int | None
    one_at_a_time: bool
    company_limit: int | None
    triggers: dict[str, Any] | None
    auto_enroll: bool
    enrollment_criteria: dict[str, Any] | None
    enroll_at_activation: bool
    stop_when: dict[str, Any] | None
    track_opens: bool
    track_clicks: bool


class DraftRef(Schema):
    """The working copy. `changed` says that it differs from the current version."""

    revision: int
    saved_at: datetime
    saved_by: PersonRef | None
    changed: bool


class SequenceOut(Schema):
    """A sequence with its settings; the working copy is asked for by itself.

    `guarded`: a password guards its changes; `unlocked`: you gave it, or there is none. `is_default`: who is created
    without a sequence joins it. `tracking_allowed`: the workspace lets its sequences track opens and clicks.
    """

    id: int
    name: str
    description: str
    tags: list[str]
    guarded: bool
    unlocked: bool
    is_default: bool
    status: StatusWord
    status_at: datetime | None
    status_by: PersonRef | None
    owner: PersonRef | None
    version: VersionRef | None
    draft: DraftRef
    settings: SequenceSettingsOut
    tracking_allowed: bool
    counts: CountsOut
    deletable: bool
    created_at: datetime
    updated_at: datetime


class SequenceIn(Body):
    """Begin empty, from a template (`template_id`: one of the workspace's own) or with a document."""

    name: str = Field(min_length=1, max_length=200)
    description: str = Field(default="", max_length=2_000)
    template: str | None = None
    template_id: int | None = None
    document: dict[str, Any] | None = None
    sender_id: int | None = None
    agent_id: int | None = None
    tags: list[TagName] = Field(default_factory=list, max_length=20)


class SequenceChangeIn(Body):
    """What is left out stays."""

    name: str | None = Field(default=None, min_length=1, max_length=200)
    description: str | None = Field(default=None, max_length=2_000)
    owner_id: int | None = None
    tags: list[TagName] | None = Field(default=None, max_length=20)


class DuplicateIn(Body):
    """Without a name it gets the old one with “(copy)”."""

    name: str | None = Field(default=None, min_length=1, max_length=200)


class SettingsIn(Body):
    """What is left out stays; `null` clears a window, holidays, a sender, an agent, a number of days.

    `was`: what the named settings said when the change was begun. One that says something else by now stays.
    """

    exit_on_reply: ExitWord | None = None
    exit_on_meeting: ExitWord | None = None
    exit_on_call: ExitWord | None = None
    exit_on_conversion: ExitWord | None = None
    exit_on_company_reply: ExitWord | None = None
    postpone_on_out_of_office: bool | None = None
    sender_id: int | None = None
    agent_id: int | None = None
    window: dict[str, list[list[str]]] | None = None
    holidays: dict[str, list[str]] | None = None
    jitter_seconds: int | None = Field(default=None, ge=0, le=86_400)
    review: bool | None = None
    reenrollment: ReenrollmentWord | None = None
    reenroll_after_days: int | None = Field(default=None, ge=1, le=3_650)
    one_at_a_time: bool | None = None
    company_limit: int | None = Field(default=None, ge=1, le=1_000)
    triggers: dict[str, Any] | None = None
    auto_enroll: bool | None = None
    enrollment_criteria: dict[str, Any] | None = None
    enroll_at_activation: bool | None = None
    stop_when: dict[str, Any] | None = None
    track_opens: bool | None = None
    track_clicks: bool | None = None
    was: dict[str, Any] | None = None


class SettingChangeOut(Schema):
    """A setting that is now another. `effect` is a code of what changes with it; `people` is how many it concerns."""

    setting: str
    before: Any
    after: Any
    effect: str
    people: int


class SettingsChangedOut(Schema):
    settings: SequenceSettingsOut
    changes: list[SettingChangeOut]
