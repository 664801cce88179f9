"""Accounts at Twilio and their numbers: connected, listed with their day, paced, tried, tested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from ninja import Router, Status

from drumbeat.actions import numbers, senders
from drumbeat.actions.enrollments import standing
from drumbeat.actions.numbers import accounts
from drumbeat.actions.senders import listing
from drumbeat.api.auth import MemberRequest
from drumbeat.api.idempotency import PARAMETER, idempotent
from drumbeat.api.numbers import schemas as out
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS
from drumbeat.api.senders.schemas import SenderOwnerOut, TestMailOut, WarmUp
from drumbeat.clock import SystemClock
from drumbeat.core.flow import Channel
from drumbeat.models import PhoneAccount, SenderProfile
from drumbeat.store import phone_accounts
from drumbeat.store.sender_lists import Day

router = Router(tags=["numbers"])
_PACE = ("cap_per_minute", "cap_per_hour", "cap_per_day", "connections", "spacing_seconds")


@router.get(
    "/phone-accounts",
    response={200: list[out.PhoneAccountOut], **REFUSALS},
    operation_id="list_phone_accounts",
)
def list_phone_accounts(request: MemberRequest) -> list[out.PhoneAccountOut]:
    """List the accounts at Twilio; their secrets are never shown again."""
    return [_account(row) for row in accounts.listed(request.member)]


@router.post(
    "/phone-accounts", response={201: out.PhoneAccountOut, **REFUSALS}, operation_id="create_phone_account"
)
def create_phone_account(request: MemberRequest, body: out.PhoneAccountIn) -> Status[out.PhoneAccountOut]:
    """Connect an account; it is tried first, and one that Twilio refuses is not kept."""
    return Status(201, _account(accounts.add(request.member, body.typed(), SystemClock().now())))


@router.patch(
    "/phone-accounts/{int:account_id}",
    response={200: out.PhoneAccountOut, **REFUSALS},
    operation_id="update_phone_account",
)
def update_phone_account(
    request: MemberRequest, account_id: int, body: out.AccountFormIn
) -> out.PhoneAccountOut:
    """Change an account; new secrets are tried first."""
    return _account(accounts.change(request.member, account_id, body.typed(), SystemClock().now()))


@router.delete(
    "/phone-accounts/{int:account_id}",
    response={204: None, **REFUSALS},
    operation_id="remove_phone_account",
)
def remove_phone_account(request: MemberRequest, account_id: int) -> Status[None]:
    """Forget an account whose numbers send no more."""
    accounts.remove(request.member, account_id, SystemClock().now())
    return Status(204, None)


@router.post(
    "/phone-accounts/{int:account_id}/try",
    response={200: out.PhoneAccountOut, **REFUSALS},
    operation_id="try_phone_account",
)
def try_phone_account(request: MemberRequest, account_id: int) -> out.PhoneAccountOut:
    """Try an account; nothing is sent. `fault` says what is wrong, "" that it is well."""
    return _account(accounts.tried(request.member, account_id, SystemClock().now()))


@router.get(
    "/phone-accounts/{int:account_id}/numbers",
    response={200: list[out.OwnNumberOut], **REFUSALS},
    operation_id="list_own_numbers",
)
def list_own_numbers(request: MemberRequest, account_id: int) -> list[out.OwnNumberOut]:
    """Ask Twilio which numbers the account has."""
    found = accounts.own_numbers(request.member, account_id)
    known: dict[str, list[str]] = {}
    for address, channel in numbers.listed(request.member).values_list("address", "channel"):
        known.setdefault(address, []).append(channel)
    return [
        out.OwnNumberOut.model_validate(
            {
                **{name: getattr(one, name) for name in ("number", "name", "texts", "calls")},
                "channels": known.get(one.number, []),
            }
        )
        for one in found
    ]


@router.get(
    "/whatsapp-templates",
    response={200: out.TemplatesOut, **REFUSALS},
    operation_id="list_whatsapp_templates",
)
def list_whatsapp_templates(request: MemberRequest, anew: bool = False) -> out.TemplatesOut:
    """List the WhatsApp templates of all accounts as Twilio told them last; `anew` asks again (senders.view)."""
    found = accounts.with_templates(request.member, SystemClock().now(), anew=anew)
    read = [row.templates_read_at for row in found if row.templates_read_at is not None]
    templates = [
        out.WhatsAppTemplateOut.model_validate({**one, "account_id": row.pk})
        for row in found
        for one in row.templates
    ]
    return out.TemplatesOut(read_at=min(read, default=None), templates=templates)


@router.post("/texts/weigh", response={200: out.WeightOut, **REFUSALS}, operation_id="weigh_text")
def weigh_text(request: MemberRequest, body: out.WeighIn) -> out.WeightOut:
    """Say how many segments a text takes, in which encoding, and what it costs to a number."""
    channel = Channel(body.channel)
    weighed = accounts.weighed(request.member, body.text, body.number, channel, body.contact_id)
    weight, cost = weighed.weight, weighed.cost
    return out.WeightOut(
        encoding=weight.encoding.value,
        units=weight.units,
        segments=weight.segments,
        left=weight.left,
        dear=list(weight.dear),
        currency=cost.currency if cost else "",
        amount=str(cost.least) if cost and cost.least is not None else None,
        most=str(cost.most) if cost and cost.most is not None else None,
    )


@router.get("/numbers", response={200: Page[out.NumberOut], **REFUSALS}, operation_id="list_numbers")
def list_numbers(request: MemberRequest, page: Paged) -> Page[out.NumberOut]:
    """List the numbers that send, one row for each channel, with how their day goes and what holds them."""
    now = SystemClock().now()
    return page_of(numbers.listed(request.member), ("id",), page, lambda rows: _shaped(rows, now))


@router.post("/numbers", response={201: out.NumberOut, **REFUSALS}, operation_id="create_number")
def create_number(request: MemberRequest, body: out.NumberIn) -> Status[out.NumberOut]:
    """Let a number send on a channel. Fresh ones send 50 a day, Monday to Friday, 9 to 17."""
    now = SystemClock().now()
    sender = numbers.add(
        request.member,
        body.account_id,
        body.number,
        body.channel,
        now,
        form=body.form(),
        about=body.about(),
    )
    return Status(201, _one(sender, now))


@router.patch(
    "/numbers/{int:number_id}", response={200: out.NumberOut, **REFUSALS}, operation_id="update_number"
)
def update_number(request: MemberRequest, number_id: int, body: out.NumberFormIn) -> out.NumberOut:
    """Change a number; what waits for it is tried at once."""
    now = SystemClock().now()
    return _one(numbers.change(request.member, number_id, body.form(), body.about(), now), now)


@router.delete("/numbers/{int:number_id}", response={204: None, **REFUSALS}, operation_id="remove_number")
def remove_number(request: MemberRequest, number_id: int) -> Status[None]:
    """Let nothing more leave by it; one that never sent is forgotten."""
    numbers.remove(request.member, number_id, SystemClock().now())
    return Status(204, None)


@router.post(
    "/numbers/{int:number_id}/enable", response={200: out.NumberOut, **REFUSALS}, operation_id="enable_number"
)
def enable_number(request: MemberRequest, number_id: int) -> out.NumberOut:
    """Let a number send again, or try one that is held now."""
    now = SystemClock().now()
    return _one(numbers.enable(request.member, number_id, now), now)


@router.post(
    "/numbers/{int:number_id}/disable",
    response={200: out.NumberOut, **REFUSALS},
    operation_id="disable_number",
)
def disable_number(request: MemberRequest, number_id: int) -> out.NumberOut:
    """Let nothing more leave by it; what was planned with it chooses another."""
    now = SystemClock().now()
    senders.disable(request.member, numbers.get(request.member, number_id).pk, now)
    return _one(numbers.get(request.member, number_id), now)


@router.post(
    "/numbers/{int:number_id}/test-text",
    response={200: TestMailOut, **REFUSALS},
    operation_id="send_test_text",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def send_test_text(request: MemberRequest, number_id: int, body: out.TestTextIn) -> TestMailOut:
    """Let the number write to a number of yours; `get_test_mail` tells what became of it."""
    now = SystemClock().now()
    touch = numbers.test_text(request.member, number_id, body.to, body.client_id, now)
    coming = standing.of_touch(touch, now) if touch.settled_at is None and touch.handed_at is None else None
    return TestMailOut(
        id=touch.pk,
        to=touch.recipient,
        status=touch.status,
        hold=coming.hold if coming else "",
        reason=touch.reason,
        at=coming.at if coming else touch.settled_at,
    )


def _account(row: PhoneAccount) -> out.PhoneAccountOut:
    same = ("name", "sid", "key_sid", "answers_words", "prices", "checked_at", "fault")
    return out.PhoneAccountOut(
        id=row.pk,
        **{name: getattr(row, name) for name in same},
        hook_url=phone_accounts.hook_url(row),
        heard_at=row.hook_heard_at,
        refused_at=row.hook_refused_at,
        refused_text=row.hook_refused_text,
        numbers=SenderProfile.objects.filter(account=row, enabled=True).count(),
    )


def _one(sender: SenderProfile, now: datetime) -> out.NumberOut:
    return next(_shaped([sender], now))


def _shaped(rows: Sequence[SenderProfile], now: datetime) -> Iterator[out.NumberOut]:
    days = listing.days_of(rows, now)
    return (_number(row, days[row.pk], now) for row in rows)


def _number(row: SenderProfile, day: Day, now: datetime) -> out.NumberOut:
    stands = listing.standing_of(row, now)
    is_down = stands.health == "down"
    cap_today = listing.cap_today(row, now)
    return out.NumberOut(
        id=row.pk,
        account_id=row.account_id,
        number=row.address,
        channel=row.channel,  # type: ignore[arg-type]  # the column holds nothing else
        name=row.name,
        owner=SenderOwnerOut(id=row.owner.pk, name=row.owner.name) if row.owner else None,
        service_sid=row.service_sid,
        registration=row.registration,  # type: ignore[arg-type]  # the column holds nothing else
        enabled=row.enabled,
        health=stands.health,
        until=stands.until,
        down_reason=row.down_reason if is_down else "",
        down_text=row.down_text if is_down else "",
        window=row.window,
        time_zone=row.time_zone,
        zone=row.time_zone or row.workspace.time_zone,
        **{name: getattr(row, name) for name in _PACE},
        cap_today=cap_today,
        warm_up=WarmUp(**row.warm_up) if row.warm_up else None,
        warm_up_started_at=row.warm_up_started_at,
        used=max(day.used, day.sent) if cap_today is None else day.used,
        sent=day.sent,
        waiting=day.waiting,
        due=day.due,
    )
