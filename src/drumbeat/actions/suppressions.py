"""Who must not be contacted: added, imported, looked up, lifted.

Rows hold keyed hashes, so a list never shows an address; an address that is asked for is found. `@example.com` is
everybody at that domain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Q, QuerySet

from drumbeat.actions import access, audit
from drumbeat.core.addresses import base_email, base_phone, email_domain, normal_email, normal_phone
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Channel
from drumbeat.models import Contact, Enrollment, Member, Role, Suppression, Touch
from drumbeat.store import contacts, sql, stops, suppressing
from drumbeat.store.marks import address_hash
from drumbeat.store.reach import domain_form

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
    """Suppress a mail address, a mail domain or a phone number on one channel, or on all; again, it changes nothing.

    A domain concerns mail alone.
    Nothing leaves for it any more, except what is handed over already. Raises DomainError `address_invalid`,
    `phone_invalid`, `channel_unknown`, `reason_unknown` or `not_permitted`.
    """
    access.require(member, "suppressions.create")
    _check_words(channel, reason)
    base = base_of(address)
    with transaction.atomic():
        if base.startswith("@"):
            channel = Channel.EMAIL.value
            domain = base.removeprefix("@")
            suppressing.suppress_domain(member.workspace_id, domain, reason=reason, source=source, now=now)
        else:
            stops.suppress(
                member.workspace_id, channel=channel, base_address=base, reason=reason, source=source, now=now
            )
        row = _active(member.workspace_id, channel, reason).get(hash=address_hash(base))
        _remember_whom(row, address)
        after = {"channel": channel, "reason": reason, "kind": row.kind}
        audit.record(member, "suppression.add", now, object_kind="suppression", object_id=row.pk, after=after)
    return row


def _remember_whom(row: Suppression, address: str) -> None:
    """Keep the contact that has exactly this address: a list of hashes says little to people."""
    if row.contact_id is not None or row.kind != "address" or row.workspace_id is None:
        return
    column = "email_normal" if "@" in address else "phone_normal"
    normal = normal_email(address) if "@" in address else normal_phone(address, None)
    row.contact = contacts.with_address(row.workspace_id, column, [normal]).first()
    if row.contact is not None:
        row.save(update_fields=["contact"])


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
    domains = {base for base in bases if base.startswith("@")}
    added = 0
    with transaction.atomic():
        for base in sorted(domains):
            added += (
                not _active(member.workspace_id, Channel.EMAIL, reason)
                .filter(hash=address_hash(base))
                .exists()
            )
            suppressing.suppress_domain(
                member.workspace_id, base.removeprefix("@"), reason=reason, source=source, now=now
            )
        for chunk in _chunks(sorted(bases - domains)):
            added += _add_chunk(member.workspace_id, chunk, channel, reason, source, now)
        after = {"added": added, "reason": reason, "channel": channel}
        audit.record(member, "suppressions.import", now, object_kind="suppression", after=after)
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
        after = {"reason": reason, "of": row.reason}
        audit.record(
            member, "suppression.lift", now, object_kind="suppression", object_id=row.pk, after=after
        )
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressionQuery:
    """What is set must hold. `address`: what concerns it, its domain included. `lifted`: also what was lifted."""

    address: str = ""
    reason: str = ""
    channel: str = ""
    lifted: bool = False


def fitting(member: Member, asked: SuppressionQuery) -> QuerySet[Suppression]:
    """Return suppressions of the workspace and of the whole installation that fit."""
    access.require(member, "suppressions.view")
    rows = Suppression.objects.filter(Q(workspace_id=member.workspace_id) | Q(workspace_id=None))
    if not asked.lifted:
        rows = rows.filter(lifted_at=None)
    if asked.address.strip():
        rows = rows.filter(hash__in=hashes_of(asked.address))
    if asked.reason:
        rows = rows.filter(reason=asked.reason)
    if asked.channel:
        rows = rows.filter(channel__in=("", asked.channel))
    return rows


def listed(
    member: Member, *, address: str = "", reason: str = "", before_id: int | None = None, limit: int = 50
) -> Sequence[Suppression]:
    """Return suppressions in force, newest first, those of the whole installation included.

    With `address` only those that concern it. The last row's id continues the list as `before_id`.
    """
    rows = fitting(member, SuppressionQuery(address=address, reason=reason)).order_by("-id")
    if before_id is not None:
        rows = rows.filter(id__lt=before_id)
    return list(rows[:limit])


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why an address is or was not contacted: what suppresses it, whose it is, what was left out for it."""

    suppressions: Sequence[Suppression]
    contact: Contact | None
    left_out: Sequence[Touch]
    ended: Sequence[Enrollment]


MOST_TOLD = 20
_ENDS = ("suppressed", "opted_out", "bounced", "complained")


def why(member: Member, address: str) -> Why:
    """Answer why an address was not contacted; lifted suppressions are told too."""
    found = fitting(member, SuppressionQuery(address=address, lifted=True)).select_related("contact")
    base = base_of(address)
    seen = access.visible_to(member, Contact)
    contact = None
    if not base.startswith("@"):
        column = "email_normal" if "@" in address else "phone_normal"
        normal = normal_email(address) if "@" in address else normal_phone(address, None)
        known = contacts.with_address(member.workspace_id, column, [normal])
        contact = seen.filter(id__in=known.values("id")).first()
    theirs = Touch.objects.filter(
        enrollment__contact=contact, contact=contact, status__in=("skipped", "failed")
    )
    ended = Enrollment.objects.filter(contact=contact, state="finished", reason__in=_ENDS)
    return Why(
        suppressions=list(found.order_by("lifted_at", "-id")[:MOST_TOLD]),
        contact=contact,
        left_out=list(theirs.select_related("enrollment__sequence").order_by("-id")[:MOST_TOLD])
        if contact
        else [],
        ended=list(ended.select_related("sequence").order_by("-id")[:MOST_TOLD]) if contact else [],
    )


def hashes_of(address: str) -> list[str]:
    """Return the hashes under which an address may be suppressed: its own and its domain's."""
    base = base_of(address)
    forms = [base] if base.startswith("@") or "@" not in base else [base, domain_form(email_domain(base))]
    return [address_hash(form) for form in forms]


def base_of(address: str) -> str:
    """Return the base form by which suppression knows a mail address, a domain, or a number with country code."""
    text = address.strip()
    if text.startswith("@"):
        return domain_form(email_domain(base_email(normal_email(f"anybody{text}"))))
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
