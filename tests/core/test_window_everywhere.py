"""Windows and due times against an oracle of its own, in every zone there is: minutes of the wall clock, one by one.

The oracle knows `datetime` and `zoneinfo` and nothing of the product. An open minute is one whose local time lies in
the window, on a day that is no holiday, and which the wall clock shows for the first time; a day that is open around
the clock counts both times.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.delay import Delay, DelayUnit
from drumbeat.core.guard import Go, GuardFacts, Hold, may_send
from drumbeat.core.holidays import Holidays
from drumbeat.core.window import OpenHours, Window, due_at, next_open

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FIRST, LAST = datetime(1995, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
ZONES = sorted(available_timezones() - {"localtime", "Factory"})
KNOWN_FOR_IT = {
    "Australia/Lord_Howe": "2026-04-04T15:00",
    "Pacific/Apia": "2011-12-30T10:00",
    "Africa/Casablanca": "2026-02-15T02:00",
    "Antarctica/Troll": "2026-03-29T01:00",
    "America/St_Johns": "2026-11-01T04:30",
    "Pacific/Kwajalein": "1993-08-21T12:00",
}
NEAR = timedelta(days=3)


@cache
def changes(name):
    """Return the moments at which the zone's clock is moved, to the minute."""
    zone, found, step = ZoneInfo(name), [], timedelta(days=7)
    at = FIRST
    while at < LAST:
        if at.astimezone(zone).utcoffset() != (at + step).astimezone(zone).utcoffset():
            low, high = at, at + step
            while high - low > MINUTE:
                middle = low + (high - low) // 2 // MINUTE * MINUTE
                same = middle.astimezone(zone).utcoffset() == at.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            found.append(high)
        at += step
    return found


def shown_before(local):
    """Say whether the wall clock shows this naive minute for the second time."""
    return local.fold == 1


class Oracle:
    def __init__(self, spans, zone, rests):
        self.spans, self.zone, self.rests = spans, zone, rests

    def is_open(self, moment):
        local = moment.astimezone(self.zone)
        spans = self.spans[local.weekday()]
        minute = 60 * local.hour + local.minute
        if local.date() in self.rests:
            return False
        if spans == [(0, 1440)]:
            return True
        return not shown_before(local) and any(start <= minute < end for start, end in spans)

    def first_open(self, moment):
        """Step from minute to minute, up to a limit; None when it is farther."""
        at = moment
        while at < moment + NEAR:
            if self.is_open(at):
                return at
            at = at.replace(second=0, microsecond=0) + MINUTE
        return None


