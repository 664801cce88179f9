"""When a crowd hears from us first: windows and caps over the coming days."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from drumbeat.core import forecast
from drumbeat.core.forecast import Forecast, Limit, Pace, spread
from drumbeat.core.pacing import Caps, Ramp
from drumbeat.core.window import OpenHours, Window

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
OFFICE = OpenHours(
    Window.from_json(
        {day: [["09:00", "17:00"]] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
    ),
    BERLIN,
)
SHORT = OpenHours(Window.from_json({"monday": [["12:00", "13:00"], ["14:00", "15:00"]]}), BERLIN)
HALF_AN_HOUR = timedelta(seconds=1_440 * 1.25 + 1)
NEVER = (
    OpenHours(Window.from_json({"monday": [["09:00", "10:00"]]}), BERLIN),
    OpenHours(Window.from_json({"tuesday": [["09:00", "10:00"]]}), BERLIN),
)
"""They never open together."""


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def paced(caps=None, left_today=None, started_at=None, shared=(), **pace):
    own = Limit(caps=caps or Caps(), zone=BERLIN, left_today=left_today, started_at=started_at)
    return replace(Pace(hours=(OFFICE,), zone=BERLIN, limits=(own, *shared)), **pace)


SHARED = Limit(caps=Caps(per_day=20), zone=BERLIN, left_today=5)
"""The workspace's."""


@pytest.mark.parametrize(
    ("count", "due", "pace", "came"),
    [
        pytest.param(9, MONDAY, {}, (MONDAY, MONDAY, 1, 9), id="without caps all go at once"),
        pytest.param(9, at(1, 3), {}, (MONDAY, MONDAY, 1, 9), id="what was due goes now"),
        pytest.param(
            120,
            MONDAY,
            {"caps": Caps(per_day=50), "left_today": 50},
            (MONDAY, at(4, 9), 3, 50),
            id="fifty a day",
        ),
        pytest.param(
            60,
            MONDAY,
            {"caps": Caps(per_day=50), "left_today": 10},
            (MONDAY, at(3, 9), 2, 10),
            id="today has room for ten",
        ),
        pytest.param(
            60,
            MONDAY,
            {"caps": Caps(per_day=50), "left_today": 0},
            (at(3, 9), at(4, 9), 2, 50),
            id="today is full",
        ),
        pytest.param(
            10,
            at(7, 12),
            {"caps": Caps(per_day=5), "left_today": 0},
            (at(9, 9), at(10, 9), 2, 5),
            id="a weekend is left out",
        ),
        pytest.param(
            30,
            MONDAY,
            {"caps": Caps(ramp=Ramp(5, 10, 1, 20)), "left_today": 5},
            (MONDAY, at(4, 9), 3, 5),
            id="a warm-up that begins with them",
        ),
        pytest.param(
            30,
            MONDAY,
            {"caps": Caps(ramp=Ramp(5, 10, 1, 20)), "left_today": 15, "started_at": at(1, 9)},
            (MONDAY, at(3, 9), 2, 15),
            id="a warm-up that has begun",
        ),
        pytest.param(
            45,
            MONDAY,
            {"caps": Caps(per_day=50), "left_today": 50, "shared": (SHARED,)},
            (MONDAY, at(4, 9), 3, 5),
            id="what all senders share is less",
        ),
        pytest.param(
            3,
            MONDAY,
            {"spacing_seconds": 1_440},
            (MONDAY, MONDAY + 2 * HALF_AN_HOUR, 1, 3),
            id="half an hour apart",
        ),
        pytest.param(
            20,
            MONDAY,
            {"spacing_seconds": 1_440},
            (MONDAY, at(3, 9) + 7 * HALF_AN_HOUR, 2, 12),
            id="as many as fit till five, the others from nine",
        ),
        pytest.param(
            20,
            MONDAY,
            {"spacing_seconds": 1_440, "caps": Caps(per_day=3), "left_today": 2},
            (MONDAY, at(10, 9) + 2 * HALF_AN_HOUR, 7, 2),
            id="a cap is used up before",
        ),
        pytest.param(
            3,
            MONDAY,
            {"spacing_seconds": 40_000},
            (MONDAY, at(4, 9), 3, 1),
            id="a rest longer than the window",
        ),
        pytest.param(
            4,
            MONDAY,
            {"spacing_seconds": 1_440, "hours": (SHORT,)},
            (at(2, 12), at(2, 14) + HALF_AN_HOUR, 1, 4),
            id="two hours of a day",
        ),
    ],
)
def test_the_first_and_the_last(count, due, pace, came):
    first, last, days, on_first_day = came
    expected = Forecast(first_at=first, last_at=last, days=days, on_first_day=on_first_day)
    assert spread(count, due, paced(**pace), MONDAY) == expected


@pytest.mark.parametrize(
    ("count", "pace"),
    [
        pytest.param(0, {}, id="nobody"),
        pytest.param(5, {"caps": Caps(per_day=0), "left_today": 0}, id="a cap of nothing"),
        pytest.param(5, {"hours": NEVER}, id="windows that never open"),
    ],
)
def test_nothing_can_leave(count, pace):
    assert spread(count, MONDAY, paced(**pace), MONDAY) is None


@pytest.mark.parametrize("left", [0, 1])
def test_a_window_that_opens_once_more_and_never_again(monkeypatch, left):
    opens = iter([MONDAY, None])
    monkeypatch.setattr(forecast, "next_open", lambda moment, hours: next(opens))
    pace = paced(caps=Caps(per_day=1), left_today=left)
    assert spread(2, MONDAY, pace, MONDAY) is None


def test_it_looks_no_further_than_ten_years(monkeypatch):
    monkeypatch.setattr(forecast, "MOST_DAYS", 2)
    came = spread(100, MONDAY, paced(hours=(), caps=Caps(per_day=1), left_today=1), MONDAY)
    assert came is not None
    assert came.days == 2
    assert came.last_at - came.first_at < timedelta(days=2)


@pytest.mark.parametrize(
    ("left", "share"),
    [
        pytest.param(None, None, id="no limit stays none"),
        pytest.param(0, 0, id="of nothing nothing"),
        pytest.param(9, 3, id="a third"),
        pytest.param(1, 1, id="at least one"),
    ],
)
def test_a_limit_that_crowds_share(left, share):
    limit = Limit(caps=Caps(per_day=30), zone=BERLIN, left_today=left)
    assert limit.shared(3) == Limit(caps=Caps(per_day=10), zone=BERLIN, left_today=share)
