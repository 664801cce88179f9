"""The delay of a step: its value, its short text (`2d`), and how it is added to a moment.

Moving the result into a sending window is `window`'s work.
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from drumbeat.core.errors import DomainError
from drumbeat.core.localtime import first_moment

_SATURDAY = 5


class DelayUnit(StrEnum):
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKDAYS = "weekdays"
    WEEKS = "weeks"


LONGEST_DAYS = 3650
_LONGEST = {
    DelayUnit.MINUTES: LONGEST_DAYS * 24 * 60,
    DelayUnit.HOURS: LONGEST_DAYS * 24,
    DelayUnit.DAYS: LONGEST_DAYS,
    DelayUnit.WEEKDAYS: LONGEST_DAYS * 5 // 7,
    DelayUnit.WEEKS: LONGEST_DAYS // 7,
}
_SYMBOLS = {
    DelayUnit.MINUTES: "m",
    DelayUnit.HOURS: "h",
    DelayUnit.DAYS: "d",
    DelayUnit.WEEKDAYS: "wd",
    DelayUnit.WEEKS: "w",
}
_UNITS = {symbol: unit for unit, symbol in _SYMBOLS.items()}
_TEXT = re.compile(r"([0-9]{1,18})(m|h|d|wd|w)")


@dataclass(frozen=True, slots=True)
class Delay:
    """How long a step waits: 0 to 3650 days.

    Minutes and hours are elapsed time; days, weekdays and weeks keep the local time of day.
    """

    value: int
    unit: DelayUnit

    def __post_init__(self) -> None:
        if 0 <= self.value <= _LONGEST[self.unit]:
            return
        raise DomainError(
            "delay_out_of_range",
            f"A delay of {self.value} {self.unit} is not possible. "
            f"Choose 0 to {_LONGEST[self.unit]} {self.unit} ({LONGEST_DAYS} days at most).",
        )

    def __str__(self) -> str:
        return f"{self.value}{_SYMBOLS[self.unit]}"


def parse_delay(text: str) -> Delay:
    """Read `90m`, `4h`, `2d`, `3wd` or `1w`; blanks around it and the case do not matter."""
    match = _TEXT.fullmatch(text.strip().lower())
    if match is None:
        raise DomainError(
            "delay_unreadable",
            f"{text[:40]!r} is not a delay. Write a whole number and a unit: "
            "m (minutes), h (hours), d (days), wd (weekdays) or w (weeks), for example 2d.",
        )
    return Delay(int(match[1]), _UNITS[match[2]])


def add_delay(
    origin: datetime, delay: Delay, zone: ZoneInfo, holidays: Container[date] = frozenset()
) -> datetime:
    """Count `delay` from `origin`, both aware UTC.

    Weekdays are Monday to Friday in `zone` without its `holidays`; none of them is no move at all, also
    on a weekend. A local time that the clock skips becomes the first moment after the gap, one that
    comes twice the first of both. The result is never before `origin`.
    """
    if delay.value == 0:
        return origin
    if delay.unit is DelayUnit.MINUTES:
        return origin + timedelta(minutes=delay.value)
    if delay.unit is DelayUnit.HOURS:
        return origin + timedelta(hours=delay.value)
    local = origin.astimezone(zone).replace(tzinfo=None)
    days = _days_ahead(local.date(), delay, holidays)
    return max(origin, first_moment(local + timedelta(days=days), zone))


def _days_ahead(day: date, delay: Delay, holidays: Container[date]) -> int:
    if delay.unit is DelayUnit.DAYS:
        return delay.value
    if delay.unit is DelayUnit.WEEKS:
        return delay.value * 7
    ahead, left = 0, delay.value
    while left:
        ahead += 1
        then = day + timedelta(days=ahead)
        left -= then.weekday() < _SATURDAY and then not in holidays
    return ahead
