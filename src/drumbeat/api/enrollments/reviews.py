"""Reviews: enrollments that wait for a yes or no before anything of them runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Query, Router, Schema

from drumbeat.actions.enrollments import bulk, reviewing, verbs
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body, Id
from drumbeat.api.enrollments import view
from drumbeat.api.enrollments.routes import SENTENCES
from drumbeat.api.enrollments.schemas import MOST_IDS, EnrollmentOut, MovedItemOut, MovedManyOut
from drumbeat.api.idempotency import PARAMETER, idempotent
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS, Problem
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.models import Enrollment, Job
from drumbeat.store.enrollment_lists import ORDERS, EnrollmentQuery

router = Router(tags=["enrollments"])


class ReviewFilterIn(Schema):
    """`q` is a search for the contact."""

    sequence_id: int | None = None
    q: str = Field(default="", max_length=200)

    def query(self) -> EnrollmentQuery:
        return EnrollmentQuery(sequence_id=self.sequence_id, q=self.q)


class ReviewListIn(ReviewFilterIn):
    sort: Literal["newest", "oldest"] = "oldest"


class ReviewFilterBody(ReviewFilterIn, Body):
    """The same filter in a body, where nothing else may stand."""


class DecideIn(Body):
    """Either `ids`, or `all` that fit a filter; an empty filter means everybody who waits."""

    ids: list[Id] = Field(default_factory=list, max_length=MOST_IDS)
    all: ReviewFilterBody | None = None


class ReviewOut(EnrollmentOut):
    """`asked_at`: since when it waits. `enrolled_by` is empty where no member did it."""

    asked_at: datetime
    enrolled_by: str
    source: str


class ReviewsOfSequenceOut(Schema):
    sequence_id: int
    sequence: str
    people: int


class ReviewCountsOut(Schema):
    """How many wait in all, and in which sequences."""

    people: int
    sequences: list[ReviewsOfSequenceOut]


@router.get("/reviews", response={200: Page[ReviewOut], **REFUSALS}, operation_id="list_reviews")
def list_reviews(
    request: MemberRequest, asked: Annotated[ReviewListIn, Query()], page: Paged
) -> Page[ReviewOut]:
    """List who waits for review: in a sequence, or in the workspace."""
    now = SystemClock().now()
    rows = reviewing.rows_of(request.member, asked.query()).prefetch_related(*view.NEEDED, "enrolled_by")
    return page_of(rows, ORDERS[asked.sort], page, lambda found: _shown(found, now))


def _shown(rows: Sequence[Enrollment], now: datetime) -> Iterator[ReviewOut]:
    for row, seen in zip(rows, view.page(rows, now), strict=True):
        yield ReviewOut(
            **seen.model_dump(),
            asked_at=row.created_at,
            enrolled_by=row.enrolled_by.name if row.enrolled_by else "",
            source=row.source,
        )


@router.get(
    "/reviews/counts",
    response={200: ReviewCountsOut, 401: Problem, 403: Problem},
    operation_id="count_reviews",
)
def count_reviews(request: MemberRequest) -> ReviewCountsOut:
    """Count who waits for review, by sequence."""
    found = [ReviewsOfSequenceOut.from_orm(one) for one in reviewing.counts(request.member)]
    return ReviewCountsOut(people=sum(one.people for one in found), sequences=found)


@router.post(
    "/reviews/approve",
    response={200: MovedManyOut, **REFUSALS},
    operation_id="approve_enrollments",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def approve_enrollments(request: MemberRequest, body: DecideIn) -> MovedManyOut:
    """Let them start: the first delay counts from now. Who may not be written to any more finishes instead."""
    return _decide(request, body, VerbKind.APPROVE)


@router.post("/reviews/reject", response={200: MovedManyOut, **REFUSALS}, operation_id="reject_enrollments")
def reject_enrollments(request: MemberRequest, body: DecideIn) -> MovedManyOut:
    """Finish them before anything is sent."""
    return _decide(request, body, VerbKind.REJECT)


def _decide(request: MemberRequest, body: DecideIn, kind: VerbKind) -> MovedManyOut:
    if bool(body.ids) == (body.all is not None):
        raise DomainError("selection_invalid", "Give either ids or all, and not both.")
    now = SystemClock().now()
    if body.all is not None:
        job_id = reviewing.decide_all(request.member, body.all.query(), kind, now)
        return MovedManyOut(answers=[], counts={}, job_id=job_id, total=Job.objects.get(id=job_id).total or 0)
    answers = [
        MovedItemOut(
            id=one.id,
            code=one.code or bulk.DONE,
            detail=SENTENCES.get(one.code, ""),
            state=one.state,
            reason=one.reason,
            handed_over=list(one.handed_over),
            not_sent=list(one.not_sent),
        )
        for one in verbs.apply(request.member, body.ids, Verb(kind=kind), now)
    ]
    counted = Counter(answer.code for answer in answers)
    return MovedManyOut(answers=answers, counts=dict(counted), job_id=None, total=len(answers))
