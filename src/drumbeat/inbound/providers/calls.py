"""A provider's call at our address: proven first, then read into events and mails, by way of django-anymail.

Nothing is stored here and no clock is read. anymail is imported with the first call.
"""

from __future__ import annotations

import importlib
import json
import logging
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from types import MappingProxyType
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest

from drumbeat.channels.esp.lying import certificate
from drumbeat.core.hooks import PREFIX, TOLERANCE, verified
from drumbeat.core.provider_events import MARK, Told, finality_of
from drumbeat.core.provider_lying import Lying
from drumbeat.core.providers import Account, Half, needs_password
from drumbeat.inbound.providers import amazon, lies
from drumbeat.inbound.providers.called import LARGEST, MOST_EVENTS, Call, NotProven, Passed, Unreadable

log = logging.getLogger(__name__)

__all__ = ["LARGEST", "MOST_EVENTS", "Call", "NotProven", "Passed", "Unreadable", "read"]

LONGEST_TEXT = 2_000


def _mailgun_signed_at(request: WSGIRequest) -> float:
    """Mailgun signs a time and a token run together, and not the body: only a number may stand for the time."""
    if request.content_type == "application/json":
        said = json.loads(request.body)["signature"]["timestamp"]
    else:
        said = request.POST["timestamp"]
    return float(said) if str(said).isdecimal() else 0.0


