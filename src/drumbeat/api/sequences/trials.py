"""Trying a sequence out: what a mail looks like, a test mail, a forecast; and what the editor offers."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Query, Router, Status

from drumbeat.actions.sequences import forecast, offers, previews, text_tests
from drumbeat.actions.sequences import tests as sequence_tests
from drumbeat.actions.sequences.previews import Asked
from drumbeat.api.auth import MemberRequest
from drumbeat.api.idempotency import HEADER, PARAMETER, idempotent
from drumbeat.api.problems import REFUSALS, UNSEEN, Problem
from drumbeat.api.sequences import content_view as view
from drumbeat.api.sequences.content_schemas import (
    ForecastOut,
    MergeTagOut,
    PreviewIn,
    PreviewOut,
    StepKindOut,
    TestSendIn,
    TestSendOut,
)
from drumbeat.clock import SystemClock
from drumbeat.core.document import document_schema

router = Router(tags=["sequences"])


@router.post(
    "/sequences/{int:sequence_id}/preview",
    response={200: PreviewOut, **REFUSALS},
    operation_id="preview_step",
)
def preview_step(request: MemberRequest, sequence_id: int, body: PreviewIn) -> PreviewOut:
    """Write a step for one contact as the engine would, and say what could not be written."""
    seen = previews.preview(request.member, sequence_id, Asked(**body.model_dump()), SystemClock().now())
    return view.preview(seen)


@router.post(
    "/sequences/{int:sequence_id}/test-send",
    response={202: TestSendOut, **REFUSALS},
    operation_id="send_step_test",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def send_step_test(request: MemberRequest, sequence_id: int, body: TestSendIn) -> Status[TestSendOut]:
    """Send a step to an address or number of one's own, now and once. Suppression and caps hold; windows do not."""
    send = text_tests.send if body.to_phone else sequence_tests.send
    sent = send(
        request.member,
        sequence_id,
        Asked(**body.model_dump(exclude={"to", "to_phone"})),
        body.to_phone or body.to or "",
        SystemClock().now(),
        client_key=request.headers.get(HEADER, "").strip(),
    )
    return Status(202, view.test_send(sent))


@router.get("/test-sends/{int:touch_id}", response={200: TestSendOut, **UNSEEN}, operation_id="get_step_test")
def get_step_test(request: MemberRequest, touch_id: int) -> TestSendOut:
    """Say what became of a test mail or text."""
    return view.test_send(sequence_tests.outcome(request.member, touch_id))


@router.get(
    "/sequences/{int:sequence_id}/forecast",
    response={200: ForecastOut, **REFUSALS},
    operation_id="forecast_sequence",
)
def forecast_sequence(
    request: MemberRequest,
    sequence_id: int,
    list_id: Annotated[int | None, Query()] = None,
    people: Annotated[int | None, Query(ge=1, le=forecast.MOST_PEOPLE)] = None,
) -> ForecastOut:
    """Say what activating or publishing the working copy would bring, at today's caps, if nobody answers.

    For the people on a list, for so many imagined ones, or (without both) for as many as now run through it.
    """
    made = forecast.forecast(request.member, sequence_id, SystemClock().now(), list_id=list_id, people=people)
    return view.forecast(made)


@router.get("/step-kinds", response={200: list[StepKindOut], 401: Problem}, operation_id="list_step_kinds")
def list_step_kinds(request: MemberRequest) -> list[StepKindOut]:
    """List the kinds of steps, and what those lack that cannot be used here."""
    return [view.step_kind(each) for each in offers.step_kinds(request.member)]


@router.get("/merge-tags", response={200: list[MergeTagOut], 401: Problem}, operation_id="list_merge_tags")
def list_merge_tags(request: MemberRequest) -> list[MergeTagOut]:
    """List the merge tags that texts of this workspace may use."""
    return [view.merge_tag(each) for each in offers.merge_tags(request.member)]


@router.get(
    "/flow-document-schema", response={200: dict[str, Any], 401: Problem}, operation_id="get_flow_schema"
)
def get_flow_schema(request: MemberRequest) -> dict[str, Any]:
    """Return the JSON Schema of a flow document."""
    return document_schema()
