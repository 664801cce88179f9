"""Invented people, the same on every machine: person 0, person 1, and so on without end.

Names and companies are made up; every address lies under `.test`, which no mail system delivers to, and every number
in a range that is kept free for films and books.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from drumbeat.demo.texts import texts_of


def _words(section: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in texts_of("words.txt", ",")[section])


_FIRST, _LAST, _TITLE = _words("first names"), _words("last names"), _words("titles")
_COMPANY, _TRADE = _words("company names"), _words("trades")
_PLACES = (
    ("Europe/Berlin", "de"),
    ("Europe/Vienna", "de"),
    ("Europe/London", "en"),
    ("Europe/Paris", "fr"),
    ("Europe/Madrid", "es"),
    ("Europe/Stockholm", "sv"),
    ("Europe/Warsaw", "pl"),
    ("America/New_York", "en"),
    ("America/Chicago", "en"),
    ("America/Los_Angeles", "en"),
    ("America/Sao_Paulo", "pt"),
    ("Asia/Singapore", "en"),
    ("Asia/Tokyo", "ja"),
    ("Australia/Sydney", "en"),
    ("Africa/Nairobi", "en"),
)
_STAGES = ("new", "new", "new", "contacted", "qualified")
_TAGS = ("newsletter", "trade fair", "webinar", "partner", "trial")
HOME = "demo.drumbeat.test"
"""The mail domain of the team."""
_AREAS = tuple(int(area) for area in _words("area codes"))
_PER_AREA = 100
"""Each area keeps +1 NPA 555-0100 to 0199 free for invented people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`phone` is a mobile in E.164 form; "" where all invented numbers are taken."""

    first_name: str
    last_name: str
    email: str
    phone: str
    company: str
    title: str
    time_zone: str
    language: str
    stage: str
    tags: tuple[str, ...]


def person(index: int) -> Person:
    """Return the invented person with this number; no two have the same address."""
    chance = Random(f"drumbeat person {index}")
    first, last = chance.choice(_FIRST), chance.choice(_LAST)
    company = f"{chance.choice(_COMPANY)} {chance.choice(_TRADE)}"
    time_zone, language = chance.choice(_PLACES)
    return Person(
        first_name=first,
        last_name=last,
        # The number keeps addresses apart; a mailbox like "ada.lind.7" is nothing unusual.
        email=f"{first}.{last}.{index + 1}@{company.replace(' ', '-')}.test".lower(),
        phone=_phone(index),
        company=company,
        title=chance.choice(_TITLE),
        time_zone=time_zone,
        language=language,
        stage=chance.choice(_STAGES),
        tags=tuple(sorted(chance.sample(_TAGS, k=chance.choice((0, 0, 1, 1, 2))))),
    )


def _phone(index: int) -> str:
    """Return a number that nobody else has: two people with one would be one contact."""
    area, last = divmod(index, _PER_AREA)
    return f"+1{_AREAS[area]}55501{last:02d}" if area < len(_AREAS) else ""
