"""Who must not be contacted: look up, add, import, lift, and why an address was not contacted."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Query, Router, Schema, Status

from drumbeat.actions import access, suppressions
from drumbeat.actions.suppressions import SuppressionQuery
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.contacts.view import name_of
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.models import Contact, Member, Suppression

router = Router(tags=["suppressions"])
Channel = Literal["", "email", "sms", "whatsapp", "voice"]


class SuppressedContactOut(Schema):
    id: int
    name: str
    email: str


class SuppressionOut(Schema):
    """`channel` "" is all, `scope` "" every sequence or `sequence:<id>`; `everywhere`: of the whole installation.

    The address is not kept, only a keyed hash; `contact` where it is known whom it was written for.
    """

    id: int
    channel: str
    kind: str
    reason: str
    source: str
    scope: str
    everywhere: bool
    contact: SuppressedContactOut | None
    created_at: datetime
    lifted_at: datetime | None
    lifted_by: str
    lifted_reason: str
    needs_reason: bool


class SuppressionListIn(Schema):
    """`address` finds what concerns it, its domain included; `lifted` shows lifted ones too."""

    address: str = Field(default="", max_length=320)
    reason: str = Field(default="", max_length=20)
    channel: Channel = ""
    lifted: bool = False


class SuppressionIn(Body):
    """`address`: a mail address, `@example.com` for a whole domain, or a number with its country code."""

    address: str = Field(max_length=400)
    channel: Channel = ""
    reason: Literal["manual", "unsubscribe", "complaint", "stop", "hard_bounce"] = "manual"


class SuppressionsIn(Body):
    """`addresses`: one a line."""

    addresses: str = Field(max_length=4_000_000)
    channel: Channel = ""


class RefusedLineOut(Schema):
    line: int
    text: str
    why: str


class SuppressionsOut(Schema):
    added: int
    already: int
    refused: list[RefusedLineOut]


class LiftIn(Body):
    reason: str = Field(default="", max_length=1_000)


class LeftOutOut(Schema):
    """A message that was not sent."""

    at: datetime | None
    sequence: str
    enrollment_id: int | None
    channel: str
    step: str
    status: str
    reason: str


class EndedEnrollmentOut(Schema):
    enrollment_id: int
    sequence: str
    reason: str
    at: datetime | None


class SuppressionWhyOut(Schema):
    """Why an address is or was not contacted. `suppressed`: something in force keeps us from it."""

    suppressed: bool
    suppressions: list[SuppressionOut]
    contact: SuppressedContactOut | None
    left_out: list[LeftOutOut]
    ended: list[EndedEnrollmentOut]


def _contact(contact: Contact | None) -> SuppressedContactOut | None:
    return (
        SuppressedContactOut(id=contact.pk, name=name_of(contact), email=contact.email) if contact else None
    )


def _shape(member: Member, rows: list[Suppression]) -> list[SuppressionOut]:
    known = {row.contact_id for row in rows if row.contact_id is not None}
    seen = access.visible_to(member, Contact).in_bulk(known) if known else {}
    return [
        SuppressionOut(
            id=row.pk,
            channel=row.channel,
            kind=row.kind,
            reason=row.reason,
            source=row.source,
            scope=row.scope,
            everywhere=row.workspace_id is None,
            contact=_contact(seen.get(row.contact_id or 0)),
            created_at=row.created_at,
            lifted_at=row.lifted_at,
            lifted_by=row.lifted_by,
            lifted_reason=row.lifted_reason,
            needs_reason=row.reason in suppressions.OF_THE_PERSON,
        )
        for row in rows
    ]


@router.get(
    "/suppressions", response={200: Page[SuppressionOut], **REFUSALS}, operation_id="list_suppressions"
)
def list_suppressions(
    request: MemberRequest, filters: Annotated[SuppressionListIn, Query()], page: Paged
) -> Page[SuppressionOut]:
    """List suppressions, the newest first."""
    rows = suppressions.fitting(request.member, SuppressionQuery(**filters.dict()))
    return page_of(rows, ("-id",), page, lambda found: _shape(request.member, found))


@router.get(
    "/suppressions/why", response={200: SuppressionWhyOut, **REFUSALS}, operation_id="explain_suppression"
)
def explain_suppression(
    request: MemberRequest, address: Annotated[str, Query(min_length=1, max_length=320)]
) -> SuppressionWhyOut:
    """Answer why an address was not contacted."""
    told = suppressions.why(request.member, address)
    return SuppressionWhyOut(
        suppressed=any(row.lifted_at is None for row in told.suppressions),
        suppressions=_shape(request.member, list(told.suppressions)),
        contact=_contact(told.contact),
        left_out=[
            LeftOutOut(
                at=touch.settled_at,
                sequence=touch.enrollment.sequence.name if touch.enrollment else "",
                enrollment_id=touch.enrollment_id,
                channel=touch.kind,
                step=touch.step,
                status=touch.status,
                reason=touch.reason,
            )
            for touch in told.left_out
        ],
        ended=[
            EndedEnrollmentOut(
                enrollment_id=row.pk, sequence=row.sequence.name, reason=row.reason, at=row.finished_at
            )
            for row in told.ended
        ],
    )


@router.post("/suppressions", response={201: SuppressionOut, **REFUSALS}, operation_id="add_suppression")
def add_suppression(request: MemberRequest, body: SuppressionIn) -> Status[SuppressionOut]:
    """Let nothing leave for an address, a domain or a number from now on."""
    row = suppressions.add(
        request.member, body.address, SystemClock().now(), channel=body.channel, reason=body.reason
    )
    return Status(201, _shape(request.member, [row])[0])


@router.post(
    "/suppressions/import", response={200: SuppressionsOut, **REFUSALS}, operation_id="import_suppressions"
)
def import_suppressions(request: MemberRequest, body: SuppressionsIn) -> SuppressionsOut:
    """Suppress a list of addresses, all of them or, when something fails, none; lines that are none are told."""
    lines = (line.split(",")[0].strip().strip('"') for line in body.addresses.splitlines())
    done = suppressions.add_many(request.member, lines, SystemClock().now(), channel=body.channel)
    refused = [RefusedLineOut(line=one.line, text=one.text[:200], why=one.why) for one in done.refused[:200]]
    return SuppressionsOut(added=done.added, already=done.already, refused=refused)


@router.post(
    "/suppressions/{suppression_id}/lift",
    response={200: SuppressionOut, **REFUSALS},
    operation_id="lift_suppression",
)
def lift_suppression(request: MemberRequest, suppression_id: int, body: LiftIn) -> SuppressionOut:
    """Allow contacting the address again; what the person asked for needs an admin and a reason."""
    row = suppressions.lift(request.member, suppression_id, SystemClock().now(), reason=body.reason)
    return _shape(request.member, [row])[0]
