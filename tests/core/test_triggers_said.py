"""When dates are reached, and how triggers, stop rules and conditions are said to people."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.conditions import Group, Operator, Rule
from drumbeat.core.facts import EventKind
from drumbeat.core.triggers import Becomes, Happening, StopWhen, Trigger
from drumbeat.core.triggers.dates import days_in_question, reached_at
from drumbeat.core.triggers.sentence import in_words, said

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def where(field, operator="equals", value=None, **more):
    return Rule(field=field, operator=Operator(operator), value=value, **more)


def group(*rules, **more):
    return Group(rules=rules, **more)


WON = group(where("stage", "equals", "won"))


@pytest.mark.parametrize(
    ("day", "days", "zone", "at"),
    [
        pytest.param(date(2026, 3, 10), 0, "UTC", datetime(2026, 3, 10, tzinfo=UTC), id="on the day"),
        pytest.param(
            date(2026, 3, 10), -3, "Europe/Berlin", datetime(2026, 3, 6, 23, tzinfo=UTC), id="before it"
        ),
        pytest.param(
            date(2011, 12, 29),
            1,
            "Pacific/Apia",
            datetime(2011, 12, 30, 10, tzinfo=UTC),
            id="on a day that never was",
        ),
        pytest.param(date(9999, 12, 31), 3, "UTC", None, id="beyond the calendar"),
    ],
)
def test_when_a_date_is_reached(day, days, zone, at):
    around = (at or NOW) - timedelta(minutes=1), (at or NOW) + timedelta(minutes=1)

    assert reached_at(day, days, ZoneInfo(zone), *around) == at
    if at is not None:
        assert reached_at(day, days, ZoneInfo(zone), around[0], at) == at
        assert reached_at(day, days, ZoneInfo(zone), at, around[1]) is None


@given(
    st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    st.integers(-400, 400),
    st.sampled_from(["UTC", "Pacific/Kiritimati", "Etc/GMT+12", "America/St_Johns", "Pacific/Apia"]),
)
def test_the_days_in_question_leave_no_date_out(day, days, zone):
    at = datetime.combine(day, datetime.min.time(), tzinfo=UTC) + timedelta(days=days)
    span = at - timedelta(days=2), at + timedelta(days=2)
    if reached_at(day, days, ZoneInfo(zone), *span) is not None:
        first, last = days_in_question(days, *span)
        assert first <= day <= last


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        pytest.param(
            Trigger(any=(Happening(event=EventKind.TAG_ADDED, name="vip"), Becomes(becomes=WON)), all=WON),
            "Starts when the tag “vip” is added or it comes to be that stage is “won”, and stage is “won”.",
            id="all of it",
        ),
        pytest.param(
            Trigger(any=(Happening(event=EventKind.DATE_REACHED, name="custom.day", days=-1),), all=group()),
            "Starts when it is 1 day before the date “custom.day”.",
            id="a day before",
        ),
        pytest.param(
            StopWhen(any=(Happening(event=EventKind.DATE_REACHED, name="custom.day", days=7),)),
            "Ends when it is 7 days after the date “custom.day”.",
            id="a week after",
        ),
        pytest.param(
            StopWhen(any=(Happening(event=EventKind.DATE_REACHED, name="custom.day"),)),
            "Ends when the date “custom.day” is reached.",
            id="on the day",
        ),
        pytest.param(
            StopWhen(any=(Happening(event=EventKind.CUSTOM),)), "Ends when a custom event happens.", id="any"
        ),
    ],
)
def test_a_rule_is_one_sentence(rule, sentence):
    assert said(rule) == sentence


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        pytest.param(group(), "anybody fits", id="nothing asked"),
        pytest.param(group(negated=True), "nobody fits", id="nothing asked, negated"),
        pytest.param(
            group(where("stage", "one_of", ("a", "b")), group(where("custom.seats", "between", (1, 2)))),
            "stage is one of “a”, “b” and seats is between 1 and 2",
            id="and",
        ),
        pytest.param(
            group(group(where("tag", "is_empty"), where("title", "equals", 3), combinator="or"), WON),
            "(tag is empty or job title is 3) and stage is “won”",
            id="brackets",
        ),
        pytest.param(
            group(where("event.replied", "not_happened", days=5), negated=True),
            "not (replied has not happened in the last 5 days)",
            id="not",
        ),
    ],
)
def test_a_condition_is_said_in_one_line(condition, words):
    assert in_words(condition) == words
