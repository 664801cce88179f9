"""The routes of kind B, an API of their own: bearer keys only, no cookie ever opens it."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI

from drumbeat.actions.enrollments import by_resource as resource_enrollments
from drumbeat.actions.sequences import published
from drumbeat.api.auth import MemberKey, MemberRequest
from drumbeat.api.compat import errors, shapes
from drumbeat.api.compat.requests import ChangeIn, EnrollIn, Enrollments, FinishIn, SequencesPage
from drumbeat.api.compat.shapes import Answer, Collection
from drumbeat.api.idempotency import PARAMETER, idempotent
from drumbeat.api.reading import Reader
from drumbeat.clock import SystemClock

api = NinjaAPI(
    title="drumbeat, kind B",
    version="2",
    auth=MemberKey(),
    parser=Reader(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="kind_b",
)
errors.install(api)


@api.get("/sequences", response=Collection, operation_id="list_sequences_v2")
def list_sequences(request: MemberRequest, asked: SequencesPage) -> Any:
    """List the sequences in which people can be enrolled."""
    found, count = published.find(request.member, asked.offset, asked.per_page)
    return shapes.collection([shapes.sequence(one) for one in found], count)


@api.get("/sequences/{int:sequence_id}", response=Answer, operation_id="show_sequence_v2")
def show_sequence(request: MemberRequest, sequence_id: int) -> Any:
    """Show one sequence, whatever its status."""
    return shapes.sequence(published.read(request.member, sequence_id))


@api.get("/sequence_enrollments", response=Collection, operation_id="list_enrollments_v2")
def list_enrollments(request: MemberRequest, asked: Enrollments) -> Any:
    """List enrollments, the oldest first."""
    found, count = resource_enrollments.find(request.member, asked.wanted(), SystemClock().now())
    return shapes.enrollments(found, count, asked.resource_type or "")


@api.post(
    "/sequence_enrollments",
    response=Answer,
    operation_id="enroll_v2",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def enroll(request: MemberRequest, body: EnrollIn) -> Answer:
    """Enroll one contact in one sequence."""
    shown = resource_enrollments.enroll(request.member, body.data.order(), SystemClock().now())
    return Answer.model_validate(shapes.enrollment(shown))


@api.post(
    "/sequence_enrollments/finish_ongoing_for_resource",
    response=Answer,
    operation_id="finish_ongoing_v2",
)
def finish_ongoing(request: MemberRequest, body: FinishIn) -> Any:
    """Finish the unfinished enrollments of one contact, in some sequences or in all."""
    asked = body.data
    found = resource_enrollments.finish_ongoing(
        request.member, asked.resource_id, asked.sequence_ids or (), SystemClock().now()
    )
    return shapes.finished(found, asked.resource_type)


@api.get("/sequence_enrollments/{int:enrollment_id}", response=Answer, operation_id="show_enrollment_v2")
def show_enrollment(request: MemberRequest, enrollment_id: int) -> Any:
    """Show one enrollment: what it did, then what it would do."""
    return shapes.enrollment(resource_enrollments.read(request.member, enrollment_id, SystemClock().now()))


@api.put("/sequence_enrollments/{int:enrollment_id}", response=Answer, operation_id="change_enrollment_v2")
def change_enrollment(request: MemberRequest, enrollment_id: int, body: ChangeIn) -> Any:
    """Resume, pause or finish an enrollment."""
    state = body.state()
    return shapes.enrollment(
        resource_enrollments.set_state(request.member, enrollment_id, state, SystemClock().now())
    )
