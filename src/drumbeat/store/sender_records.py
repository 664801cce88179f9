"""What became of each sender's mail within the window, counted set-based; and the hold that follows from it.

A hold for its record ends by a person's word alone: `down_until` is pushed on while it lasts. Once a person released a
sender, it is counted anew, or the same numbers would hold it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from drumbeat.core.facts import EventKind
from drumbeat.core.reputation import WINDOW, Counts, Level
from drumbeat.core.touch import TouchStatus
from drumbeat.models import (
    MAILBOXES,
    Attempt,
    Event,
    Message,
    SenderProfile,
    SenderRecord,
    Workspace,
)
from drumbeat.store import sql, telling
from drumbeat.store.sender_health import ATTENTION, REPUTATION

AHEAD = timedelta(days=1)
"""How far ahead a held sender is kept down at each count: it stays down though no worker runs for a day."""
_HARD = Q(source="smtp") | Q(payload__hard=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A sender with what became of its mail, and how it stood before."""

    sender_id: int
    counts: Counts
    level: Level
    is_held: bool
    was_told: bool


def senders() -> QuerySet[SenderProfile]:
    """Return the enabled mailboxes."""
    return SenderProfile.objects.filter(enabled=True, kind__in=MAILBOXES)


def note_released(now: datetime) -> None:
    """Count those anew that a person released since the last count."""
    with transaction.atomic():
        ids = sql.lock(SenderRecord.objects.filter(held_at__isnull=False).exclude(_STILL_HELD))
        SenderRecord.objects.filter(id__in=ids).update(
            held_at=None, told_at=None, counts_from=now, level=Level.QUIET
        )


_STILL_HELD = Q(sender__down_reason=REPUTATION)


def count(now: datetime) -> list[Counted]:
    """Return all senders with what became of their mail, in a fixed number of statements."""
    since = now - WINDOW
    found = {
        "sent": _sent(since),
        "bounced": _events(Q(kind=EventKind.BOUNCED) & _HARD, since),
        "complained": _events(Q(kind=EventKind.COMPLAINED), since),
        "deferred": _deferred(since),
    }
    rows = senders().order_by("id").values_list("id", "down_reason", "record__level", "record__told_at")
    return [
        Counted(
            sender_id=id_,
            counts=Counts(**{name: numbers.get(id_, 0) for name, numbers in found.items()}),
            level=Level(level or Level.QUIET),
            is_held=down_reason == REPUTATION,
            was_told=told_at is not None,
        )
        for id_, down_reason, level, told_at in rows
    ]


def _sent(since: datetime) -> Mapping[int, int]:
    rows = Message.objects.filter(
        workspace_id__in=list(Workspace.objects.values_list("id", flat=True)),
        direction="out",
        contact__isnull=False,
        occurred_at__gte=since,
        sender__isnull=False,
    )
    return _by_sender(rows, "sender", "occurred_at", "id")


def _events(which: Q, since: datetime) -> Mapping[int, int]:
    """Count messages, not reports: a mail may bounce twice. Whose touch is unknown is nobody's."""
    rows = Event.objects.filter(
        which,
        workspace_id__in=list(Workspace.objects.values_list("id", flat=True)),
        kind__in=["bounced", "complained"],  # the very words of the partial index
        received_at__gte=since,
        touch__isnull=False,
    )
    return _by_sender(rows, "touch__sender", "received_at", "touch")


def _deferred(since: datetime) -> Mapping[int, int]:
    rows = Attempt.objects.filter(outcome=TouchStatus.SCHEDULED.value, ended_at__gte=since)
    return _by_sender(rows, "touch__sender", "ended_at", "touch")


def _by_sender(rows: QuerySet[Any], sender: str, at: str, counted: str) -> Mapping[int, int]:
    begun = Q(**{f"{sender}__record__counts_from__isnull": True}) | Q(
        **{f"{at}__gte": F(f"{sender}__record__counts_from")}
    )
    numbers = rows.filter(begun).order_by().values_list(sender).annotate(n=Count(counted, distinct=True))
    return MappingProxyType(dict(numbers))


_COLUMNS = ("sender_id", "sent", "bounced", "complained", "deferred", "level", "counted_at")


def save(rows: Iterable[tuple[Counted, Level]], now: datetime) -> None:
    """Write what was counted and how each sender stands."""
    values: Sequence[sql.Row] = [
        (
            one.sender_id,
            one.counts.sent,
            one.counts.bounced,
            one.counts.complained,
            one.counts.deferred,
            level.value,
            now,
        )
        for one, level in rows
    ]
    new = ", ".join(f"{name} = EXCLUDED.{name}" for name in _COLUMNS[1:])
    sql.insert(SenderRecord, _COLUMNS, values, f"ON CONFLICT (sender_id) DO UPDATE SET {new}")


def keep_down(now: datetime) -> None:
    """Push on the hold of senders that are held for their record."""
    with transaction.atomic():
        late = SenderProfile.objects.filter(down_reason=REPUTATION, down_until__lt=now + AHEAD / 2)
        ids = sql.lock(late)
        SenderProfile.objects.filter(id__in=ids).update(down_until=now + AHEAD)


def hold(sender_id: int, text: str, now: datetime) -> None:
    """Hold a sender until a person releases it, and tell its owner in the app and by mail, once."""
    with transaction.atomic():
        sql.lock(SenderProfile.objects.filter(id=sender_id))
        sender = SenderProfile.objects.get(id=sender_id)
        if sender.down_reason == REPUTATION:
            return
        SenderProfile.objects.filter(id=sender_id).update(
            down_until=now + AHEAD, down_reason=REPUTATION, down_text=text
        )
        SenderRecord.objects.filter(sender_id=sender_id).update(held_at=now, told_at=now)
        told = (
            f"{sender.address} is held: {text} Nothing more leaves by it, and nothing by another sender in its place, "
            f"until somebody releases it under Senders, or by: drumbeat sender enable {sender.address}"
        )
        member = telling.tell(sender.workspace_id, sender.owner_id, ATTENTION, told, now)
        if member is not None:
            key = f"notice:reputation:{sender_id}:{now:%Y%m%dT%H%M%S}"
            telling.mail(member, key, f"{sender.address} is held", told, now)


def warn(sender_id: int, text: str, now: datetime) -> None:
    """Tell the owner of a sender once that it comes near a hold."""
    with transaction.atomic():
        fresh = SenderRecord.objects.filter(sender_id=sender_id, told_at=None).update(told_at=now)
        if fresh:
            sender = SenderProfile.objects.get(id=sender_id)
            telling.tell(sender.workspace_id, sender.owner_id, ATTENTION, f"{sender.address}: {text}", now)


def calm(sender_ids: Iterable[int]) -> None:
    """Note that senders stand well again: the next warning is told."""
    SenderRecord.objects.filter(sender_id__in=list(sender_ids)).update(told_at=None)
