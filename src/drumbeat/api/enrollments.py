"""What people ask of one enrollment: pause, resume, stop."""

from __future__ import annotations

from ninja import Field, Router, Schema

from drumbeat.actions import enrollment_verbs
from drumbeat.actions.enrollment_verbs import VerbAnswer
from drumbeat.api.auth import MemberRequest
from drumbeat.api.problems import Problem
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import Verb, VerbKind

router = Router(tags=["enrollments"])

SENTENCES = {
    "not_found": "There is no such enrollment in this workspace.",
    "enrollment_finished": "The enrollment is finished. Enroll the contact anew.",
    "already_paused": "The enrollment is paused already.",
    "not_paused": "The enrollment is neither paused nor blocked.",
    "review_pending": "The enrollment waits for review. Approve or reject it.",
    "interrupted": "Nobody knows whether the last message arrived. Say that first.",
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


class ResumeIn(Schema):
    """With `shift`, the dates move by the length of the pause."""

    shift: bool = Field(default=False)


@router.post(
    "/enrollments/{enrollment_id}/pause",
    response={200: MovedOut, 401: Problem, 403: Problem, 404: Problem, 422: Problem},
    operation_id="pause_enrollment",
)
def pause_enrollment(request: MemberRequest, enrollment_id: int) -> MovedOut:
    """Pause: nothing is sent until it is resumed; the dates stay."""
    return _ask(request, enrollment_id, Verb(kind=VerbKind.PAUSE))


@router.post(
    "/enrollments/{enrollment_id}/resume",
    response={200: MovedOut, 401: Problem, 403: Problem, 404: Problem, 422: Problem},
    operation_id="resume_enrollment",
)
def resume_enrollment(request: MemberRequest, enrollment_id: int, body: ResumeIn) -> MovedOut:
    """Resume: what is past due goes at the next opening, under the caps."""
    return _ask(request, enrollment_id, Verb(kind=VerbKind.RESUME, shift=body.shift))


@router.post(
    "/enrollments/{enrollment_id}/stop",
    response={200: MovedOut, 401: Problem, 403: Problem, 404: Problem, 422: Problem},
    operation_id="stop_enrollment",
)
def stop_enrollment(request: MemberRequest, enrollment_id: int) -> MovedOut:
    """Stop for good; the contact can be enrolled anew."""
    return _ask(request, enrollment_id, Verb(kind=VerbKind.STOP))


def _ask(request: MemberRequest, enrollment_id: int, verb: Verb) -> MovedOut:
    answer: VerbAnswer = enrollment_verbs.apply(request.member, [enrollment_id], verb, SystemClock().now())[0]
    if not answer.done:
        raise DomainError(answer.code, SENTENCES.get(answer.code, "The enrollment cannot be moved so."))
    return MovedOut(
        id=answer.id,
        state=answer.state,
        reason=answer.reason,
        handed_over=list(answer.handed_over),
        not_sent=list(answer.not_sent),
    )
