"""Whether a sender's mail is wanted, by what became of it: judged by rates, once there is enough of it to judge.

What others call too much, and how little says nothing, stands in one table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

WINDOW = timedelta(days=7)
"""How far back it is looked."""


class Level(StrEnum):
    QUIET = "quiet"
    GOOD = "good"
    WARNING = "warning"
    HOLD = "hold"


class Measure(StrEnum):
    COMPLAINED = "complained"
    BOUNCED = "bounced"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Messages of a sender to contacts within the window, and what came back; each message counts once a measure."""

    sent: int = 0
    bounced: int = 0
    complained: int = 0
    deferred: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A rate that is too high from `fewest` cases among at least `of` messages on. `source`: who says so."""

    measure: Measure
    level: Level
    rate: float
    fewest: int
    of: int
    source: str


_GMAIL = "Email sender guidelines of Gmail and Yahoo: below 0.1 %, never 0.3 % or more"
_USUAL = (
    "Suspension levels of mail providers (Amazon SES: review at 5 %, pause at 10 %), halved for cold mail"
)
_OURS = "Our own: a server that puts one in ten off is slowing the sender down"
LIMITS: tuple[Limit, ...] = (
    Limit(measure=Measure.COMPLAINED, level=Level.HOLD, rate=0.003, fewest=3, of=100, source=_GMAIL),
    Limit(measure=Measure.BOUNCED, level=Level.HOLD, rate=0.05, fewest=5, of=50, source=_USUAL),
    Limit(measure=Measure.COMPLAINED, level=Level.WARNING, rate=0.001, fewest=2, of=100, source=_GMAIL),
    Limit(measure=Measure.BOUNCED, level=Level.WARNING, rate=0.02, fewest=3, of=50, source=_USUAL),
    Limit(measure=Measure.DEFERRED, level=Level.WARNING, rate=0.1, fewest=10, of=50, source=_OURS),
)
"""The most severe first. The fewest cases keep a bad hour of a small sender from deciding."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a sender stands, and by which limit, if it is one that speaks against it."""

    level: Level
    limit: Limit | None = None


def judge(counts: Counts) -> Standing:
    """Return the most severe standing that the counts call for. Total."""
    if (found := next(_exceeded(counts), None)) is not None:
        return Standing(found.level, found)
    enough = counts.sent >= min(limit.of for limit in LIMITS)
    return Standing(Level.GOOD if enough else Level.QUIET)


def _exceeded(counts: Counts) -> Iterator[Limit]:
    for limit in LIMITS:
        cases = getattr(counts, limit.measure)
        if cases >= limit.fewest and counts.sent >= limit.of and rate(cases, counts.sent) >= limit.rate:
            yield limit


def rate(cases: int, sent: int) -> float:
    """Return the share of `sent`, 0 to 1. What came back for mail of an earlier week may be more than was sent."""
    return min(1.0, cases / sent) if sent else 0.0


_SAID = {
    Measure.COMPLAINED: "were reported as spam",
    Measure.BOUNCED: "could not be delivered because nobody is at the address",
    Measure.DEFERRED: "were put off by the receiving servers",
}
_MEND = {
    Measure.COMPLAINED: "Stop the sequence that they came from, and write only to people who expect it.",
    Measure.BOUNCED: "Check where the addresses come from, and have them verified before more is sent.",
    Measure.DEFERRED: "Send less a day, or let the sender warm up.",
}


def sentence(standing: Standing, counts: Counts) -> str:
    """Say what speaks against a sender and what to do, "" where nothing does."""
    limit = standing.limit
    if limit is None:
        return ""
    cases = getattr(counts, limit.measure)
    return (
        f"{cases} of {counts.sent} messages of the last {WINDOW.days} days ({percent(cases, counts.sent)}) "
        f"{_SAID[limit.measure]}; {_percent(limit.rate)} is the limit. {_MEND[limit.measure]}"
    )


def percent(cases: int, sent: int) -> str:
    """Return the share as people read it."""
    return _percent(rate(cases, sent))


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"
