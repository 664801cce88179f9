"""Who must not be contacted: added, imported, looked up, lifted.

Rows hold keyed hashes, so a list never shows an address; an address that is asked for is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Q, QuerySet

from drumbeat.actions import access
from drumbeat.core.addresses import base_email, base_phone, normal_email, normal_phone
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Channel
from drumbeat.models import Member, Role, Suppression, Touch
from drumbeat.store import sql, stops
from drumbeat.store.marks import address_hash

UNSUBSCRIBE = "unsubscribe"
COMPLAINT = "complaint"
STOP = "stop"
HARD_BOUNCE = "hard_bounce"
MANUAL = "manual"
IMPORT = "import"
REASONS = (UNSUBSCRIBE, COMPLAINT, STOP, HARD_BOUNCE, MANUAL, IMPORT)
OF_THE_PERSON = frozenset({UNSUBSCRIBE, COMPLAINT, STOP})
"""Said by the person: only an admin may lift it, with a reason."""

CHUNK = 500
MOST_AT_ONCE = 20_000
"""Addresses in one import: all of them are written in one transaction, or none."""

COLUMNS = ("workspace_id", "channel", "kind", "hash", "reason", "source", "scope", "created_at", "lifted_by")


@dataclass(frozen=True, slots=True)
class Refused:
    """A line of an import (from 1) that is no address, and why."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    added: int
    already: int
    refused: tuple[Refused, ...]


def add(
    member: Member,
    address: str,
    now: datetime,
    *,
    channel: str = "",
    reason: str = MANUAL,
    source: str = MANUAL,
) -> Suppression:
    """Suppress a mail address or a phone number on one channel, or on all; adding it again changes nothing.

    Nothing leaves for it any more, except what is handed over already. Raises DomainError `address_invalid`,
    `phone_invalid`, `channel_unknown`, `reason_unknown` or `not_permitted`.
    """
    access.require(member, "suppressions.create")
    _check_words(channel, reason)
    base = base_of(address)
    with transaction.atomic():
        stops.suppress(
            member.workspace_id, channel=channel, base_address=base, reason=reason, source=source, now=now
        )
        return _active(member.workspace_id, channel, reason).get(hash=address_hash(base))


def add_many(
    member: Member,
    addresses: Iterable[str],
    now: datetime,
    *,
    channel: str = "",
    reason: str = IMPORT,
    source: str = IMPORT,
) -> Imported:
    """Suppress every address of a list, all or, when something fails, none; lines that are none are reported.

    Raises DomainError `too_many_addresses`, `channel_unknown`, `reason_unknown` or `not_permitted`.
    """
    access.require(member, "suppressions.create")
    _check_words(channel, reason)
    lines = list(islice(addresses, MOST_AT_ONCE + 1))
    if len(lines) > MOST_AT_ONCE:
        raise DomainError(
            "too_many_addresses",
            f"One import takes at most {MOST_AT_ONCE} addresses. Split the list; nothing was imported.",
        )
    bases, refused = _read_lines(lines)
    added = 0
    with transaction.atomic():
        for chunk in _chunks(sorted(bases)):
            added += _add_chunk(member.workspace_id, chunk, channel, reason, source, now)
    return Imported(added, len(bases) - added, tuple(refused))


def lift(member: Member, suppression_id: int, now: datetime, *, reason: str = "") -> Suppression:
    """Allow contacting the address again; who did it, when and why stays on the row.

    What the person said (unsubscribe, complaint, stop) needs an admin and a reason. Raises DomainError
    `not_found`, `not_permitted` or `reason_missing`.
    """
    access.require(member, "suppressions.delete")
    row = access.get(member, Suppression, suppression_id, "suppression")
    if row.reason in OF_THE_PERSON:
        _check_may_overrule(member, row, reason)
    with transaction.atomic():
        active = Suppression.objects.filter(id=row.pk, lifted_at=None)
        sql.lock(active)
        active.update(lifted_at=now, lifted_by=member.name[:200], lifted_reason=reason)
        row.refresh_from_db()
    return row


def listed(
    member: Member, *, address: str = "", reason: str = "", before_id: int | None = None, limit: int = 50
) -> Sequence[Suppression]:
    """Return suppressions in force, newest first, those of the whole installation included.

    With `address` only those that concern it. The last row's id continues the list as `before_id`.
    """
    access.require(member, "suppressions.view")
    ours = Q(workspace_id=member.workspace_id) | Q(workspace_id=None)
    rows = Suppression.objects.filter(ours, lifted_at=None).order_by("-id")
    if address:
        rows = rows.filter(hash=address_hash(base_of(address)))
    if reason:
        rows = rows.filter(reason=reason)
    if before_id is not None:
        rows = rows.filter(id__lt=before_id)
    return list(rows[:limit])


def base_of(address: str) -> str:
    """Return the base form by which suppression knows a mail address, or a number with its country code."""
    text = address.strip()
    return base_email(normal_email(text)) if "@" in text else base_phone(normal_phone(text, None))


def _check_words(channel: str, reason: str) -> None:
    if channel and channel not in list(Channel):
        known = ", ".join(Channel)
        raise DomainError(
            "channel_unknown", f"There is no channel {channel!r}. Use one of {known}, or none for all."
        )
    if reason not in REASONS:
        known = ", ".join(REASONS)
        raise DomainError("reason_unknown", f"There is no reason {reason!r}. Use one of {known}.")


def _check_may_overrule(member: Member, row: Suppression, reason: str) -> None:
    if member.role != Role.ADMIN:
        raise DomainError(
            "not_permitted", f"Only an admin may lift this: the person asked for it ({row.reason})."
        )
    if not reason.strip():
        raise DomainError(
            "reason_missing",
            "Say why you lift what the person asked for, for example: asked by mail on 2 May.",
        )


def _active(workspace_id: int, channel: str, reason: str) -> QuerySet[Suppression]:
    return Suppression.objects.filter(
        workspace_id=workspace_id, channel=channel, reason=reason, scope="", lifted_at=None
    )


def _read_lines(lines: Sequence[str]) -> tuple[set[str], list[Refused]]:
    bases: set[str] = set()
    refused: list[Refused] = []
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        try:
            bases.add(base_of(text))
        except DomainError as fault:
            refused.append(Refused(number, text.strip(), fault.message))
    return bases, refused


def _chunks(items: Sequence[str]) -> Iterable[Sequence[str]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))


def _add_chunk(
    workspace_id: int, bases: Sequence[str], channel: str, reason: str, source: str, now: datetime
) -> int:
    """Write one chunk in a few statements; only addresses with open touches are stopped one by one."""
    by_hash = {address_hash(base): base for base in bases}
    before = _active(workspace_id, channel, reason).filter(hash__in=by_hash).count()
    rows = [(workspace_id, channel, "address", hashed, reason, source, "", now, "") for hashed in by_hash]
    sql.insert(Suppression, COLUMNS, rows, "ON CONFLICT DO NOTHING")
    open_touches = Touch.objects.filter(workspace_id=workspace_id, base_address__in=by_hash, settled_at=None)
    for hashed in sorted(set(open_touches.values_list("base_address", flat=True))):
        stops.suppress(
            workspace_id, channel=channel, base_address=by_hash[hashed], reason=reason, source=source, now=now
        )
    return len(by_hash) - before
