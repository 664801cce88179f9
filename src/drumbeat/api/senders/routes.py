"""Senders: listed with their day and health, added, changed, tried, tested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from ninja import Router, Status

from drumbeat.actions import senders
from drumbeat.actions.enrollments import standing
from drumbeat.actions.senders import forms, providers
from drumbeat.actions.senders import listing as sender_list
from drumbeat.actions.senders.providers import TypedAccount
from drumbeat.api import links
from drumbeat.api.auth import MemberRequest
from drumbeat.api.idempotency import PARAMETER, idempotent
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS
from drumbeat.api.senders import schemas as out
from drumbeat.channels.email.trying import Tried
from drumbeat.clock import SystemClock
from drumbeat.core.providers import PROVIDERS, Half, Proof, Provider, takes
from drumbeat.models import SenderKind, SenderProfile, Touch
from drumbeat.store.sender_lists import Day

router = Router(tags=["senders"])


@router.get("/senders", response={200: Page[out.SenderOut], **REFUSALS}, operation_id="list_senders")
def list_senders(request: MemberRequest, page: Paged) -> Page[out.SenderOut]:
    """List the mailboxes that send, with how their day goes and what holds them."""
    now = SystemClock().now()
    return page_of(sender_list.rows_of(request.member), ("id",), page, lambda rows: _shaped(rows, now))


@router.get("/senders/{int:sender_id}", response={200: out.SenderOut, **REFUSALS}, operation_id="get_sender")
def get_sender(request: MemberRequest, sender_id: int) -> out.SenderOut:
    """Show one sender."""
    return _one(request, sender_id)


@router.post("/senders", response={201: out.SenderOut, **REFUSALS}, operation_id="create_sender")
def create_sender(request: MemberRequest, body: out.SenderIn) -> Status[out.SenderOut]:
    """Add a mailbox. Fresh ones send 50 a day, Monday to Friday, 9 to 17."""
    now = SystemClock().now()
    sender = forms.add(request.member, body.address, body.chosen(), body.form(), now)
    return Status(201, _one(request, sender.pk))


@router.patch(
    "/senders/{int:sender_id}", response={200: out.SenderOut, **REFUSALS}, operation_id="update_sender"
)
def update_sender(request: MemberRequest, sender_id: int, body: out.SenderChangeIn) -> out.SenderOut:
    """Change a sender; what waits for it is tried at once."""
    forms.change(request.member, sender_id, body.form(), SystemClock().now(), body.way())
    return _one(request, sender_id)


@router.post(
    "/senders/{int:sender_id}/enable", response={200: out.SenderOut, **REFUSALS}, operation_id="enable_sender"
)
def enable_sender(request: MemberRequest, sender_id: int) -> out.SenderOut:
    """Let a sender send again."""
    senders.enable(request.member, sender_id, SystemClock().now())
    return _one(request, sender_id)


@router.post(
    "/senders/{int:sender_id}/disable",
    response={200: out.SenderOut, **REFUSALS},
    operation_id="disable_sender",
)
def disable_sender(request: MemberRequest, sender_id: int) -> out.SenderOut:
    """Let nothing more leave by it; what was planned with it chooses another."""
    senders.disable(request.member, sender_id, SystemClock().now())
    return _one(request, sender_id)


@router.post(
    "/senders/{int:sender_id}/retry", response={200: out.SenderOut, **REFUSALS}, operation_id="retry_sender"
)
def retry_sender(request: MemberRequest, sender_id: int) -> out.SenderOut:
    """Try a sender that is held again, now."""
    forms.retry(request.member, sender_id, SystemClock().now())
    return _one(request, sender_id)


@router.post(
    "/senders/{int:sender_id}/default",
    response={200: out.SenderOut, **REFUSALS},
    operation_id="make_default_sender",
)
def make_default_sender(request: MemberRequest, sender_id: int) -> out.SenderOut:
    """Send by this one where nothing else is chosen."""
    forms.make_default(request.member, sender_id, SystemClock().now())
    return _one(request, sender_id)


@router.post("/senders/try", response={200: out.TriedOut, **REFUSALS}, operation_id="try_server")
def try_server(request: MemberRequest, body: out.ServerIn) -> out.TriedOut:
    """Try a server that is not saved yet: find, reach, encrypt, log in. Nothing is sent."""
    return _tried(sender_list.try_typed(request.member, body.typed()))


@router.post(
    "/senders/{int:sender_id}/try", response={200: out.TriedOut, **REFUSALS}, operation_id="try_sender"
)
def try_sender(request: MemberRequest, sender_id: int, body: out.TryIn) -> out.TriedOut:
    """Try a sender's server or account, or what was typed about it. Nothing is sent or changed."""
    way = body.way()
    if isinstance(way, TypedAccount):
        return _tried(providers.try_typed(request.member, way, sender_id))
    return _tried(sender_list.try_sender(request.member, sender_id, way))


@router.post("/senders/try-account", response={200: out.TriedOut, **REFUSALS}, operation_id="try_account")
def try_account(request: MemberRequest, body: out.AccountIn) -> out.TriedOut:
    """Try an account at a provider that is not saved yet. Nothing is sent."""
    return _tried(providers.try_typed(request.member, body.typed()))


