"""Takes a provider's calls in: stored and committed before they are acknowledged, read later by the worker."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from drumbeat.channels.esp.lying import certificate
from drumbeat.core.errors import DomainError
from drumbeat.core.provider_events import Told
from drumbeat.core.provider_lying import Lying
from drumbeat.core.providers import HOOK_USER, PROVIDERS, Account, Half, can_hear, needs_password, takes
from drumbeat.environment import environment
from drumbeat.inbound.providers.calls import Call, NotProven, Passed, Unreadable, read
from drumbeat.models import InboundMail, SenderKind, SenderProfile
from drumbeat.store import accounts, evidence, provider_events, provider_fetches
from drumbeat.store.evidence import storable


def take(provider: str, token: str, call: Call, now: datetime) -> None:
    """Keep what the call tells, once.

    DomainErrors `provider_refused`, the same for an address that is unknown and a call that proves nothing, and
    `provider_unreadable`.
    """
    sender = provider_events.by_token(token)
    if sender is None or sender.kind != SenderKind.ESP or sender.provider != provider:
        raise _refused()
    if not takes(PROVIDERS[provider], call.half):
        raise _refused()
    try:
        found = read(call, *_proofs(sender, call.half), now, _certificate)
    except NotProven as fault:
        provider_events.note_refused(sender.pk, "not_proven", now)
        raise _refused() from fault
    except Unreadable as fault:
        _keep(sender, call, fault.found, now)  # the provider tells of all again, and these are known by then
        provider_events.note_refused(sender.pk, str(fault), now)
        raise DomainError("provider_unreadable", f"The call is proven and cannot be read. {fault}") from fault
    _keep(sender, call, found, now)


def _keep(sender: SenderProfile, call: Call, found: Sequence[Told | Passed | Lying], now: datetime) -> None:
    _keep_mails(sender, call, [one for one in found if isinstance(one, Passed)], now)
    provider_fetches.keep(sender.pk, [one for one in found if isinstance(one, Lying)], now)
    provider_events.keep(sender, [one for one in found if isinstance(one, Told)], now)


def _certificate(url: str) -> bytes:
    env = environment()
    return certificate(url, env.provider_api_url, env.private_networks)


def _refused() -> DomainError:
    return DomainError(
        "provider_refused",
        "There is no such address, or the call does not prove who makes it: check the password or the signing key.",
    )


def _proofs(sender: SenderProfile, half: Half) -> tuple[Account, Sequence[str]]:
    """Return what a call must prove: a signature where its key is known, else the password of the address."""
    account = accounts.account_of(sender)
    if not can_hear(account, half):
        raise NotProven
    if not needs_password(account, half):
        return account, ()
    return account, (f"{HOOK_USER}:{accounts.hook_password_of(sender)}",)


def _keep_mails(sender: SenderProfile, call: Call, mails: Sequence[Passed], now: datetime) -> None:
    for number, one in enumerate(mails):
        known = one.event_id or f"{hashlib.sha256(call.body).hexdigest()}:{number}"
        evidence.add_mail(
            InboundMail(
                source=provider_events.source_of(sender.provider),
                external_id=f"{sender.pk}:{known}"[:200],
                envelope_from=storable(one.envelope_from, 320),
                envelope_to=[storable(address, 320) for address in one.envelope_to],
                raw=one.raw,
                received_at=now,
            )
        )
