"""What a language file fills in, and how texts and patterns are folded so that they meet.

Patterns are regular expressions over folded text: lower case, without accents, straight quotes, single
spaces. They are folded too, so they are written as people write; classes in capitals (`\\S`) cannot be used.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-"}
)
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """`day_first`: how 3/4 is read; None where half of the speakers read it the other way."""

    name: str
    months: tuple[str, ...]
    """Twelve entries, each the names of one month, separated by spaces."""
    weekdays: tuple[str, ...]
    """Seven entries from Monday on."""
    day_first: bool | None
    month_then_day: bool = False
    of: str = ""
    """What may stand between a day and its month: the 3rd *of* May."""
    ordinal: str = ""
    tomorrow: str = ""
    back: tuple[str, ...] = ()
    """What says that the writer is back on the date that follows."""
    then_back: tuple[str, ...] = ()
    """What says it of the date that went before."""
    until: tuple[str, ...] = ()
    """What says that he is away until the date that follows."""
    inclusive: str = ""
    """What makes that date the last day away."""
    auto_subjects: tuple[str, ...] = ()
    """How the subjects of mail programs begin that answer by themselves."""
    says_auto: tuple[str, ...] = ()
    """What a program says of its own text."""
    by_phone: tuple[str, ...] = ()
    """The sentences, whole, that phones and apps answer to a text by themselves: a word beside them is a person's."""
    away: tuple[str, ...] = ()
    """Whole statements: I am out of the office."""
    absence: tuple[str, ...] = ()
    """Signs that count only in a mail that is known to be automatic."""
    in_my_absence: tuple[str, ...] = ()
    """What only those write who are away: whom to ask instead, that mail is not read."""
    stop_whole: tuple[str, ...] = ()
    """Whole answers that mean: no more mail."""
    stop: tuple[str, ...] = ()
    stop_weak: tuple[str, ...] = ()
    """Words that may mean it; a person decides."""
    stop_denied: tuple[str, ...] = ()
    everywhere: tuple[str, ...] = ()
    """An opt-out from every channel, not from mail alone."""
    wrong_person: tuple[str, ...] = ()
    not_now: tuple[str, ...] = ()
    not_interested: tuple[str, ...] = ()
    interested: tuple[str, ...] = ()
    greeting: str = ""
    closing: str = ""
    footer: tuple[str, ...] = ()
    """Lines that companies put below a mail; what follows is nobody's own words."""


def fold(text: str) -> str:
    """Return a text as the patterns expect it. Line ends stay."""
    plain = unicodedata.normalize("NFKD", text.translate(_QUOTES).casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return _SPACES.sub(" ", bare).strip()


def either(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern for all of them; for none, one that matches nothing."""
    return re.compile("|".join(map(fold, patterns)) if patterns else r"(?!)", re.MULTILINE)
