"""What Today shows."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema

from drumbeat.api.enrollments.schemas import ContactRef, SenderRef
from drumbeat.api.inbox.schemas import ConversationOut
from drumbeat.api.tasks.schemas import TaskOut


class QuarterOut(Schema):
    """A quarter hour: messages and calls that left, and those that are planned."""

    at: datetime
    sent: int
    sent_calls: int
    planned: int
    planned_calls: int


class SpanOut(Schema):
    start: datetime
    end: datetime


class BeatOut(Schema):
    """The day. `cap` null: no cap; `later`: planned ones that the caps leave for another day."""

    start: datetime
    end: datetime
    quarters: list[QuarterOut]
    sent: int
    planned: int
    later: int
    cap: int | None
    used: int
    spans: list[SpanOut]


class ProblemOut(Schema):
    """What lasts until somebody acts; `act` is the one thing to do about it."""

    code: str
    act: str
    count: int
    name: str
    text: str
    object_id: int | None
    since: datetime | None
    until: datetime | None


class ComingOut(Schema):
    """What goes out next, or what holds it."""

    key: str
    at: datetime
    contact: ContactRef | None
    enrollment_id: int | None
    kind: str
    job_type: str
    name: str
    step: str
    number: int
    hold: str
    sender: SenderRef | None


class TodayOut(Schema):
    """Counts are of all, lists begin with what is most urgent."""

    now: datetime
    beat: BeatOut
    replies: list[ConversationOut]
    reply_count: int
    tasks: list[TaskOut]
    task_count: int
    overdue_count: int
    review_count: int
    approval_count: int
    problems: list[ProblemOut]
    next: list[ComingOut]
