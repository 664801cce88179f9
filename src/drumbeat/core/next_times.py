"""The moments at which a message would leave if its step fell due now, and at each opening after it. Pure.

Laid by the engine's own `due_at` and `next_open`; what moved each moment is found by leaving one limit out at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from drumbeat.core.delay import Delay, DelayUnit, add_delay
from drumbeat.core.holidays import NO_HOLIDAYS, Holidays
from drumbeat.core.window import ALWAYS, OpenHours, closes_at, due_at, next_open

USUAL_COUNT = 10
_NOW = Delay(0, DelayUnit.MINUTES)
_DAY = timedelta(days=1)


class MovedBy(StrEnum):
    DELAY = "delay"
    WINDOW = "window"
    HOLIDAY = "holiday"
    QUIET_HOURS = "quiet_hours"
    JITTER = "jitter"
    SPACING = "spacing"


@dataclass(frozen=True, slots=True)
class Moment:
    """When a message would leave, and what moved it there, in the order in which it was moved."""

    at: datetime
    moved_by: tuple[MovedBy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """All that decides about a moment but caps: they depend on what else is sent.

    `zone`: where days and windows count. `hours` are windows laid over it, `quiet` the hours of the recipient's phone.
    `rests_until`: the sender has just sent and leaves time between two messages.
    """

    zone: ZoneInfo
    hours: Sequence[OpenHours] = ()
    quiet: Sequence[OpenHours] = ()
    holidays: Holidays = NO_HOLIDAYS
    jitter_seconds: int = 0
    seed: str = ""
    delay: Delay = _NOW
    rests_until: datetime | None = None


def next_times(rhythm: Rhythm, now: datetime, count: int = USUAL_COUNT) -> list[Moment]:
    """Return up to `count` moments; fewer, or none, when the windows open no more within a year."""
    return list(islice(_moments(rhythm, now), count))


def _moments(rhythm: Rhythm, now: datetime) -> Iterator[Moment]:
    limits = (*rhythm.hours, *rhythm.quiet)
    asked = add_delay(now, rhythm.delay, rhythm.zone, rhythm.holidays)
    first: tuple[MovedBy, ...] = (MovedBy.DELAY,) if asked != now else ()
    number = 0
    while (opens := next_open(asked, limits)) is not None:
        seed = rhythm.seed if number == 0 else f"{rhythm.seed}:{number}"
        at = due_at(asked, _NOW, rhythm.zone, limits, rhythm.jitter_seconds, seed)
        jittered = (MovedBy.JITTER,) if at is not None and at > opens else ()
        moment = _rested(rhythm, Moment(at or opens, (*first, *_movers(rhythm, asked, opens), *jittered)))
        yield moment
        number, first = number + 1, ()
        since = moment.at if MovedBy.SPACING in moment.moved_by else opens
        closes = closes_at(since, limits)
        asked = since + _DAY if closes is None else closes


def _rested(rhythm: Rhythm, moment: Moment) -> Moment:
    """Return the moment, or the first open one once the sender has rested: a hold, so without another jitter."""
    if rhythm.rests_until is None or rhythm.rests_until <= moment.at:
        return moment
    at = next_open(rhythm.rests_until, (*rhythm.hours, *rhythm.quiet))
    return Moment(at or moment.at, (*moment.moved_by, MovedBy.SPACING))


def _movers(rhythm: Rhythm, asked: datetime, opens: datetime) -> Iterator[MovedBy]:
    """Yield what kept `asked` from being open; where several did so at once, all of them."""
    if opens == asked:
        return
    windows = tuple(replace(each, holidays=frozenset()) for each in rhythm.hours)
    rests = tuple(replace(each, window=ALWAYS) for each in rhythm.hours)
    if _closed(windows, asked, opens):
        yield MovedBy.WINDOW
    if _closed(rests, asked, opens):
        yield MovedBy.HOLIDAY
    if _closed(rhythm.quiet, asked, opens):
        yield MovedBy.QUIET_HOURS


def _closed(hours: Sequence[OpenHours], since: datetime, until: datetime) -> bool:
    """Say whether these hours are closed at any time between the two moments."""
    opens = next_open(since, hours)
    closes = since if opens != since else closes_at(since, hours)
    return closes is not None and closes < until
