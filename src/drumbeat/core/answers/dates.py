"""The day on which somebody says to be back, in any of the languages. A day that is not certain is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from drumbeat.core.answers.language import Language, either, fold
from drumbeat.core.answers.languages import LANGUAGES

_FAR = timedelta(days=366)
_SOON = timedelta(days=92)
_MAX_TEXT = 2_000
_GAP = r"(?:[^.!?\n\d]|(?<=\b[a-z]{2})\.){0,60}?"
_UNITS = (
    r"(?:st(?:unden|d)|h\b|uhr|hours?|days?|weeks?|tage?|wochen?|jours?|semaines?|dias?|semanas?|dagen|weken"
    r"|giorni|settiman\w)"
)
_WRAPPED = re.compile(r"(?<!\n)\n(?!\n)")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[a-z]+(?:-feira)?")


@dataclass(frozen=True, slots=True)
class _Reader:
    """A language's words for dates, compiled once."""

    language: Language
    months: dict[str, int]
    weekdays: dict[str, int]
    back: re.Pattern[str]
    then_back: re.Pattern[str]
    until: re.Pattern[str]
    inclusive: re.Pattern[str]
    signs: re.Pattern[str]


def _numbered(names: tuple[str, ...], first: int) -> dict[str, int]:
    return {fold(name): number for number, words in enumerate(names, first) for name in words.split()}


