"""Enrollments: listed, counted, shown, explained; paused, resumed, stopped one by one."""

from __future__ import annotations

from typing import Annotated

from ninja import Field, Query, Router, Schema

from drumbeat.actions import access
from drumbeat.actions.enrollments import explaining, showing, verbs
from drumbeat.actions.enrollments import listing as enrollment_list
from drumbeat.actions.enrollments.verbs import VerbAnswer
from drumbeat.api.auth import MemberRequest
from drumbeat.api.board.kept import Kept
from drumbeat.api.bodies import Body
from drumbeat.api.enrollments import view
from drumbeat.api.enrollments.counts import counts_out
from drumbeat.api.enrollments.detail import detail_out, why_out
from drumbeat.api.enrollments.schemas import (
    EnrollmentCountsOut,
    EnrollmentDetailOut,
    EnrollmentOut,
    ListIn,
    WhyOut,
)
from drumbeat.api.idempotency import PARAMETER, idempotent
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS, UNSEEN
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.store.enrollment_lists import ORDERS, ordered

router = Router(tags=["enrollments"])
_kept = Kept()

SENTENCES = {
    "not_found": "There is no such enrollment in this workspace.",
    "enrollment_finished": "The enrollment is finished. Enroll the contact anew.",
    "already_paused": "The enrollment is paused already.",
    "not_paused": "The enrollment is neither paused nor blocked.",
    "review_pending": "The enrollment waits for review. Approve or reject it.",
    "not_in_review": "The enrollment does not wait for review.",
    "interrupted": "Nobody knows whether the last message arrived. Say that first.",
    "not_in_doubt": "No message of this enrollment is in doubt.",
}


class MovedOut(Schema):
    """Where the enrollment stands now.

    `handed_over`: steps whose message is on the wire and is not recalled. `not_sent`: what a stop leaves out.
    """

    id: int
    state: str
    reason: str
    handed_over: list[str]
    not_sent: list[str]


class ResumeIn(Body):
    """With `shift`, the dates move by the length of the pause."""

    shift: bool = Field(default=False)


@router.get("/enrollments", response={200: Page[EnrollmentOut], **REFUSALS}, operation_id="list_enrollments")
def list_enrollments(
    request: MemberRequest, asked: Annotated[ListIn, Query()], page: Paged
) -> Page[EnrollmentOut]:
    """List enrollments: of a sequence, of a contact, in a state, at a step, by a sender."""
    now = SystemClock().now()
    rows = enrollment_list.rows_of(request.member, asked.query())
    rows = ordered(rows, asked.sort).prefetch_related(*view.NEEDED)
    return page_of(rows, ORDERS[asked.sort], page, lambda found: view.page(found, now))


@router.get(
    "/enrollments/counts", response={200: EnrollmentCountsOut, **UNSEEN}, operation_id="count_enrollments"
)
def count_enrollments(request: MemberRequest, sequence_id: int) -> EnrollmentCountsOut:
    """Count a sequence's enrollments by state, step and sender."""
    member = request.member
    access.require(member, "enrollments.view")
    key = ("counts", member.pk, access.only_owner(member), sequence_id)
    counts = _kept.ask(key, lambda: enrollment_list.counts_of(member, sequence_id))
    return counts_out(member, sequence_id, counts)


@router.get(
    "/enrollments/{int:enrollment_id}",
    response={200: EnrollmentDetailOut, **UNSEEN},
    operation_id="get_enrollment",
)
def get_enrollment(request: MemberRequest, enrollment_id: int) -> EnrollmentDetailOut:
    """Show one enrollment: where it stands, what it did, what it would do next."""
    now = SystemClock().now()
    return detail_out(showing.show(request.member, enrollment_id, now), request.member, now)


@router.get(
    "/enrollments/{int:enrollment_id}/why",
    response={200: WhyOut, **UNSEEN},
    operation_id="explain_enrollment",
)
def explain_enrollment(request: MemberRequest, enrollment_id: int) -> WhyOut:
    """Say why it stands where it stands: the decisions in order, what it waits for, what a person can do."""
    now = SystemClock().now()
    return why_out(explaining.why(request.member, enrollment_id, now), request.member, now)


@router.post(
    "/enrollments/{int:enrollment_id}/pause",
    response={200: MovedOut, **REFUSALS},
    operation_id="pause_enrollment",
)
def pause_enrollment(request: MemberRequest, enrollment_id: int) -> MovedOut:
    """Pause: nothing is sent until it is resumed; the dates stay."""
    return _ask(request, enrollment_id, Verb(kind=VerbKind.PAUSE))


@router.post(
    "/enrollments/{int:enrollment_id}/resume",
    response={200: MovedOut, **REFUSALS},
    operation_id="resume_enrollment",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def resume_enrollment(request: MemberRequest, enrollment_id: int, body: ResumeIn) -> MovedOut:
    """Resume: what is past due goes at the next opening, under the caps. A blocked one tries its cause again."""
    return _ask(request, enrollment_id, Verb(kind=VerbKind.RESUME, shift=body.shift))


@router.post(
    "/enrollments/{int:enrollment_id}/stop",
    response={200: MovedOut, **REFUSALS},
    operation_id="stop_enrollment",
)
def stop_enrollment(request: MemberRequest, enrollment_id: int) -> MovedOut:
    """Stop for good; the contact can be enrolled anew."""
    return _ask(request, enrollment_id, Verb(kind=VerbKind.STOP))


def _ask(request: MemberRequest, enrollment_id: int, verb: Verb) -> MovedOut:
    answer: VerbAnswer = verbs.apply(request.member, [enrollment_id], verb, SystemClock().now())[0]
    if not answer.done:
        raise DomainError(answer.code, SENTENCES.get(answer.code, "The enrollment cannot be moved so."))
    return MovedOut(
        id=answer.id,
        state=answer.state,
        reason=answer.reason,
        handed_over=list(answer.handed_over),
        not_sent=list(answer.not_sent),
    )
