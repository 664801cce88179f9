"""Calling a webhook step once, now."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Router, Schema

from drumbeat.actions.sequences.previews import Asked
from drumbeat.actions.sequences.trying_webhooks import TriedCall, try_call
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.problems import REFUSALS, Problem
from drumbeat.clock import SystemClock

router = Router(tags=["sequences"])


class TryCallIn(Body):
    """The webhook step `step` of `document`, or of the saved working copy; without a contact for an imagined one."""

    step: str
    document: dict[str, Any] | None = None
    contact_id: int | None = None


class CallHeaderOut(Schema):
    name: str
    value: str


class TriedCallOut(Schema):
    """What was asked and what came back.

    `outcome`: what a run would make of it. `code` is the status, "" without an answer; `text` the beginning of the
    answer's body or why there is none; `milliseconds` until then.
    """

    url: str
    headers: list[CallHeaderOut]
    body: str
    outcome: Literal["delivered", "tried_again", "failed"]
    code: str
    text: str
    milliseconds: int


@router.post(
    "/sequences/{int:sequence_id}/test-call",
    response={200: TriedCallOut, **REFUSALS, 429: Problem},
    operation_id="call_step_test",
)
def call_step_test(request: MemberRequest, sequence_id: int, body: TryCallIn) -> TriedCallOut:
    """Call what a webhook step calls, once and now, with a contact's data; nobody moves. Ten a minute are allowed."""
    asked = Asked(step=body.step, document=body.document, contact_id=body.contact_id)
    return _out(try_call(request.member, sequence_id, asked, SystemClock().now()))


def _out(tried: TriedCall) -> TriedCallOut:
    return TriedCallOut(
        url=tried.url,
        headers=[CallHeaderOut(name=name, value=value) for name, value in tried.headers],
        body=tried.body,
        outcome=tried.outcome.value,
        code=tried.code,
        text=tried.text,
        milliseconds=round(tried.seconds * 1000),
    )