def text(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SPAN = st.tuples(st.integers(0, 1439), st.integers(1, 600)).map(lambda one: (one[0], min(1440, sum(one))))
SPANS = st.just([(0, 1440)]) | st.lists(SPAN, max_size=2)
WEEKS = st.lists(SPANS, min_size=7, max_size=7).filter(any)


@st.composite
def places(draw):
    """Draw a zone, mostly a moment near a change of its clock, a window and days of rest around it."""
    name = draw(st.sampled_from(ZONES) | st.sampled_from(sorted(KNOWN_FOR_IT)))
    moved = changes(name)
    if name in KNOWN_FOR_IT and draw(st.booleans()):
        moved = [datetime.fromisoformat(KNOWN_FOR_IT[name]).replace(tzinfo=UTC)]
    middle = draw(st.sampled_from(moved) if moved else st.datetimes(FIRST.replace(tzinfo=None)).map(at_utc))
    moment = middle + timedelta(seconds=draw(st.integers(-2 * 86_400, 2 * 86_400)))
    spans, offsets = draw(WEEKS), draw(st.frozensets(st.integers(-2, 3), max_size=2))
    rests = frozenset(moment.astimezone(ZoneInfo(name)).date() + offset * DAY for offset in offsets)
    return moment, ZoneInfo(name), spans, rests


def at_utc(naive):
    return naive.replace(tzinfo=UTC, year=min(max(naive.year, 1995), 2035), day=min(naive.day, 28))


def hours_of(zone, spans, rests):
    document = {day: [[text(a), text(b)] for a, b in each] for day, each in zip(DAYS, spans, strict=True)}
    return (OpenHours(Window.from_json(document), zone, Holidays((), tuple(rests))),)


@given(place=places())
def test_the_next_opening_is_the_oracles_in_every_zone(place):
    moment, zone, spans, rests = place
    expected = Oracle(spans, zone, rests).first_open(moment)
    found = next_open(moment, hours_of(zone, spans, rests))
    assert found == expected or (expected is None and (found is None or found >= moment + NEAR))


@given(place=places(), days=st.integers(0, 4), unit=st.sampled_from([DelayUnit.DAYS, DelayUnit.WEEKDAYS]))
def test_a_due_time_is_the_oracles_in_every_zone(place, days, unit):
    moment, zone, spans, rests = place
    hours, oracle = hours_of(zone, spans, rests), Oracle(spans, zone, rests)
    asked = later(moment, days, unit, zone, rests)
    expected = oracle.first_open(asked)
    found = due_at(moment, Delay(days, unit), zone, hours, 0, "")
    assert found == expected or (expected is None and (found is None or found >= asked + NEAR))


def later(moment, days, unit, zone, rests):
    """Go on by whole local days; a wall time that never comes is the first minute after the gap."""
    local = moment.astimezone(zone)
    day, left = local.date(), days
    while left:
        day += DAY
        left -= unit is DelayUnit.DAYS or (day.weekday() < 5 and day not in rests)
    if day == local.date():
        return moment
    wall = datetime.combine(day, local.time().replace(fold=0))
    at = (wall - timedelta(hours=30)).replace(tzinfo=UTC)  # no zone is farther from UTC
    seconds = timedelta(seconds=wall.second, microseconds=wall.microsecond)
    at = at.replace(second=0, microsecond=0)
    while (shown := at.astimezone(zone).replace(tzinfo=None, fold=0)) < wall - seconds:
        at += MINUTE
    exact = at + seconds if shown == wall - seconds else at
    return max(moment, exact)


@given(place=places())
def test_what_the_guard_lets_go_may_not_leave_outside_the_window_nor_twice_in_a_repeated_hour(place):
    moment, zone, spans, rests = place
    oracle = Oracle(spans, zone, rests)
    answer = may_send(GuardFacts(hours=hours_of(zone, spans, rests)), moment)
    if not oracle.is_open(moment):
        assert isinstance(answer, Hold)
        assert answer.until is None or answer.until > moment
        return
    assert isinstance(answer, Go)
    at = moment
    end = min(answer.send_before or moment + DAY, moment + DAY)
    while at < end:
        assert oracle.is_open(at)
        at = at.replace(second=0, microsecond=0) + MINUTE


@pytest.mark.soak
@pytest.mark.parametrize("name", ZONES)
def test_every_change_of_every_zone(name):
    zone = ZoneInfo(name)
    spans = [[(0, 45), (135, 165)], [(60, 180)], [(1410, 1440)], [(0, 1440)], [(90, 150)], [], [(0, 1440)]]
    for moved in changes(name)[-3:]:
        rests = frozenset({moved.astimezone(zone).date() + 2 * DAY})
        hours, oracle = hours_of(zone, spans, rests), Oracle(spans, zone, rests)
        for step in range(-26 * 2, 26 * 2):
            moment = moved + step * timedelta(minutes=30, seconds=1)
            expected = oracle.first_open(moment)
            assert next_open(moment, hours) == expected, (name, moment)


def test_the_day_that_apia_skipped_does_not_open_and_is_not_waited_for():
    zone = ZoneInfo("Pacific/Apia")
    fridays = [[], [], [], [], [(540, 1020)], [], []]
    thursday = datetime(2011, 12, 29, 12, tzinfo=zone).astimezone(UTC)
    found = next_open(thursday, hours_of(zone, fridays, frozenset()))
    assert found is not None
    assert found.astimezone(zone).date() == date(2012, 1, 6)
