"""Accounts at Twilio: connected, changed, tried, removed. Their secrets are stored encrypted and never shown again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from math import ceil
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from drumbeat.actions import access, audit
from drumbeat.channels.base import Refusal, Unclear
from drumbeat.channels.twilio import asking
from drumbeat.channels.twilio.asking import OwnNumber
from drumbeat.channels.twilio.outbound import TwilioAccount
from drumbeat.core.drafts import seconds_to_say
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Channel
from drumbeat.core.sms import Estimate, Prices, Weight, estimate, weigh
from drumbeat.environment import environment
from drumbeat.models import Contact, Member, PhoneAccount, SenderProfile, Touch
from drumbeat.store import phone_accounts, sender_health, spacing, sql

_ACCOUNT_SID, _KEY_SID = re.compile(r"AC[0-9a-fA-F]{32}"), re.compile(r"SK[0-9a-fA-F]{32}")
_CURRENCY, _PREFIX = re.compile(r"[A-Z]{3}"), re.compile(r"\+[0-9]{1,15}")
_CHOOSE_TEMPLATES = ("senders.view", "contacts.edit", "sequences.view")
LONGEST_SECRET = 200
MOST_PRICES = 500
_TABLES = {Channel.SMS: "by_prefix", Channel.WHATSAPP: "whatsapp", Channel.VOICE: "voice"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """An account as it was typed; None leaves what is stored. `key_sid` "" goes back to the token.

    `prices`: a currency, and by the beginning of the number the price of a segment (`by_prefix`), of a message of
    WhatsApp (`whatsapp`) and of a minute of a call that was begun (`voice`); an empty one forgets them.
    """

    name: str | None = None
    sid: str | None = None
    token: str | None = None
    key_sid: str | None = None
    key_secret: str | None = None
    answers_words: bool | None = None
    prices: Mapping[str, Any] | None = None


def listed(member: Member) -> QuerySet[PhoneAccount]:
    access.require(member, "senders.view")
    return access.visible_to(member, PhoneAccount).order_by("id")


def get(member: Member, account_id: int) -> PhoneAccount:
    return access.first(listed(member).filter(id=account_id), "account", account_id)


def add(member: Member, typed: Typed, now: datetime) -> PhoneAccount:
    """Connect an account that works.

    DomainErrors `account_invalid`, `account_refused`, `account_unclear`, `account_exists`.
    """
    access.require(member, "senders.create")
    sid = _checked_sid(typed.sid or "")
    credentials = _credentials(sid, typed, TwilioAccount(sid, ""))
    _require_well(credentials)
    account = PhoneAccount(
        workspace_id=member.workspace_id,
        name=_name(typed.name or "") or "Twilio",
        sid=sid,
        key_sid=credentials.key_sid,
        secrets_encrypted=phone_accounts.sealed(typed.token or "", _key_secret(typed, credentials)),
        answers_words=typed.answers_words is not False,
        prices=_prices(typed.prices or {}),
        hook_token=phone_accounts.new_hook_token(),
        checked_at=now,
        created_at=now,
    )
    try:
        with transaction.atomic():
            account.save(force_insert=True)
            _record(member, "number.connect", account, now)
    except IntegrityError:
        raise DomainError("account_exists", "This account is connected already. Change that one.") from None
    return account


def change(member: Member, account_id: int, typed: Typed, now: datetime) -> PhoneAccount:
    """Change what was typed. New secrets are tried first; what was held for want of good ones is tried at once."""
    access.require(member, "senders.edit")
    account = get(member, account_id)
    changed: dict[str, Any] = {}
    if typed.name is not None:
        changed["name"] = _name(typed.name) or account.name
    if typed.answers_words is not None:
        changed["answers_words"] = typed.answers_words
    if typed.prices is not None:
        changed["prices"] = _prices(typed.prices)
    if not (typed.token is None and typed.key_sid is None and typed.key_secret is None):
        changed |= _secret_columns(account, typed)
        changed |= {"fault": "", "checked_at": now}
    with transaction.atomic():
        PhoneAccount.objects.filter(id=account.pk).update(**changed)
        _record(member, "number.account", account, now)
    if "secrets_encrypted" in changed:
        _try_again(account, now)
    account.refresh_from_db()
    return account


def remove(member: Member, account_id: int, now: datetime) -> None:
    """Forget an account and its secrets. DomainError `account_in_use` while it has enabled numbers or texts waiting."""
    access.require(member, "senders.edit")
    account = get(member, account_id)
    with transaction.atomic():
        numbers = SenderProfile.objects.filter(account=account)
        sql.lock(numbers)
        waiting = Touch.objects.filter(sender__in=numbers.values("id"), settled_at=None)
        if numbers.filter(enabled=True).exists() or waiting.exists():
            raise DomainError("account_in_use", "Its numbers still send. Remove them first.")
        _record(member, "number.disconnect", account, now)
        numbers.update(account=None)
        account.delete()


def tried(member: Member, account_id: int, now: datetime) -> PhoneAccount:
    """Try a stored account; what is found is kept, and numbers that were held for it are tried at once."""
    access.require(member, "senders.edit")
    account = get(member, account_id)
    fault = fault_of(phone_accounts.credentials_of(account))
    phone_accounts.note_tried(account.pk, fault, now)
    if not fault:
        _try_again(account, now)
    account.refresh_from_db()
    return account


def _try_again(account: PhoneAccount, now: datetime) -> None:
    with transaction.atomic():
        numbers = sql.lock(SenderProfile.objects.filter(account=account))
        sender_health.freed(numbers)
        spacing.free(numbers, now)


def own_numbers(member: Member, account_id: int) -> list[OwnNumber]:
    """Return the numbers that the account has at Twilio. DomainErrors `account_refused`, `account_unclear`."""
    access.require(member, "senders.create")
    credentials = phone_accounts.credentials_of(get(member, account_id))
    try:
        return asking.numbers_of(credentials, environment().provider_api_url)
    except (Refusal, Unclear) as fault:
        raise _refused(fault) from fault


def with_templates(member: Member, now: datetime, *, anew: bool = False) -> list[PhoneAccount]:
    """Return the accounts with their WhatsApp templates, asked for at Twilio where nobody did before, or `anew`.

    Whoever writes to contacts or reads sequences may know what there is to choose from; to ask `anew` takes
    `senders.view`. DomainErrors `account_refused`, `account_unclear`.
    """
    if anew or not any(access.may(member, right) for right in _CHOOSE_TEMPLATES):
        access.require(member, "senders.view")
    accounts = access.visible_to(member, PhoneAccount).order_by("id")
    return [_with_templates(account, now, anew=anew) for account in accounts]


def _with_templates(account: PhoneAccount, now: datetime, *, anew: bool) -> PhoneAccount:
    if account.templates_read_at is not None and not anew:
        return account
    try:
        found = asking.templates_of(phone_accounts.credentials_of(account), environment().provider_api_url)
    except (Refusal, Unclear) as fault:
        raise _refused(fault) from fault
    PhoneAccount.objects.filter(id=account.pk).update(
        templates=[asdict(one) for one in found], templates_read_at=now
    )
    account.refresh_from_db()
    return account


@dataclass(frozen=True, slots=True)
class Weighed:
    """`cost` is None where no account says prices of the channel."""

    weight: Weight
    cost: Estimate | None


def weighed(
    member: Member, text: str, number: str, channel: Channel = Channel.SMS, contact_id: int | None = None
) -> Weighed:
    """Say what a text weighs, and what it costs to a number, or a contact's, by the first account with prices.

    Without a number: from the least to the most that it costs anywhere. DomainError `not_found` for the contact.
    """
    access.require(member, "sequences.view")
    if contact_id is not None:
        access.require(member, "contacts.view")
        number = access.get(member, Contact, contact_id, "contact").phone_normal
    weight, table = weigh(text), _TABLES[channel]
    rows = access.visible_to(member, PhoneAccount).exclude(prices={}).order_by("id")
    told = next((one for one in rows.values_list("prices", flat=True) if one.get(table)), None)
    if told is None:
        return Weighed(weight, None)
    by_prefix = {prefix: Decimal(price) for prefix, price in told[table].items()}
    count = {Channel.SMS: weight.segments, Channel.VOICE: ceil(seconds_to_say(text) / 60)}.get(channel, 1)
    return Weighed(weight, estimate(count, number, Prices(told["currency"], by_prefix)))


def fault_of(credentials: TwilioAccount) -> str:
    """Return what is wrong with the account, "" where it is well."""
    try:
        asking.try_account(credentials, environment().provider_api_url)
    except (Refusal, Unclear) as fault:
        return f"{fault.code} {fault.text}".strip()
    return ""


def _require_well(credentials: TwilioAccount) -> None:
    try:
        asking.try_account(credentials, environment().provider_api_url)
    except (Refusal, Unclear) as fault:
        raise _refused(fault) from fault


def _refused(fault: Refusal | Unclear) -> DomainError:
    said = f"{fault.code} {fault.text}".strip()
    if isinstance(fault, Unclear):
        return DomainError(
            "account_unclear", f"Twilio did not answer clearly: {said}. Try again in a moment."
        )
    return DomainError(
        "account_refused", f"Twilio does not accept this account: {said}", {"token": "refused"}
    )


def _secret_columns(account: PhoneAccount, typed: Typed) -> dict[str, Any]:
    kept = phone_accounts.credentials_of(account)
    credentials = _credentials(account.sid, typed, kept)
    _require_well(credentials)
    token = phone_accounts.token_of(account) if typed.token is None else typed.token
    secret = _key_secret(typed, credentials)
    return {"key_sid": credentials.key_sid, "secrets_encrypted": phone_accounts.sealed(token, secret)}


def _credentials(sid: str, typed: Typed, kept: TwilioAccount) -> TwilioAccount:
    """Return what requests would be made with. The token is needed in any case: callbacks are signed with it."""
    for secret in (typed.token, typed.key_secret):
        if secret is not None and (not secret.strip().isascii() or len(secret) > LONGEST_SECRET):
            raise _invalid("token", "That is no secret of Twilio's.")
    if typed.token == "" or (typed.token is None and not kept.secret):
        raise _invalid("token", "Give the account's auth token: Twilio signs with it what it tells.")
    key_sid = kept.key_sid if typed.key_sid is None else typed.key_sid.strip()
    if not key_sid:
        known = kept.secret if not kept.key_sid else ""
        token = typed.token if typed.token is not None else known
        if not token:
            raise _invalid("token", "Give the account's auth token again.")
        return TwilioAccount(sid, token.strip())
    if not _KEY_SID.fullmatch(key_sid):
        raise _invalid("key_sid", "An API key begins with SK and has 34 characters.")
    same = key_sid == kept.key_sid
    secret = typed.key_secret or (kept.secret if same else "")
    if not secret:
        raise _invalid("key_secret", "Give the secret of the API key.")
    return TwilioAccount(sid, secret.strip(), key_sid)


def _key_secret(typed: Typed, credentials: TwilioAccount) -> str:
    return credentials.secret if credentials.key_sid else ""


def _checked_sid(sid: str) -> str:
    if not _ACCOUNT_SID.fullmatch(sid.strip()):
        raise _invalid("sid", "An account's SID begins with AC and has 34 characters.")
    return sid.strip()


def _name(name: str) -> str:
    return " ".join(name.split())[:200]


def _prices(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table of prices as it is stored, empty for none. DomainError `account_invalid`."""
    if not typed:
        return {}
    tables = {name: typed.get(name) or {} for name in _TABLES.values()}
    if (
        not _CURRENCY.fullmatch(str(typed.get("currency", "")))
        or max(map(len, tables.values())) > MOST_PRICES
    ):
        raise _invalid("prices", "Prices need a currency of three letters, as USD, and at most 500 prefixes.")
    kept = {name: _table(table) for name, table in tables.items() if table}
    return {"currency": typed["currency"], **kept} if kept else {}


def _table(by_prefix: Mapping[str, Any]) -> dict[str, str]:
    kept = {}
    for prefix, price in by_prefix.items():
        try:
            amount = Decimal(str(price))
        except InvalidOperation:
            amount = Decimal(-1)
        if not _PREFIX.fullmatch(prefix) or not amount.is_finite() or not 0 <= amount <= 100:
            raise _invalid(
                "prices", f"A price looks like +49 = 0.0795, not {prefix[:20]} = {str(price)[:20]}."
            )
        kept[prefix] = str(amount)
    return kept


def _invalid(field: str, sentence: str) -> DomainError:
    return DomainError("account_invalid", sentence, {field: sentence})


def _record(member: Member, act: str, account: PhoneAccount, now: datetime) -> None:
    audit.record(member, act, now, object_kind="phone_account", object_id=account.pk, name=account.name)