def _sendgrid_signed_at(request: WSGIRequest) -> float | None:
    """SendGrid signs the time with the body; it always writes a number, so what is none repeats no call of its."""
    said = request.headers.get("X-Twilio-Email-Event-Webhook-Timestamp", "")
    return float(said) if said.isdecimal() else None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Anymail's views, and which of our secrets each of their settings takes.

    `lies`: what of a call for received mail must be fetched. `signed_at`: when a call was signed, None where its
    signature has no time.
    """

    events: str
    inbound: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    inbound_keys: Mapping[str, str] = field(default_factory=dict)
    svix: bool = False
    lies: Callable[[Mapping[str, Any]], list[Lying | Passed]] | None = None
    signed_at: Callable[[WSGIRequest], float | None] | None = None


_MALFORMED = (ValueError, KeyError, TypeError, AttributeError)
_OWN_VIEWS = {"amazon_ses": "drumbeat.inbound.providers.amazon_views"}
_SVIX: Mapping[Half, str] = {Half.EVENTS: "signing_secret", Half.INBOUND: "inbound_secret"}
_READERS: Mapping[str, _Reader] = MappingProxyType(
    {
        "amazon_ses": _Reader("EventsView", "InboundView"),
        "brevo": _Reader(
            "BrevoTrackingWebhookView",
            "BrevoInboundWebhookView",
            inbound_keys={"api_key": "api_key"},
            lies=lies.in_brevo,
        ),
        "mailersend": _Reader(
            "MailerSendTrackingWebhookView",
            "MailerSendInboundWebhookView",
            {"signing_secret": "signing_secret"},
            {"inbound_secret": "inbound_secret"},
        ),
        "mailgun": _Reader(
            "MailgunTrackingWebhookView",
            "MailgunInboundWebhookView",
            {"webhook_signing_key": "webhook_signing_key"},
            {"webhook_signing_key": "webhook_signing_key"},
            signed_at=_mailgun_signed_at,
        ),
        "mailjet": _Reader("MailjetTrackingWebhookView", "MailjetInboundWebhookView"),
        "mailtrap": _Reader(
            "MailtrapTrackingWebhookView",
            "MailtrapInboundWebhookView",
            {"tracking_secret": "signing_secret"},
            {"inbound_secret": "inbound_secret", "api_token": "api_token"},
            lies=lies.in_mailtrap,
        ),
        "mandrill": _Reader(
            "MandrillCombinedWebhookView",
            "MandrillCombinedWebhookView",
            {"webhook_key": "webhook_key"},
            {"webhook_key": "webhook_key"},
        ),
        "postal": _Reader(
            "PostalTrackingWebhookView",
            "PostalInboundWebhookView",
            {"webhook_key": "webhook_key"},
            {"webhook_key": "webhook_key"},
        ),
        "postmark": _Reader("PostmarkTrackingWebhookView", "PostmarkInboundWebhookView"),
        "resend": _Reader(
            "ResendTrackingWebhookView",
            "ResendInboundWebhookView",
            inbound_keys={"api_key": "api_key"},
            svix=True,
            lies=lies.in_resend,
        ),
        "sendgrid": _Reader(
            "SendGridTrackingWebhookView",
            "SendGridInboundWebhookView",
            {"tracking_webhook_verification_key": "webhook_verification_key"},
            signed_at=_sendgrid_signed_at,
        ),
        "sparkpost": _Reader("SparkPostTrackingWebhookView", "SparkPostInboundWebhookView"),
        "unisender_go": _Reader("UnisenderGoTrackingWebhookView", keys={"api_key": "api_key"}),
    }
)


def read(
    call: Call,
    account: Account,
    passwords: Sequence[str],
    now: datetime,
    certificates: amazon.Certificates = certificate,
) -> list[Told | Passed | Lying]:
    """Return what the call tells. Raises NotProven before anything of it is read, else Unreadable.

    `passwords`: what it must carry besides (user:password), where there are any. `certificates`: those of Amazon.
    """
    reader = _READERS[account.provider]
    view = _view(reader, call, account, passwords)
    request = _request(call)
    _prove(view, reader, request, call, account, now)
    by_topic = account.provider == "amazon_ses" and not needs_password(account, call.half)
    if by_topic and not amazon.is_signed(call.body, account, call.half, now, certificates):
        raise NotProven
    try:
        found = _found(view, reader, request, call, account)
    except Exception as fault:
        log.warning("a call of %s cannot be read: %s: %s", account.provider, type(fault).__name__, fault)
        raise fault if isinstance(fault, Unreadable) else Unreadable(_why(fault)) from fault
    if len(found) > MOST_EVENTS:
        raise Unreadable(f"It tells of more than {MOST_EVENTS} events.")
    return found


def _found(
    view: Any, reader: _Reader, request: WSGIRequest, call: Call, account: Account
) -> list[Told | Passed | Lying]:
    if account.provider == "amazon_ses":
        lying = amazon.lying_in(call.body)
        if lying is not None:
            return [*lying]
    if reader.lies is not None and call.half is Half.INBOUND:
        return [*reader.lies(json.loads(call.body))]
    return [_passed(one) if hasattr(one, "message") else _told(one) for one in view.parse_events(request)]


def _view(reader: _Reader, call: Call, account: Account, passwords: Sequence[str]) -> Any:
    inbound = call.half is Half.INBOUND
    place = _OWN_VIEWS.get(account.provider, f"anymail.webhooks.{account.provider}")
    module = importlib.import_module(place)
    wanted = reader.inbound_keys if inbound else reader.keys
    keys: dict[str, Any] = {name: account.secrets.get(ours) for name, ours in wanted.items()}
    if needs_password(account, call.half) and not passwords:
        raise NotProven
    if account.provider == "mailgun":
        keys = {name: key for name, key in keys.items() if key} | {"api_key": account.secrets.get("api_key")}
    if account.provider == "mandrill":
        keys["webhook_url"] = call.address
    if reader.svix:
        keys[_SVIX[call.half]] = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what is not checked by anymail, since it is here
        try:
            return getattr(module, reader.inbound if inbound else reader.events)(
                webhook_secret=list(passwords), **keys
            )
        except (AttributeError, ValueError) as fault:  # without a key, or with one that is none
            raise NotProven from fault


def _request(call: Call) -> WSGIRequest:
    """Return the call as a request that anymail reads, with its body in memory."""
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in call.headers.items()}
    return WSGIRequest(
        {
            **headers,
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/",
            "SERVER_NAME": "drumbeat",
            "SERVER_PORT": "443",
            "CONTENT_TYPE": call.content_type,
            "CONTENT_LENGTH": str(len(call.body)),
            "wsgi.input": BytesIO(call.body),
            "wsgi.url_scheme": "https",
        }
    )


def _prove(
    view: Any, reader: _Reader, request: WSGIRequest, call: Call, account: Account, now: datetime
) -> None:
    from anymail.exceptions import AnymailError

    request._body = call.body  # its length was checked: Django's own limit is lower
    secret = account.secrets.get(_SVIX[call.half])
    if reader.svix and secret and not _is_signed(call, secret, now):
        raise NotProven
    try:
        view.run_validators(request)
        signed_at = (
            reader.signed_at(request) if reader.signed_at and not needs_password(account, call.half) else None
        )
    except RequestDataTooBig as fault:
        raise Unreadable("It is too large.") from fault
    except (SuspiciousOperation, AnymailError, RecursionError, *_MALFORMED) as fault:
        raise NotProven from fault
    if signed_at is not None and abs(now.timestamp() - signed_at) > TOLERANCE.total_seconds():
        raise NotProven


def _is_signed(call: Call, secret: str, now: datetime) -> bool:
    """Check a signature of Svix, which are those of Standard Webhooks under another name."""
    sent = {name.lower().replace("svix-", "webhook-"): value for name, value in call.headers.items()}
    if "webhook-signature" not in sent:
        return False
    try:
        return verified(PREFIX + secret.removeprefix(PREFIX), call.body, sent, now) is not None
    except ValueError:
        return False


def _told(event: Any) -> Told:
    metadata = event.metadata if isinstance(event.metadata, Mapping) else {}
    raw = _plain(event.esp_event)
    return Told(
        kind=_text(event.event_type),
        at=event.timestamp.isoformat() if event.timestamp else "",
        event_id=_text(event.event_id),
        message_id=_text(event.message_id),
        mark=_text(metadata.get(MARK) or next(iter(event.tags or []), "") or amazon.mark_in(raw)),
        recipient=_text(event.recipient),
        reject_reason=_text(event.reject_reason),
        description=_text(event.description),
        answer=_text(event.mta_response),
        finality=finality_of(raw),
        url=_text(event.click_url),
        user_agent=_text(event.user_agent),
        raw=raw,
    )


def _passed(event: Any) -> Passed:
    message = event.message
    if message is None:
        raise Unreadable("It holds no mail.")
    to = message.envelope_recipient
    return Passed(
        event_id=_text(event.event_id),
        envelope_from=_text(message.envelope_sender),
        envelope_to=(_text(to),) if to else (),
        raw=message.as_bytes(),
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value).replace("\0", "")[:LONGEST_TEXT]


def _plain(value: Any) -> dict[str, Any]:
    """Return a provider's own event as plain values: forms have lists of them, JSON is kept."""
    if hasattr(value, "dict"):
        value = value.dict()
    return dict(value) if isinstance(value, Mapping) else {}


def _why(fault: Exception) -> str:
    """Return why, in words for people: anymail says where one address was given for the other."""
    named = type(fault).__name__ == "AnymailConfigurationError"
    return "The events and the inbound address seem to be exchanged." if named else "It has another form."
