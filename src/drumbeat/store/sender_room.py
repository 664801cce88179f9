"""How much of the daily caps that bear on a sender is left, what waits under them already counted in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from drumbeat.core.forecast import Limit
from drumbeat.core.pacing import BucketUnit, bucket_end, bucket_start, caps_on
from drumbeat.models import BUILT_IN_SENDERS, Budget, SenderProfile, Touch, Workspace
from drumbeat.store.senders import UTC, caps_of, zone_named


@dataclass(frozen=True, slots=True)
class RoomOf:
    """A sender's own limit, and its spacing."""

    limit: Limit
    spacing_seconds: int


def room_of_sender(sender_id: int, zone: ZoneInfo, now: datetime) -> RoomOf:
    """Return the sender's caps and how much of today's is left."""
    sender = SenderProfile.objects.get(id=sender_id)
    limit = _limit(sender, f"sender:{sender_id}", [sender_id], zone, sender.warm_up_started_at, now)
    return RoomOf(limit, sender.spacing_seconds)


def limit_of_workspace(workspace: Workspace, now: datetime) -> Limit:
    """Return the caps that all senders share and how much of today's is left."""
    senders = SenderProfile.objects.filter(workspace=workspace).exclude(kind__in=BUILT_IN_SENDERS)
    zone = zone_named(workspace.time_zone) or UTC
    ids = senders.values_list("id", flat=True)
    return _limit(workspace, f"workspace:{workspace.pk}", ids, zone, None, now)


def _limit(
    row: SenderProfile | Workspace,
    scope: str,
    sender_ids: Iterable[int],
    zone: ZoneInfo,
    started_at: datetime | None,
    now: datetime,
) -> Limit:
    caps = caps_of(row)
    cap = caps_on(caps, started_at, zone, now).get(BucketUnit.DAY)
    left = None if cap is None else max(0, cap - _taken(row, scope, sender_ids, zone, cap, now))
    return Limit(caps=caps, zone=zone, left_today=left, started_at=started_at)


def _taken(
    row: SenderProfile | Workspace,
    scope: str,
    sender_ids: Iterable[int],
    zone: ZoneInfo,
    cap: int,
    now: datetime,
) -> int:
    used = Budget.objects.filter(
        workspace_id=row.pk if isinstance(row, Workspace) else row.workspace_id,
        scope=scope,
        unit=BucketUnit.DAY.value,
        start=bucket_start(BucketUnit.DAY, now, zone),
    ).values_list("used", flat=True)
    waiting = Touch.objects.filter(
        sender_id__in=sender_ids,
        handed_at=None,
        settled_at=None,
        vetoed_at=None,
        reserved="",
        not_before__lt=bucket_end(BucketUnit.DAY, now, zone),
    )
    return sum(used) + waiting[:cap].count()
