"""When a date field is reached: at the first moment of a day, where the contact is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from drumbeat.core.localtime import first_moment

_FARTHEST = timedelta(hours=14)
"""No zone is farther from UTC."""


def reached_at(day: date, days: int, zone: ZoneInfo, since: datetime, until: datetime) -> datetime | None:
    """Return the moment `days` days after `day` began in `zone`, in UTC; None unless after `since`, up to `until`."""
    try:
        at = first_moment(datetime.combine(day + timedelta(days=days), time(0)), zone)
    except OverflowError:
        return None
    return at if since < at <= until else None


def days_in_question(days: int, since: datetime, until: datetime) -> tuple[date, date]:
    """Return the first and the last day that `reached_at` may answer for, wherever the contact is."""
    return (
        (since - _FARTHEST).date() - timedelta(days=days),
        (until + _FARTHEST).date() - timedelta(days=days),
    )
