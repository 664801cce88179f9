"""Senders behind a provider: what is typed about the account, and the address at which the provider tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from drumbeat.actions import access
from drumbeat.channels.email.trying import Tried
from drumbeat.channels.esp.trying import try_account
from drumbeat.core.errors import DomainError
from drumbeat.core.providers import (
    HOOK_USER,
    PROVIDERS,
    Account,
    Half,
    Proof,
    Provider,
    account_of,
    can_hear,
    needs_password,
    takes,
)
from drumbeat.core.touch import TouchStatus
from drumbeat.environment import environment
from drumbeat.models import Member, SenderKind, SenderProfile, Touch
from drumbeat.store import accounts

SILENT_AFTER = 5
"""Mails of which a provider would have told something by now."""
NO_SERVER: Mapping[str, Any] = {
    "host": "",
    "port": 0,
    "security": "",
    "username": "",
    "password_encrypted": None,
    "host_trusted": False,
}
NO_ACCOUNT: Mapping[str, Any] = {
    "provider": "",
    "provider_options": {},
    "provider_secrets_encrypted": None,
    "hook_token": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedAccount:
    """An account as it was typed. A value that is left out keeps the one that is stored, "" removes it."""

    name: str
    values: Mapping[str, str] = field(default_factory=dict)


def checked(typed: TypedAccount, sender: SenderProfile | None = None) -> Account:
    """Return the account; DomainErrors `provider_unknown`, `provider_field_invalid`."""
    stored = accounts.account_of(sender) if sender is not None and sender.kind == SenderKind.ESP else None
    return account_of(typed.name, typed.values, stored)


def columns(account: Account, sender: SenderProfile | None = None) -> dict[str, Any]:
    """Return the columns of a sender that this account carries from now on."""
    return {"kind": SenderKind.ESP, **NO_SERVER, **accounts.columns_of(account, sender)}


def try_typed(member: Member, typed: TypedAccount, sender_id: int | None = None) -> Tried:
    """Try an account as it is typed, together with what is stored of the sender's; nothing is sent or changed."""
    access.require(member, "senders.create" if sender_id is None else "senders.edit")
    sender = None if sender_id is None else access.get(member, SenderProfile, sender_id, "sender")
    return _tried(checked(typed, sender))


def try_stored(sender: SenderProfile) -> Tried:
    return _tried(accounts.account_of(sender))


def _tried(account: Account) -> Tried:
    return try_account(account, environment().provider_api_url, environment().private_networks)


def offered(member: Member) -> list[Provider]:
    """Return the providers by title."""
    access.require(member, "senders.view")
    return sorted(PROVIDERS.values(), key=lambda one: one.title.lower())


def secrets_of(sender: SenderProfile) -> list[str]:
    """Return which secrets are stored; none where they cannot be read."""
    try:
        return sorted(accounts.account_of(sender).secrets)
    except DomainError:
        return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """How a provider's calls arrive. `addresses` hold the password where the provider does not sign.

    `missing`: the fields of which one must be given before anything is believed; a provider makes its signing key
    when it learns the address.
    """

    addresses: Mapping[Half, str]
    missing: tuple[str, ...]
    heard_at: datetime | None
    refused_at: datetime | None
    refused_text: str


def hearing_of(member: Member, sender_id: int, base: str) -> Hearing:
    """Tell where the provider has to call, below the address `base`; only who may edit senders learns it.

    DomainError `provider_tells_nothing` where there is nothing to hear.
    """
    access.require(member, "senders.edit")
    sender = access.get(member, SenderProfile, sender_id, "sender")
    if sender.kind != SenderKind.ESP:
        raise DomainError("provider_tells_nothing", f"{sender.address} is no sender behind a provider.")
    provider = PROVIDERS[sender.provider]
    if not takes(provider, Half.EVENTS):
        raise DomainError(
            "provider_tells_nothing", f"{provider.title} tells nothing of the mail that it carries."
        )
    account = accounts.account_of(sender)
    halves = [half for half in Half if takes(provider, half)]
    keys = [one.name for one in provider.fields if Half.EVENTS in one.proves]
    return Hearing(
        addresses={half: _address(sender, account, half, base) for half in halves},
        missing=() if can_hear(account) else tuple(keys),
        heard_at=sender.hook_heard_at,
        refused_at=sender.hook_refused_at,
        refused_text=sender.hook_refused_text,
    )


def _address(sender: SenderProfile, account: Account, half: Half, base: str) -> str:
    path = f"/hooks/esp/{sender.provider}/{sender.hook_token}"
    path += "/inbound" if half is Half.INBOUND else ""
    if PROVIDERS[account.provider].proof is not Proof.PASSWORD or not needs_password(account, half):
        return base + path
    scheme, _, rest = base.partition("://")
    return f"{scheme}://{HOOK_USER}:{quote(accounts.hook_password_of(sender))}@{rest}{path}"


def unheard(sender: SenderProfile) -> int | None:
    """Return how many mails left of which the provider should have told something; None where all is well."""
    if sender.kind != SenderKind.ESP or sender.hook_heard_at is not None:
        return None
    if not takes(PROVIDERS[sender.provider], Half.EVENTS):
        return None
    sent = Touch.objects.filter(sender=sender, status=TouchStatus.SENT).count()
    return sent if sent >= SILENT_AFTER else None


def leaves_out_unsubscribe(sender: SenderProfile) -> bool:
    """Say whether the provider is not told how to unsubscribe: it asks more money for that."""
    return sender.provider == "mailersend" and sender.provider_options.get("own_unsubscribe") != "yes"
