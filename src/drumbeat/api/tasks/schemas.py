"""What the routes of tasks take and answer."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from drumbeat.api.bodies import Body, Id, Moment, ZoneName
from drumbeat.api.enrollments.schemas import ContactRef, MarkOut

MOST_IDS = 200


class MemberRef(Schema):
    id: int
    name: str


class TaskListIn(Schema):
    """`today` includes what is overdue. `zone` is where the day ends, else the workspace's."""

    when: Literal["overdue", "today", "upcoming", "open", "done"] = "open"
    mine: bool = False
    zone: ZoneName = ""


class TaskOut(Schema):
    """One task. `status` is scheduled, completed, skipped or cancelled; `kind` to_do or call."""

    id: int
    kind: str
    title: str
    text: str
    status: str
    outcome: str
    due_at: datetime
    overdue: bool
    settled_at: datetime | None
    assignee: MemberRef | None
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
    """A task with the person's context: where their enrollment stands, what was said last, what else is to do."""

    outcomes: list[str]
    strip: list[MarkOut]
    said: list[TaskSaidOut]
    others: list[TaskOut]


class TaskCountsOut(Schema):
    overdue: int
    today: int
    upcoming: int


class CompleteIn(Body):
    """`outcome`: for a call reached, left_message, no_answer, busy, wrong_number; for a to-do done.

    `log_call` null: a call that reached the contact counts as logged.
    """

    outcome: str = Field(default="", max_length=40)
    log_call: bool | None = None


class SnoozeIn(Body):
    until: Moment


class ReassignIn(Body):
    member_id: int | None


class TaskIdsIn(Body):
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
