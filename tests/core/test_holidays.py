"""Holidays of countries and their parts, and days of one's own: read, checked, found by the year."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from drumbeat.core import holidays
from drumbeat.core.delay import Delay, DelayUnit
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import SequenceFacts
from drumbeat.core.holidays import MOST_COUNTRIES, MOST_DAYS, Holidays, countries, public_holidays
from drumbeat.core.timing import laid
from drumbeat.core.window import ALWAYS, OFFICE_HOURS, OpenHours, due_at, next_open

BERLIN = ZoneInfo("Europe/Berlin")
BAVARIA = Holidays(("DE-BY",))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("holidays", "day", "expected"),
    [
        pytest.param(Holidays(("US",)), "2026-07-04", True, id="a holiday of a country"),
        pytest.param(Holidays(("US",)), "2026-07-03", True, id="the Friday on which it is kept"),
        pytest.param(Holidays(("US",)), "2026-12-26", False, id="a day of another country's"),
        pytest.param(Holidays(("US", "DE")), "2026-12-26", True, id="a day of the second country's"),
        pytest.param(Holidays(("DE",)), "2026-01-06", False, id="a holiday that only a part keeps"),
        pytest.param(BAVARIA, "2026-01-06", True, id="a holiday of the part"),
        pytest.param(BAVARIA, "2026-12-25", True, id="a holiday of its country"),
        pytest.param(BAVARIA, "2099-12-25", True, id="far ahead"),
        pytest.param(Holidays((), (date(2026, 3, 9),)), "2026-03-09", True, id="a day of one's own"),
        pytest.param(Holidays((), (date(2026, 3, 9),)), "2027-03-09", False, id="which does not come back"),
        pytest.param(Holidays(("ZZ", "DE-ZZ")), "2026-12-25", False, id="what is known no more has none"),
        pytest.param(Holidays(), "2026-12-25", False, id="nothing"),
    ],
)
def test_a_day_is_a_holiday_or_not(holidays, day, expected):
    assert (date.fromisoformat(day) in holidays) is expected


def test_only_days_are_in_it():
    assert "2026-12-25" not in BAVARIA


@pytest.mark.parametrize(
    ("document", "kept"),
    [
        pytest.param({}, {"countries": [], "days": []}, id="nothing"),
        pytest.param({"countries": ["us"]}, {"countries": ["US"], "days": []}, id="small letters"),
        pytest.param(
            {"countries": ["de-by"]}, {"countries": ["DE-BY"], "days": []}, id="a part in small letters"
        ),
        pytest.param(
            {"countries": ["DE-Bayern"]}, {"countries": ["DE-BY"], "days": []}, id="a part by its name"
        ),
        pytest.param({"countries": ["US", "US"]}, {"countries": ["US"], "days": []}, id="twice"),
        pytest.param(
            {"days": ["2026-12-31", "2026-12-24", "2026-12-31"]},
            {"countries": [], "days": ["2026-12-24", "2026-12-31"]},
            id="days in any order",
        ),
    ],
)
def test_a_document_is_kept_in_one_form(document, kept):
    read = Holidays.from_json(document)
    assert read.to_json() == kept
    assert Holidays.kept(kept) == read
    assert hash(Holidays.kept(kept)) == hash(read)
    assert bool(read) is any(kept.values())


@pytest.mark.parametrize(
    ("document", "path", "sentence"),
    [
        pytest.param([], "holidays", "an object", id="no object"),
        pytest.param({"land": []}, "holidays.land", "no such field", id="an unknown field"),
        pytest.param({"countries": "DE"}, "holidays.countries", "are a list", id="no list"),
        pytest.param(
            {"countries": ["DE"] * 21}, "holidays.countries", f"most {MOST_COUNTRIES}", id="too many"
        ),
        pytest.param(
            {"days": ["2026-01-01"] * 401}, "holidays.days", f"most {MOST_DAYS}", id="too many days"
        ),
        pytest.param({"countries": [7]}, "holidays.countries.0", "is a code", id="a number"),
        pytest.param(
            {"countries": ["US", "Germny"]}, "holidays.countries.1", "Did you mean DE?", id="a name"
        ),
        pytest.param(
            {"countries": ["XQX"]}, "holidays.countries.0", "two letters", id="nothing like a country"
        ),
        pytest.param({"countries": ["DE-XX"]}, "holidays.countries.0", "BW, BY", id="an unknown part"),
        pytest.param(
            {"countries": ["AF-XX"]}, "holidays.countries.0", "It has none", id="of a whole country"
        ),
        pytest.param({"days": ["24.12.2026"]}, "holidays.days.0", "is not a day", id="a day in other words"),
        pytest.param(
            {"days": ["2026-02-30"]}, "holidays.days.0", "is not a day", id="a day that never comes"
        ),
        pytest.param({"days": [20261224]}, "holidays.days.0", "is not a day", id="a day as a number"),
    ],
)
def test_what_cannot_be_read_is_refused_by_path(document, path, sentence):
    with pytest.raises(DomainError, match="cannot be read") as refused:
        Holidays.from_json(document)
    assert refused.value.code == "holidays_invalid"
    assert sentence in refused.value.fields[path]


def test_the_holidays_of_a_year_are_listed_in_order():
    found = public_holidays(["US", "DE-BY"], 2026)
    assert [(one.day.isoformat(), one.name, one.where) for one in found[:3]] == [
        ("2026-01-01", "New Year's Day", "DE-BY"),
        ("2026-01-01", "New Year's Day", "US"),
        ("2026-01-06", "Epiphany", "DE-BY"),
    ]


@pytest.mark.parametrize("year", [1949, 2101])
def test_no_holidays_are_known_before_and_after(year):
    with pytest.raises(DomainError, match="from 1950 to 2100"):
        public_holidays(["US"], year)


def test_the_catalogue_names_countries_and_their_parts():
    known = {one.code: one for one in countries()}
    assert [one.name for one in known.values()] == sorted(one.name for one in known.values())
    assert known["BA"].name == "Bosnia and Herzegovina"
    assert known["CD"].name == "DR Congo"
    assert known["DE"].subdivisions["BY"] == "Bayern"
    assert known["FR"].name == "France"


def test_every_country_and_part_of_the_catalogue_can_be_chosen():
    for one in countries():
        codes = [one.code, *(f"{one.code}-{part}" for part in one.subdivisions)]
        for first in range(0, len(codes), MOST_COUNTRIES):
            part = codes[first : first + MOST_COUNTRIES]
            assert list(Holidays.from_json({"countries": part}).countries) == part


@pytest.mark.parametrize(
    ("window", "moment", "opens"),
    [
        pytest.param(None, "2026-01-05T22:30", "2026-01-05T22:30", id="no window, the evening before"),
        pytest.param(None, "2026-01-05T23:00", "2026-01-06T23:00", id="no window, the whole local day"),
        pytest.param(
            OFFICE_HOURS, "2026-01-06T10:00", "2026-01-07T08:00", id="office hours of the day after"
        ),
    ],
)
def test_nothing_leaves_on_a_holiday_with_or_without_a_window(window, moment, opens):
    assert next_open(at(moment), laid(window, BAVARIA, None, BERLIN)) == at(opens)


def test_without_a_window_and_without_holidays_nothing_is_laid():
    assert laid(None, SequenceFacts(id=1).holidays, None, BERLIN) == ()


@pytest.mark.parametrize(
    ("hours", "due"),
    [
        pytest.param([OpenHours(ALWAYS, BERLIN, BAVARIA)], "2026-01-07T11:00", id="of one"),
        pytest.param(
            [OpenHours(ALWAYS, BERLIN), OpenHours(ALWAYS, BERLIN, BAVARIA)], "2026-01-07T11:00", id="of any"
        ),
        pytest.param([OpenHours(ALWAYS, BERLIN)], "2026-01-06T11:00", id="of none"),
    ],
)
def test_weekdays_leave_holidays_out(hours, due):
    assert due_at(at("2026-01-05T11:00"), Delay(1, DelayUnit.WEEKDAYS), BERLIN, hours, 0, "") == at(due)


def test_what_is_learned_beforehand_is_not_worked_out_again():
    holidays._days_of.cache_clear()
    holidays.learn(["US", "DE-BY", "US"], iter((2026, 2027)))
    learned = holidays._days_of.cache_info().misses
    assert date(2026, 7, 4) in Holidays(("US",))
    assert holidays._days_of.cache_info().misses == learned == 4
