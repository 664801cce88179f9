"""Between UTC and the wall clock of a zone, gaps and folds included.

The one place that knows how a local day maps to UTC; delays, windows and budget buckets build on it.
No rule of the product lives here. Seconds are whole and counted from the Unix epoch, days are
proleptic ordinals (`date.toordinal`); zone offsets are whole seconds in the tz database.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL = _EPOCH.toordinal()
_DAY = 86_400
# Far enough from a local midnight to see every change of the clock that touches the day, and the first
# pass of what it repeats; near enough that no zone changes twice between (the closest are 95 h apart).
_AROUND = 40 * 3600


@dataclass(frozen=True, slots=True)
class Stretch:
    """Seconds of one local day that pass without a change of the clock."""

    start: int  # UTC
    end: int  # UTC, not included
    clock: int  # second of the local day that the wall clock shows at `start`
    again: bool  # the wall clock shows all of these for the second time


@lru_cache(maxsize=1 << 14)
def stretches(zone: ZoneInfo, ordinal: int) -> tuple[Stretch, ...]:
    """Cut a local day at the changes of its clock, in order; empty for a day that the zone skips."""
    midnight = (ordinal - _EPOCH_ORDINAL) * _DAY
    before, after = _offset(zone, midnight - _AROUND), _offset(zone, midnight + _AROUND)
    if before == after:
        return (Stretch(midnight - before, midnight - before + _DAY, 0, again=False),)
    change = _change(zone, midnight - _AROUND, midnight + _AROUND)
    last, first = change + before, change + after  # what the clock shows when it is moved, and right after
    parts = (
        (midnight, min(midnight + _DAY, last), before, False),
        (max(midnight, first), min(midnight + _DAY, last), after, True),
        (max(midnight, first, last), midnight + _DAY, after, False),
    )
    return tuple(
        Stretch(low - offset, high - offset, low - midnight, again=again)
        for low, high, offset, again in parts
        if low < high
    )


def _change(zone: ZoneInfo, low: int, high: int) -> int:
    before = _offset(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    return high


def _offset(zone: ZoneInfo, seconds: int) -> int:
    return seconds_of(moment_at(seconds).astimezone(zone).replace(tzinfo=UTC)) - seconds


def first_moment(local: datetime, zone: ZoneInfo) -> datetime:
    """Find when the wall clock of `zone` shows the naive `local`, as aware UTC.

    A time that comes twice is meant the first time; one that never comes (a gap, a skipped day) is
    the first moment after the gap.
    """
    second = local.hour * 3600 + local.minute * 60 + local.second
    for stretch in stretches(zone, local.toordinal()):
        ahead = second - stretch.clock
        if stretch.again or ahead >= stretch.end - stretch.start:
            continue
        if ahead < 0:
            return moment_at(stretch.start)
        return _EPOCH + timedelta(seconds=stretch.start + ahead, microseconds=local.microsecond)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return first_moment(midnight + timedelta(days=1), zone)


def moment_at(seconds: int) -> datetime:
    return _EPOCH + timedelta(seconds=seconds)


def seconds_of(moment: datetime) -> int:
    """Count the whole seconds from the epoch to an aware moment, rounded down."""
    since = moment - _EPOCH
    return since.days * _DAY + since.seconds
