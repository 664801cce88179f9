"""The shapes of simulations: what is asked, and the one form that the command line prints too."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema
from pydantic.config import JsonDict

from drumbeat.actions.sequences.cast import MOST_PEOPLE
from drumbeat.actions.sequences.simulating import MOST_DAYS, USUAL_DAYS
from drumbeat.api.bodies import Body, Id
from drumbeat.core.rehearsal.script import MOST_ENTRIES

DELAY: JsonDict = {"pattern": "^[0-9]+(m|h|d|wd|w)$", "examples": ["2d"]}


class RateIn(Body):
    """Of a hundred messages so many bring `event`, within that time; one that names a step holds for that step."""

    event: str = Field(max_length=200)
    percent: float = Field(ge=0, le=100)
    step: str = Field(default="", max_length=200)
    within: str = Field(default="2d", json_schema_extra=dict(DELAY))


class TasksIn(Body):
    """Of a hundred tasks so many are done, so long after they are created."""

    percent: float = Field(default=100, ge=0, le=100)
    after: str = Field(default="1d", json_schema_extra=dict(DELAY))


class DecisionIn(Body):
    """An AI step answers so many of a hundred people so."""

    step: str = Field(max_length=200)
    answer: str = Field(max_length=200)
    percent: float = Field(default=100, ge=0, le=100)


class StoryIn(Body):
    """What one contact does: `after` the message of `step` left, or without one after the start."""

    contact: str = Field(max_length=200)
    event: str = Field(max_length=200)
    step: str = Field(default="", max_length=200)
    after: str = Field(default="1d", json_schema_extra=dict(DELAY))


class ScriptIn(Body):
    """How people behave; empty: every message arrives, nobody answers, tasks are done a day later."""

    seed: int = Field(default=0, ge=0, le=2**53 - 1)
    rates: list[RateIn] = Field(default=[], max_length=MOST_ENTRIES)
    tasks: TasksIn = TasksIn()
    decisions: list[DecisionIn] = Field(default=[], max_length=MOST_ENTRIES)
    stories: list[StoryIn] = Field(default=[], max_length=MOST_ENTRIES)


class SimulationIn(Body):
    """For whom, at most one of four ways; without any, 100 imagined people.

    `version`: a number, "draft" for the working copy, null for what new enrollments get.
    """

    version: int | Literal["draft"] | None = None
    people: int | None = Field(default=None, ge=1, le=MOST_PEOPLE)
    list_id: int | None = None
    segment_id: int | None = None
    contact_ids: list[Id] | None = Field(default=None, max_length=MOST_PEOPLE)
    days: int = Field(default=USUAL_DAYS, ge=1, le=MOST_DAYS)
    script: ScriptIn = ScriptIn()


class SimulatedSequenceOut(Schema):
    """`version` null: the working copy."""

    id: int
    name: str
    version: int | None


class SimulatedSenderOut(Schema):
    id: int
    address: str
    zone: str


class SimulatedVolumeOut(Schema):
    """One local day of a sender. `waiting`: due by its end and not sent; `cap` null: it has none."""

    day: date
    sender_id: int
    sent: int
    waiting: int
    cap: int | None


class SimulatedWaitOut(Schema):
    """Messages due on `day` that leave later, and why; `longest_minutes` of those that leave at all."""

    day: date
    sender_id: int
    reason: Literal["cap_day", "cap_hour", "cap_minute", "spacing", "retry", "hold"]
    messages: int
    longest_minutes: int


class SimulatedEndOut(Schema):
    """How many people stand so in the end; `reason` of a finish, pause or block."""

    state: str
    reason: str
    people: int


class SimulatedStepOut(Schema):
    """`entered` counts visits, `done` messages sent and tasks and actions carried out; the rest is by reason or way.

    Of what is done, half lies before `median_at`, and the middle half from `middle_from` to `middle_until`; null where
    nothing is done, and in results kept from before these were told.
    """

    key: str
    kind: str
    name: str
    entered: int
    done: int
    standing: int
    skipped: dict[str, int]
    failed: dict[str, int]
    ways: dict[str, int]
    first_at: datetime | None
    middle_from: datetime | None = None
    median_at: datetime | None = None
    middle_until: datetime | None = None
    last_at: datetime | None


class SimulationOut(Schema):
    """What would happen. `ended_at`: the last moment at which anything was due, `until` the end of the time given.

    `left_out`: who does not begin, since enough people of the same company do.
    """

    format: int
    sequence: SimulatedSequenceOut
    of: Literal["imagined", "list", "segment", "contacts"]
    people: int
    left_out: int = 0
    days: int
    seed: int
    zone: str
    starts_at: datetime
    until: datetime
    ended_at: datetime
    messages: int
    first_send_at: datetime | None
    last_send_at: datetime | None
    senders: list[SimulatedSenderOut]
    volumes: list[SimulatedVolumeOut]
    waits: list[SimulatedWaitOut]
    ends: list[SimulatedEndOut]
    steps: list[SimulatedStepOut]


class SimulationStateOut(Schema):
    """`job_id` null: few people, simulated at once. Else ask again until `state` is done, failed or cancelled."""

    job_id: int | None
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    percent: int
    fault: str
    simulation: SimulationOut | None
