"""Delays: their text, their limits, and adding them over weekends, holidays and clock changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.delay import Delay, DelayUnit, add_delay, parse_delay
from drumbeat.core.errors import DomainError

BERLIN = "Europe/Berlin"
LONGEST = {"minutes": 5_256_000, "hours": 87_600, "days": 3650, "weekdays": 2607, "weeks": 521}
DELAYS = st.sampled_from(DelayUnit).flatmap(
    lambda unit: st.builds(Delay, st.integers(0, LONGEST[unit]), st.just(unit))
)
SHORT_DELAYS = st.builds(Delay, st.integers(0, 40), st.sampled_from(DelayUnit))
ZONES = st.sampled_from(["UTC", BERLIN, "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]).map(
    ZoneInfo
)
MOMENTS = st.datetimes(
    datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2040-01-01"), timezones=st.just(UTC)
)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("90m", 90, "minutes"),
        ("4h", 4, "hours"),
        ("2d", 2, "days"),
        ("3wd", 3, "weekdays"),
        ("1w", 1, "weeks"),
        ("0d", 0, "days"),
        ("007d", 7, "days"),
        (" 2D\n", 2, "days"),
    ],
)
def test_a_delay_is_a_number_and_a_unit(text, value, unit):
    assert parse_delay(text) == Delay(value, DelayUnit(unit))


@pytest.mark.parametrize(
    "text",
    ["", "d", "2", "2 d", "-2d", "+2d", "1.5h", "2x", "2dd", "1d2h", "\u0662d", "2d\x00", "9" * 19 + "d"],
)
def test_other_texts_are_refused_with_what_is_allowed(text):
    with pytest.raises(DomainError, match=r"m \(minutes\).*wd \(weekdays\).*2d") as caught:
        parse_delay(text)
    assert caught.value.code == "delay_unreadable"


@given(delay=DELAYS)
def test_every_delay_reads_back_from_its_text(delay):
    assert parse_delay(str(delay)) == delay


@pytest.mark.parametrize(("unit", "longest"), LONGEST.items())
def test_a_delay_lasts_3650_days_at_most(unit, longest):
    assert Delay(longest, DelayUnit(unit)).value == longest
    for value in (longest + 1, -1):
        with pytest.raises(DomainError, match=f"0 to {longest} {unit}") as caught:
            Delay(value, DelayUnit(unit))
        assert caught.value.code == "delay_out_of_range"


@pytest.mark.parametrize(
    ("origin", "delay", "expected"),
    [
        pytest.param(
            "2026-05-08T10:00+02:00", "90m", "2026-05-08T11:30+02:00", id="minutes are elapsed time"
        ),
        pytest.param("2026-05-08T10:00+02:00", "48h", "2026-05-10T10:00+02:00", id="hours are elapsed time"),
        pytest.param(
            "2026-03-28T10:00+01:00", "24h", "2026-03-29T11:00+02:00", id="24 hours over a short day"
        ),
        pytest.param(
            "2026-03-28T10:00+01:00", "1d", "2026-03-29T10:00+02:00", id="a short day keeps the time"
        ),
        pytest.param(
            "2026-10-24T10:00+02:00", "1d", "2026-10-25T10:00+01:00", id="a long day keeps the time"
        ),
        pytest.param("2026-03-25T10:00+01:00", "1w", "2026-04-01T10:00+02:00", id="a week keeps the time"),
        pytest.param(
            "2026-03-28T02:30+01:00", "1d", "2026-03-29T03:00+02:00", id="into a gap: first time after it"
        ),
        pytest.param(
            "2026-10-24T02:30+02:00", "1d", "2026-10-25T02:30+02:00", id="into a repeated hour: the first"
        ),
        pytest.param("2026-10-25T02:30+01:00", "0d", "2026-10-25T02:30+01:00", id="0 days do not move back"),
        pytest.param("2026-10-25T02:30+01:00", "1d", "2026-10-26T02:30+01:00", id="out of the repeated hour"),
        pytest.param(
            "2026-05-08T10:00+02:00", "1wd", "2026-05-11T10:00+02:00", id="Friday and a weekday is Monday"
        ),
        pytest.param(
            "2026-05-09T10:00+02:00", "1wd", "2026-05-11T10:00+02:00", id="Saturday and a weekday: Monday"
        ),
        pytest.param("2026-05-10T10:00+02:00", "2wd", "2026-05-12T10:00+02:00", id="Sunday and two: Tuesday"),
        pytest.param(
            "2026-05-09T10:00+02:00", "0wd", "2026-05-09T10:00+02:00", id="0 weekdays stay on a weekend"
        ),
        pytest.param(
            "2026-05-06T10:00+02:00", "5wd", "2026-05-13T10:00+02:00", id="five weekdays are a week"
        ),
        pytest.param("2026-05-13T10:00+02:00", "1wd", "2026-05-15T10:00+02:00", id="a holiday is no weekday"),
        pytest.param(
            "2026-05-14T10:00+02:00", "1wd", "2026-05-15T10:00+02:00", id="from a holiday to the next day"
        ),
        pytest.param(
            "2026-05-10T23:30+00:00", "1wd", "2026-05-12T01:30+02:00", id="the local date counts, not UTC"
        ),
    ],
)
def test_a_delay_is_added_in_berlin(origin, delay, expected):
    holidays = {date(2026, 5, 14), date(2026, 5, 16)}
    found = add_delay(
        datetime.fromisoformat(origin).astimezone(UTC), parse_delay(delay), ZoneInfo(BERLIN), holidays
    )
    assert found == datetime.fromisoformat(expected)
    assert found.tzinfo is UTC


def test_a_skipped_day_moves_to_the_start_of_the_next_one():
    origin = datetime.fromisoformat("2011-12-29T18:00-10:00").astimezone(UTC)
    assert add_delay(origin, parse_delay("1d"), ZoneInfo("Pacific/Apia")) == datetime.fromisoformat(
        "2011-12-31T00:00+14:00"
    )


@given(origin=MOMENTS, delay=SHORT_DELAYS, zone=ZONES)
def test_a_delay_never_leads_back(origin, delay, zone):
    assert add_delay(origin, delay, zone) >= origin


@given(origin=MOMENTS, delay=DELAYS, zone=ZONES)
def test_minutes_and_hours_ignore_the_zone(origin, delay, zone):
    if delay.unit in (DelayUnit.MINUTES, DelayUnit.HOURS):
        assert add_delay(origin, delay, zone) == origin + timedelta(**{delay.unit: delay.value})


@given(origin=MOMENTS, days=st.integers(1, 3650), zone=ZONES)
def test_days_keep_the_local_time_unless_the_clock_skips_it(origin, days, zone):
    found = add_delay(origin, Delay(days, DelayUnit.DAYS), zone)
    wanted = local(origin, zone) + timedelta(days=days)
    assert local(found, zone) == wanted or local(found - timedelta(seconds=1), zone) < wanted < local(
        found, zone
    )


def local(moment, zone):
    return moment.astimezone(zone).replace(tzinfo=None)


@given(
    day=st.integers(0, 200),
    count=st.integers(1, 30),
    holidays=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 7, 1))),
)
def test_n_weekdays_pass_n_business_days(day, count, holidays):
    origin = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
    found = add_delay(origin, Delay(count, DelayUnit.WEEKDAYS), ZoneInfo("UTC"), holidays)
    passed = [(origin + timedelta(days=ahead)).date() for ahead in range(1, (found - origin).days + 1)]
    business = [day for day in passed if day.isoweekday() <= 5 and day not in holidays]
    assert len(business) == count
    assert business[-1] == found.date()
