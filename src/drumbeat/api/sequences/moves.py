"""Unfinished enrollments moved to a version of their sequence: foreseen by step and by person, then asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Router, Schema, Status

from drumbeat.actions.enrollments import moving
from drumbeat.actions.enrollments.moving import Person
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body, Id
from drumbeat.api.enrollments.bulk import JobOut
from drumbeat.api.enrollments.schemas import ContactRef
from drumbeat.api.enrollments.view import contact_of
from drumbeat.api.idempotency import PARAMETER, idempotent
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS, UNSEEN
from drumbeat.clock import SystemClock

router = Router(tags=["sequences"])
StepKey = Annotated[str, Field(max_length=63)]
CourseWord = Literal["at_once", "when_settled", "same_version", "step_vanished", "step_behind"]


class MoveIn(Body):
    """`steps`: for steps that the version has no more, in which of its steps to go on; without one, people stay."""

    steps: dict[StepKey, StepKey] = Field(default_factory=dict, max_length=500)


class MoveStartIn(MoveIn):
    """`ids`: only these enrollments; without them all unfinished ones of the sequence."""

    ids: list[Id] | None = Field(default=None, max_length=10_000)


class MovePartOut(Schema):
    """Those who stand at one step of one version. `to` null: they stay, for the version has no such step.

    `out`: of them, whose message, task or draft is out; they move when it has settled. `behind`: of them, who did
    the step named instead already, and stay.
    """

    version: int
    step: str
    name: str
    kind: str
    people: int
    out: int
    behind: int
    to: str | None
    mapped: bool


class MovePreviewOut(Schema):
    """What the move would do now. `people` is everybody who has not finished and runs through another version."""

    version: int
    people: int
    at_once: int
    when_settled: int
    stay: int
    parts: list[MovePartOut]


class MovePersonOut(Schema):
    """One enrollment: its step and next date now, and after the move. `course` says when it moves, or why not."""

    id: int
    contact: ContactRef
    state: str
    version: int
    step: str | None
    due_at: datetime | None
    course: CourseWord
    to: str | None
    new_due_at: datetime | None


class MoveStartedOut(Schema):
    """A job in the background; `GET /jobs/{id}` tells how far it is."""

    job_id: int
    total: int


@router.post(
    "/sequences/{int:sequence_id}/versions/{int:number}/move-preview",
    response={200: MovePreviewOut, **REFUSALS},
    operation_id="preview_version_move",
)
def preview_version_move(
    request: MemberRequest, sequence_id: int, number: int, body: MoveIn
) -> MovePreviewOut:
    """Count by step what moving everybody to this version would do; nothing changes."""
    target = moving.target_of(request.member, sequence_id, number, body.steps)
    return MovePreviewOut.from_orm(moving.preview(request.member, target))


@router.post(
    "/sequences/{int:sequence_id}/versions/{int:number}/move-preview/people",
    response={200: Page[MovePersonOut], **REFUSALS},
    operation_id="preview_version_move_people",
)
def preview_version_move_people(
    request: MemberRequest, sequence_id: int, number: int, body: MoveIn, page: Paged
) -> Page[MovePersonOut]:
    """List who would move, each with the new next date; nothing changes."""
    now = SystemClock().now()
    target = moving.target_of(request.member, sequence_id, number, body.steps)
    rows = moving.rows_of(request.member, target).select_related("contact")
    return page_of(rows, ("id",), page, lambda shown: _people(moving.foreseen(target, shown, now)))


def _people(found: list[Person]) -> Iterator[MovePersonOut]:
    for one in found:
        yield MovePersonOut(
            id=one.row.pk,
            contact=contact_of(one.row.contact),
            state=one.row.state,
            version=one.version,
            step=one.row.step,
            due_at=one.row.due_at,
            course=one.course.value,
            to=one.to,
            new_due_at=one.due_at,
        )


@router.post(
    "/sequences/{int:sequence_id}/versions/{int:number}/moves",
    response={202: MoveStartedOut, **REFUSALS},
    operation_id="start_version_move",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def start_version_move(
    request: MemberRequest, sequence_id: int, number: int, body: MoveStartIn
) -> Status[MoveStartedOut]:
    """Move unfinished enrollments to this version: at once, or when what is out has settled; the last request wins."""
    target = moving.target_of(request.member, sequence_id, number, body.steps)
    job_id, total = moving.start(request.member, target, SystemClock().now(), ids=body.ids)
    return Status(202, MoveStartedOut(job_id=job_id, total=total))


@router.post("/jobs/{int:job_id}/cancel", response={200: JobOut, **UNSEEN}, operation_id="cancel_job")
def cancel_job(request: MemberRequest, job_id: int) -> JobOut:
    """End a job that moves enrollments; what it has done stays done."""
    return JobOut.from_orm(moving.cancel(request.member, job_id, SystemClock().now()))
