"""What the routes of enrollments take and answer."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from drumbeat.api.bodies import Body, Id
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.errors import DomainError
from drumbeat.core.touch import Resolution
from drumbeat.store.enrollment_lists import EnrollmentQuery, Group, Met, Sort

MOST_IDS = 500


Mark = Literal["done", "now", "blocked", "ahead", "left_out"]


class ContactRef(Schema):
    id: int
    name: str
    email: str
    company: str
    time_zone: str


class SenderRef(Schema):
    id: int
    name: str
    address: str


class MarkOut(Schema):
    """A step on the small strip: `day` counts from the start, `mark` is done, now, blocked, ahead or left_out."""

    step: str
    kind: str
    job_type: str
    day: float
    mark: Mark


class NextActionOut(Schema):
    """What comes next: `status` is the touch's, "" before one is written; `at` null: nobody can say when."""

    step: str
    kind: str
    job_type: str
    name: str
    status: str
    at: datetime | None
    hold: str


class LastOut(Schema):
    """The last line of the journal."""

    at: datetime
    rule: str
    reason: str
    step: str
    number: int


class EnrollmentOut(Schema):
    """One row. `position` of `steps`: where it stands among the steps that reach people; `ahead`: how many are left."""

    id: int
    sequence_id: int
    sequence: str
    contact: ContactRef
    state: str
    reason: str
    resume_at: datetime | None
    step: str | None
    position: int
    steps: int
    ahead: int
    strip: list[MarkOut]
    next: NextActionOut | None
    sender: SenderRef | None
    last: LastOut | None
    created_at: datetime
    finished_at: datetime | None


class FilterIn(Schema):
    """Which enrollments; what is left out does not narrow. `group` is what a chip means, `q` searches the contact.

    `step`: where they stand now. `met`: what they met at `met_step` at any time; `met_reason`: why, or which way.
    """

    sequence_id: int | None = None
    contact_id: int | None = None
    group: Group | None = None
    state: EnrollmentState | None = None
    reason: str = Field(default="", max_length=40)
    step: str = Field(default="", max_length=63)
    met: Met | None = None
    met_step: str = Field(default="", max_length=63)
    met_reason: str = Field(default="", max_length=200)
    sender_id: int | None = None
    q: str = Field(default="", max_length=200)

    def query(self) -> EnrollmentQuery:
        if (self.met is None) != (not self.met_step):
            raise DomainError(
                "filter_incomplete", "`met` and `met_step` belong together: what, and at which step."
            )
        asked = {name: getattr(self, name) for name in FilterIn.model_fields}
        return EnrollmentQuery(**{**asked, "state": self.state.value if self.state else ""})


class ListIn(FilterIn):
    sort: Sort = "newest"


class FilterBody(FilterIn, Body):
    """The same filter in a body, where nothing else may stand."""


class CountOut(Schema):
    value: str
    count: int


class StateCountOut(Schema):
    state: str
    reason: str
    count: int


class SenderCountOut(Schema):
    sender: SenderRef
    count: int


class StepCountOut(Schema):
    step: str
    kind: str
    job_type: str
    name: str
    number: int
    count: int


class EnrollmentCountsOut(Schema):
    """How many there are: by group and by state with reason, and of the unfinished by step and by sender."""

    total: int
    groups: list[CountOut]
    states: list[StateCountOut]
    steps: list[StepCountOut]
    senders: list[SenderCountOut]


class SelectionIn(Body):
    """Either `ids` or `all`, a filter that names a sequence or a contact."""

    ids: list[Id] = Field(default_factory=list, max_length=MOST_IDS)
    all: FilterBody | None = None


class PauseIn(SelectionIn):
    pass


class ResumeManyIn(SelectionIn):
    """With `shift`, the dates move by the length of the pause."""

    shift: bool = False


class ResolveIn(SelectionIn):
    """What became of the messages in doubt: they arrived, are to be sent again (same Message-ID), or skipped."""

    resolution: Resolution


class MovedItemOut(Schema):
    """`code` is done, or why not. `handed_over` is on the wire and not recalled, `not_sent` is left out by a stop."""

    id: int
    code: str
    detail: str
    state: str
    reason: str
    handed_over: list[str]
    not_sent: list[str]


class MovedManyOut(Schema):
    """Answers per item where ids were given; for a filter the job that carries it out."""

    answers: list[MovedItemOut]
    counts: dict[str, int]
    job_id: int | None
    total: int


class StopReachOut(Schema):
    """`steps_ahead`: messages and tasks that would not run if these were stopped."""

    enrollments: int
    steps_ahead: int


class SeenOut(Schema):
    """That a mail was opened or clicked by a human, or by a machine and how one could tell; `at` is the first time."""

    word: str
    visitor: str
    reason: str
    url: str
    at: datetime
    count: int


class TimelineOut(Schema):
    """One step: done ones have `executed_at`, those to come an `estimated_execute_at`, null where nobody can say."""

    position: int
    step: str
    visit: int
    kind: str
    job_type: str
    name: str
    delay: str
    status: str
    reason: str
    hold: str
    due_at: datetime | None
    executed_at: datetime | None
    estimated_execute_at: datetime | None
    overdue: bool
    task_id: int | None
    task_content: str | None
    subject: str
    seen: list[SeenOut]


class EnrollmentDetailOut(EnrollmentOut):
    """`moving_to`: the version it goes over to when what is out has settled."""

    version: int
    moving_to: int | None
    source: str
    enrolled_by: str
    finished_by: str
    timeline: list[TimelineOut]


class WhyLineOut(Schema):
    """One decision; `read` names the fields that it looked at."""

    at: datetime
    rule: str
    reason: str
    sentence: str
    step: str
    kind: str
    job_type: str
    number: int
    visit: int
    read: list[str]


class WhyOut(Schema):
    """`hold`: what holds the step at hand; `next_at`: when it goes on by itself; `acts`: what a person can do."""

    id: int
    contact: ContactRef
    state: str
    reason: str
    fault: str
    lines: list[WhyLineOut]
    now: str
    next: NextActionOut | None
    next_at: datetime | None
    hold: str
    sender: SenderRef | None
    sender_trouble: str
    acts: list[str]
