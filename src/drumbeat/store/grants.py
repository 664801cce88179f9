"""Grants as rows: their tokens, and the lease under which one at a time asks for new ones.

Tokens end by the clock of the world, so all times here are the database's, as those of leases are.
"""

from __future__ import annotations

import secrets as chance
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from drumbeat.core.oauth import Denied, Tokens
from drumbeat.models import Grant, Mailbox, SenderProfile
from drumbeat.store import evidence, leases, secrets, telling

OK, REVOKED, ERROR = "ok", "revoked", "error"
LOST = "grant_lost"
"""The kind of the line that asks somebody to connect an account again."""
EARLY = timedelta(minutes=5)
"""An access token is renewed this long before it ends."""
SAFELY = timedelta(seconds=30)
"""What is left less than this is not used any more: it would end on the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A grant as whoever needs a token sees it. `usable`: the token holds; `fresh`: it need not be renewed yet."""

    provider: str
    state: str
    fault: str
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    usable: bool
    fresh: bool


def look(grant_id: int) -> Held:
    """Return the grant; raises Grant.DoesNotExist, DomainError `secret_unreadable`."""
    row, now = Grant.objects.get(id=grant_id), _db_now()
    until = row.access_until or now
    return Held(
        provider=row.provider,
        state=row.state,
        fault=row.fault,
        access=_decrypted(row.access_encrypted),
        refresh=_decrypted(row.refresh_encrypted),
        usable=until > now + SAFELY,
        fresh=until > now + EARLY,
    )


def _decrypted(sealed: bytes | memoryview | None) -> str:
    return secrets.decrypt(sealed) if sealed else ""


def _db_now() -> datetime:
    return leases.lease_end() - leases.LEASE


def lease(grant_id: int) -> str | None:
    """Take the right to renew the tokens, for LEASE; None while somebody else has it."""
    token, now = chance.token_hex(16), _db_now()
    free = Grant.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now), id=grant_id)
    taken = free.update(lease_token=token, lease_until=now + leases.LEASE)
    return token if taken else None


def give_back(grant_id: int, token: str) -> None:
    """Let others renew."""
    Grant.objects.filter(id=grant_id, lease_token=token).update(lease_token="", lease_until=None)


def renewed(grant_id: int, token: str, tokens: Tokens) -> None:
    """Keep new tokens. Who lost the lease meanwhile keeps nothing: another one's are newer."""
    now = _db_now()
    Grant.objects.filter(id=grant_id, lease_token=token).update(
        **columns_of(tokens, now), state=OK, fault="", refreshed_at=now, lease_token="", lease_until=None
    )


def columns_of(tokens: Tokens, now: datetime) -> dict[str, object]:
    """Return the columns that tokens given at `now` fill; without a new refresh token the old one stays."""
    columns: dict[str, object] = {
        "access_encrypted": secrets.encrypt(tokens.access),
        "access_until": now + timedelta(seconds=tokens.seconds),
    }
    if tokens.refresh is not None:
        columns["refresh_encrypted"] = secrets.encrypt(tokens.refresh)
    if tokens.scopes:
        columns["scopes"] = tokens.scopes
    return columns


def failed(grant_id: int, token: str, text: str) -> None:
    """Note that no new token came, for now."""
    _end(grant_id, token, {"state": ERROR, "fault": evidence.storable(text, 500)})


def lost(grant_id: int, token: str, denied: Denied, provider: str) -> None:
    """Note that a person must connect the account again, and tell whoever connected it, once."""
    now = _db_now()
    fault = evidence.storable(f"{denied.text} ({denied.code})", 500)
    values = {"state": REVOKED, "fault": fault, "access_encrypted": None, "access_until": None}
    with transaction.atomic():
        fresh = Grant.objects.filter(id=grant_id, lease_token=token).exclude(state=REVOKED).exists()
        if _end(grant_id, token, {**values, "refresh_encrypted": None}) and fresh:
            _tell(Grant.objects.get(id=grant_id), provider, now)


def _end(grant_id: int, token: str, values: dict[str, object]) -> bool:
    ours = Grant.objects.filter(id=grant_id, lease_token=token)
    return bool(ours.update(**values, lease_token="", lease_until=None))


def _tell(grant: Grant, provider: str, now: datetime) -> None:
    text = (
        f"{grant.address} must be connected again: {provider} refuses. It said: {grant.fault} Nothing is lost; what "
        "waits leaves once the account is connected again, under Senders."
    )
    telling.tell(grant.workspace_id, grant.member_id, LOST, text, now)


def used_by(grant_id: int) -> tuple[list[str], list[str]]:
    """Return the addresses of the senders and of the mailboxes that use the grant."""
    senders = SenderProfile.objects.filter(grant_id=grant_id).order_by("id").values_list("address", flat=True)
    boxes = Mailbox.objects.filter(grant_id=grant_id).order_by("id").values_list("address", flat=True)
    return list(senders), list(boxes)
