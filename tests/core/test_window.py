"""Sending windows by example: their JSON form, when they open and close, when a step is due."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from drumbeat.core.delay import parse_delay
from drumbeat.core.errors import DomainError
from drumbeat.core.window import (
    ALWAYS,
    OFFICE_HOURS,
    WEEKDAYS,
    OpenHours,
    Span,
    Window,
    closes_at,
    due_at,
    next_open,
)

BERLIN, NEW_YORK, TOKYO = map(ZoneInfo, ("Europe/Berlin", "America/New_York", "Asia/Tokyo"))


def weekly(**days):
    """Build a window from names of days and texts such as `09:00-12:00 13:00-17:00`."""
    return Window.from_json({name: pairs(spans) for name, spans in days.items()})


def pairs(spans):
    return [span.split("-") for span in spans.split()]


def daily(spans):
    return weekly(**dict.fromkeys(WEEKDAYS, spans))


def at(text):
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        pytest.param("13:00-17:00 09:00-12:00", "09:00-12:00 13:00-17:00", id="are sorted"),
        pytest.param("09:00-12:00 12:00-17:00", "09:00-17:00", id="that touch are one"),
        pytest.param("09:00-15:00 12:00-17:00", "09:00-17:00", id="that overlap are one"),
        pytest.param("09:00-17:00 10:00-11:00", "09:00-17:00", id="inside others vanish"),
        pytest.param("00:00-24:00", "00:00-24:00", id="may fill the day"),
    ],
)
def test_spans_of_a_day(spans, kept):
    window = weekly(tuesday=spans)
    assert window.to_json() == {"tuesday": pairs(kept)}
    assert window == weekly(tuesday=kept)
    assert hash(window) == hash(weekly(tuesday=kept))


@pytest.mark.parametrize(
    ("document", "path", "sentence"),
    [
        pytest.param([], "window", "object of weekdays", id="no object"),
        pytest.param(None, "window", "object of weekdays", id="nothing"),
        pytest.param({}, "window", "never opens", id="no day"),
        pytest.param({"monday": []}, "window", "never opens", id="only closed days"),
        pytest.param({"mon": [["09:00", "17:00"]]}, "window.mon", "'mon' is not a weekday", id="unknown day"),
        pytest.param({1: []}, "window.1", "'1' is not a weekday", id="a number for a day"),
        pytest.param({"monday": "09:00-17:00"}, "window.monday", "list of spans", id="a text for a day"),
        pytest.param({"monday": None}, "window.monday", "list of spans", id="nothing for a day"),
        pytest.param(
            {"monday": [["00:00", "00:01"]] * 25}, "window.monday", "at most 24", id="too many spans"
        ),
        pytest.param({"monday": ["09:00"]}, "window.monday.0", "pair of times", id="a text for a span"),
        pytest.param({"monday": [["09:00"]]}, "window.monday.0", "pair of times", id="half a span"),
        pytest.param({"monday": [[540, 1020]]}, "window.monday.0", "in quotes", id="numbers for times"),
        pytest.param(
            {"monday": [["9:00", "17:00"]]}, "window.monday.0", "'9:00' is not a time", id="one digit"
        ),
        pytest.param(
            {"monday": [["09:00", "24:01"]]}, "window.monday.0", "'24:01' is not", id="after midnight"
        ),
        pytest.param({"monday": [["09:00", "17:60"]]}, "window.monday.0", "'17:60' is not", id="60 minutes"),
        pytest.param(
            {"monday": [["09:00\n", "17:00"]]}, "window.monday.0", "is not a time", id="a line break"
        ),
        pytest.param({"friday": [["22:00", "02:00"]]}, "window.friday.0", "Split a span", id="over midnight"),
        pytest.param(
            {"friday": [["09:00", "09:00"]]}, "window.friday.0", "does not end after", id="empty span"
        ),
    ],
)
def test_an_unreadable_window_is_refused_by_path(document, path, sentence):
    with pytest.raises(DomainError) as caught:
        Window.from_json(document)
    assert caught.value.code == "window_invalid"
    assert sentence in caught.value.fields[path]
    assert path in caught.value.message


def test_every_fault_is_named_at_once_under_the_path_given():
    with pytest.raises(DomainError) as caught:
        Window.from_json({"monday": [["09:00", "17:00"], ["a", "b"]], "friday": 1}, "settings.window")
    assert set(caught.value.fields) == {"settings.window.monday.1", "settings.window.friday"}


@pytest.mark.parametrize(
    ("build", "sentence"),
    [
        pytest.param(lambda: Span(-1, 5), "between 00:00 and 24:00", id="a span before midnight"),
        pytest.param(lambda: Span(5, 1441), "between 00:00 and 24:00", id="a span after midnight"),
        pytest.param(lambda: Span(5, 5), "does not end after it starts", id="an empty span"),
        pytest.param(lambda: Window(((Span(1, 2),),) * 6), "seven days", id="six days"),
        pytest.param(lambda: Window(((),) * 7), "never opens", id="a week of closed days"),
        pytest.param(lambda: Window(((Span(1, 2),) * 25,) * 7), "at most 24", id="25 spans a day"),
    ],
)
def test_a_window_that_makes_no_sense_cannot_be_built(build, sentence):
    with pytest.raises(DomainError, match=sentence) as caught:
        build()
    assert caught.value.code == "window_invalid"


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        pytest.param("2026-05-08T12:00+02:00", "2026-05-08T12:00+02:00", id="open now"),
        pytest.param("2026-05-08T09:00+02:00", "2026-05-08T09:00+02:00", id="the first second is open"),
        pytest.param("2026-05-07T17:00+02:00", "2026-05-08T09:00+02:00", id="the last minute is not"),
        pytest.param("2026-05-07T08:59:59.999999+02:00", "2026-05-07T09:00+02:00", id="not a moment early"),
        pytest.param(
            "2026-05-07T16:59:59.999999+02:00", "2026-05-07T16:59:59.999999+02:00", id="to the last one"
        ),
        pytest.param("2026-05-08T17:00+02:00", "2026-05-11T09:00+02:00", id="over the weekend"),
        pytest.param("2026-05-13T18:00+02:00", "2026-05-15T09:00+02:00", id="over a holiday"),
        pytest.param("2026-03-28T12:00+01:00", "2026-03-30T09:00+02:00", id="over a change of the clock"),
    ],
)
def test_office_hours_in_berlin(moment, opens):
    hours = [OpenHours(OFFICE_HOURS, BERLIN, {date(2026, 5, 14)})]
    assert next_open(at(moment), hours) == at(opens)


SUNDAY_NIGHT = weekly(sunday="02:15-02:45")
OCTOBER = {"first": "2026-10-25T02:30+02:00", "second": "2026-10-25T02:30+01:00"}


@pytest.mark.parametrize(
    ("window", "moment", "opens"),
    [
        pytest.param(SUNDAY_NIGHT, OCTOBER["first"], OCTOBER["first"], id="the first 2:30 is open"),
        pytest.param(SUNDAY_NIGHT, OCTOBER["second"], "2026-11-01T02:15+01:00", id="the second 2:30 is not"),
        pytest.param(
            daily("01:00-04:00"), OCTOBER["second"], "2026-10-25T03:00+01:00", id="nor in a span around it"
        ),
        pytest.param(
            weekly(sunday="00:00-24:00"),
            OCTOBER["second"],
            OCTOBER["second"],
            id="but on a day open throughout",
        ),
        pytest.param(
            SUNDAY_NIGHT,
            "2026-03-28T12:00+01:00",
            "2026-04-05T02:15+02:00",
            id="a span inside a gap is left out",
        ),
        pytest.param(
            daily("02:30-05:00"),
            "2026-03-29T00:00+01:00",
            "2026-03-29T03:00+02:00",
            id="a gap ends: open at once",
        ),
    ],
)
def test_changes_of_the_clock_neither_skip_nor_double(window, moment, opens):
    assert next_open(at(moment), [OpenHours(window, BERLIN)]) == at(opens)


def test_a_day_that_a_zone_skips_does_not_open():
    fridays = [OpenHours(weekly(friday="00:00-24:00"), ZoneInfo("Pacific/Apia"))]
    assert next_open(at("2011-12-29T12:00-10:00"), fridays) == at("2012-01-06T00:00+14:00")


def test_all_windows_must_be_open():
    both = [OpenHours(OFFICE_HOURS, BERLIN), OpenHours(OFFICE_HOURS, NEW_YORK)]
    assert next_open(at("2026-05-08T09:00+02:00"), both) == at("2026-05-08T15:00+02:00")
    assert closes_at(at("2026-05-08T15:00+02:00"), both) == at("2026-05-08T17:00+02:00")
    assert next_open(at("2026-05-08T17:00+02:00"), both) == at("2026-05-11T15:00+02:00")


@pytest.mark.parametrize(
    "hours",
    [
        pytest.param([], id="no window"),
        pytest.param(
            [OpenHours(ALWAYS, BERLIN), OpenHours(ALWAYS, NEW_YORK)], id="windows that are always open"
        ),
    ],
)
def test_without_limits_every_moment_is_open_for_ever(hours):
    moment = at("2026-10-25T02:30+01:00")
    assert next_open(moment, hours) == moment
    assert closes_at(moment, hours) is None


EVERY_DAY = frozenset(date(2026, 1, 1) + timedelta(days=ahead) for ahead in range(500))


@pytest.mark.parametrize(
    "hours",
    [
        pytest.param(
            [OpenHours(daily("09:00-12:00"), BERLIN), OpenHours(daily("13:00-17:00"), BERLIN)],
            id="disjoint windows",
        ),
        pytest.param([OpenHours(OFFICE_HOURS, TOKYO), OpenHours(OFFICE_HOURS, NEW_YORK)], id="far offices"),
        pytest.param([OpenHours(ALWAYS, BERLIN, EVERY_DAY)], id="a year of holidays"),
    ],
)
def test_windows_that_share_no_minute_of_a_year_never_open(hours):
    moment = at("2026-01-02T12:00+01:00")
    assert next_open(moment, hours) is None
    assert due_at(moment, parse_delay("1d"), BERLIN, hours, 600, "seed") is None


@pytest.mark.parametrize(
    ("days", "expected"),
    [(366, "2027-01-02T00:00Z"), (367, None)],
    ids=["a year ahead is found", "later is not"],
)
def test_openings_are_looked_for_over_a_year(days, expected):
    holidays = {date(2026, 1, 1) + timedelta(days=ahead) for ahead in range(days)}
    found = next_open(at("2026-01-01T00:00Z"), [OpenHours(ALWAYS, ZoneInfo("UTC"), holidays)])
    assert found == (at(expected) if expected else None)


@pytest.mark.parametrize(
    ("window", "holidays", "moment", "closes"),
    [
        pytest.param(OFFICE_HOURS, "", "2026-05-08T12:00Z", "2026-05-08T17:00Z", id="at the end of the span"),
        pytest.param(OFFICE_HOURS, "", "2026-05-08T17:00Z", "2026-05-08T17:00Z", id="at once when closed"),
        pytest.param(
            OFFICE_HOURS, "", "2026-05-08T17:00:00.5Z", "2026-05-08T17:00:00.5Z", id="to the moment"
        ),
        pytest.param(
            weekly(friday="12:00-24:00", saturday="00:00-24:00", sunday="00:00-06:00"),
            "",
            "2026-05-08T12:00Z",
            "2026-05-10T06:00Z",
            id="spans that touch over midnight are one stretch",
        ),
        pytest.param(
            weekly(wednesday="12:00-24:00", thursday="00:00-06:00"),
            "",
            "2026-05-06T12:00Z",
            "2026-05-07T06:00Z",
            id="also from Wednesday to Thursday, where UTC weeks of the epoch begin",
        ),
        pytest.param(
            ALWAYS, "2026-07-14", "2026-05-08T12:00Z", "2026-07-14T00:00Z", id="when a holiday begins"
        ),
        pytest.param(
            ALWAYS, "2026-05-08", "2026-05-08T12:00Z", "2026-05-08T12:00Z", id="at once on a holiday"
        ),
        pytest.param(ALWAYS, "2025-05-08", "2026-05-08T12:00Z", None, id="never when holidays are past"),
    ],
)
def test_an_open_stretch_closes(window, holidays, moment, closes):
    days = {date.fromisoformat(holidays)} if holidays else set()
    found = closes_at(at(moment), [OpenHours(window, ZoneInfo("UTC"), days)])
    assert found == (at(closes) if closes else None)


@pytest.mark.parametrize(
    ("delay", "due"),
    [
        pytest.param("0m", "2026-05-08T16:30+02:00", id="no delay inside the window"),
        pytest.param("1h", "2026-05-11T09:00+02:00", id="moved to Monday morning"),
        pytest.param("1d", "2026-05-11T09:00+02:00", id="Saturday moved to Monday"),
        pytest.param("3wd", "2026-05-13T16:30+02:00", id="weekdays keep the time"),
        pytest.param("4wd", "2026-05-15T16:30+02:00", id="the window's holidays are no weekdays"),
    ],
)
def test_a_delay_is_moved_into_the_window(delay, due):
    hours = [OpenHours(OFFICE_HOURS, BERLIN, {date(2026, 5, 14)})]
    assert due_at(at("2026-05-08T16:30+02:00"), parse_delay(delay), BERLIN, hours, 0, "seed") == at(due)


def test_holidays_given_for_the_delay_replace_those_of_the_hours():
    hours = [OpenHours(ALWAYS, NEW_YORK, {date(2026, 5, 12)})]
    due = due_at(
        at("2026-05-08T10:00+02:00"), parse_delay("1wd"), BERLIN, hours, 0, "seed", {date(2026, 5, 11)}
    )
    assert due == at("2026-05-13T00:00-04:00")


def test_jitter_without_a_window_stays_within_its_setting():
    origin = at("2026-05-08T16:30+02:00")
    dues = {due_at(origin, parse_delay("0m"), BERLIN, [], 600, f"seed {n}") for n in range(200)}
    assert len(dues) > 100
    assert all(due - origin < timedelta(seconds=600) for due in dues)
