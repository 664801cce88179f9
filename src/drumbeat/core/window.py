"""Weekly sending windows: their JSON form, and the next moment at which sending is allowed.

A repeated hour does not open a window twice: of a local time that the clock shows twice only the first
pass is open. Only a day that is open from 0:00 to 24:00 stays open through both passes.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

from drumbeat.core.delay import Delay, DelayUnit, add_delay
from drumbeat.core.errors import DomainError
from drumbeat.core.holidays import Holidays
from drumbeat.core.localtime import moment_at, seconds_of, stretches
from drumbeat.core.pacing import jitter

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MINUTES_A_DAY = 24 * 60
MOST_SPANS_A_DAY = 24
Intervals: TypeAlias = tuple[tuple[int, int], ...]
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_WEEK = 7 * 86_400
_YEAR = 366 * 86_400
_TOO_MANY = f"A day has at most {MOST_SPANS_A_DAY} spans. Join some of them."
_NEVER_OPENS = "The window never opens. Open at least one span, or remove the window to allow every moment."


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Minutes of a local day, from 0 to 1440; the last one is not included."""

    start_minute: int
    end_minute: int

    def __post_init__(self) -> None:
        if fault := _span_fault(self.start_minute, self.end_minute):
            raise DomainError("window_invalid", fault)


def _span_fault(start: int, end: int) -> str | None:
    if not (0 <= start <= MINUTES_A_DAY and 0 <= end <= MINUTES_A_DAY):
        return "A span lies between 00:00 and 24:00."
    if start < end:
        return None
    return (
        f"{_clock(start)} to {_clock(end)} does not end after it starts. "
        "Split a span that passes midnight: up to 24:00, and from 00:00 on the next day."
    )


def _merge(parts: Iterable[tuple[int, int]]) -> Intervals:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(parts):
        if not merged or merged[-1][1] < start:
            merged.append((start, end))
        elif merged[-1][1] < end:
            merged[-1] = (merged[-1][0], end)
    return tuple(merged)


_ALL_DAY = (Span(0, MINUTES_A_DAY),)


@dataclass(frozen=True, slots=True)
class Window:
    """When sending is allowed in a week of local time: seven tuples of spans, Monday first.

    Spans, at most 24 a day, are kept sorted and merged: windows that open alike are equal.
    """

    days: tuple[tuple[Span, ...], ...]
    all_week: bool = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.days) != len(WEEKDAYS):
            raise DomainError("window_invalid", "A window has seven days, Monday first.")
        if any(len(day) > MOST_SPANS_A_DAY for day in self.days):
            raise DomainError("window_invalid", _TOO_MANY)
        if not any(self.days):
            raise DomainError("window_invalid", _NEVER_OPENS)
        merged = (_merge((span.start_minute, span.end_minute) for span in day) for day in self.days)
        days = tuple(tuple(Span(start, end) for start, end in day) for day in merged)
        object.__setattr__(self, "days", days)
        object.__setattr__(self, "all_week", all(day == _ALL_DAY for day in days))
        object.__setattr__(self, "_hash", hash(days))

    def __hash__(self) -> int:
        """Return what was worked out once: every due time looks up the weeks of its window."""
        return self._hash

    @classmethod
    def from_json(cls, document: object, path: str = "window") -> "Window":
        """Read `{"monday": [["09:00", "17:00"]]}`; a day that is not named is closed.

        A DomainError `window_invalid` names every fault by its path, such as `window.monday.0`.
        """
        if not isinstance(document, Mapping):
            raise _unreadable({path: "A window is an object of weekdays, each with a list of spans."})
        faults = {
            f"{path}.{name}": f"{str(name)[:20]!r} is not a weekday. The days are {', '.join(WEEKDAYS)}."
            for name in document
            if name not in WEEKDAYS
        }
        days = []
        for name in WEEKDAYS:
            spans, day_faults = _read_day(document.get(name, ()), f"{path}.{name}")
            days.append(spans)
            faults |= day_faults
        if not (faults or any(days)):
            faults = {path: _NEVER_OPENS}
        if faults:
            raise _unreadable(faults)
        return cls(tuple(days))

    def to_json(self) -> dict[str, list[list[str]]]:
        """Write the form that `from_json` reads; closed days are left out."""
        return {
            name: [[_clock(span.start_minute), _clock(span.end_minute)] for span in spans]
            for name, spans in zip(WEEKDAYS, self.days, strict=True)
            if spans
        }


def _read_day(spans: object, path: str) -> tuple[tuple[Span, ...], dict[str, str]]:
    if not isinstance(spans, (list, tuple)):
        return (), {path: 'A day is a list of spans, for example [["09:00", "17:00"]].'}
    if len(spans) > MOST_SPANS_A_DAY:
        return (), {path: _TOO_MANY}
    read = [_read_span(span) for span in spans]
    faults = {f"{path}.{position}": fault for position, fault in enumerate(read) if isinstance(fault, str)}
    return tuple(span for span in read if isinstance(span, Span)), faults


