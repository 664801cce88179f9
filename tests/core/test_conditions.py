"""Rule groups: what each operator means, that they never surprise, and what is said about wrong ones."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.conditions import (
    EVENTS,
    OPERATORS,
    ConditionView,
    EventFact,
    FieldType,
    Group,
    Operator,
    fields_read,
    fold,
    holds,
)
from drumbeat.core.conditions.days import days_ago, local_day, start_of_day
from drumbeat.core.conditions.operands import LONGEST_COMPARED, comparable_text, type_of_value
from drumbeat.core.conditions.reading import COMPARISONS
from drumbeat.core.facts import EventKind
from tests.support.flows import ZONES, a_condition, a_rule, conditions, moments, texts, views

NOW = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")  # there it is already the 2nd


def ago(**elapsed):
    return EventFact(1, NOW - timedelta(**elapsed), NOW - timedelta(**elapsed))


VIEW = ConditionView(
    fields={
        "first_name": "  Straße ",
        "last_name": " ",
        "company": "2026-03-01",
        "created_at": NOW - timedelta(days=3),
        "custom.seats": 5,
        "custom.price": 9.5,
        "custom.renewal": date(2026, 3, 10),
        "custom.trial": False,
        "custom.broken": float("nan"),
        "custom.huge": 10**400,
    },
    tags=frozenset({"vip"}),
    lists=frozenset({"Leads 2026"}),
    events={
        ("opened", "enrollment"): ago(days=2),
        ("opened", "step:hello"): ago(days=2),
        ("clicked", ""): ago(days=1),
        ("sent", "enrollment"): EventFact(0, NOW, NOW),
        ("meeting_booked", ""): ago(days=400),
    },
)


@pytest.mark.parametrize(
    ("field", "operator", "value", "expected"),
    [
        pytest.param("first_name", "equals", "STRASSE", True, id="text is folded on both sides"),
        pytest.param("first_name", "not_equals", "strasse", False, id="not equals is folded too"),
        pytest.param("first_name", "contains", "RASS", True, id="contains"),
        pytest.param("first_name", "contains", "", False, id="an empty value is a missing one"),
        pytest.param("first_name", "not_contains", "x", True, id="not contains"),
        pytest.param("first_name", "starts_with", "stra", True, id="starts with"),
        pytest.param("first_name", "ends_with", "sse", True, id="ends with"),
        pytest.param("first_name", "one_of", ("x", "Strasse"), True, id="one of several texts"),
        pytest.param("first_name", "one_of", (5, 6), False, id="one of several, none comparable"),
        pytest.param("first_name", "one_of", "strasse", False, id="one of takes a list"),
        pytest.param("first_name", "less", "z", False, id="text has no order"),
        pytest.param("last_name", "is_empty", None, True, id="blank text is empty"),
        pytest.param("last_name", "not_equals", "x", False, id="a missing value compares as false"),
        pytest.param("phone", "is_empty", None, True, id="an unknown value is empty"),
        pytest.param("phone", "not_contains", "x", False, id="a missing value does not even not contain"),
        pytest.param("company", "equals", "2026-03-01", True, id="text that looks like a date stays text"),
        pytest.param("company", "less", "2026-04-01", False, id="text that looks like a date has no order"),
        pytest.param("custom.seats", "equals", 5.0, True, id="whole and decimal numbers compare"),
        pytest.param("custom.seats", "equals", "5", False, id="text is not turned into a number"),
        pytest.param("custom.seats", "not_equals", "5", False, id="what cannot be compared is not unequal"),
        pytest.param("custom.seats", "equals", True, False, id="true is not one"),
        pytest.param("custom.seats", "less", 6, True, id="less"),
        pytest.param("custom.seats", "less_or_equal", 5, True, id="less or equal"),
        pytest.param("custom.seats", "greater", 5, False, id="greater"),
        pytest.param("custom.seats", "greater_or_equal", 5, True, id="greater or equal"),
        pytest.param("custom.seats", "between", (5, 7), True, id="between includes its ends"),
        pytest.param("custom.seats", "between", (7, 5), False, id="between does not turn its ends round"),
        pytest.param("custom.seats", "between", (1, "9"), False, id="between needs two that compare"),
        pytest.param("custom.seats", "between", (1, 2, 9), False, id="between needs exactly two"),
        pytest.param("custom.seats", "one_of", (1, 5), True, id="one of several numbers"),
        pytest.param("custom.seats", "contains", "5", False, id="a number contains nothing"),
        pytest.param("custom.broken", "is_empty", None, True, id="not a number is empty"),
        pytest.param("custom.huge", "is_not_empty", None, False, id="a number beyond doubles is empty"),
        pytest.param("custom.renewal", "equals", "2026-03-10", True, id="a date given as text"),
        pytest.param("custom.renewal", "equals", "20260310", False, id="a date in another form"),
        pytest.param("custom.renewal", "equals", "soon", False, id="no date at all"),
        pytest.param("custom.renewal", "between", ("2026-03-01", "2026-03-10"), True, id="dates between"),
        pytest.param("custom.renewal", "within_days", -9, True, id="in the next nine days"),
        pytest.param("custom.renewal", "within_days", -8, False, id="not in the next eight days"),
        pytest.param("custom.renewal", "within_days", 30, False, id="the last days hold no future date"),
        pytest.param("custom.renewal", "before_days", -10, True, id="before ten days from now"),
        pytest.param("custom.renewal", "within_days", "9", False, id="days are a number"),
        pytest.param("custom.renewal", "within_days", True, False, id="days are not a truth"),
        pytest.param("created_at", "within_days", 3, True, id="a moment is compared by its day"),
        pytest.param("created_at", "within_days", 2, False, id="the day three days ago is not within two"),
        pytest.param("created_at", "before_days", 2, True, id="the day three days ago is before two"),
        pytest.param("created_at", "equals", "2026-02-26", True, id="the day of a moment in UTC"),
        pytest.param("custom.trial", "equals", False, True, id="false equals false"),
        pytest.param("custom.trial", "equals", 0, False, id="zero is not false"),
        pytest.param("custom.trial", "is_empty", None, False, id="false is not empty"),
        pytest.param("tag", "equals", " VIP", True, id="has the tag"),
        pytest.param("tag", "not_equals", "new", True, id="has not the tag"),
        pytest.param("tag", "not_equals", "Vip", False, id="has the tag after all"),
        pytest.param("tag", "one_of", ("new", "vip"), True, id="has one of the tags"),
        pytest.param("tag", "not_equals", "", False, id="no tag named"),
        pytest.param("tag", "contains", "vi", False, id="tags are compared whole"),
        pytest.param("tag", "is_not_empty", None, True, id="has any tag"),
        pytest.param("list", "equals", "Leads 2026", True, id="is on the list"),
        pytest.param("list", "equals", "leads 2026", False, id="lists are named as written"),
        pytest.param("list", "is_empty", None, False, id="is on no list"),
        pytest.param("event.opened", "happened", None, True, id="opened a message of this enrollment"),
        pytest.param("event.clicked", "happened", None, False, id="clicked, but in another enrollment"),
        pytest.param("event.clicked", "not_happened", None, True, id="did not click in this enrollment"),
        pytest.param("event.sent", "happened", None, False, id="a fact that counts nothing"),
        pytest.param("event.meeting_booked", "happened", None, True, id="meetings are of the contact"),
        pytest.param("event.opened", "equals", 1, False, id="an event can only happen or not"),
        pytest.param("event.nonsense", "happened", None, False, id="an unknown event never happened"),
    ],
)
def test_a_rule_means(field, operator, value, expected):
    assert holds(a_condition(a_rule(field, operator, value)), VIEW, NOW) is expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param(a_rule("event.opened", "happened", step="hello"), True, id="opened the named step"),
        pytest.param(a_rule("event.opened", "happened", step="other"), False, id="not that step"),
        pytest.param(a_rule("event.opened", "happened", days=2), True, id="opened in the last two days"),
        pytest.param(a_rule("event.opened", "happened", days=1), False, id="not in the last one"),
        pytest.param(a_rule("event.opened", "not_happened", days=1), True, id="so it did not happen in it"),
    ],
)
def test_events_are_narrowed_by_step_and_days(rule, expected):
    assert holds(a_condition(rule), VIEW, NOW) is expected


def test_outside_a_flow_events_of_messages_are_those_of_the_contact():
    outside = ConditionView(events=VIEW.events, in_flow=False)
    assert holds(a_condition(a_rule("event.clicked", "happened")), outside, NOW)
    assert not holds(a_condition(a_rule("event.opened", "happened")), outside, NOW)


def test_days_begin_where_the_view_is():
    in_berlin = ConditionView(fields={"created_at": NOW - timedelta(hours=2)}, zone=BERLIN)
    assert holds(a_condition(a_rule("created_at", "equals", "2026-03-01")), in_berlin, NOW)
    assert not holds(a_condition(a_rule("created_at", "within_days", 0)), in_berlin, NOW)


def test_the_ends_of_the_calendar_have_a_day_everywhere():
    last = ConditionView(fields={"created_at": datetime.max.replace(tzinfo=UTC)}, zone=BERLIN)
    assert holds(a_condition(a_rule("created_at", "equals", "9999-12-31")), last, NOW)


ST_JOHNS = ZoneInfo("America/St_Johns")  # until 2011 its clocks went back a minute after midnight
SAMOA = ZoneInfo("Pacific/Apia")  # it left out 30 December 2011


@pytest.mark.parametrize(
    ("zone", "day", "starts"),
    [
        pytest.param(BERLIN, date(2026, 3, 1), datetime(2026, 2, 28, 23, tzinfo=UTC), id="an hour ahead"),
        pytest.param(ST_JOHNS, date(2010, 11, 7), datetime(2010, 11, 7, 2, 30, tzinfo=UTC), id="first pass"),
        pytest.param(SAMOA, date(2011, 12, 30), datetime(2011, 12, 30, 10, tzinfo=UTC), id="a skipped day"),
        pytest.param(BERLIN, date.max, datetime(9999, 12, 31, tzinfo=UTC), id="the last day"),
    ],
)
def test_a_day_begins(zone, day, starts):
    assert start_of_day(day, zone) == starts


def test_an_evening_that_comes_twice_belongs_to_the_day_that_has_begun():
    again = datetime(2010, 11, 7, 2, 45, tzinfo=UTC)
    assert again.astimezone(ST_JOHNS).date() == date(2010, 11, 6)
    assert local_day(again, ST_JOHNS) == date(2010, 11, 7)


@given(moment=moments(), zone=st.sampled_from((*ZONES, ST_JOHNS, SAMOA)))
def test_every_moment_lies_between_the_beginnings_of_its_day_and_the_next(moment, zone):
    day = local_day(moment, zone)
    if date(1, 1, 10) < day < date(9999, 12, 20):
        assert start_of_day(day, zone) <= moment < start_of_day(days_ago(day, -1), zone)


def test_only_so_much_of_a_text_is_compared_as_a_database_keeps():
    assert comparable_text("x" * LONGEST_COMPARED + "y") == comparable_text("x" * LONGEST_COMPARED + "z")


YES, NO = a_rule("tag", "equals", "vip"), a_rule("tag", "equals", "new")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param(a_condition(), True, id="an empty group holds"),
        pytest.param(a_condition(combinator="or"), True, id="an empty or holds too"),
        pytest.param(a_condition(negated=True), False, id="negated it does not"),
        pytest.param(a_condition(YES, NO), False, id="and wants all"),
        pytest.param(a_condition(YES, NO, combinator="or"), True, id="or wants one"),
        pytest.param(a_condition(NO, negated=True), True, id="not"),
        pytest.param(a_condition(YES, a_condition(NO, negated=True)), True, id="groups in groups"),
        pytest.param(
            a_condition(a_rule("phone", "equals", "1"), negated=True), True, id="not of a missing value holds"
        ),
    ],
)
def test_groups_join(condition, expected):
    assert holds(condition, VIEW, NOW) is expected


@given(condition=conditions(), view=views(), now=moments())
def test_a_condition_holds_or_it_does_not(condition, view, now):
    answer = holds(condition, view, now)
    turned = Group(combinator=condition.combinator, negated=not condition.negated, rules=condition.rules)
    assert answer in (True, False)
    assert holds(turned, view, now) is not answer


@given(condition=conditions(), view=views(), now=moments())
def test_only_what_is_named_is_read(condition, view, now):
    names = fields_read(condition)
    less = ConditionView(
        fields={name: value for name, value in view.fields.items() if name in names},
        tags=view.tags if "tag" in names else frozenset(),
        lists=view.lists if "list" in names else frozenset(),
        events={key: fact for key, fact in view.events.items() if f"event.{key[0]}" in names},
        zone=view.zone,
        in_flow=view.in_flow,
    )
    assert holds(condition, less, now) is holds(condition, view, now)


@given(texts())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=127), max_size=300))
def test_plain_text_is_folded_as_any_other(text):
    assert fold(f"x{text}")[1:] == fold(f"\u00e9{text}")[1:]


def test_folding_is_stable_for_every_character():
    assert not [code for code in range(0x110000) if fold(fold(chr(code))) != fold(chr(code))]


@given(days=st.integers(), today=st.dates())
def test_days_never_leave_the_calendar(days, today):
    assert date.min <= days_ago(today, days) <= date.max


@pytest.mark.parametrize("kind", [kind for kind in FieldType if kind in COMPARISONS])
def test_the_table_of_operators_is_what_the_reading_knows(kind):
    assert {*OPERATORS[kind]} == {*COMPARISONS[kind], Operator.IS_EMPTY, Operator.IS_NOT_EMPTY}


def test_every_event_that_may_be_asked_for_exists():
    assert set(EventKind) >= EVENTS


def test_no_type_for_what_no_field_holds():
    assert type_of_value(object()) is None