@router.get(
    "/senders/providers",
    response={200: list[out.ProviderOut], **REFUSALS},
    operation_id="list_mail_providers",
)
def list_mail_providers(request: MemberRequest) -> list[out.ProviderOut]:
    """List the email service providers that can carry mail, with what each must be told."""
    return [out.ProviderOut.model_validate(_provider(one)) for one in providers.offered(request.member)]


@router.get(
    "/senders/{int:sender_id}/webhook",
    response={200: out.WebhookOut, **REFUSALS},
    operation_id="get_sender_webhook",
)
def get_webhook(request: MemberRequest, sender_id: int) -> out.WebhookOut:
    """Tell where the provider has to call, and when it did last. The address holds a password: keep it secret."""
    hearing = providers.hearing_of(request.member, sender_id, links.at(request, "/").rstrip("/"))
    return out.WebhookOut(
        events=hearing.addresses.get(Half.EVENTS, ""),
        inbound=hearing.addresses.get(Half.INBOUND, ""),
        missing=list(hearing.missing),
        heard_at=hearing.heard_at,
        refused_at=hearing.refused_at,
        refused_text=hearing.refused_text,
    )


def _provider(one: Provider) -> dict[str, object]:
    return {
        **{name: getattr(one, name) for name in ("name", "title", "inbound", "own_ids", "community")},
        "fields": [
            {
                **{name: getattr(field, name) for name in ("name", "label", "secret", "required")},
                "choices": list(field.choices),
            }
            for field in one.fields
        ],
        "tells": takes(one, Half.EVENTS),
        "signs": one.proof is Proof.SIGNATURE,
    }


@router.post(
    "/senders/{int:sender_id}/test-mail",
    response={200: out.TestMailOut, **REFUSALS},
    operation_id="send_test_mail",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def send_test_mail(request: MemberRequest, sender_id: int, body: out.TestMailIn) -> out.TestMailOut:
    """Let the sender write a mail to whoever asks."""
    now = SystemClock().now()
    return _test(sender_list.test_mail(request.member, sender_id, body.client_id, now), now)


@router.get(
    "/test-mails/{int:touch_id}", response={200: out.TestMailOut, **REFUSALS}, operation_id="get_test_mail"
)
def get_test_mail(request: MemberRequest, touch_id: int) -> out.TestMailOut:
    """Tell what became of a test mail."""
    return _test(sender_list.test_mail_of(request.member, touch_id), SystemClock().now())


def _test(touch: Touch, now: datetime) -> out.TestMailOut:
    coming = standing.of_touch(touch, now) if touch.settled_at is None and touch.handed_at is None else None
    return out.TestMailOut(
        id=touch.pk,
        to=touch.recipient,
        status=touch.status,
        hold=coming.hold if coming else "",
        reason=touch.reason,
        at=coming.at if coming else touch.settled_at,
    )


def _tried(tried: Tried) -> out.TriedOut:
    return out.TriedOut(ok=tried.stage == "ok", stage=tried.stage, text=tried.text)


def _one(request: MemberRequest, sender_id: int) -> out.SenderOut:
    return next(_shaped([sender_list.get(request.member, sender_id)], SystemClock().now()))


def _shaped(rows: Sequence[SenderProfile], now: datetime) -> Iterator[out.SenderOut]:
    days = sender_list.days_of(rows, now)
    return (sender_out(row, days[row.pk], now) for row in rows)


def _account(row: SenderProfile) -> out.SenderAccountOut | None:
    if row.kind != SenderKind.ESP:
        return None
    return out.SenderAccountOut(
        provider=row.provider,
        title=PROVIDERS[row.provider].title,
        options=row.provider_options,
        secrets=providers.secrets_of(row),
    )


_PACE = ("cap_per_minute", "cap_per_hour", "cap_per_day", "connections", "spacing_seconds")


def sender_out(row: SenderProfile, day: Day, now: datetime) -> out.SenderOut:
    """Shape a sender that carries workspace and owner."""
    stands = sender_list.standing_of(row, now)
    return out.SenderOut(
        id=row.pk,
        name=row.name,
        address=row.address,
        reply_to=row.reply_to,
        plus_addressing=row.plus_addressing,
        signature=row.signature,
        owner=out.SenderOwnerOut(id=row.owner.pk, name=row.owner.name) if row.owner else None,
        kind=row.kind,  # type: ignore[arg-type]  # the built-in ones are not listed
        account=_account(row),
        host=row.host,
        port=row.port,
        security=row.security,
        username=row.username,
        has_password=bool(row.password_encrypted),
        host_trusted=row.host_trusted,
        enabled=row.enabled,
        is_default=row.workspace.default_sender_id == row.pk,
        health=stands.health,
        until=stands.until,
        down_reason=row.down_reason if stands.health == "down" else "",
        down_text=row.down_text if stands.health == "down" else "",
        window=row.window,
        time_zone=row.time_zone,
        zone=row.time_zone or row.workspace.time_zone,
        **{name: getattr(row, name) for name in _PACE},
        cap_today=(cap_today := sender_list.cap_today(row, now)),
        warm_up=out.WarmUp(**row.warm_up) if row.warm_up else None,
        warm_up_started_at=row.warm_up_started_at,
        used=max(day.used, day.sent) if cap_today is None else day.used,
        sent=day.sent,
        waiting=day.waiting,
        due=day.due,
    )
