"""Enrolling contacts: what would happen, doing it, taking it back."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Field, Router, Schema

from drumbeat.actions import access, enrollments
from drumbeat.actions.enrollments import preflight
from drumbeat.actions.enrollments.preflight import Preflight, Request
from drumbeat.actions.sequences import default
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.contacts import view as shapes
from drumbeat.api.contacts.schemas import ContactOut, ContactsIn, Id
from drumbeat.api.idempotency import PARAMETER, idempotent
from drumbeat.api.paging import MAX_LIMIT, Page, PageIn, page_of
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.core.enroll_answers import Answer
from drumbeat.models import MAILBOXES, Contact, Member, SenderProfile, Sequence
from drumbeat.store.contacts import in_ids

router = Router(tags=["enroll"])


class SequenceOption(Schema):
    """A sequence that takes people: `active`, or `paused`, where they wait. `review`: each waits for a yes."""

    id: int
    name: str
    status: str
    review: bool
    is_default: bool


class SenderOption(Schema):
    id: int
    name: str
    address: str


class EnrollOptionsOut(Schema):
    """`limit`: how many contacts one request may enroll."""

    sequences: list[SequenceOption]
    senders: list[SenderOption]
    limit: int


class EnrollIn(ContactsIn):
    """Which contacts into which sequence; `sender_id` sends instead of the sequence's sender."""

    sequence_id: Id
    sender_id: Id | None = None

    def request(self) -> Request:
        return Request(self.sequence_id, self.selection(), self.sender_id)


class PreflightContactsIn(EnrollIn):
    answer: Literal[tuple(each.value for each in Answer)]  # type: ignore[valid-type]  # the words of the enum
    cursor: str = Field(default="", max_length=2_000)
    limit: int = Field(default=50, ge=1, le=MAX_LIMIT)


class PreflightLackOut(Schema):
    """Of those who join, how many a channel of the sequence does not reach; those steps are skipped."""

    channel: str
    reason: str
    count: int


class PreflightSenderOut(Schema):
    id: int
    name: str
    address: str
    count: int


class PreflightOut(Schema):
    """What would happen. Above `limit` nothing is looked at and nobody can be enrolled.

    `counts` by answer. `first_at`, `last_at`: when the first and the last of them hears from us first, at today's
    caps (the senders', the workspace's, the frequency cap) and spacing, over `days` days; null where nobody can say.
    `later`: how many do not fit into the first day. `had_enough`: whom the frequency cap makes wait.
    """

    sequence: str
    status: str
    asked: int
    limit: int
    joins: int
    counts: dict[str, int]
    lacking: list[PreflightLackOut]
    senders: list[PreflightSenderOut]
    without_sender: int
    had_enough: int
    first_at: datetime | None
    last_at: datetime | None
    days: int
    later: int


class EnrollItemOut(Schema):
    """`id` is the contact; `code` an enroll answer; `enrollment_id` where there is a new enrollment."""

    id: int
    code: str
    enrollment_id: int | None


class EnrollOut(Schema):
    answers: list[EnrollItemOut]
    counts: dict[str, int]
    enrollment_ids: list[int]


class EnrollUndoIn(Body):
    enrollment_ids: list[Id] = Field(max_length=100_000)


class NotRecalledOut(Schema):
    """An enrollment whose messages had left before: they are not recalled."""

    enrollment_id: int
    steps: list[str]


class EnrollUndoOut(Schema):
    """`stopped`: how many ended before or after their first message. `left_alone`: by code, why some were not."""

    stopped: int
    not_recalled: list[NotRecalledOut]
    left_alone: dict[str, int]


@router.get(
    "/enroll/options", response={200: EnrollOptionsOut, **REFUSALS}, operation_id="get_enroll_options"
)
def get_enroll_options(request: MemberRequest) -> EnrollOptionsOut:
    """Tell which sequences take people now, and who may send."""
    member = request.member
    access.require(member, "enrollments.create")
    sequences = (
        access.visible_to(member, Sequence).filter(status__in=("active", "paused")).order_by("name", "id")
    )
    senders = access.visible_to(member, SenderProfile).filter(enabled=True).order_by("name", "id")
    return EnrollOptionsOut(
        sequences=[
            SequenceOption(
                id=row.pk,
                name=row.name,
                status=row.status,
                review=row.review,
                is_default=row.is_default,
            )
            for row in sequences
        ],
        senders=[
            SenderOption(id=row.pk, name=row.name, address=row.address)
            for row in senders.filter(kind__in=MAILBOXES)
        ],
        limit=enrollments.batch_limit(member),
    )


