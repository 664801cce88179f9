"""What a text message that came in asks for. The whole message decides; a sentence is for a person to decide.

"No more texts, thanks" asks as clearly as STOP does, but so might "no more texts today please, call me": what is not
a word by itself is weak, and until somebody has decided nothing more is sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from drumbeat.core.answers.language import either, fold
from drumbeat.core.answers.languages import LANGUAGES as ANSWERS
from drumbeat.core.answers.wishes import Sentiment, read_wish
from drumbeat.core.keywords.languages import LANGUAGES
from drumbeat.core.keywords.words import TWILIO_HELP, TWILIO_START, TWILIO_STOP, Words


class Keyword(StrEnum):
    STOP = "stop"
    START = "start"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Asked:
    """`is_weak`: it may mean that, a person decides. `language`: ISO 639-1, empty where several share the word.

    `is_twilios`: the bare word is one of Twilio's own, which by default blocks or unblocks and answers it itself.
    """

    keyword: Keyword | None = None
    is_weak: bool = False
    language: str = ""
    is_twilios: bool = False


_MAX_TEXT = 1_600
_NAME = 30
_NOISE = re.compile(r"[^\w\s]+|_+")
_TWILIOS = frozenset((*TWILIO_STOP, *TWILIO_START, *TWILIO_HELP))
_WEAK = either(tuple(one for language in LANGUAGES for one in language.weak))


def _plain(text: str) -> str:
    """Return a text as the words are kept; letters that stand alone ("S.T.O.P.") are drawn together."""
    words = _NOISE.sub(" ", fold(text.replace("'", "").replace("’", ""))).split()
    return "".join(words) if all(len(word) == 1 for word in words) else " ".join(words)


def _known() -> dict[str, tuple[Keyword, str]]:
    """Return what each word means, and in which language; STOP wins over all, HELP over START."""
    known: dict[str, tuple[Keyword, str]] = {}
    for keyword in (Keyword.STOP, Keyword.HELP, Keyword.START):
        for language in LANGUAGES:
            for word in map(_plain, getattr(language, keyword.value)):
                said, code = known.setdefault(word, (keyword, language.code))
                known[word] = (said, code if code == language.code else "")
    for answers in ANSWERS:
        for word in map(_plain, answers.stop_whole):
            known.setdefault(word, (Keyword.STOP, ""))
    return known


_KNOWN = _known()
_POLITE = tuple(
    sorted({_plain(one) for language in LANGUAGES for one in language.polite}, key=len, reverse=True)
)
_AROUND = re.compile(rf"^(?:(?:{'|'.join(_POLITE)})\b ?)+(?=\S)|(?<=\S)(?: (?:{'|'.join(_POLITE)})\b)+$")


def read_keyword(body: str, *, is_stopped: bool = False) -> Asked:
    """Say what a message asks for. Total.

    `is_stopped`: the sender of the message has asked us to stop. YES, which Twilio takes for START, counts as that
    only then; otherwise it is an answer to what we wrote.
    """
    text = body[:_MAX_TEXT]
    plain = _plain(text)
    is_twilios = text.strip().upper() in _TWILIOS
    if plain == "yes":
        return Asked(Keyword.START, is_twilios=is_twilios) if is_stopped else Asked()
    found = _KNOWN.get(plain) or _KNOWN.get(_AROUND.sub("", plain).strip())
    if found is not None:
        return Asked(found[0], language=found[1], is_twilios=is_twilios)
    if _WEAK.search(fold(text)) or read_wish(text).sentiment is Sentiment.UNSUBSCRIBE:
        return Asked(Keyword.STOP, is_weak=True)
    return Asked()


def is_ours_to_answer(asked: Asked, *, was_acted_on: bool, twilio_handles: bool) -> bool:
    """Tell whether a word is to be answered by us: exactly one answer, and none where Twilio has sent it.

    `was_acted_on`: the callback says so (advanced opt-out). `twilio_handles`: the number has Twilio's default handling
    of its own words, as long codes and toll-free numbers do for texts.
    """
    if asked.keyword is None or asked.is_weak or was_acted_on:
        return False
    return not (twilio_handles and asked.is_twilios)


def answer(keyword: Keyword, language: str, sender: str) -> str:
    """Return what is answered once to a word that Twilio did not answer, in English where we lack the language."""
    words = next((one for one in LANGUAGES if one.code == language), _ENGLISH)
    name = sender if len(sender) <= _NAME else sender[: _NAME - 1].rstrip() + "."
    said = {Keyword.STOP: words.stopped, Keyword.START: words.started, Keyword.HELP: words.helped}[keyword]
    return said.replace("{sender}", name)


_ENGLISH: Words = next(language for language in LANGUAGES if language.code == "en")
