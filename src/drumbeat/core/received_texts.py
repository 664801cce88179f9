"""What an answer by text is: of a person, of a machine, or of one that speaks for somebody who is away.

A text has no header that tells. So it is a machine's only where it says so, has a form that phones and apps write, or
names a deputy as nobody does by hand. "I am on holiday until Monday" may be typed by thumb: that is an answer, and a
person decides. To go on writing to who has just answered is worse than to stop for a machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from drumbeat.core.answers.automatic import (
    is_of_phone,
    says_absent,
    says_automatic,
    says_away,
    tells_what_to_do,
)
from drumbeat.core.answers.dates import returns_on
from drumbeat.core.answers.wishes import Sentiment, read_wish
from drumbeat.core.incoming import Word

_LONGEST = 2_000
_MAY_BE_AWAY = frozenset({None, Sentiment.NOT_NOW, Sentiment.WRONG_PERSON})
"""What else a machine or a note of absence may seem to say: somebody else is asked, it is not the moment.

Whatever more is wanted, or wanted no more, a person wants, whatever signs of a machine stand beside it.
"""


@dataclass(frozen=True, slots=True)
class TextVerdict:
    """`word`: a reply, an automatic one, or out of office. `is_weak`: the words only may mean the sentiment.

    `returns_on`: the day on which who is away says to be back, None where that is not certain.
    """

    word: Word
    sentiment: Sentiment | None = None
    is_weak: bool = False
    returns_on: date | None = None


def read_text(text: str, day: date) -> TextVerdict:
    """Say what a text is that came in on a day and is no word of steering. Total."""
    words = text[:_LONGEST]
    wish = read_wish(words)
    if wish.sentiment not in _MAY_BE_AWAY:
        return TextVerdict(Word.REPLY, wish.sentiment, wish.is_weak)
    if is_of_phone(words):
        return TextVerdict(Word.AUTO_REPLY)
    is_program = says_automatic(words)
    if is_program and not says_absent(words):
        gone = wish.sentiment if wish.sentiment is Sentiment.WRONG_PERSON else None
        return TextVerdict(Word.AUTO_REPLY, gone)
    is_note = says_away(words)
    names_other = wish.sentiment is Sentiment.WRONG_PERSON or tells_what_to_do(words)
    if is_program or (is_note and names_other):
        return TextVerdict(Word.OUT_OF_OFFICE, Sentiment.OUT_OF_OFFICE, returns_on=returns_on(words, day))
    if is_note and wish.sentiment is None:
        return TextVerdict(Word.REPLY, Sentiment.OUT_OF_OFFICE, is_weak=True)
    return TextVerdict(Word.REPLY, wish.sentiment, wish.is_weak)
