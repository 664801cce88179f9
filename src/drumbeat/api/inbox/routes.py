"""The inbox: conversations, threads, and what people write themselves."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router

from drumbeat.actions import conversations
from drumbeat.actions.conversations import judging, writing
from drumbeat.actions.conversations.writing import Written
from drumbeat.api.auth import MemberRequest
from drumbeat.api.idempotency import PARAMETER, idempotent
from drumbeat.api.inbox import schemas as out
from drumbeat.api.inbox import view
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.core.incoming import Question

router = Router(tags=["inbox"])


@router.get(
    "/conversations", response={200: Page[out.ConversationOut], **REFUSALS}, operation_id="list_conversations"
)
def list_conversations(
    request: MemberRequest, asked: Annotated[out.ConversationListIn, Query()], page: Paged
) -> Page[out.ConversationOut]:
    """List conversations, the latest first."""
    rows = conversations.list_of(
        request.member, asked.scope, kind=asked.kind, sentiment=asked.sentiment, q=asked.q
    )
    rows = rows.select_related("contact", "last_message").defer("last_message__html")
    return page_of(rows, ("-last_at", "-id"), page, view.lines)


@router.get(
    "/conversations/counts",
    response={200: out.InboxCountsOut, **REFUSALS},
    operation_id="count_conversations",
)
def count_conversations(request: MemberRequest) -> out.InboxCountsOut:
    """Count who waits for an answer."""
    return out.InboxCountsOut.from_orm(conversations.counts_of(request.member))


@router.get(
    "/conversations/{int:contact_id}",
    response={200: out.ThreadOut, **REFUSALS},
    operation_id="get_conversation",
)
def get_conversation(request: MemberRequest, contact_id: int, before: int | None = None) -> out.ThreadOut:
    """Open the conversation with a contact; `before` is the `older` of the answer before."""
    contact = conversations.contact_of(request.member, contact_id)
    return view.thread(request.member, contact, SystemClock().now(), before)


@router.patch(
    "/conversations/{int:contact_id}",
    response={200: out.ThreadOut, **REFUSALS},
    operation_id="update_conversation",
)
def update_conversation(request: MemberRequest, contact_id: int, body: out.ConversationIn) -> out.ThreadOut:
    """Mark a conversation done or not, read or not."""
    now = SystemClock().now()
    conversations.change(request.member, contact_id, now, needs_answer=body.needs_answer, unread=body.unread)
    return get_conversation(request, contact_id)


@router.post(
    "/conversations/{int:contact_id}/confirm",
    response={200: out.ThreadOut, **REFUSALS},
    operation_id="confirm_reply",
)
def confirm_reply(request: MemberRequest, contact_id: int, body: out.ConfirmIn) -> out.ThreadOut:
    """Say whether a reply that only its address connects with the contact is theirs."""
    now = SystemClock().now()
    judging.answer(request.member, contact_id, Question.WHOSE_REPLY, now, yes=body.theirs)
    return get_conversation(request, contact_id)


@router.post(
    "/conversations/{int:contact_id}/answers",
    response={200: out.ThreadOut, **REFUSALS},
    operation_id="answer_question",
)
def answer_question(request: MemberRequest, contact_id: int, body: out.AnswerIn) -> out.ThreadOut:
    """Answer what the inbox asks about a contact's mail: whether it is theirs, whether it is an opt-out."""
    judging.answer(request.member, contact_id, body.question, SystemClock().now(), yes=body.yes)
    return get_conversation(request, contact_id)


@router.post(
    "/conversations/{int:contact_id}/messages",
    response={200: out.OutgoingOut, **REFUSALS},
    operation_id="write_message",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def write_message(request: MemberRequest, contact_id: int, body: out.WriteIn) -> out.OutgoingOut:
    """Answer a contact, or write a first message; it passes every check and can be taken back for ten seconds."""
    now = SystemClock().now()
    written = Written(
        client_id=body.client_id,
        text=body.text,
        subject=body.subject,
        sender_id=body.sender_id,
        at_once=body.at_once,
        files=body.files,
    )
    return view.outgoing_of(writing.send(request.member, contact_id, written, now), now, request.member.name)


@router.get(
    "/outgoing/{int:touch_id}", response={200: out.OutgoingOut, **REFUSALS}, operation_id="get_outgoing"
)
def get_outgoing(request: MemberRequest, touch_id: int) -> out.OutgoingOut:
    """Tell what became of a message that a person wrote."""
    return view.outgoing_of(writing.get(request.member, touch_id), SystemClock().now())


@router.delete(
    "/outgoing/{int:touch_id}", response={200: out.OutgoingOut, **REFUSALS}, operation_id="take_back_message"
)
def take_back_message(request: MemberRequest, touch_id: int) -> out.OutgoingOut:
    """Take back what has not left."""
    now = SystemClock().now()
    return view.outgoing_of(writing.take_back(request.member, touch_id, now), now)


@router.post(
    "/outgoing/{int:touch_id}/resolve",
    response={200: out.OutgoingOut, **REFUSALS},
    operation_id="resolve_outgoing",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def resolve_outgoing(request: MemberRequest, touch_id: int, body: out.ResolveOneIn) -> out.OutgoingOut:
    """Say what became of a message in doubt."""
    now = SystemClock().now()
    return view.outgoing_of(writing.resolve(request.member, touch_id, body.resolution, now), now)
