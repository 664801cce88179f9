"""What the routes of tasks take and answer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from drumbeat.api.bodies import Body, Id, Moment, ZoneName
from drumbeat.api.enrollments.schemas import ContactRef, MarkOut

MOST_IDS = 200
LONGEST_HOLD = 30
Note = Annotated[str, Field(max_length=10_000)]
Undo = Annotated[int, Field(ge=0, le=LONGEST_HOLD)]
"""Seconds within which it can be taken back: what follows from it waits that long."""


class MemberRef(Schema):
    id: int
    name: str


class TaskCountsIn(Schema):
    """`mine` wins over `assignee_id`. `zone` is where the day ends, else the workspace's."""

    mine: bool = False
    assignee_id: Id | None = None
    zone: ZoneName = ""


class TaskListIn(TaskCountsIn):
    """`today` includes what is overdue."""

    when: Literal["overdue", "today", "upcoming", "open", "done"] = "open"


class TaskOut(Schema):
    """One task. `status` is scheduled, completed, skipped or cancelled; `kind` to_do or call.

    `tries`: calls that led to another try; of an open task `outcome` is how the last one went. `created_by`: who wrote
    it by hand. `escalated_from`: who had it when it was not done in time.
    """

    id: int
    kind: str
    title: str
    text: str
    status: str
    outcome: str
    note: str
    tries: int
    due_at: datetime
    overdue: bool
    settled_at: datetime | None
    settled_by: MemberRef | None
    assignee: MemberRef | None
    created_by: MemberRef | None
    escalated_at: datetime | None
    escalated_from: MemberRef | None
    contact: ContactRef
    contact_title: str
    contact_phone: str
    enrollment_id: int | None
    sequence_id: int | None
    sequence: str


class TaskSaidOut(Schema):
    """A message of the conversation, its beginning only."""

    id: int
    at: datetime
    direction: str
    kind: str
    subject: str
    text: str


class TaskDetailOut(TaskOut):
    """A task with the person's context: where their enrollment stands, what was said last, what else is to do.

    `again`: outcomes after which a call is tried again. `can_take_back`: a settled task can be opened again.
    """

    outcomes: list[str]
    again: list[str]
    can_take_back: bool
    strip: list[MarkOut]
    said: list[TaskSaidOut]
    others: list[TaskOut]


class TaskCountsOut(Schema):
    overdue: int
    today: int
    upcoming: int


class CompleteIn(Body):
    """`outcome`: for a call reached, left_message, no_answer, busy, wrong_number; for a to-do done.

    `log_call` null: a call that reached the contact counts as logged. `note` null: the one that is there stays.
    """

    outcome: str = Field(default="", max_length=40)
    note: Note | None = None
    log_call: bool | None = None
    undo_within: Undo = 0


class SkipIn(Body):
    """`note` null: the one that is there stays."""

    note: Note | None = None
    undo_within: Undo = 0


class UntilIn(Body):
    until: Moment


class SnoozeIn(UntilIn):
    """`note` null: the one that is there stays."""

    note: Note | None = None


class AgainIn(Body):
    """`outcome`: left_message, no_answer or busy."""

    outcome: str = Field(max_length=40)
    until: Moment
    note: Note | None = None


class TaskIn(Body):
    """`due_at` null: now. `assignee_id` null: who asks."""

    contact_id: Id
    title: str = Field(min_length=1, max_length=300)
    kind: Literal["to_do", "call"] = "to_do"
    text: Note = ""
    due_at: Moment | None = None
    assignee_id: Id | None = None


class ReassignIn(Body):
    member_id: Id | None


class TaskIdsIn(Body):
    ids: list[Id] = Field(min_length=1, max_length=MOST_IDS)
    undo_within: Undo = 0


class SnoozeManyIn(UntilIn):
    ids: list[Id] = Field(min_length=1, max_length=MOST_IDS)


class ReassignManyIn(ReassignIn):
    ids: list[Id] = Field(min_length=1, max_length=MOST_IDS)


class SettledOut(Schema):
    """`state` is that of the enrollment, which went on."""

    id: int
    code: str
    state: str
    call_logged: bool


class SettledManyOut(Schema):
    answers: list[SettledOut]
    counts: dict[str, int]
