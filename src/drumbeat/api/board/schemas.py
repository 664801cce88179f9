"""The shape of the live board's answer."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema


class HeldOut(Schema):
    """Touches that would leave now and may not, by hold reason."""

    reason: str
    count: int


class FiguresOut(Schema):
    """`sent_twice` counts touches that a server accepted more than once, read from the attempts.

    `enrolled` counts every enrollment, `finished` those at an end; `completed` went through to the last step.
    """

    sent: int
    on_the_way: int
    replied: int
    held: list[HeldOut]
    completed: int
    sent_twice: int
    enrolled: int
    finished: int


class StepOut(Schema):
    """A step on its line: `after_seconds` from the start on average, `waits_seconds` of it its own delay.

    A step that is not `drawn` lies on the line without a mark, or on a way that is travelled less.
    `waiting` are before it, `awaiting` of them at it: their touch is written and not settled.
    """

    key: str
    kind: str
    job_type: str
    name: str
    after_seconds: float
    waits_seconds: float
    drawn: bool
    waiting: int
    awaiting: int


class PersonOut(Schema):
    """One enrollment before `step`: it waits from `origin_at` until `due_at`."""

    enrollment_id: int
    name: str
    step: str
    state: str
    reason: str
    origin_at: datetime
    due_at: datetime | None


class LineOut(Schema):
    """A sequence with those of its people who wait between two steps.

    Up to 60 all are there, then one of `people_per_dot`. `enrolled` counts everybody who ever was in it.
    """

    sequence_id: int
    name: str
    status: str
    enrolled: int
    on_the_way: int
    completed: int
    replied: int
    steps: list[StepOut]
    people_per_dot: int
    people: list[PersonOut]


class SaidOut(Schema):
    """A message in or out. `word` says what became of it or what kind of answer it is.

    `will_not_be_sent` counts what a finishing reply spared; `share` says how much of the delay before `step`
    had passed when the message came.
    """

    id: int
    at: datetime
    direction: str
    channel: str
    word: str
    reason: str
    contact: str
    text: str
    enrollment_id: int | None
    sequence_id: int | None
    step: str
    share: float
    state: str
    state_reason: str
    will_not_be_sent: int


class NextOut(Schema):
    """What happens next to one contact. `waits_for` is the hold reason of a touch that is held."""

    key: str
    at: datetime
    since: datetime
    contact: str
    sequence_id: int | None
    step: str
    kind: str
    job_type: str
    number: int
    sender: str
    waits_for: str


class SenderTroubleOut(Schema):
    """A mailbox that does not send at the moment, why, and when it is tried again."""

    sender_id: int
    name: str
    reason: str
    text: str
    until: datetime | None


class StopOut(Schema):
    """The emergency stop in force: nothing leaves the workspace."""

    at: datetime
    by: str


class WorkerOut(Schema):
    alive: bool
    seen_at: datetime | None


class BoardOut(Schema):
    """Everything that the live board shows, as of `now` on the server's clock."""

    now: datetime
    figures: FiguresOut
    lines: list[LineOut]
    just_now: list[SaidOut]
    next: list[NextOut]
    troubles: list[SenderTroubleOut]
    stop: StopOut | None
    worker: WorkerOut
