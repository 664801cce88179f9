"""What is said of a condition before it is used: wrong rules, strange names, too much; and what a builder offers."""

from typing import Annotated

import pytest
from hypothesis import given
from pydantic import TypeAdapter, ValidationError

from drumbeat.core.conditions import (
    CONTACT_FIELDS,
    EVENTS,
    OPERATORS,
    FieldType,
    Group,
    Names,
    check_condition,
)
from drumbeat.core.conditions.bounds import DEEPEST, MOST_LISTED, MOST_RULES
from drumbeat.core.conditions.catalogue import SUGGESTED, offers
from drumbeat.core.conditions.reading import COMPARISONS
from drumbeat.core.conditions.rules import rules_with_paths
from tests.support.flows import CUSTOM_FIELDS, a_condition, a_rule, conditions

YES, NO = a_rule("tag", "equals", "vip"), a_rule("tag", "equals", "new")


@pytest.mark.parametrize(
    ("rule", "code", "says"),
    [
        pytest.param(a_rule("compny", "equals", "x"), "unknown_field", "company", id="a slip in the field"),
        pytest.param(a_rule("event.open", "happened"), "unknown_field", "opened", id="a slip in the event"),
        pytest.param(a_rule("#", "equals", "x"), "unknown_field", "Choose a field", id="nothing like it"),
        pytest.param(a_rule("email", "less", "x"), "operator_not_allowed", "contains", id="no order"),
        pytest.param(a_rule("email", "equals"), "value_missing", "text", id="nothing to compare with"),
        pytest.param(a_rule("email", "is_empty", 1), "value_not_allowed", "Leave", id="a value too many"),
        pytest.param(a_rule("custom.seats", "equals", "5"), "value_type", "a number", id="text for a number"),
        pytest.param(a_rule("custom.seats", "one_of", 5), "value_missing", "list", id="no list"),
        pytest.param(a_rule("custom.seats", "one_of", ("5",)), "value_type", "'5'", id="one is wrong"),
        pytest.param(a_rule("custom.seats", "between", (5,)), "value_missing", "two", id="half a pair"),
        pytest.param(a_rule("custom.seats", "between", (5, "7")), "value_type", "'7'", id="a wrong bound"),
        pytest.param(a_rule("custom.seats", "between", (7, 5)), "value_out_of_range", "round", id="turned"),
        pytest.param(a_rule("created_at", "within_days", "7"), "value_type", "whole", id="days as text"),
        pytest.param(a_rule("created_at", "within_days", 10**6), "value_out_of_range", "36500", id="ages"),
        pytest.param(a_rule("tag", "equals", " "), "value_type", "a name", id="a blank tag"),
        pytest.param(a_rule("tag", "equals", "x", days=1), "days_not_allowed", "tag", id="days on a tag"),
        pytest.param(a_rule("tag", "equals", "x", step="a"), "step_not_allowed", "tag", id="a step on a tag"),
        pytest.param(a_rule("event.sent", "happened", step="z"), "unknown_step", "'z'", id="no such step"),
    ],
)
def test_a_wrong_rule_is_named_with_its_cure(rule, code, says):
    (problem,) = check_condition(a_condition(rule), CUSTOM_FIELDS, steps={"a"})
    assert problem.code == code
    assert problem.path.startswith("rules[0].")
    assert says in problem.message


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(a_rule("email", "equals", "x@example.com"), id="text"),
        pytest.param(a_rule("custom.seats", "between", (5, 7)), id="a pair"),
        pytest.param(a_rule("custom.renewal", "one_of", ("2026-03-01",)), id="dates"),
        pytest.param(a_rule("custom.trial", "equals", False), id="a truth that is false"),
        pytest.param(a_rule("custom.seats", "equals", 0), id="a number that is zero"),
        pytest.param(a_rule("created_at", "within_days", 7), id="days"),
        pytest.param(a_rule("list", "is_empty"), id="emptiness"),
        pytest.param(a_rule("event.sent", "happened", step="a", days=3), id="a narrowed event"),
    ],
)
def test_a_sound_rule_passes(rule):
    assert check_condition(a_condition(rule), CUSTOM_FIELDS, steps={"a"}) == []


def test_outside_a_flow_no_step_can_be_named():
    (problem,) = check_condition(a_condition(a_rule("event.sent", "happened", step="a")), {})
    assert problem.code == "step_not_allowed"


