"""Verbs over many enrollments: chosen ones answer one by one, all that fit a filter are a job."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from ninja import Router, Schema

from drumbeat.actions import jobs
from drumbeat.actions.enrollments import bulk, interrupted, verbs
from drumbeat.actions.enrollments import listing as enrollment_list
from drumbeat.api.auth import MemberRequest
from drumbeat.api.enrollments.routes import SENTENCES
from drumbeat.api.enrollments.schemas import (
    MovedItemOut,
    MovedManyOut,
    PauseIn,
    ResolveIn,
    ResumeManyIn,
    SelectionIn,
    StopReachOut,
)
from drumbeat.api.idempotency import PARAMETER, idempotent
from drumbeat.api.problems import REFUSALS, UNSEEN
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.touch import Resolution
from drumbeat.models import Job
from drumbeat.store.enrollment_lists import EnrollmentQuery

router = Router(tags=["enrollments"])


@router.post("/enrollments/pause", response={200: MovedManyOut, **REFUSALS}, operation_id="pause_enrollments")
def pause_enrollments(request: MemberRequest, body: PauseIn) -> MovedManyOut:
    """Pause many: nothing of them is sent until they are resumed; the dates stay."""
    return _move(request, body, Verb(kind=VerbKind.PAUSE))


@router.post(
    "/enrollments/resume",
    response={200: MovedManyOut, **REFUSALS},
    operation_id="resume_enrollments",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def resume_enrollments(request: MemberRequest, body: ResumeManyIn) -> MovedManyOut:
    """Resume many. What is past due goes at the next opening, under the caps; blocked ones try their cause again."""
    return _move(request, body, Verb(kind=VerbKind.RESUME, shift=body.shift))


@router.post("/enrollments/stop", response={200: MovedManyOut, **REFUSALS}, operation_id="stop_enrollments")
def stop_enrollments(request: MemberRequest, body: SelectionIn) -> MovedManyOut:
    """Stop many for good; each answer says what is not sent."""
    return _move(request, body, Verb(kind=VerbKind.STOP))


@router.post(
    "/enrollments/resolve",
    response={200: MovedManyOut, **REFUSALS},
    operation_id="resolve_enrollments",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def resolve_enrollments(request: MemberRequest, body: ResolveIn) -> MovedManyOut:
    """Say what became of messages in doubt."""
    return _move(request, body, body.resolution)


@router.post(
    "/enrollments/reach", response={200: StopReachOut, **REFUSALS}, operation_id="reach_of_enrollments"
)
def reach_of_enrollments(request: MemberRequest, body: SelectionIn) -> StopReachOut:
    """Count what a stop of these would leave out; changes nothing."""
    asked, ids = _meant(body)
    reach = enrollment_list.reach_of(request.member, asked, ids)
    return StopReachOut(enrollments=reach.enrollments, steps_ahead=reach.steps_ahead)


class JobOut(Schema):
    """Work in the background: `state` is waiting, running, done, failed or cancelled; `result` counts by code."""

    id: int
    kind: str
    state: str
    done: int
    total: int | None
    result: dict[str, object]
    fault: str
    created_at: datetime
    finished_at: datetime | None


@router.get("/jobs/{int:job_id}", response={200: JobOut, **UNSEEN}, operation_id="get_job")
def get_job(request: MemberRequest, job_id: int) -> JobOut:
    """Tell how far a job of the workspace is."""
    return JobOut.from_orm(jobs.find(request.member, job_id))


def _meant(body: SelectionIn) -> tuple[EnrollmentQuery, list[int] | None]:
    if bool(body.ids) == (body.all is not None):
        raise DomainError("selection_invalid", "Give either ids or all, and not both.")
    return (body.all.query(), None) if body.all is not None else (EnrollmentQuery(), body.ids)


def _move(request: MemberRequest, body: SelectionIn, verb: Verb | Resolution) -> MovedManyOut:
    asked, ids = _meant(body)
    now = SystemClock().now()
    if ids is None:
        job_id = bulk.start(request.member, asked, verb, now)
        return MovedManyOut(answers=[], counts={}, job_id=job_id, total=Job.objects.get(id=job_id).total or 0)
    answers = _answers(request, ids, verb, now)
    counts = Counter(answer.code for answer in answers)
    return MovedManyOut(answers=answers, counts=dict(counts), job_id=None, total=len(answers))


def _answers(
    request: MemberRequest, ids: Sequence[int], verb: Verb | Resolution, now: datetime
) -> list[MovedItemOut]:
    if isinstance(verb, Resolution):
        found = interrupted.resolve(request.member, ids, verb, now)
        return [_item(one.id, one.code, one.state, one.reason) for one in found]
    return [
        _item(one.id, one.code, one.state, one.reason, one.handed_over, one.not_sent)
        for one in verbs.apply(request.member, ids, verb, now)
    ]


def _item(
    id_: int,
    code: str,
    state: str,
    reason: str,
    handed_over: Sequence[str] = (),
    not_sent: Sequence[str] = (),
) -> MovedItemOut:
    return MovedItemOut(
        id=id_,
        code=code or bulk.DONE,
        detail=SENTENCES.get(code, ""),
        state=state,
        reason=reason,
        handed_over=list(handed_over),
        not_sent=list(not_sent),
    )
