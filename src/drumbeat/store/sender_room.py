"""How much of a sender's daily cap is left, what waits for it already counted in."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from drumbeat.core.pacing import BucketUnit, bucket_end, bucket_start
from drumbeat.models import Budget, SenderProfile, Touch


def left_of(sender_id: int, zone: ZoneInfo, now: datetime) -> tuple[int | None, int | None]:
    """Return the sender's cap per day and how many more may leave today; None is no limit."""
    sender = SenderProfile.objects.get(id=sender_id)
    if sender.cap_per_day is None:
        return None, None
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
    taken = sum(used) + waiting[: sender.cap_per_day].count()
    return sender.cap_per_day, max(0, sender.cap_per_day - taken)
