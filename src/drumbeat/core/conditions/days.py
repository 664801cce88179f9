"""Days as conditions count them: those of the contact's zone, with a first moment that SQL can compare with.

A day lasts from its first moment to that of the next day, so that days follow each other even where a clock that is
put back shows an evening twice.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from drumbeat.core.localtime import stretches

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EDGE = 3  # days at the ends of the calendar where a zone could lead out of it


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment of `day` in `zone`; a day that the zone skips begins with the next.

    At the ends of the calendar days are those of UTC.
    """
    ordinal = day.toordinal()
    if not date.min.toordinal() + _EDGE < ordinal < date.max.toordinal() - _EDGE:
        return datetime.combine(day, time(0), UTC)
    parts = stretches(zone, ordinal) or stretches(zone, ordinal + 1)
    return _EPOCH + timedelta(seconds=parts[0].start)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """Return the day of `moment` in `zone`. Total: beyond the ends of the calendar it is the day as written."""
    try:
        local = moment.astimezone(zone)
    except OverflowError:
        return moment.date()
    following = days_ago(local.date(), -1)
    return following if local.fold and start_of_day(following, zone) <= moment else local.date()


def days_ago(today: date, days: int) -> date:
    """Count back, or ahead for negative days; never beyond the ends of the calendar."""
    return date.fromordinal(min(max(today.toordinal() - days, date.min.toordinal()), date.max.toordinal()))
