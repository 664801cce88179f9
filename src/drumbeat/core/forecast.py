"""When a crowd that joins now gets its first message: the windows and today's caps laid over the coming days. Pure.

An estimate for people: spacing, caps by minute and hour, and what else may be planned meanwhile are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from drumbeat.core.pacing import BucketUnit, Caps, bucket_end, caps_on
from drumbeat.core.window import OpenHours, next_open

MOST_DAYS = 3_660


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast a sender goes: `left_today` is what today's cap leaves, None is no limit; then `caps` hold.

    `started_at`: from when the warm-up in `caps` counts, None when it begins with the first of the crowd.
    """

    hours: Sequence[OpenHours]
    zone: ZoneInfo
    caps: Caps
    left_today: int | None
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """`days` are days on which something leaves; `on_first_day` how many of the crowd go on the first."""

    first_at: datetime
    last_at: datetime
    days: int
    on_first_day: int


def spread(count: int, due_at: datetime, pace: Pace, now: datetime) -> Forecast | None:
    """Say when the first and the last of `count` messages leave that are all due at `due_at`.

    None when nothing can leave: no count, a cap of 0, or windows that do not open.
    """
    first = next_open(max(due_at, now), pace.hours)
    if count < 1 or first is None or pace.caps.per_day == 0:
        return None
    today = bucket_end(BucketUnit.DAY, now, pace.zone)
    if first < today and pace.left_today == 0:
        first = next_open(today, pace.hours)
        if first is None:
            return None
    pace = replace(pace, started_at=pace.started_at or first)
    goes = (
        min(count, pace.left_today)
        if first < today and pace.left_today is not None
        else _room(pace, first, count)
    )
    on_first_day, left, days, at = goes, count - goes, 1, first
    while left > 0 and days < MOST_DAYS:
        tomorrow = next_open(bucket_end(BucketUnit.DAY, at, pace.zone), pace.hours)
        if tomorrow is None:
            return None
        left -= _room(pace, tomorrow, left)
        days, at = days + 1, tomorrow
    return Forecast(first_at=first, last_at=at, days=days, on_first_day=on_first_day)


def _room(pace: Pace, at: datetime, count: int) -> int:
    most = caps_on(pace.caps, pace.started_at, pace.zone, at).get(BucketUnit.DAY)
    return count if most is None else min(count, most)
