"""How a local day maps to UTC, against the fold rules of the standard library."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.localtime import first_moment, moment_at, seconds_of, stretches
from tests.support import corpora

HOUR = 3600
ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "Africa/Casablanca",
            "America/Goose_Bay",  # until 2011 the repeated hour passes midnight
            "America/Havana",
            "America/New_York",
            "America/Sao_Paulo",
            "Antarctica/Casey",
            "Antarctica/Troll",  # moves by two hours
            "Asia/Beirut",
            "Asia/Kathmandu",
            "Asia/Manila",
            "Australia/Lord_Howe",  # moves by half an hour
            "Europe/Berlin",
            "Pacific/Apia",  # skips 2011-12-30
            "Pacific/Chatham",
            "UTC",
        )
    ]
)
START, END = datetime.fromisoformat("1840-01-03"), datetime.fromisoformat("2100-01-01")
MOMENTS = st.datetimes(START, END, timezones=st.just(UTC))
# Around the days on which these zones change their clocks.
NEAR_A_CHANGE = st.builds(
    lambda year, day, ahead: datetime.fromisoformat(f"{year}-{day}T00:00Z") + timedelta(minutes=ahead),
    st.integers(2005, 2030),
    st.sampled_from(["03-09", "03-28", "04-04", "09-28", "10-28", "11-04", "12-30"]),
    st.integers(-3 * 24 * 60, 3 * 24 * 60),
)


def shown_by(zone, day):
    return [
        (clock(part.clock), clock(part.clock + part.end - part.start), "again" if part.again else "once")
        for part in stretches(ZoneInfo(zone), date(*day).toordinal())
    ]


def clock(second):
    return f"{second // HOUR}:{second % HOUR // 60:02}"


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        pytest.param("Europe/Berlin", (2026, 7, 1), ["0:00 24:00 once"], id="a plain day is one stretch"),
        pytest.param(
            "Europe/Berlin",
            (2026, 3, 29),
            ["0:00 2:00 once", "3:00 24:00 once"],
            id="spring leaves an hour out",
        ),
        pytest.param(
            "Europe/Berlin",
            (2026, 10, 25),
            ["0:00 3:00 once", "2:00 3:00 again", "3:00 24:00 once"],
            id="autumn shows an hour again",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            (2026, 4, 5),
            ["0:00 2:00 once", "1:30 2:00 again", "2:00 24:00 once"],
            id="half an hour comes again",
        ),
        pytest.param("Pacific/Apia", (2011, 12, 30), [], id="a skipped day is empty"),
        pytest.param("Pacific/Apia", (2011, 12, 31), ["0:00 24:00 once"], id="the day after it is whole"),
        pytest.param(
            "America/Goose_Bay",
            (2010, 11, 6),
            ["0:00 24:00 once", "23:01 24:00 again"],
            id="late hours come again after midnight",
        ),
        pytest.param(
            "America/Goose_Bay",
            (2010, 11, 7),
            ["0:00 0:01 once", "0:00 0:01 again", "0:01 24:00 once"],
            id="the first minute is shown, left and shown again",
        ),
    ],
)
def test_a_day_is_cut_where_the_clock_changes(zone, day, expected):
    assert [" ".join(part) for part in shown_by(zone, day)] == expected


@given(zone=ZONES, moment=MOMENTS | NEAR_A_CHANGE)
def test_every_moment_lies_in_one_stretch_of_its_local_day(zone, moment):
    local = moment.astimezone(zone)
    at = seconds_of(moment)
    inside = [part for part in stretches(zone, local.toordinal()) if part.start <= at < part.end]

    assert len(inside) == 1
    assert inside[0].clock + at - inside[0].start == local.hour * HOUR + local.minute * 60 + local.second
    assert inside[0].again == bool(local.fold)


@pytest.mark.parametrize(
    ("zone", "local", "expected"),
    [
        pytest.param("Europe/Berlin", "2026-07-01T09:30", "2026-07-01T07:30Z", id="a plain time"),
        pytest.param(
            "Europe/Berlin", "2026-07-01T09:30:15.000025", "2026-07-01T07:30:15.000025Z", id="to the end"
        ),
        pytest.param(
            "Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00Z", id="in a gap: the end of the gap"
        ),
        pytest.param(
            "Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30Z", id="comes twice: the first one"
        ),
        pytest.param("Europe/Berlin", "2026-10-25T03:30", "2026-10-25T02:30Z", id="after the repeated hour"),
        pytest.param(
            "Pacific/Apia", "2011-12-30T18:00", "2011-12-30T10:00Z", id="on a skipped day: the next day"
        ),
        pytest.param("Asia/Beirut", "2026-03-29T00:10", "2026-03-28T22:00Z", id="in a gap at midnight"),
        pytest.param("Asia/Kathmandu", "2026-03-29T00:00", "2026-03-28T18:15Z", id="45 minutes off the hour"),
    ],
)
def test_a_local_time_is_found_in_utc(zone, local, expected):
    found = first_moment(datetime.fromisoformat(local), ZoneInfo(zone))
    assert found == datetime.fromisoformat(expected)
    assert found.tzinfo is UTC


@given(zone=ZONES, moment=MOMENTS | NEAR_A_CHANGE)
def test_a_local_time_means_the_first_moment_that_shows_it_or_the_end_of_its_gap(zone, moment):
    local = moment.replace(tzinfo=None)
    found = first_moment(local, zone)
    shown = found.astimezone(zone)

    if shown.replace(tzinfo=None) == local:
        assert shown.fold == 0
    else:
        before = (found - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
        assert before < local < shown.replace(tzinfo=None)


@given(moment=MOMENTS)
def test_seconds_and_moments_are_two_names_of_one_thing(moment):
    assert moment_at(seconds_of(moment)) == moment.replace(microsecond=0)


def test_the_clock_shows_what_the_corpus_says_at_every_change():
    for row in corpora.rows("timezone/transitions.jsonl"):
        zone, moment = ZoneInfo(row["zone"]), datetime.fromisoformat(row["utc"])
        local = datetime.fromisoformat(row["local"])
        at = seconds_of(moment)
        [part] = [part for part in stretches(zone, local.toordinal()) if part.start <= at < part.end]
        second = local.hour * HOUR + local.minute * 60 + local.second
        assert part.clock + at - part.start == second, row
        assert part.again or first_moment(local, zone) == moment, row
