"""Conversations as the API shows them: text; the HTML that came in is asked for by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from drumbeat.actions import access, conversations
from drumbeat.actions.conversations import writing
from drumbeat.actions.enrollments import standing
from drumbeat.actions.enrollments.listing import steps_ahead
from drumbeat.api import files
from drumbeat.api.enrollments import view
from drumbeat.api.enrollments.schemas import SenderRef
from drumbeat.api.inbox import schemas as out
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import EmailStep, Flow
from drumbeat.models import Contact, Conversation, Enrollment, Member, Message, SenderProfile, Touch
from drumbeat.store import flows, message_files, sent_texts
from drumbeat.store.message_files import MessageFile
from drumbeat.store.outgoing import reply_subject

PREVIEW = 200
MESSAGES = 50
OUTGOING = 10
ENROLLMENTS = 5
_KEPT_BY_MESSAGE = ("sent", "delivered")


def lines(rows: Sequence[Conversation]) -> Iterator[out.ConversationOut]:
    """Shape rows that carry contact and last message."""
    for row in rows:
        last = row.last_message
        yield out.ConversationOut(
            contact=view.contact_of(row.contact),
            kind=row.kind,
            sentiment=row.sentiment,
            question=row.question or "",
            subject=last.subject if last else "",
            preview=_preview(last),
            last_at=row.last_at,
            needs_answer=row.needs_answer,
            unread=row.unread,
            owner_id=row.contact.owner_id,
        )


def _preview(last: Message | None) -> str:
    """Return the beginning of a message, the names of its files where it has no word."""
    if last is None:
        return ""
    words = " ".join(last.text.split()) or ", ".join(str(file["name"]) for file in last.files)
    return words[:PREVIEW]


def unmatched(rows: Sequence[Message]) -> Iterator[out.UnmatchedOut]:
    for row in rows:
        yield out.UnmatchedOut(
            id=row.pk,
            at=row.occurred_at,
            from_address=row.from_address,
            to_address=row.to_address,
            subject=row.subject,
            text=row.text,
            kind=row.kind,
        )


def thread(member: Member, contact: Contact, now: datetime, before: int | None = None) -> out.ThreadOut:
    """Put a conversation together, in a fixed number of statements."""
    conversation = Conversation.objects.filter(contact_id=contact.pk).first()
    heard = writing.last_heard(contact.pk)
    said = conversations.messages_of(member, contact.pk).select_related(
        "enrollment__sequence", sent_texts.REPORT
    )
    page = list(
        (said.filter(id__lt=before) if before else said).defer("html").order_by("-id")[: MESSAGES + 1]
    )
    shown = list(reversed(page[:MESSAGES]))
    return out.ThreadOut(
        contact=_contact(contact),
        kind=conversation.kind if conversation else "",
        sentiment=conversation.sentiment if conversation else "",
        question=(conversation.question or "") if conversation else "",
        needs_answer=conversation.needs_answer if conversation else False,
        unread=conversation.unread if conversation else False,
        messages=_messages(shown, member),
        older=shown[0].pk if len(page) > MESSAGES else None,
        outgoing=[] if before else _outgoing(member, contact, now),
        enrollments=_enrollments(member, contact, now),
        sender=_sender(member, contact),
        unreachable=writing.why_unreachable(contact) or "",
        subject=reply_subject(heard.subject) if heard else "",
        has_thread=heard is not None,
    )


def _contact(contact: Contact) -> out.ThreadContactOut:
    return out.ThreadContactOut(
        **view.contact_of(contact).model_dump(),
        title=contact.title,
        phone=contact.phone,
        stage=contact.stage,
        owner_id=contact.owner_id,
        owner=contact.owner.name if contact.owner else "",
    )


def _messages(rows: Sequence[Message], member: Member) -> list[out.MessageOut]:
    versions = {row.enrollment.version_id for row in rows if row.enrollment}
    loaded = flows.load_flows(versions, {})
    writers = _names(member, [row.touch for row in rows if row.touch is not None])
    along = message_files.load(rows)
    return [_message(row, loaded, writers, along[row.pk]) for row in rows]


def _message(
    row: Message, loaded: flows.LoadedFlows, writers: dict[int, str], along: Sequence[MessageFile]
) -> out.MessageOut:
    touch, enrollment = row.touch, row.enrollment
    step = touch.step if touch is not None and row.direction == "out" else ""
    flow = loaded[enrollment.version_id].flow if enrollment and enrollment.version_id in loaded else None
    return out.MessageOut(
        id=row.pk,
        at=row.occurred_at,
        direction=row.direction,
        channel=row.channel,
        kind=row.kind,
        subject=row.subject,
        text=row.text,
        from_address=row.from_address,
        to_address=row.to_address,
        sequence=enrollment.sequence.name if enrollment else "",
        step=step,
        number=view.number_of(enrollment.version_id, flow, step) if enrollment and flow and step else 0,
        by=writers.get(_writer(touch), "") if row.direction == "out" else "",
        sentiment=row.sentiment,
        is_doubtful=row.is_doubtful,
        status=sent_texts.standing_of(row),
        has_original=row.raw_id is not None,
        has_html=row.has_html and row.raw_id is not None,
        files=files.shown(row.pk, along),
    )


def _writer(touch: Touch | None) -> int:
    content = touch.content if touch is not None else None
    return int(content.get("written_by") or 0) if isinstance(content, dict) else 0


def _names(member: Member, touches: Sequence[Touch]) -> dict[int, str]:
    ids = {id_ for touch in touches if (id_ := _writer(touch))}
    rows = access.visible_to(member, Member).filter(id__in=ids) if ids else Member.objects.none()
    return dict(rows.values_list("id", "name"))


def _outgoing(member: Member, contact: Contact, now: datetime) -> list[out.OutgoingOut]:
    """Return what people wrote that has not become a message: it waits, failed, was skipped or taken back."""
    rows = writing.mails_of(member, contact.pk).select_related("sender").order_by("-id")[:OUTGOING]
    waiting = [row for row in rows if row.status not in (*_KEPT_BY_MESSAGE, "cancelled")]
    writers = _names(member, waiting)
    return [outgoing_of(row, now, writers.get(_writer(row), "")) for row in reversed(waiting)]


def outgoing_of(touch: Touch, now: datetime, by: str = "") -> out.OutgoingOut:
    waits = touch.handed_at is None and touch.settled_at is None
    coming = standing.of_touch(touch, now) if waits else None
    content = touch.content or {}
    return out.OutgoingOut(
        id=touch.pk,
        kind=touch.key.partition(":")[0],
        subject=content.get("subject", ""),
        text=content.get("text", ""),
        by=by,
        status=touch.status,
        at=coming.at if coming else touch.settled_at or touch.handed_at,
        hold=coming.hold if coming else "",
        reason=touch.reason,
        created_at=touch.created_at,
        sender=view.sender_of(touch.sender),
        can_take_back=waits,
        files=[out.LetterFileOut(**ref) for ref in content.get("attachments", ())],
    )


def _enrollments(member: Member, contact: Contact, now: datetime) -> list[out.ThreadEnrollmentOut]:
    rows = list(
        access.visible_to(member, Enrollment)
        .filter(contact_id=contact.pk)
        .select_related(*view.NEEDED)
        .order_by("-id")[:ENROLLMENTS]
    )
    beside = view.load(rows, now)
    return [
        out.ThreadEnrollmentOut(**view.row_of(row, beside).model_dump(), left=_left(row, beside))
        for row in rows
    ]


def _left(row: Enrollment, beside: view.Shown) -> list[out.LeftOut]:
    """Return what it would have sent next: of what came to its end by itself nothing."""
    loaded = beside.flows.get(row.version_id)
    if loaded is None or row.reason == "completed":
        return []
    flow: Flow = loaded.flow
    return [
        out.LeftOut(
            step=key,
            kind=flow.steps[key].kind,
            job_type=view.job_type_of(flow.steps[key]),
            name=view.name_of(flow.steps[key]),
            subject=_subject(flow, key),
            number=view.number_of(row.version_id, flow, key),
        )
        for key in steps_ahead(flow, row.step)
    ]


def _subject(flow: Flow, key: str) -> str:
    step = flow.steps[key]
    return step.content.subject if isinstance(step, EmailStep) and step.content else ""


def _sender(member: Member, contact: Contact) -> SenderRef | None:
    try:
        sender: SenderProfile = writing.sender_for(member, contact)
    except DomainError:
        return None
    return view.sender_of(sender)