def test_paths_lead_to_the_rule():
    nested = a_condition(YES, a_condition(NO, a_rule("nope", "equals", "x")), YES)
    assert [path for path, _ in rules_with_paths(nested)] == [
        "rules[0]",
        "rules[1].rules[0]",
        "rules[1].rules[1]",
        "rules[2]",
    ]
    assert [problem.path for problem in check_condition(nested, {})] == ["rules[1].rules[1].field"]


@given(conditions())
def test_checking_never_fails(condition):
    problems = check_condition(condition, CUSTOM_FIELDS)
    assert all(problem.path and problem.code and problem.message.endswith((".", "?")) for problem in problems)


FORM: TypeAdapter[Group] = TypeAdapter(Annotated[Group, "a condition"])


@given(conditions())
def test_the_json_form_tells_rules_from_groups(condition):
    assert FORM.validate_json(FORM.dump_json(condition), strict=True) == condition


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param('{"rules": [3]}', id="a number among the rules"),
        pytest.param('{"rules": [{"rules": [], "combinator": "xor"}]}', id="a wrong word"),
        pytest.param('{"rules": [{"field": "tag"}]}', id="half a rule"),
    ],
)
def test_what_is_neither_is_refused(broken):
    with pytest.raises(ValidationError):
        FORM.validate_json(broken, strict=True)


def test_contact_fields_have_types_that_contacts_can_have():
    assert set(CONTACT_FIELDS.values()) <= {*COMPARISONS}


@pytest.mark.parametrize(
    ("rule", "code", "says"),
    [
        pytest.param(a_rule("tag", "equals", "Vipp"), "unknown_tag", "vip?", id="a slip in a tag"),
        pytest.param(a_rule("tag", "one_of", ("VIP", "zzz")), "unknown_tag", "'zzz'", id="one of several"),
        pytest.param(a_rule("list", "not_equals", "vip"), "unknown_list", "make it", id="an unknown list"),
    ],
)
def test_a_name_that_nobody_has_is_told_and_no_error(rule, code, says):
    names = Names({"vip"}, {"Leads"})
    (problem,) = check_condition(a_condition(rule), {}, names=names)
    assert (problem.code, problem.path, problem.is_error) == (code, "rules[0].value", False)
    assert says in problem.message


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(a_rule("tag", "equals", " VIP"), id="a tag in other letters"),
        pytest.param(a_rule("list", "equals", "Leads"), id="a list"),
        pytest.param(a_rule("stage", "equals", "x"), id="no name at all"),
    ],
)
def test_known_names_pass(rule):
    assert check_condition(a_condition(rule), {}, names=Names({"vip"}, {"Leads"})) == []


def nested(depth):
    return a_condition(nested(depth - 1)) if depth > 1 else a_condition(YES)


@pytest.mark.parametrize(
    ("condition", "path"),
    [
        pytest.param(a_condition(*[YES] * (MOST_RULES + 1)), f"rules[{MOST_RULES}]", id="too many rules"),
        pytest.param(
            a_condition(*[a_rule("tag", "one_of", ("x",) * 300)] * 3), "rules[1].value", id="too many values"
        ),
        pytest.param(nested(DEEPEST + 1), ".".join(["rules[0]"] * DEEPEST), id="too deep"),
    ],
)
def test_what_is_too_large_is_named_once_with_its_path(condition, path):
    assert [(each.code, each.path) for each in check_condition(condition, {})] == [("too_large", path)]


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param(a_condition(*[YES] * MOST_RULES), id="as many rules as may be"),
        pytest.param(a_condition(a_rule("tag", "one_of", ("x",) * MOST_LISTED)), id="as many values"),
        pytest.param(a_condition(nested(DEEPEST - 1), YES), id="as deep"),
    ],
)
def test_what_just_fits_passes(condition):
    assert check_condition(condition, {}) == []


def test_the_catalogue_offers_every_field_once_with_a_label_of_its_own():
    own = {"custom.plan": ("Plan", FieldType.TEXT), "custom.seats": ("Seats", FieldType.NUMBER)}
    found = list(offers(own))
    assert {each.name for each in found} == {
        *CONTACT_FIELDS,
        *own,
        "tag",
        "list",
        *(f"event.{kind}" for kind in EVENTS),
    }
    assert len({each.label for each in found}) == len(found)
    assert all(each.operators == OPERATORS[each.type] for each in found)
    assert {each.name for each in found if each.is_suggested} == {*SUGGESTED, "custom.plan"}
