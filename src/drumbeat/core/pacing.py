"""How fast a sender may go: budget buckets, caps, warm-up ramps; and chance that is none.

Jitter and A/B arms come from a hash of ids, so that the simulator sees what the engine does. Counting
against a cap is the store's work.
"""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from itertools import accumulate
from zoneinfo import ZoneInfo

from drumbeat.core.errors import DomainError
from drumbeat.core.localtime import moment_at, seconds_of, stretches


def stable_hash(*parts: object) -> int:
    """Hash the texts of `parts` to 64 bits, the same in every process and release.

    The borders between parts count, their types do not: 7 and "7" are alike.
    """
    texts = [str(part) for part in parts]
    marked = "".join([f"{len(text)}:{text}" for text in texts])
    return int.from_bytes(blake2b(marked.encode(), digest_size=8).digest(), "big")


def jitter(seed: str, at_most: timedelta) -> timedelta:
    """Choose whole seconds from 0 up to, but not including, `at_most`."""
    seconds = int(at_most.total_seconds())
    return timedelta(seconds=stable_hash("jitter", seed) % seconds) if seconds > 0 else timedelta()


def arm(seed: str, weights: Sequence[int]) -> int:
    """Choose an index into `weights`, each as often as its share; an arm of weight 0 never.

    ValueError when a weight is negative or none is positive: a flow that lints clean has neither.
    """
    if min(weights, default=0) < 0 or not sum(weights):
        raise ValueError(f"no arm can be chosen from {list(weights)}")
    return bisect(list(accumulate(weights)), stable_hash("arm", seed) % sum(weights))


class BucketUnit(StrEnum):
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"


_SECONDS = {BucketUnit.MINUTE: 60, BucketUnit.HOUR: 3600}


def bucket_start(unit: BucketUnit, moment: datetime, zone: ZoneInfo) -> datetime:
    """Find where the clock minute, clock hour or calendar day of `zone` around `moment` began, in UTC.

    A change of the clock ends an hour: both passes of a repeated hour are buckets of their own.
    """
    return moment_at(_bucket(unit, moment, zone)[0])


def bucket_end(unit: BucketUnit, moment: datetime, zone: ZoneInfo) -> datetime:
    """Find where the bucket around `moment` ends and the next one begins, in UTC."""
    return moment_at(_bucket(unit, moment, zone)[1])


def _bucket(unit: BucketUnit, moment: datetime, zone: ZoneInfo) -> tuple[int, int]:
    day = stretches(zone, moment.astimezone(zone).toordinal())
    if unit is BucketUnit.DAY:
        return day[0].start, day[-1].end
    at, length = seconds_of(moment), _SECONDS[unit]
    stretch = next(stretch for stretch in day if at < stretch.end)
    start = at - (stretch.clock + at - stretch.start) % length
    return max(start, stretch.start), min(start + length, stretch.end)


@dataclass(frozen=True, slots=True)
class Ramp:
    """A warm-up: `start` a day, `step` more after every `per_days` days, up to `top`."""

    start: int
    step: int
    per_days: int
    top: int

    def __post_init__(self) -> None:
        if self.start < 1 or self.step < 0 or self.per_days < 1 or self.top < self.start:
            raise DomainError(
                "ramp_invalid",
                "A warm-up starts with at least 1 a day, grows by 0 or more after each 1 or more days, "
                "and its top is not below its start.",
            )

    def __str__(self) -> str:
        return f"{self.start}+{self.step}/{self.per_days}d..{self.top}"

    def to_json(self) -> dict[str, int]:
        return {"start": self.start, "step": self.step, "per_days": self.per_days, "top": self.top}

    def shared(self, factor: float) -> "Ramp":
        """Return what is left of it when it is shared out `factor` times, never less than 1 a day."""
        start = max(1, round(self.start / factor))
        return Ramp(start, round(self.step / factor), self.per_days, max(start, round(self.top / factor)))

    def cap(self, days_since_start: int) -> int:
        return min(self.top, self.start + self.step * (max(0, days_since_start) // self.per_days))


_RAMP = re.compile(r"([0-9]{1,7})\+([0-9]{1,7})/([0-9]{1,4})d\.\.([0-9]{1,7})")


def parse_ramp(text: str) -> Ramp:
    """Read `10+5/1d..50`: 10 a day at first, 5 more after each day, up to 50."""
    match = _RAMP.fullmatch(text.strip())
    if match is None:
        raise DomainError(
            "ramp_invalid",
            f"{text[:40]!r} is no warm-up. Write start+step/days..top, for example 10+5/1d..50.",
        )
    return Ramp(*map(int, match.groups()))


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that a sender or workspace lets out; None is no limit."""

    per_minute: int | None = None
    per_hour: int | None = None
    per_day: int | None = None
    ramp: Ramp | None = None

    def __post_init__(self) -> None:
        if any(cap is not None and cap < 0 for cap in (self.per_minute, self.per_hour, self.per_day)):
            raise DomainError("caps_invalid", "A cap is 0 or more; leave it empty for no limit.")

    def shared(self, factor: float) -> "Caps":
        """Return what is left of them when they are shared out `factor` times, never less than 1."""
        ramp = None if self.ramp is None else self.ramp.shared(factor)
        per_minute, per_hour, per_day = (
            share_of(cap, factor) for cap in (self.per_minute, self.per_hour, self.per_day)
        )
        return Caps(per_minute, per_hour, per_day, ramp)


def share_of(cap: int | None, factor: float) -> int | None:
    """Return one share of `factor`, at least 1; of no limit none."""
    return None if cap is None else max(1, round(cap / factor))


def caps_on(caps: Caps, started_at: datetime | None, zone: ZoneInfo, now: datetime) -> dict[BucketUnit, int]:
    """Tell the caps that hold now, the ramp included; a unit without limit is missing.

    The ramp counts calendar days of `zone` since `started_at`; None is a sender that has not begun.
    """
    daily = [caps.per_day] if caps.per_day is not None else []
    if caps.ramp is not None:
        daily.append(caps.ramp.cap(_days_between(started_at or now, now, zone)))
    limits = {
        BucketUnit.MINUTE: caps.per_minute,
        BucketUnit.HOUR: caps.per_hour,
        BucketUnit.DAY: min(daily, default=None),
    }
    return {unit: limit for unit, limit in limits.items() if limit is not None}


def _days_between(start: datetime, end: datetime, zone: ZoneInfo) -> int:
    return (end.astimezone(zone).date() - start.astimezone(zone).date()).days
