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
from drumbeat.channels.email.server import SmtpServer, parse_smtp_url
from drumbeat.core.enrollment import BlockReason
from drumbeat.core.errors import DomainError
from drumbeat.core.pacing import Ramp
from drumbeat.core.spacing import checked_spacing
from drumbeat.core.window import OFFICE_HOURS
from drumbeat.models import Member, SenderKind, SenderProfile, Touch, Workspace
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
    smtp: str,
    per_day: int | None = FRESH_PER_DAY,
    warm_up: Ramp | None = None,
    spacing_seconds: int = 0,
    always: bool = False,
    host_trusted: bool = False,
) -> SenderProfile:
    """Add a mailbox that sends over `smtp` (`smtp[s]://[user:password@]host:port`); the first is the default.

    Without `always` it sends Monday to Friday, 9 to 17, in the workspace's zone; `per_day` None is no cap.
    `host_trusted` says that the operator named the host, so that it may be on the own network.
    """
    server = replace(parse_smtp_url(smtp), trusted=host_trusted)
    return add_with(
        member,
        address,
        server,
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
    server: SmtpServer,
    now: datetime,
    *,
    name: str,
    per_day: int | None = FRESH_PER_DAY,
    warm_up: Ramp | None = None,
    spacing_seconds: int = 0,
    always: bool = False,
) -> SenderProfile:
    """Add a mailbox that sends by `server`, as `add` does."""
    access.require(member, "senders.create")
    sender = _with_server(
        SenderProfile(
            workspace_id=member.workspace_id,
            kind=SenderKind.SMTP,
            channel="email",
            name=name.strip() or address,
            address=read_email(address)[0],
            owner=member,
            host_trusted=server.trusted,
            window=None if always else OFFICE_HOURS.to_json(),
            cap_per_day=checked_cap(per_day),
            warm_up=None if warm_up is None else warm_up.to_json(),
            spacing_seconds=checked_spacing(spacing_seconds),
            created_at=now,
        ),
        server,
    )
    with transaction.atomic():
        sql.lock(Workspace.objects.filter(id=member.workspace_id))
        _insert(sender)
        Workspace.objects.filter(id=member.workspace_id, default_sender=None).update(default_sender=sender)
        _look_anew(member, now)
    return sender


def _with_server(sender: SenderProfile, server: SmtpServer) -> SenderProfile:
    sender.host, sender.port, sender.security = server.host, server.port, server.security
    sender.username = server.username
    sender.password_encrypted = secrets.encrypt(server.password) if server.password else None
    return sender


def checked_cap(per_day: int | None) -> int | None:
    if per_day is not None and per_day < 1:
        raise DomainError("cap_invalid", "A sender needs a cap of at least 1 a day. To stop it, disable it.")
    return per_day


def _insert(sender: SenderProfile) -> None:
    try:
        with transaction.atomic():
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
    smtp: str | None = None,
    per_day: int | Kept | None = KEPT,
    warm_up: Ramp | Kept | None = KEPT,
    spacing_seconds: int | None = None,
    always: bool | None = None,
    host_trusted: bool = False,
) -> SenderProfile:
    """Change what is given, keep what is None or KEPT; what waits for the sender is tried at once.

    For caps and the warm-up None means: without.

    A server replaces host, user and password together. Connections that are at work are used until they have been
    idle for a while.
    """
    access.require(member, "senders.edit")
    sender = access.get(member, SenderProfile, sender_id, "sender")
    with transaction.atomic():
        sql.lock(SenderProfile.objects.filter(id=sender.pk))
        changed: dict[str, Any] = {**as_if_well(sender)}
        if name is not None:
            changed["name"] = name.strip() or sender.address
        if smtp is not None:
            server = _with_server(sender, parse_smtp_url(smtp))
            changed |= {field: getattr(server, field) for field in _SERVER}
            changed |= {"host_trusted": host_trusted, "grant": None}
        changed |= _pace_values(sender, per_day, warm_up, spacing_seconds)
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


_SERVER = ("host", "port", "security", "username", "password_encrypted")


def reconsider_hours(sender: SenderProfile, now: datetime) -> None:
    """Let what waits for the former hours fall due by the new ones."""
    holds.reconsider(Touch.objects.filter(sender=sender), now)
    jobs.enqueue(jobs.WAKE, {"only": {"step_sender_id": sender.pk}}, now, workspace_id=sender.workspace_id)


def find(member: Member, address_or_id: str) -> SenderProfile:
    """Return the member's sender with this address or id."""
    mailboxes = access.visible_to(member, SenderProfile).filter(kind__in=(SenderKind.SMTP, SenderKind.NULL))
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