def _read_span(span: object) -> Span | str:
    if not isinstance(span, (list, tuple)) or len(span) != 2:
        return 'A span is a pair of times, for example ["09:00", "17:00"].'
    for clock in span:
        if not (isinstance(clock, str) and _CLOCK.fullmatch(clock)):
            shown = str(clock)[:20]
            return f'{shown!r} is not a time. Write hours and minutes in quotes, from "00:00" to "24:00".'
    start, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in span)
    return _span_fault(start, end) or Span(start, end)


def _unreadable(faults: Mapping[str, str]) -> DomainError:
    path, sentence = next(iter(faults.items()))
    return DomainError("window_invalid", f"The sending window cannot be read. {path}: {sentence}", faults)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


ALWAYS = Window((_ALL_DAY,) * 7)
OFFICE_HOURS = Window(((Span(9 * 60, 17 * 60),),) * 5 + ((),) * 2)


@dataclass(frozen=True, slots=True)
class OpenHours:
    """A window laid over the calendar of one zone; on `holidays` (local dates) it stays closed."""

    window: Window
    zone: ZoneInfo
    holidays: Holidays | AbstractSet[date] = frozenset()
    always: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.holidays, Holidays):
            object.__setattr__(self, "holidays", frozenset(self.holidays))
        object.__setattr__(self, "always", self.window.all_week and not self.holidays)


def next_open(moment: datetime, hours: Sequence[OpenHours]) -> datetime | None:
    """Find the first moment from `moment` (aware UTC) on at which all `hours` are open.

    None when that does not come within 366 days, as with windows that share no minute.
    """
    limits = tuple([each for each in hours if not each.always])
    if not limits:
        return moment
    at = seconds_of(moment)
    for week in range(at // _WEEK, (at + _YEAR) // _WEEK + 1):
        for start, end in _open_week(limits, week):
            if start <= at < end:
                return moment
            if at < start <= at + _YEAR:
                return moment_at(start)
    return None


def closes_at(moment: datetime, hours: Sequence[OpenHours]) -> datetime | None:
    """Find the end of the open stretch around `moment`, not included; None when it lasts for a year.

    Spans that touch over midnight are one stretch. A moment that is not open closes at once.
    """
    limits = tuple([each for each in hours if not each.always])
    if not limits:
        return None
    closes = at = seconds_of(moment)
    for week in range(at // _WEEK, (at + _YEAR) // _WEEK + 1):
        for start, end in _open_week(limits, week):
            if start <= closes < end:
                closes = end
        if closes < (week + 1) * _WEEK:
            return max(moment, moment_at(closes))
    return None


@lru_cache(maxsize=1 << 13)
def _open_week(hours: tuple[OpenHours, ...], week: int) -> Intervals:
    """Find the UTC seconds at which all are open, in one UTC week counted from the epoch."""
    common: Intervals = ((week * _WEEK, (week + 1) * _WEEK),)
    for each in hours:
        common = tuple(_overlaps(common, _opened(each, week)))
    return common


def _overlaps(some: Intervals, others: Intervals) -> Iterator[tuple[int, int]]:
    left, right = list(reversed(some)), list(reversed(others))
    while left and right:
        start, end = max(left[-1][0], right[-1][0]), min(left[-1][1], right[-1][1])
        if start < end:
            yield start, end
        (left if left[-1][1] <= right[-1][1] else right).pop()


def _opened(hours: OpenHours, week: int) -> Intervals:
    first = moment_at(week * _WEEK).toordinal()
    days = (day for day in range(first - 1, first + 8) if date.fromordinal(day) not in hours.holidays)
    return _merge(part for day in days for part in _open_day(hours, day))


def _open_day(hours: OpenHours, ordinal: int) -> Iterator[tuple[int, int]]:
    spans = hours.window.days[(ordinal - 1) % 7]
    for stretch in stretches(hours.zone, ordinal):
        if stretch.again and spans != _ALL_DAY:
            continue
        midnight = stretch.start - stretch.clock
        for span in spans:
            start = max(stretch.start, midnight + span.start_minute * 60)
            end = min(stretch.end, midnight + span.end_minute * 60)
            if start < end:
                yield start, end


def due_at(
    origin: datetime,
    delay: Delay,
    zone: ZoneInfo,
    hours: Sequence[OpenHours],
    jitter_seconds_at_most: int,
    jitter_seed: str,
    holidays: Container[date] | None = None,
    not_before: datetime | None = None,
) -> datetime | None:
    """Find when a step is due: delay, at least `not_before`, then window, then jitter that stays in that window.

    `holidays` are the days that a delay in weekdays leaves out; without them, those of `hours`.
    None when `hours` do not open within a year of the end of the delay.
    """
    if holidays is None:
        holidays = _Holidays(hours) if delay.unit is DelayUnit.WEEKDAYS else frozenset()
    asked = add_delay(origin, delay, zone, holidays)
    opens = next_open(asked if not_before is None else max(asked, not_before), hours)
    if opens is None or jitter_seconds_at_most <= 0:
        return opens
    most = timedelta(seconds=jitter_seconds_at_most)
    closes = closes_at(opens, hours)
    return opens + jitter(jitter_seed, most if closes is None else min(most, closes - opens))


@dataclass(frozen=True, slots=True)
class _Holidays:
    """The days on which any of `hours` stays closed."""

    hours: Sequence[OpenHours]

    def __contains__(self, day: object) -> bool:
        return any(day in each.holidays for each in self.hours)
