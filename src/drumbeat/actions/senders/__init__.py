"""Sender profiles: added, changed, enabled, disabled. Passwords are stored encrypted and never shown again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import IntegrityError, transaction

from drumbeat.actions import access
from drumbeat.actions.contacts.input import read_email
from drumbeat.actions.senders.providers import NO_ACCOUNT, TypedAccount, checked, columns
from drumbeat.channels.email.server import SmtpServer, parse_smtp_url
from drumbeat.core.enrollment import BlockReason
from drumbeat.core.errors import DomainError
from drumbeat.core.pacing import Ramp
from drumbeat.core.providers import Account
from drumbeat.core.spacing import checked_spacing
from drumbeat.core.window import OFFICE_HOURS
from drumbeat.models import MAILBOXES, Member, SenderKind, SenderProfile, Touch, Workspace
from drumbeat.store import holds, jobs, secrets, sender_health, spacing, sql, stops


@dataclass(frozen=True, slots=True)
class Kept:
    """Says of a setting that may be None: it stays as it is."""


KEPT = Kept()
FRESH_PER_DAY = 50
"""What a fresh sender may send in a day, until somebody raises it."""


def add(  # noqa: PLR0913 - most have their usual value
    member: Member,
    address: str,
    now: datetime,
    *,
    name: str,
    smtp: str | TypedAccount,
    per_day: int | None = FRESH_PER_DAY,
    warm_up: Ramp | None = None,
    spacing_seconds: int = 0,
    always: bool = False,
    host_trusted: bool = False,
) -> SenderProfile:
    """Add a mailbox that sends over `smtp` (`smtp[s]://[user:password@]host:port`); the first is the default.

    An account at a provider takes the place of a server. Without `always` it sends Monday to Friday, 9 to 17, in the
    workspace's zone; `per_day` None is no cap.
    `host_trusted` says that the operator named the host, so that it may be on the own network.
    """
    return add_with(
        member,
        address,
        _chosen(smtp, None, host_trusted),
        now,
        name=name,
        per_day=per_day,
        warm_up=warm_up,
        spacing_seconds=spacing_seconds,
        always=always,
    )


def add_with(  # noqa: PLR0913 - most have their usual value
    member: Member,
    address: str,
    way: SmtpServer | Account,
    now: datetime,
    *,
    name: str,
    per_day: int | None = FRESH_PER_DAY,
    warm_up: Ramp | None = None,
    spacing_seconds: int = 0,
    always: bool = False,
) -> SenderProfile:
    """Add a mailbox that sends this way, as `add` does."""
    access.require(member, "senders.create")
    sender = _with_way(
        SenderProfile(
            workspace_id=member.workspace_id,
            kind=SenderKind.SMTP,
            channel="email",
            name=name.strip() or address,
            address=read_email(address)[0],
            owner=member,
            window=None if always else OFFICE_HOURS.to_json(),
            cap_per_day=checked_cap(per_day),
            warm_up=None if warm_up is None else warm_up.to_json(),
            spacing_seconds=checked_spacing(spacing_seconds),
            created_at=now,
        ),
        way,
    )
    with transaction.atomic():
        sql.lock(Workspace.objects.filter(id=member.workspace_id))
        _insert(sender)
        Workspace.objects.filter(id=member.workspace_id, default_sender=None).update(default_sender=sender)
        _look_anew(member, now)
    return sender


def _chosen(way: str | TypedAccount, sender: SenderProfile | None, trusted: bool) -> SmtpServer | Account:
    if isinstance(way, TypedAccount):
        return checked(way, sender)
    return replace(parse_smtp_url(way), trusted=trusted)


def _with_way(sender: SenderProfile, way: SmtpServer | Account) -> SenderProfile:
    for name, value in _way_values(sender, way).items():
        setattr(sender, name, value)
    return sender


def _way_values(sender: SenderProfile, way: SmtpServer | Account) -> dict[str, Any]:
    """Return the columns of this way and of no other."""
    if isinstance(way, Account):
        return columns(way, sender)
    return {
        "kind": SenderKind.SMTP,
        **NO_ACCOUNT,
        "host": way.host,
        "port": way.port,
        "security": way.security,
        "username": way.username,
        "password_encrypted": secrets.encrypt(way.password) if way.password else None,
        "host_trusted": way.trusted,
    }


def checked_cap(per_day: int | None) -> int | None:
    if per_day is not None and per_day < 1:
        raise DomainError("cap_invalid", "A sender needs a cap of at least 1 a day. To stop it, disable it.")
    return per_day


def _insert(sender: SenderProfile) -> None:
    mailboxes = SenderProfile.objects.filter(workspace_id=sender.workspace_id, kind__in=MAILBOXES)
    try:
        with transaction.atomic():
            if mailboxes.filter(address=sender.address).exists():
                raise IntegrityError
            sender.save(force_insert=True)
    except IntegrityError:
        raise DomainError(
            "sender_exists",
            f"There is a sender {sender.address} in this workspace already. "
            f"To change it: drumbeat sender set {sender.address}",
        ) from None


def change(  # noqa: PLR0913 - what is not named stays
    member: Member,
    sender_id: int,
    now: datetime,
    *,
    name: str | None = None,
    smtp: str | TypedAccount | None = None,
    per_day: int | Kept | None = KEPT,
    warm_up: Ramp | Kept | None = KEPT,
    spacing_seconds: int | None = None,
    plus_addressing: bool | None = None,
    always: bool | None = None,
    host_trusted: bool = False,
) -> SenderProfile:
    """Change what is given, keep what is None or KEPT; what waits for the sender is tried at once.

    For caps and the warm-up None means: without.

    A way to send replaces the other; of an account, what is left out is kept. Connections that are at work are used
    until they have been idle for a while.
    """
    access.require(member, "senders.edit")
    sender = access.get(member, SenderProfile, sender_id, "sender")
    with transaction.atomic():
        sql.lock(SenderProfile.objects.filter(id=sender.pk))
        changed: dict[str, Any] = {**as_if_well(sender)}
        if name is not None:
            changed["name"] = name.strip() or sender.address
        if smtp is not None:
            changed |= _way_values(sender, _chosen(smtp, sender, host_trusted)) | {"grant": None}
        changed |= _pace_values(sender, per_day, warm_up, spacing_seconds)
        if plus_addressing is not None:
            changed["plus_addressing"] = plus_addressing
        if always is not None:
            changed["window"] = None if always else OFFICE_HOURS.to_json()
            reconsider_hours(sender, now)
        SenderProfile.objects.filter(id=sender.pk).update(**changed)
        spacing.free([sender.pk], now)
    sender.refresh_from_db()
    return sender


def _pace_values(
    sender: SenderProfile,
    per_day: int | Kept | None,
    warm_up: Ramp | Kept | None,
    spacing_seconds: int | None,
) -> dict[str, Any]:
    changed: dict[str, Any] = {} if isinstance(warm_up, Kept) else warm_up_values(sender, warm_up)
    if not isinstance(per_day, Kept):
        changed["cap_per_day"] = checked_cap(per_day)
    if spacing_seconds is not None:
        changed["spacing_seconds"] = checked_spacing(spacing_seconds)
    return changed


def warm_up_values(sender: SenderProfile | None, ramp: Ramp | None) -> dict[str, Any]:
    """Return the columns of a warm-up: switched on, it counts from the next message; changed, it goes on counting."""
    goes_on = sender is not None and sender.warm_up is not None and ramp is not None
    started = {} if goes_on else {"warm_up_started_at": None}
    return {"warm_up": None if ramp is None else ramp.to_json(), **started}


AS_IF_WELL: Mapping[str, Any] = MappingProxyType(
    {"down_until": None, "down_reason": "", "down_text": "", "failures": 0}
)
"""What lets a sender be tried at once, together with `spacing.free`."""


def as_if_well(sender: SenderProfile) -> Mapping[str, Any]:
    """Return what lets a changed sender be tried at once. One that is held for its record waits for a person's word."""
    return {} if sender.down_reason == sender_health.REPUTATION else AS_IF_WELL


