"""What agents would answer to contacts: read, sent by a person, thrown away, written anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Literal, cast

from ninja import Field, Query, Router, Schema, Status

from drumbeat.actions.approvals.words import SENTENCES
from drumbeat.actions.conversations import suggesting
from drumbeat.actions.conversations.suggesting import AnswerQuery
from drumbeat.actions.conversations.writing import LONGEST_TEXT
from drumbeat.api.approvals.schemas import AgentRef, ConcernOut, Risk, TextHash
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body, Id
from drumbeat.api.enrollments.schemas import ContactRef
from drumbeat.api.enrollments.view import contact_of
from drumbeat.api.idempotency import PARAMETER, idempotent
from drumbeat.api.inbox import view as inbox_view
from drumbeat.api.inbox.schemas import OutgoingOut
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS, Problem
from drumbeat.clock import SystemClock
from drumbeat.core.drafts import text_hash
from drumbeat.core.errors import DomainError
from drumbeat.core.prompts import Origin
from drumbeat.models import AnswerDraft
from drumbeat.store import answer_requests

router = Router(tags=["answer drafts"])
SHOWN = 500


class AnswerDraftOut(Schema):
    """The draft of an answer. `status` wanted: it is being written, and `because` says what that waits for.

    `asked`: the beginning of what the contact wrote. `text_hash` stands for the text: say it, and no other is sent.
    `outdated`: what changed since the agent wrote it.
    """

    id: int
    status: str
    contact: ContactRef
    agent: AgentRef | None
    channel: str
    asked: str
    asked_at: datetime
    text: str
    text_hash: str
    outdated: list[Origin]
    risk: Risk
    concerns: list[ConcernOut]
    because: str
    fault: str
    note: str
    model: str
    written_at: datetime | None


class AnswerDraftListIn(Schema):
    """`scope` mine: to the member's own contacts; writing: there is no text yet. `q` is a search for the contact."""

    scope: Literal["waiting", "mine", "writing"] = "waiting"
    agent_id: Id | None = None
    channel: Literal["", "email", "sms", "whatsapp"] = ""
    risk: Literal["", "stop", "look", "none"] = ""
    q: str = Field(default="", max_length=200)
    sort: Literal["oldest", "newest"] = "oldest"

    def query(self) -> AnswerQuery:
        return AnswerQuery(**self.model_dump(exclude={"sort"}))


class AnswerDraftCountsOut(Schema):
    """How many answers wait for a person since when; how many of them are to the member's own contacts."""

    waiting: int
    mine: int
    writing: int
    oldest_at: datetime | None


class SendAnswerIn(Body):
    """`text`: a person's words instead of the agent's. Without, `text_hash` is of what was read: no other is sent.

    `anyway`: although there is a concern that should stop it.
    """

    text: Annotated[str, Field(max_length=LONGEST_TEXT)] | None = None
    text_hash: TextHash | None = None
    anyway: bool = False


class RewriteIn(Body):
    note: str = Field(default="", max_length=suggesting.LONGEST_NOTE)


@router.get(
    "/answer-drafts", response={200: Page[AnswerDraftOut], **REFUSALS}, operation_id="list_answer_drafts"
)
def list_answer_drafts(
    request: MemberRequest, asked: Annotated[AnswerDraftListIn, Query()], page: Paged
) -> Page[AnswerDraftOut]:
    """List drafted answers, the oldest first: those that wait for a person, or those that are being written."""
    rows = suggesting.rows_of(request.member, asked.query())
    since = "asked_at" if asked.scope == "writing" else "written_at"
    order = (since, "id") if asked.sort == "oldest" else (f"-{since}", "-id")
    return page_of(rows, order, page, _shown)


@router.get(
    "/answer-drafts/counts",
    response={200: AnswerDraftCountsOut, **REFUSALS},
    operation_id="count_answer_drafts",
)
def count_answer_drafts(request: MemberRequest) -> AnswerDraftCountsOut:
    """Count the answers that wait for a person, and those that are being written."""
    return AnswerDraftCountsOut(**asdict(suggesting.counts_of(request.member)))


@router.get(
    "/conversations/{int:contact_id}/answer-draft",
    response={200: AnswerDraftOut | None, **REFUSALS},
    operation_id="get_answer_draft",
)
def get_answer_draft(request: MemberRequest, contact_id: int) -> AnswerDraftOut | None:
    """Return what an agent would answer to this contact, or that it is being written; null where there is nothing."""
    draft = suggesting.of_contact(request.member, contact_id)
    return _shown([draft])[0] if draft is not None else None


@router.post(
    "/answer-drafts/{int:answer_id}/send",
    response={200: OutgoingOut, **REFUSALS, 409: Problem},
    operation_id="send_answer_draft",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def send_answer_draft(request: MemberRequest, answer_id: int, body: SendAnswerIn) -> OutgoingOut:
    """Answer with it, or with other words; every check holds, and it can be taken back for ten seconds."""
    if body.text is None and body.text_hash is None:
        raise DomainError("answer_unread", SENTENCES["unread"])
    now = SystemClock().now()
    touch = suggesting.send(
        request.member, answer_id, now, text=body.text, read=body.text_hash, anyway=body.anyway
    )
    return inbox_view.outgoing_of(touch, now, request.member.name)


@router.post(
    "/answer-drafts/{int:answer_id}/discard",
    response={204: None, **REFUSALS, 409: Problem},
    operation_id="discard_answer_draft",
)
def discard_answer_draft(request: MemberRequest, answer_id: int) -> Status[None]:
    """Throw it away; the contact still waits for an answer."""
    suggesting.discard(request.member, answer_id, SystemClock().now())
    return Status(204, None)


@router.post(
    "/answer-drafts/{int:answer_id}/rewrite",
    response={200: AnswerDraftOut, **REFUSALS, 409: Problem},
    operation_id="rewrite_answer_draft",
)
def rewrite_answer_draft(request: MemberRequest, answer_id: int, body: RewriteIn) -> AnswerDraftOut:
    """Have it written anew, with a wish."""
    return _shown([suggesting.rewrite(request.member, answer_id, body.note, SystemClock().now())])[0]


def _shown(rows: Sequence[AnswerDraft]) -> list[AnswerDraftOut]:
    outdated = answer_requests.outdated(rows, SystemClock().now())
    return [
        AnswerDraftOut(
            id=row.pk,
            status=row.state,
            contact=contact_of(row.contact),
            agent=AgentRef(id=row.agent.pk, name=row.agent.name) if row.agent is not None else None,
            channel=row.message.channel,
            asked=row.message.text[:SHOWN],
            asked_at=row.message.occurred_at,
            text=row.text,
            text_hash=text_hash("", row.text),
            outdated=outdated[row.pk],
            risk=cast("Risk", row.risk or "none"),
            concerns=[ConcernOut(**one) for one in row.concerns],
            because=row.because,
            fault=row.fault,
            note=row.note,
            model=row.model,
            written_at=row.written_at,
        )
        for row in rows
    ]
