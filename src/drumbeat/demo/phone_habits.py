"""What an invented person does with a text or a call: drawn from a hash, so that every demo has the same luck."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from random import Random

_SEED = "drumbeat habits"


class TextAnswer(StrEnum):
    NOTHING = "nothing"
    REPLY = "reply"
    STOP = "stop"
    STOP_AND_START = "stop_and_start"
    """They regret it after a while."""


@dataclass(frozen=True, slots=True)
class TextReaction:
    """What is written back, how many seconds after the text arrived, and whether a picture comes with it."""

    answer: TextAnswer
    after_seconds: float = 0.0
    has_picture: bool = False


_CARRIERS = ((0.02, "30003"), (0.03, "30005"))
"""Shares of the numbers to which nothing is delivered, with Twilio's code: switched off, unknown."""

_ANSWERS = (
    (0.22, TextAnswer.REPLY, (5.0, 25.0)),
    (0.26, TextAnswer.STOP, (6.0, 20.0)),
    (0.28, TextAnswer.STOP_AND_START, (6.0, 20.0)),
)
_PICTURES = 0.4
"""Share of the replies that come with one."""
_CALLS = ((0.30, "human"), (0.72, "machine"), (0.80, "silence"), (0.88, "busy_line"), (1.0, "no_answer"))
"""Shares, added up; what a call comes to are the words of `twilio.scripts`."""


def undelivered(number: str) -> str:
    """Return the code with which texts to this number fail, "" where they arrive."""
    drawn = Random(f"{_SEED} carrier {number}").random()
    return next((code for below, code in _CARRIERS if drawn < below), "")


def text_reaction(number: str, nth: int) -> TextReaction:
    """Return what the person does with our `nth` text."""
    chance = Random(f"{_SEED} text {number} {nth}")
    drawn = chance.random()
    for below, answer, delays in _ANSWERS:
        if drawn < below:
            after_seconds = chance.uniform(*delays)
            return TextReaction(
                answer, after_seconds, answer is TextAnswer.REPLY and chance.random() < _PICTURES
            )
    return TextReaction(TextAnswer.NOTHING)


def call_script(number: str, nth: int) -> str:
    """Return what our `nth` call to the number meets."""
    drawn = Random(f"{_SEED} call {number} {nth}").random()
    return next(script for below, script in _CALLS if drawn < below)