def reconsider_hours(sender: SenderProfile, now: datetime) -> None:
    """Let what waits for the former hours fall due by the new ones."""
    holds.reconsider(Touch.objects.filter(sender=sender), now)
    jobs.enqueue(jobs.WAKE, {"only": {"step_sender_id": sender.pk}}, now, workspace_id=sender.workspace_id)


def find(member: Member, address_or_id: str) -> SenderProfile:
    """Return the member's sender with this address or id."""
    mailboxes = access.visible_to(member, SenderProfile).filter(kind__in=MAILBOXES)
    asked = address_or_id.strip()
    chosen = {"id": int(asked)} if asked.isdecimal() else {"address__iexact": asked}
    sender = mailboxes.filter(**chosen).order_by("id").first()
    if sender is None:
        known = ", ".join(mailboxes.order_by("id").values_list("address", flat=True)[:10])
        raise DomainError("not_found", f"There is no sender {asked}. There are: {known or 'none'}.")
    return sender


def enable(member: Member, sender_id: int, now: datetime) -> None:
    """Let a sender send again; enrollments that were blocked for want of one go on."""
    access.require(member, "senders.edit")
    sender = access.get(member, SenderProfile, sender_id, "sender")
    with transaction.atomic():
        sql.lock(SenderProfile.objects.filter(id=sender.id))
        SenderProfile.objects.filter(id=sender.id).update(enabled=True, **AS_IF_WELL)
        spacing.free([sender.pk], now)
        _look_anew(member, now)


def _look_anew(member: Member, now: datetime) -> None:
    """Wake, as a job, the enrollments that were blocked for want of a sender."""
    blocked = {"state": "blocked", "reason": BlockReason.SENDER_UNAVAILABLE}
    jobs.enqueue(jobs.WAKE, {"only": blocked}, now, workspace_id=member.workspace_id)


def disable(member: Member, sender_id: int, now: datetime) -> None:
    """Let nothing more of a sender leave; what was planned with it chooses another."""
    access.require(member, "senders.edit")
    sender = access.get(member, SenderProfile, sender_id, "sender")
    with transaction.atomic():
        stops.disable_sender(sender.id, now)
