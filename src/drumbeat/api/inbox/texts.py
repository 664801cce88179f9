"""Texts and WhatsApp messages of people to contacts."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Field, Router, Schema

from drumbeat.actions.conversations import texting
from drumbeat.actions.conversations.texting import Way, WrittenText
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.idempotency import PARAMETER, idempotent
from drumbeat.api.inbox import schemas as out
from drumbeat.api.inbox import view
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.core.flow import Channel
from drumbeat.core.sms import LONGEST

router = Router(tags=["inbox"])
TextChannel = Literal["sms", "whatsapp"]


class TextWayOut(Schema):
    """How a contact can be texted. `unreachable`: why not. `from_number`: ours, "" where there is none.

    `free_until`: until then WhatsApp takes any text; None or past: a template alone.
    """

    channel: TextChannel
    number: str
    unreachable: str
    sender_id: int | None
    from_number: str
    free_until: datetime | None


class TextIn(Body):
    """`client_id` is the sender's own name for this message: the same one is never sent twice.

    `template_sid`: a WhatsApp template, its places filled with `values`; it goes where `text` may not.
    """

    client_id: str = Field(max_length=64)
    channel: TextChannel
    text: str = Field(default="", max_length=LONGEST)
    sender_id: int | None = None
    template_sid: str = Field(default="", max_length=34)
    values: dict[str, str] = Field(default_factory=dict, max_length=50)


@router.get(
    "/conversations/{int:contact_id}/texts",
    response={200: list[TextWayOut], **REFUSALS},
    operation_id="list_text_ways",
)
def list_text_ways(request: MemberRequest, contact_id: int) -> list[TextWayOut]:
    """Say how a contact can be texted."""
    return [_way(one) for one in texting.ways(request.member, contact_id)]


@router.post(
    "/conversations/{int:contact_id}/texts",
    response={200: out.OutgoingOut, **REFUSALS},
    operation_id="write_text",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def write_text(request: MemberRequest, contact_id: int, body: TextIn) -> out.OutgoingOut:
    """Text a contact; it passes every check and can be taken back for ten seconds."""
    now = SystemClock().now()
    given = body.model_dump() | {"channel": Channel(body.channel)}
    touch = texting.send(request.member, contact_id, WrittenText(**given), now)
    return view.outgoing_of(touch, now, request.member.name)


def _way(one: Way) -> TextWayOut:
    return TextWayOut(
        channel=one.channel.value,  # type: ignore[arg-type]  # no other channel has texts
        number=one.number,
        unreachable=one.unreachable or "",
        sender_id=one.sender.pk if one.sender else None,
        from_number=one.sender.address if one.sender else "",
        free_until=one.free_until,
    )
