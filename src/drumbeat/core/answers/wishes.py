"""What a person wants: to be left alone, later, not at all, more, or somebody else to be asked.

Only his own words count: greeting, closing, footer and quotes are put aside first. A strong match acts; a weak
one is for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from drumbeat.core.answers.language import Language, either, fold
from drumbeat.core.answers.languages import LANGUAGES
from drumbeat.core.reply_text import FORWARDED


class Sentiment(StrEnum):
    """How an answer is meant, as the Inbox says it."""

    INTERESTED = "interested"
    NOT_NOW = "not_now"
    NOT_INTERESTED = "not_interested"
    UNSUBSCRIBE = "unsubscribe"
    WRONG_PERSON = "wrong_person"
    OUT_OF_OFFICE = "out_of_office"


@dataclass(frozen=True, slots=True)
class Wish:
    """`is_weak`: the words may mean it, a person decides."""

    sentiment: Sentiment | None = None
    is_weak: bool = False


_MAX_TEXT = 4_000
_SHORT = 400
_BRIEF = 45
_NOISE = re.compile(r"[^\w\s'-]+")
_ORDER = (Sentiment.WRONG_PERSON, Sentiment.NOT_NOW, Sentiment.NOT_INTERESTED, Sentiment.INTERESTED)


def _all(name: str) -> re.Pattern[str]:
    return either(tuple(one for language in LANGUAGES for one in getattr(language, name)))


def _whole(language: Language) -> frozenset[str]:
    return frozenset(" ".join(_NOISE.sub(" ", fold(text)).split()) for text in language.stop_whole)


_STOP_WHOLE = frozenset().union(*map(_whole, LANGUAGES))
_STOP, _STOP_WEAK, _STOP_DENIED = _all("stop"), _all("stop_weak"), _all("stop_denied")
_EVERYWHERE, _FOOTER = _all("everywhere"), _all("footer")
_MEANT: Mapping[Sentiment, re.Pattern[str]] = MappingProxyType(
    {sentiment: _all(sentiment.value) for sentiment in _ORDER}
)
_GREETING = either(tuple(language.greeting for language in LANGUAGES))
_CLOSING = re.compile(rf"[^\w]*(?:{either(tuple(language.closing for language in LANGUAGES)).pattern})")


def read_wish(words: str, subject: str = "") -> Wish:
    """Say what the writer's own part of a reply asks for. Total.

    An empty mail whose subject is an opt-out word is one: so do links of the kind mailto:.
    """
    own = own_words(words)
    if not own:
        return Wish(Sentiment.UNSUBSCRIBE) if _plain(subject) in _STOP_WHOLE else Wish()
    if _plain(own) in _STOP_WHOLE:
        return Wish(Sentiment.UNSUBSCRIBE)
    denied = bool(_STOP_DENIED.search(own))
    asks = bool(_STOP.search(own)) and not denied
    if asks and len(own) <= _SHORT:
        return Wish(Sentiment.UNSUBSCRIBE)
    meant = next((sentiment for sentiment in _ORDER if _MEANT[sentiment].search(own)), None)
    if asks or (not denied and meant is None and len(own) <= _SHORT and _STOP_WEAK.search(own)):
        return Wish(Sentiment.UNSUBSCRIBE, is_weak=True)
    return Wish(meant)


def is_unsubscribe_word(subject: str) -> bool:
    """Say whether a subject is nothing but "unsubscribe", as links of the kind mailto: set it."""
    return _plain(subject) == "unsubscribe"


def wants_no_contact(words: str) -> bool:
    """Say whether an opt-out means every channel ("do not contact me"), not only mail."""
    return bool(_EVERYWHERE.search(own_words(words)))


def own_words(words: str) -> str:
    """Return what the writer says, folded, in one line: no greeting, no closing, no name, no footer."""
    passed_on = FORWARDED.search(words)
    own = words[: passed_on.start()] if passed_on else words
    lines = [line for line in fold(own[:_MAX_TEXT]).split("\n") if line.strip()]
    kept: list[str] = []
    for number, line in enumerate(lines):
        if _FOOTER.search(line.strip()) and number:
            break
        if kept and len(line) <= _BRIEF and _CLOSING.match(line) and not _has_wish(line):
            break
        kept.append(_ungreeted(line) if not kept else line)
    return " ".join(" ".join(kept).split())


def _has_wish(line: str) -> bool:
    return bool(_STOP.search(line) or any(meant.search(line) for meant in _MEANT.values()))


def _ungreeted(line: str) -> str:
    """Return a first line without its greeting; a line that is nothing but one becomes empty."""
    found = _GREETING.match(line)
    if not found:
        return line
    head, comma, rest = line.partition(",")
    if comma and len(head) <= _BRIEF:
        return rest.strip()
    return "" if len(line) <= _BRIEF and not _has_wish(line) and not _STOP_WEAK.search(line) else line


def _plain(text: str) -> str:
    return " ".join(_NOISE.sub(" ", fold(text)).split())
