"""Sending windows against a slow reading of every minute, around changes of the clock in real zones."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.delay import Delay, DelayUnit, add_delay
from drumbeat.core.window import ALWAYS, OFFICE_HOURS, OpenHours, Span, Window, closes_at, due_at, next_open
from tests.support import corpora

MINUTE = timedelta(minutes=1)
BERLIN, NEW_YORK = map(ZoneInfo, ("Europe/Berlin", "America/New_York"))
ALL_DAY = (Span(0, 1440),)
SPANS = st.tuples(st.integers(0, 1440), st.integers(0, 1440)).filter(lambda pair: pair[0] != pair[1])
DAYS = st.just(ALL_DAY) | st.lists(SPANS.map(lambda pair: Span(*sorted(pair))), max_size=4).map(tuple)
WINDOWS = st.tuples(*[DAYS] * 7).filter(any).map(Window)
CHANGES = [
    ("Europe/Berlin", "2026-03-29T01:00Z"),
    ("Europe/Berlin", "2026-10-25T01:00Z"),
    ("America/New_York", "2026-03-08T07:00Z"),
    ("America/New_York", "2026-11-01T06:00Z"),
    ("Africa/Casablanca", "2026-02-15T02:00Z"),
    ("America/Goose_Bay", "2010-11-07T03:01Z"),
    ("America/Havana", "2026-11-01T05:00Z"),
    ("Antarctica/Casey", "2010-03-04T15:00Z"),
    ("Antarctica/Troll", "2026-03-29T01:00Z"),
    ("Asia/Beirut", "2026-03-28T22:00Z"),
    ("Asia/Beirut", "2026-10-24T21:00Z"),
    ("Asia/Kathmandu", "2026-05-05T00:00Z"),
    ("Australia/Lord_Howe", "2026-04-04T15:00Z"),
    ("Australia/Lord_Howe", "2026-10-03T15:30Z"),
    ("Pacific/Apia", "2011-12-30T10:00Z"),
    ("Pacific/Chatham", "2026-04-04T14:00Z"),
]
NEAR = timedelta(days=2)  # farther than this the slow reading does not look


def at(text):
    return datetime.fromisoformat(text).astimezone(UTC)


def daily(*spans):
    return Window((tuple(Span(*span) for span in spans),) * 7)


def is_open(moment, hours):
    for each in hours:
        local = moment.astimezone(each.zone)
        spans = each.window.days[local.weekday()]
        minute = local.hour * 60 + local.minute
        if local.date() in each.holidays or not any(s.start_minute <= minute < s.end_minute for s in spans):
            return False
        if local.fold and spans != ALL_DAY:
            return False
    return True


def first_minute(moment, hours, wanted):
    """Return the first moment, at once or on a full minute, at which `is_open` is `wanted`."""
    candidate, last = moment, moment + NEAR
    while candidate < last:
        if is_open(candidate, hours) is wanted:
            return candidate
        candidate = candidate.replace(second=0, microsecond=0) + MINUTE
    return None


@st.composite
def places(draw):
    """Draw a moment within two days of a change of the clock, and hours of its zone or of two."""
    zone, change = draw(st.sampled_from(CHANGES))
    moment = at(change) + timedelta(seconds=draw(st.integers(-2 * 86_400, 2 * 86_400)))
    days = draw(st.frozensets(st.integers(-2, 3), max_size=2))
    holidays = frozenset((moment + timedelta(days=day)).date() for day in days)
    zones = [ZoneInfo(zone), draw(st.sampled_from([BERLIN, NEW_YORK, ZoneInfo(zone)]))]
    hours = [OpenHours(draw(WINDOWS), zones[0], holidays), OpenHours(draw(WINDOWS), zones[1])]
    return moment, hours[: draw(st.integers(1, 2))]


@given(place=places())
def test_the_next_opening_is_the_first_open_minute(place):
    moment, hours = place
    found, expected = next_open(moment, hours), first_minute(moment, hours, wanted=True)
    assert found == expected or (expected is None and (found is None or found >= moment + NEAR))


@given(place=places())
def test_a_stretch_ends_at_the_first_minute_that_is_not_open(place):
    moment, hours = place
    found, expected = closes_at(moment, hours), first_minute(moment, hours, wanted=False)
    assert found == expected or (expected is None and (found is None or found >= moment + NEAR))


@pytest.mark.parametrize("zone, change", CHANGES)
def test_around_a_change_of_the_clock_both_readings_agree_on_every_minute(zone, change):
    windows = [daily((60, 180)), daily((1410, 1440)), daily((0, 45), (135, 165)), ALWAYS]
    for window, ahead in product(windows, range(-245, 245, 35)):
        hours = [OpenHours(window, ZoneInfo(zone), {date(2026, 1, 1)})]
        moment = at(change) + ahead * MINUTE
        assert next_open(moment, hours) == first_minute(moment, hours, wanted=True), moment


def test_at_every_change_in_the_corpus_the_next_send_time_is_in_office_hours():
    for row in corpora.rows("timezone/transitions.jsonl"):
        zone, moment = ZoneInfo(row["zone"]), datetime.fromisoformat(row["utc"])
        nine = moment.astimezone(zone).replace(hour=9, minute=0, second=0, fold=0)
        mornings = [nine + timedelta(days=ahead) for ahead in range(4)]
        expected = next(
            max(morning.astimezone(UTC), moment)
            for morning in mornings
            if morning.isoweekday() <= 5 and moment < morning.replace(hour=17).astimezone(UTC)
        )
        assert next_open(moment, [OpenHours(OFFICE_HOURS, zone)]) == expected, row


@given(window=WINDOWS)
def test_every_window_survives_its_json_form(window):
    assert Window.from_json(window.to_json()) == window


@given(
    place=places(),
    delay=st.builds(Delay, st.integers(0, 3), st.sampled_from(DelayUnit)),
    most=st.integers(0, 7200),
    seed=st.text(max_size=3),
)
def test_a_due_time_is_open_and_its_jitter_stays_in_the_stretch(place, delay, most, seed):
    origin, hours = place
    zone, holidays = hours[0].zone, hours[0].holidays
    due = due_at(origin, delay, zone, hours, most, seed, holidays)
    start = next_open(add_delay(origin, delay, zone, holidays), hours)
    if due is None or start is None:
        assert due == start
        return
    closes = closes_at(start, hours)
    assert is_open(due, hours)
    assert start <= due <= start + timedelta(seconds=max(0, most - 1))
    assert closes is None or due < closes
    assert due == due_at(origin, delay, zone, hours, most, seed, holidays)
