"""What an invented person does with a mail: drawn from a hash, so that every demo has the same luck."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from drumbeat.demo.people import HOME

_SEED = "drumbeat habits"


class Answer(StrEnum):
    NOTHING = "nothing"
    REPLY = "reply"
    OUT_OF_OFFICE = "out_of_office"
    STOP = "stop"
    UNSUBSCRIBE = "unsubscribe"
    BOUNCE = "bounce"


@dataclass(frozen=True, slots=True)
class Reaction:
    """What is done, and how many seconds after the mail came."""

    answer: Answer
    after_seconds: float = 0.0


_REFUSED = 0.02
_BOUNCES_LATER = 0.04
"""Shares of the addresses: up to the first their server refuses them, up to the second a bounce follows."""

_CHANCES = (
    (0.12, Answer.REPLY, (4.0, 25.0)),
    (0.15, Answer.OUT_OF_OFFICE, (1.0, 3.0)),
    (0.16, Answer.STOP, (6.0, 25.0)),
    (0.17, Answer.UNSUBSCRIBE, (4.0, 20.0)),
)
"""Shares of the mails, added up, with the range of delays."""


def is_refused(address: str) -> bool:
    """Tell whether this mailbox does not exist, and its server says so at once."""
    return _is_invented(address) and _health(address) < _REFUSED


def reaction(address: str, nth: int) -> Reaction:
    """Return what the person at `address` does with the `nth` mail from us."""
    if not _is_invented(address):  # the team reads its notices and answers none
        return Reaction(Answer.NOTHING)
    chance = Random(f"{_SEED} mail {address} {nth}")
    if _health(address) < _BOUNCES_LATER:
        return Reaction(Answer.BOUNCE, chance.uniform(2.0, 8.0))
    drawn = chance.random()
    for below, answer, delays in _CHANCES:
        if drawn < below:
            return Reaction(answer, chance.uniform(*delays))
    return Reaction(Answer.NOTHING)


def _is_invented(address: str) -> bool:
    return address.endswith(".test") and not address.endswith(f"@{HOME}")


def _health(address: str) -> float:
    return Random(f"{_SEED} mailbox {address}").random()
