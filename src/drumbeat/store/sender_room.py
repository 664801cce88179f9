"""How much of a sender's daily cap is left, what waits for it already counted in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from drumbeat.core.pacing import BucketUnit, Caps, bucket_end, bucket_start, caps_on
from drumbeat.models import Budget, SenderProfile, Touch
from drumbeat.store.senders import caps_of


@dataclass(frozen=True, slots=True)
class RoomToday:
    """`left`: how many more may leave today, None for no limit. A warm-up in `caps` counts from `started_at`."""

    caps: Caps
    started_at: datetime | None
    left: int | None


def left_of(sender_id: int, zone: ZoneInfo, now: datetime) -> RoomToday:
    """Return the sender's caps and how much of today's is left."""
    sender = SenderProfile.objects.get(id=sender_id)
    caps, started_at = caps_of(sender), sender.warm_up_started_at
    cap = caps_on(caps, started_at, zone, now).get(BucketUnit.DAY)
    if cap is None:
        return RoomToday(caps, started_at, None)
    used = Budget.objects.filter(
        workspace_id=sender.workspace_id,
        scope=f"sender:{sender_id}",
        unit=BucketUnit.DAY.value,
        start=bucket_start(BucketUnit.DAY, now, zone),
    ).values_list("used", flat=True)
    waiting = Touch.objects.filter(
        sender_id=sender_id,
        handed_at=None,
        settled_at=None,
        vetoed_at=None,
        reserved="",
        not_before__lt=bucket_end(BucketUnit.DAY, now, zone),
    )
    taken = sum(used) + waiting[:cap].count()
    return RoomToday(caps, started_at, max(0, cap - taken))
