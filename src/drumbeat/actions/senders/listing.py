"""Senders as people see them: how each stands, what holds it, how its day goes; tried and tested on request."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from drumbeat.actions import access
from drumbeat.actions.senders import forms, providers
from drumbeat.actions.senders.forms import Server
from drumbeat.channels.email.trying import Tried, try_server
from drumbeat.core.addresses import normal_email
from drumbeat.core.pacing import BucketUnit, caps_on
from drumbeat.core.spacing import why_full
from drumbeat.core.touch import HoldReason
from drumbeat.core.window import OpenHours, next_open
from drumbeat.models import MAILBOXES, Member, SenderKind, SenderProfile, Touch
from drumbeat.store import by_hand, sender_health, sender_lists
from drumbeat.store.by_hand import Letter
from drumbeat.store.sender_lists import Day
from drumbeat.store.senders import UTC, caps_of, window_of, zone_named

Health = Literal["ready", "window", "cap", "down", "disabled", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`until`: when it goes on by itself, None for never or now."""

    health: Health
    until: datetime | None = None


def rows_of(member: Member) -> QuerySet[SenderProfile]:
    """Return the member's mailboxes, the built-in senders left out."""
    access.require(member, "senders.view")
    return counted(member)


def counted(member: Member) -> QuerySet[SenderProfile]:
    """Return the same to count with: what leaves in all is no secret of the senders' room."""
    rows = access.visible_to(member, SenderProfile).filter(kind__in=MAILBOXES)
    return rows.select_related("workspace", "owner")


def get(member: Member, sender_id: int) -> SenderProfile:
    return access.first(rows_of(member).filter(id=sender_id), "sender", sender_id)


def days_of(senders: Sequence[SenderProfile], now: datetime) -> dict[int, Day]:
    """Return how each sender's day goes; the day is the workspace's."""
    if not senders:
        return {}
    start, end = day_of(zone_of_workspace(senders[0]), now)
    return dict(sender_lists.days_of(senders, now, start, end))


def day_of(zone: ZoneInfo, now: datetime) -> tuple[datetime, datetime]:
    """Return when the day of `now` begins and ends in `zone`."""
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return midnight, midnight + timedelta(days=1)


def zone_of_workspace(sender: SenderProfile) -> ZoneInfo:
    return zone_named(sender.workspace.time_zone) or UTC


def standing_of(sender: SenderProfile, now: datetime) -> Standing:
    """Say whether it sends, and what holds it: what stops most comes first."""
    if not sender.enabled:
        return Standing(health="disabled")
    if sender.workspace.stopped_at is not None:
        return Standing(health="stopped")
    if sender.down_until is not None and sender.down_until > now:
        # One that is held for its record goes on by a person's word, at no time.
        by_itself = sender.down_reason != sender_health.REPUTATION
        return Standing(health="down", until=sender.down_until if by_itself else None)
    window = window_of(sender.window)
    zone = zone_named(sender.time_zone) or zone_of_workspace(sender)
    opens = next_open(now, [OpenHours(window, zone)]) if window is not None else now
    if opens != now:
        return Standing(health="window", until=opens)
    if is_full(sender, now):
        return Standing(health="cap", until=sender.full_until)
    return Standing(health="ready")


def is_full(sender: SenderProfile, now: datetime) -> bool:
    """Say whether a cap holds it; a rest between two messages is how a sender does well."""
    until = sender.full_until
    return until is not None and until > now and why_full(until) is HoldReason.CAP


def cap_today(sender: SenderProfile, now: datetime) -> int | None:
    """Return what it may send today, its warm-up included; None is no limit."""
    zone = zone_named(sender.time_zone) or zone_of_workspace(sender)
    return caps_on(caps_of(sender), sender.warm_up_started_at, zone, now).get(BucketUnit.DAY)


def try_typed(member: Member, server: Server) -> Tried:
    """Try a server that is not saved yet; nothing is sent."""
    access.require(member, "senders.create")
    checked = forms.checked_server(server)
    return asyncio.run(try_server(checked, "drumbeat.test"))


def try_sender(member: Member, sender_id: int, server: Server | None = None) -> Tried:
    """Try a sender's server or account, or what was typed about its server; nothing is sent, nothing is changed."""
    access.require(member, "senders.edit")
    sender = get(member, sender_id)
    if server is None and sender.kind == SenderKind.ESP:
        return providers.try_stored(sender)
    helo = sender.address.rpartition("@")[2] or "drumbeat.test"
    return asyncio.run(try_server(forms.server_of(sender, server), helo))


def test_mail(member: Member, sender_id: int, client_id: str, now: datetime) -> Touch:
    """Let the sender write a mail to the member who asks; it passes the suppression list like any other."""
    access.require(member, "senders.edit")
    sender = get(member, sender_id)
    letter = Letter(
        subject="A test from drumbeat",
        text=f"Hello {member.name},\n\nthis mail left by {sender.address}. If you can read it, the sender works.\n",
        written_by=member.pk,
    )
    with transaction.atomic():
        return by_hand.plan(
            member.workspace_id,
            f"{by_hand.TEST}:sender:{sender.pk}:{client_id}",
            letter,
            sender_id=sender.pk,
            recipient=normal_email(member.user.get_username()),
            contact=None,
            not_before=now,
            now=now,
        )


def test_mail_of(member: Member, touch_id: int) -> Touch:
    """Return a test mail, to see what became of it."""
    access.require(member, "senders.view")
    rows = access.visible_to(member, Touch).filter(enrollment=None, contact=None, key__startswith="test:")
    return access.first(rows.select_related("sender").filter(id=touch_id), "test mail", touch_id)