@router.post("/enroll/preflight", response={200: PreflightOut, **REFUSALS}, operation_id="preflight_enroll")
def preflight_enroll(request: MemberRequest, body: EnrollIn) -> PreflightOut:
    """Say what enrolling these contacts would do now, writing nothing."""
    return _seen(request.member, preflight.look(request.member, body.request(), SystemClock().now()))


def _seen(member: Member, seen: Preflight) -> PreflightOut:
    joins = sum(seen.counts.get(answer, 0) for answer in preflight.JOINS)
    senders = SenderProfile.objects.filter(workspace_id=member.workspace_id).in_bulk(seen.senders)
    forecast = seen.forecast
    return PreflightOut(
        sequence=seen.sequence.name,
        status=seen.sequence.status,
        asked=seen.asked,
        limit=seen.limit,
        joins=joins,
        counts={answer.value: count for answer, count in seen.counts.items()},
        lacking=[
            PreflightLackOut(channel=channel.value, reason=reason, count=count)
            for (channel, reason), count in seen.lacking.items()
        ],
        senders=[
            PreflightSenderOut(id=id_, name=senders[id_].name, address=senders[id_].address, count=count)
            for id_, count in seen.senders.items()
        ],
        without_sender=seen.without_sender,
        had_enough=seen.had_enough,
        first_at=forecast.first_at if forecast else None,
        last_at=forecast.last_at if forecast else None,
        days=forecast.days if forecast else 0,
        later=max(0, sum(seen.senders.values()) - forecast.on_first_day) if forecast else 0,
    )


@router.post(
    "/enroll/preflight/contacts",
    response={200: Page[ContactOut], **REFUSALS},
    operation_id="list_preflight_contacts",
)
def list_preflight_contacts(request: MemberRequest, body: PreflightContactsIn) -> Page[ContactOut]:
    """List the contacts that would get one of the answers."""
    member = request.member
    ids = preflight.behind(member, body.request(), Answer(body.answer), SystemClock().now())
    rows = access.visible_to(member, Contact).filter(id__in=in_ids(ids)).select_related("owner")
    return page_of(rows, ("id",), PageIn(cursor=body.cursor, limit=body.limit), shapes.shaper(member))


@router.post(
    "/enroll",
    response={200: EnrollOut, **REFUSALS},
    operation_id="enroll_contacts",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def enroll_contacts(request: MemberRequest, body: EnrollIn) -> EnrollOut:
    """Enroll contacts; each gets its answer. Above the batch limit nobody is enrolled."""
    done = enrollments.enroll_chosen(
        request.member, body.sequence_id, body.selection(), SystemClock().now(), sender_id=body.sender_id
    )
    return EnrollOut(
        answers=[
            EnrollItemOut(id=id_, code=answer.value, enrollment_id=done.enrollment_ids.get(id_))
            for id_, answer in done.answers.items()
        ],
        counts=done.counts(),
        enrollment_ids=list(done.enrollment_ids.values()),
    )


@router.post(
    "/contacts/{contact_id}/quick-enroll",
    response={200: EnrollItemOut, **REFUSALS},
    operation_id="quick_enroll_contact",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def quick_enroll_contact(request: MemberRequest, contact_id: int) -> EnrollItemOut:
    """Enroll a contact in the default sequence by hand; `no_default_sequence` where there is none."""
    access.require(request.member, "enrollments.create")
    access.get(request.member, Contact, contact_id, "contact")
    sequence = default.require(request.member)
    done = enrollments.enroll(request.member, sequence.pk, [contact_id], SystemClock().now())
    return EnrollItemOut(
        id=contact_id, code=done.answers[contact_id].value, enrollment_id=done.enrollment_ids.get(contact_id)
    )


@router.post("/enroll/undo", response={200: EnrollUndoOut, **REFUSALS}, operation_id="undo_enroll")
def undo_enroll(request: MemberRequest, body: EnrollUndoIn) -> EnrollUndoOut:
    """Take back what one enrolled oneself within a day; tells what had left already and is not recalled."""
    done = enrollments.undo(request.member, body.enrollment_ids, SystemClock().now())
    codes = list(done.left_alone.values())
    return EnrollUndoOut(
        stopped=len(done.stopped),
        not_recalled=[
            NotRecalledOut(enrollment_id=id_, steps=list(steps)) for id_, steps in done.written_to.items()
        ],
        left_alone={code: codes.count(code) for code in dict.fromkeys(codes)},
    )
