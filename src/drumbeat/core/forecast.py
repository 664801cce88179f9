"""When a crowd that joins now gets its first message: windows, daily caps and spacing over the coming days. Pure.

An estimate for people: caps by minute and hour, and what else may be planned meanwhile, are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from drumbeat.core.pacing import BucketUnit, Caps, bucket_end, caps_on, share_of
from drumbeat.core.spacing import usual_gap
from drumbeat.core.window import OpenHours, closes_at, next_open

MOST_DAYS = 3_660
_A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The caps of a sender or workspace; `left_today` is what today's leaves, None is no limit; then `caps` hold.

    `started_at`: from when the warm-up in `caps` counts, None when it begins with the first of the crowd.
    """

    caps: Caps
    zone: ZoneInfo
    left_today: int | None
    started_at: datetime | None = None

    def shared(self, factor: float) -> Limit:
        """Return what is left for one when it is shared out `factor` times: 1 at least where something is."""
        left = self.left_today and share_of(self.left_today, factor)
        return replace(self, caps=self.caps.shared(factor), left_today=left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast a sender goes, whose days are those of `zone`: all of `limits` hold."""

    hours: Sequence[OpenHours]
    zone: ZoneInfo
    limits: Sequence[Limit] = ()
    spacing_seconds: int = 0


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
    if count < 1 or any(limit.caps.per_day == 0 for limit in pace.limits):
        return None
    left, came = count, None
    at = next_open(max(due_at, now), pace.hours)
    for _ in range(MOST_DAYS):
        if at is None:
            return None
        goes, last_at = _on_day(pace, at, min([left, *_rooms(pace, at, came.first_at if came else at, now)]))
        if goes:
            came = Forecast(
                first_at=came.first_at if came else at,
                last_at=last_at,
                days=came.days + 1 if came else 1,
                on_first_day=came.on_first_day if came else goes,
            )
        left -= goes
        if left == 0:
            break
        at = next_open(bucket_end(BucketUnit.DAY, at, pace.zone), pace.hours)
    return came


def _rooms(pace: Pace, at: datetime, begun_at: datetime, now: datetime) -> list[int]:
    """Return how many may leave on the day of `at` under each cap that there is."""
    rooms = []
    for limit in pace.limits:
        today = at < bucket_end(BucketUnit.DAY, now, limit.zone)
        most = caps_on(limit.caps, limit.started_at or begun_at, limit.zone, at).get(BucketUnit.DAY)
        rooms.append(limit.left_today if today else most)
    return [room for room in rooms if room is not None]


def _on_day(pace: Pace, at: datetime, most: int) -> tuple[int, datetime]:
    """Return how many of `most` leave from `at` on till the day is over, and when the last of them."""
    gap = usual_gap(pace.spacing_seconds)
    if not gap or most < 1:
        return most, at
    ends_at = bucket_end(BucketUnit.DAY, at, pace.zone)
    goes, last_at, next_at = 0, at, next_open(at, pace.hours)
    while next_at is not None and next_at < ends_at and goes < most:
        closes = min(closes_at(next_at, pace.hours) or ends_at, ends_at)
        more = min(most - goes, (closes - next_at - _A_MOMENT) // gap + 1)
        goes, last_at = goes + more, next_at + (more - 1) * gap
        next_at = next_open(last_at + gap, pace.hours)
    return goes, last_at
