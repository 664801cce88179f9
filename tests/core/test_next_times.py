"""The next moments of sending, and what moved each of them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.delay import Delay, DelayUnit, parse_delay
from drumbeat.core.holidays import Holidays
from drumbeat.core.next_times import Rhythm, next_times
from drumbeat.core.quiet_hours import DAYTIME
from drumbeat.core.timing import laid
from drumbeat.core.window import OFFICE_HOURS, OpenHours, Span, Window, due_at, next_open

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
FRIDAY = datetime(2026, 4, 3, 14, tzinfo=UTC)  # Good Friday, before Easter Monday
NEW_YEAR = Holidays(("DE",))
NIGHT = OpenHours(DAYTIME, NEW_YORK)
MONDAYS, SUNDAYS = (Window(tuple((Span(0, 60),) if day == one else () for day in range(7))) for one in (0, 6))
NEVER = (OpenHours(MONDAYS, BERLIN), OpenHours(SUNDAYS, BERLIN))


def told(rhythm):
    found = next_times(rhythm, FRIDAY, 3)
    return [f"{one.at.astimezone(BERLIN):%a %H:%M} {' '.join(one.moved_by)}".strip() for one in found]


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        pytest.param(Rhythm(zone=BERLIN), ["Fri 16:00", "Sat 16:00", "Sun 16:00"], id="always: each day"),
        pytest.param(
            Rhythm(zone=BERLIN, hours=laid(OFFICE_HOURS, Holidays(), None, BERLIN)),
            ["Fri 16:00", "Mon 09:00 window", "Tue 09:00 window"],
            id="office hours",
        ),
        pytest.param(
            Rhythm(zone=BERLIN, hours=laid(OFFICE_HOURS, NEW_YEAR, None, BERLIN), holidays=NEW_YEAR),
            ["Tue 09:00 window holiday", "Wed 09:00 window", "Thu 09:00 window"],
            id="over Easter",
        ),
        pytest.param(
            Rhythm(zone=BERLIN, hours=laid(None, NEW_YEAR, None, BERLIN), holidays=NEW_YEAR),
            ["Sat 00:00 holiday", "Tue 00:00 holiday", "Sat 00:00 holiday"],
            id="no window",
        ),
        pytest.param(
            Rhythm(zone=BERLIN, quiet=(NIGHT,), delay=parse_delay("12h")),
            ["Sat 14:00 delay quiet_hours", "Sun 14:00 quiet_hours", "Mon 14:00 quiet_hours"],
            id="a phone in New York",
        ),
        pytest.param(
            Rhythm(zone=BERLIN, hours=laid(OFFICE_HOURS, Holidays(), None, BERLIN), quiet=(NIGHT,)),
            ["Fri 16:00", "Mon 14:00 window quiet_hours", "Tue 14:00 window quiet_hours"],
            id="both",
        ),
        pytest.param(
            Rhythm(zone=BERLIN, holidays=NEW_YEAR, delay=Delay(1, DelayUnit.WEEKDAYS)),
            ["Tue 16:00 delay", "Wed 16:00", "Thu 16:00"],
            id="a weekday later",
        ),
        pytest.param(Rhythm(zone=BERLIN, hours=NEVER), [], id="windows that share no minute"),
        pytest.param(
            Rhythm(zone=BERLIN, rests_until=FRIDAY + timedelta(minutes=5)),
            ["Fri 16:05 spacing", "Sat 16:05", "Sun 16:05"],
            id="a sender that rests",
        ),
        pytest.param(
            Rhythm(zone=BERLIN, rests_until=FRIDAY - timedelta(minutes=5)),
            ["Fri 16:00", "Sat 16:00", "Sun 16:00"],
            id="a sender that has rested",
        ),
        pytest.param(
            Rhythm(
                zone=BERLIN,
                hours=laid(OFFICE_HOURS, Holidays(), None, BERLIN),
                rests_until=FRIDAY + timedelta(hours=2),
            ),
            ["Mon 09:00 spacing", "Tue 09:00 window", "Wed 09:00 window"],
            id="a rest that ends outside the window",
        ),
    ],
)
def test_the_next_moments_and_what_moved_them(rhythm, expected):
    assert told(rhythm) == expected


def test_jitter_is_told_and_is_another_at_each_opening():
    rhythm = Rhythm(
        zone=BERLIN, hours=laid(OFFICE_HOURS, Holidays(), None, BERLIN), jitter_seconds=3600, seed="7:a:1"
    )
    found = next_times(rhythm, FRIDAY, 4)
    assert {one.moved_by[-1] for one in found} == {"jitter"}
    assert len({one.at.minute * 60 + one.at.second for one in found}) > 1


@given(
    minutes=st.integers(0, 14 * 1440),
    jitter=st.sampled_from([0, 600]),
    days=st.frozensets(st.integers(0, 9), max_size=3),
)
def test_each_lies_in_the_hours_and_the_first_is_the_engines(minutes, jitter, days):
    now = FRIDAY + timedelta(minutes=minutes)
    rests = Holidays((), tuple(date(2026, 4, 4) + timedelta(days=day) for day in days))
    hours = laid(OFFICE_HOURS, rests, None, BERLIN)
    rhythm = Rhythm(zone=BERLIN, hours=hours, holidays=rests, jitter_seconds=jitter, seed="1:a:1")
    found = [one.at for one in next_times(rhythm, now)]
    assert len(found) == 10
    assert found == sorted(set(found))
    assert [next_open(at, hours) for at in found] == found
    assert found[0] == due_at(now, rhythm.delay, BERLIN, hours, jitter, "1:a:1")
