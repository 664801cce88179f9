"""The days on which a sequence rests: public holidays of countries and their parts, and days of one's own. Pure.

When each holiday falls is known to the `holidays` library, which is asked for one year at a time; laying the days
over windows and delays is the work of `window` and `delay`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import TypeVar

from drumbeat.core.errors import DomainError

MOST_COUNTRIES = 20
MOST_DAYS = 400
FIRST_YEAR, LAST_YEAR = 1950, 2100
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Country:
    """`subdivisions`: the name of each part that has holidays of its own, by its code within the country."""

    code: str
    name: str
    subdivisions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday by its English name, where the library knows one; `where`: whose it is, as `DE-BY`."""

    day: date
    name: str
    where: str


@dataclass(frozen=True, slots=True)
class Holidays:
    """A set of local days: ask `day in holidays`. True when it may have any.

    `countries`: codes such as `US` or `DE-BY` (a country with the holidays of one part). A code that the library
    does not know, as after an upgrade, has no holidays; `from_json` refuses it.
    """

    countries: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    _own: frozenset[date] = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "countries", tuple(dict.fromkeys(self.countries)))
        object.__setattr__(self, "days", tuple(sorted(set(self.days))))
        object.__setattr__(self, "_own", frozenset(self.days))
        object.__setattr__(self, "_hash", hash((self.countries, self.days)))

    def __hash__(self) -> int:
        """Return what was worked out once: every due time looks up the weeks of its open hours."""
        return self._hash

    def __bool__(self) -> bool:
        return bool(self.countries or self.days)

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        return day in self._own or any(day in _days_of(code, day.year) for code in self.countries)

    @classmethod
    def from_json(cls, document: object, path: str = "holidays") -> Holidays:
        """Read `{"countries": ["DE-BY", "US"], "days": ["2026-12-24"]}`; either may be left out.

        A DomainError `holidays_invalid` names every fault by its path, such as `holidays.countries.0`.
        """
        if not isinstance(document, Mapping):
            raise _unreadable({path: "Holidays are an object with countries and days."})
        faults = {
            f"{path}.{str(name)[:20]}": "There is no such field. There are: countries, days."
            for name in document
            if name not in ("countries", "days")
        }
        countries, wrong = _read(document, "countries", _country, MOST_COUNTRIES, path)
        days, strange = _read(document, "days", _day, MOST_DAYS, path)
        if faults := faults | wrong | strange:
            raise _unreadable(faults)
        return cls(tuple(countries), tuple(days))

    @classmethod
    def kept(cls, document: Mapping[str, Sequence[str]]) -> Holidays:
        """Read what `to_json` wrote without checking it again: a day that is not to be found is no fault now."""
        return cls(tuple(document["countries"]), tuple(map(date.fromisoformat, document["days"])))

    def to_json(self) -> dict[str, list[str]]:
        """Write the form that `from_json` reads: each once, the days in order."""
        return {"countries": list(self.countries), "days": [day.isoformat() for day in self.days]}


NO_HOLIDAYS = Holidays()


def learn(countries: Iterable[str], years: Iterable[int]) -> None:
    """Work out beforehand when the holidays of `countries` fall: the first time takes tenths of a second."""
    asked = list(years)
    for code in set(countries):
        for year in asked:
            _days_of(code, year)


def _read(
    document: Mapping[str, object], name: str, read: Callable[[object], T], most: int, path: str
) -> tuple[list[T], dict[str, str]]:
    given = document.get(name, [])
    if not isinstance(given, (list, tuple)):
        return [], {f"{path}.{name}": f"{name.capitalize()} are a list."}
    if len(given) > most:
        return [], {f"{path}.{name}": f"Name at most {most} {name}."}
    found, faults = [], {}
    for position, value in enumerate(given):
        try:
            found.append(read(value))
        except ValueError as fault:
            faults[f"{path}.{name}.{position}"] = str(fault)
    return found, faults


def _country(value: object) -> str:
    """Return a code as the library spells it."""
    if not isinstance(value, str):
        raise ValueError('A country is a code such as "US", or "DE-BY" for a part of one.')
    known, (code, _, part) = _supported(), value.strip().partition("-")
    country = code.upper()
    if country not in known:
        raise ValueError(f"{value[:40]!r} is no country whose holidays are known.{_hint(country, _words())}")
    if not part:
        return country
    parts = {word.casefold(): one for one, name in _parts(country).items() for word in (name, one)}
    if (exact := parts.get(part.casefold())) is None:
        there = f"Its parts are: {', '.join(known[country])}." if parts else "It has none."
        raise ValueError(f"{country} has no part {part[:40]!r} with holidays of its own. {there}")
    return f"{country}-{exact}"


def _hint(asked: str, words: Mapping[str, str]) -> str:
    close = get_close_matches(asked.casefold(), words, n=1)
    return f" Did you mean {words[close[0]]}?" if close else " Use its two letters, such as US."


@cache
def _words() -> dict[str, str]:
    """Return what people may have meant: the codes and the English names, folded."""
    return {word.casefold(): code for code, name in _names().items() for word in (code, name)}


def _day(value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError(f'{str(value)[:40]!r} is not a day. Write it as "2026-12-24".')


def _unreadable(faults: Mapping[str, str]) -> DomainError:
    path, sentence = next(iter(faults.items()))
    return DomainError("holidays_invalid", f"The holidays cannot be read. {path}: {sentence}", faults)


def public_holidays(codes: Iterable[str], year: int) -> list[Holiday]:
    """List the public holidays of one year, in order; the codes are checked as `Holidays.from_json` does."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        text = f"Ask for a year from {FIRST_YEAR} to {LAST_YEAR}."
        raise DomainError("holidays_invalid", text, {"year": text})
    checked = Holidays.from_json({"countries": list(codes)}, "").countries
    found = [Holiday(day, name, code) for code in checked for day, name in _named(code, year).items()]
    return sorted(found, key=lambda one: (one.day, one.where))


def countries() -> list[Country]:
    """List every country whose holidays are known, by name."""
    names = _names()
    found = [Country(code, names[code], _parts(code)) for code in _supported()]
    return sorted(found, key=lambda one: one.name)


@cache
def _supported() -> dict[str, list[str]]:
    from holidays import list_supported_countries  # slow to import, and most sequences have no holidays

    return dict(list_supported_countries(include_aliases=False))


@cache
def _names() -> dict[str, str]:
    from holidays.registry import COUNTRIES

    codes = _supported()
    return {entry[1]: _as_words(entry[0]) for entry in COUNTRIES.values() if entry[1] in codes}


def _as_words(name: str) -> str:
    """Turn the name of a class into the country's: `BosniaAndHerzegovina`, `DRCongo`."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    return re.sub(r"\b(And|The|Of)\b", lambda found: found[0].lower(), words)


@cache
def _parts(country: str) -> dict[str, str]:
    from holidays import country_holidays

    aliases = country_holidays(country).get_subdivision_aliases()
    return {part: (aliases.get(part) or [part])[0] for part in _supported()[country]}


@lru_cache(maxsize=4096)
def _days_of(code: str, year: int) -> frozenset[date]:
    country, _, part = code.partition("-")
    if country not in _supported() or (part and part not in _supported()[country]):
        return frozenset()
    return frozenset(_named(code, year))


@lru_cache(maxsize=1024)
def _named(code: str, year: int) -> dict[date, str]:
    from holidays import country_holidays

    country, _, part = code.partition("-")
    found = country_holidays(country, subdiv=part or None, years=year, language="en_US")
    return {day: name for day, name in found.items() if day.year == year}