def _any_of(names: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def _reader(language: Language) -> _Reader:
    months, weekdays = _numbered(language.months, 1), _numbered(language.weekdays, 0)
    month, of, ordinal = _any_of(months), fold(language.of), fold(language.ordinal)
    nth = rf"(?:\.|{ordinal})?" if ordinal else r"\.?"
    linked = rf"(?:{of}) " if of else ""
    year = rf"(?:,? (?:{linked})?(?:\d{{4}}))?" if linked else r"(?:,? \d{4})?"
    spelled = (
        rf"(?P<day_first>\d{{1,2}}{nth} (?:{linked})?(?:{month})\b\.?{year})"
        if linked
        else (rf"(?P<day_first>\d{{1,2}}{nth} ?(?:{month})\b\.?{year})")
    )
    when = (
        r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
        r"|(?P<dotted>\d{1,2}\. ?\d{1,2}\.(?: ?(?:\d{4}|\d{2})\b)?|\d{1,2}\.\d{1,2}\.\d{4})"
        r"|(?P<slashed>\d{1,2}/\d{1,2}(?:/(?:\d{4}|\d{2}))?(?![\d/])|\d{1,2}-\d{1,2}-(?:\d{4}|\d{2})\b)"
        rf"|{spelled}"
    )
    if language.month_then_day:
        when += rf"|(?P<month_first>\b(?:{month})\.? \d{{1,2}}{nth}(?![\d:])(?:,? \d{{4}})?)"
        when += rf"|(?P<day_only>\bthe \d{{1,2}}(?:{ordinal})\b(?! (?:of )?(?:{month})))"
    named = rf"(?:{_any_of(weekdays)})"
    when += rf"|(?P<weekday>\b{named}\b(?!\.?,? (?:\w{{2,3}} )?(?:\d|(?:{month})\b)))"
    when += rf"|(?P<tomorrow>\b{fold(language.tomorrow)}\b)"
    return _Reader(
        language,
        months,
        weekdays,
        re.compile(rf"\b(?:{either(language.back).pattern})\b{_GAP}(?:{when})(?! ?{_UNITS})"),
        re.compile(rf"(?:{when})[^.!?\n\d]{{0,40}}?\b(?:{either(language.then_back).pattern})"),
        re.compile(
            rf"(?:\b|(?<=\d))(?:{either(language.until).pattern})(?:\b|(?<=/m)){_GAP}(?:{when})(?! ?{_UNITS})"
        ),
        re.compile(rf"\b(?:{fold(language.inclusive) or '(?!)'})"),
        either((*language.absence, *language.away, *language.says_auto, *language.auto_subjects)),
    )


_READERS = tuple(map(_reader, LANGUAGES))


def returns_on(words: str, sent_on: date | None) -> date | None:
    """Return the day on which somebody says to be back, or None when none is certain.

    A day without a year is the next one after `sent_on`; 3/4 is read as the language reads it, and where it
    reads both ways only if one of the two lies ahead. "Until" counts as the day itself, "through" as the day
    after. A day before `sent_on` or more than a year after it is none.
    """
    text = fold(_WRAPPED.sub(" ", words[:_MAX_TEXT].replace("\r\n", "\n")))
    readers = sorted(_READERS, key=lambda reader: -len(reader.signs.findall(text)))
    for reader in readers:
        for pattern in (reader.back, reader.then_back, reader.until):
            for found in pattern.finditer(text):
                day = _day(found, reader, sent_on)
                if day and (sent_on is None or sent_on <= day <= sent_on + _FAR):
                    inclusive = pattern is reader.until and reader.inclusive.search(
                        text[found.start() : found.end() + 20]
                    )
                    return day + timedelta(days=1) if inclusive else day
    return None


def names_a_day(words: str) -> bool:
    """Tell whether somebody says when he is back, or until when he is away."""
    text = fold(_WRAPPED.sub(" ", words[:_MAX_TEXT]))
    return any(
        pattern.search(text)
        for reader in _READERS
        for pattern in (reader.back, reader.then_back, reader.until)
    )


def _day(found: re.Match[str], reader: _Reader, sent_on: date | None) -> date | None:
    kind, text = next((name, value) for name, value in found.groupdict().items() if value)
    numbers = [int(number) for number in _NUMBER.findall(text)]
    match kind:
        case "iso":
            return _valid(*numbers)
        case "tomorrow":
            return sent_on + timedelta(days=1) if sent_on else None
        case "weekday":
            return _next_weekday(reader.weekdays[text], sent_on)
        case "day_only":
            return _next_day(numbers[0], sent_on)
        case "dotted":
            return _completed(numbers[0], numbers[1], numbers[2:], sent_on)
        case "slashed":
            return _slashed(numbers, reader.language.day_first, sent_on)
    month = next(reader.months[word] for word in _WORD.findall(text) if word in reader.months)
    return _completed(numbers[0], month, numbers[1:], sent_on)


def _slashed(numbers: list[int], day_first: bool | None, sent_on: date | None) -> date | None:
    first, second, *year = numbers
    as_day_first = _completed(first, second, year, sent_on)
    as_month_first = _completed(second, first, year, sent_on)
    if first == second or second > 12 or first > 12:
        return as_day_first or as_month_first
    if day_first:
        return as_day_first
    if sent_on is None:
        return None
    ahead = [day for day in (as_day_first, as_month_first) if day and sent_on <= day <= sent_on + _SOON]
    return ahead[0] if len(ahead) == 1 else None


def _completed(day: int, month: int, year: list[int], sent_on: date | None) -> date | None:
    if year:
        return _valid(year[0] + 2000 if year[0] < 100 else year[0], month, day)
    if sent_on is None:
        return None
    this_year = _valid(sent_on.year, month, day)
    return this_year if this_year and this_year >= sent_on else _valid(sent_on.year + 1, month, day)


def _next_day(day: int, sent_on: date | None) -> date | None:
    if sent_on is None:
        return None
    this_month = _valid(sent_on.year, sent_on.month, day)
    if this_month and this_month > sent_on:
        return this_month
    year, month = (sent_on.year + 1, 1) if sent_on.month == 12 else (sent_on.year, sent_on.month + 1)
    return _valid(year, month, day)


def _next_weekday(weekday: int, sent_on: date | None) -> date | None:
    if sent_on is None:
        return None
    return sent_on + timedelta(days=(weekday - sent_on.weekday() - 1) % 7 + 1)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
