"""Documents that cannot be read: every problem at once, by its path; and nothing ever fails otherwise."""

import copy
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from drumbeat.core.document import (
    LONGEST_TEXT,
    MOST_STEPS,
    read_condition,
    read_document,
    write_document,
)
from drumbeat.core.document.plain import MOST_VALUES
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Flow
from tests.support.flows import a_rule, flows

A = {"key": "a", "kind": "tag", "tag": "x"}
slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def a_document(*steps, **top):
    return {"format": 1, "steps": list(steps), **top}


def problems_of(document):
    with pytest.raises(DomainError) as refused:
        read_document(document)
    assert refused.value.code == "document_invalid"
    return refused.value.fields


@pytest.mark.parametrize(
    ("document", "path", "says"),
    [
        pytest.param([], "document", "an object", id="no object"),
        pytest.param({"steps": []}, "format", "missing", id="no format"),
        pytest.param(a_document(format=True), "format", "Must be 1", id="true is no format"),
        pytest.param(a_document(format=0), "format", "Must be 1", id="a format that never was"),
        pytest.param(a_document(format=2), "format", "Upgrade", id="a format of the future"),
        pytest.param({"format": 1}, "steps", "missing", id="no steps"),
        pytest.param({"format": 1, "steps": {}}, "steps", "list", id="steps that are no list"),
        pytest.param(a_document(stpes=[]), "stpes", "steps?", id="a slip in a key"),
        pytest.param(a_document(start="b"), "start", "'b'", id="a start that is not there"),
        pytest.param(a_document(3), "steps[0]", "object", id="a step that is a number"),
        pytest.param(a_document({"key": "a"}), "steps[0].kind", "Has no kind", id="no kind"),
        pytest.param(a_document({**A, "kind": "tga"}), "steps[0].kind", "mean tag?", id="a slip in a kind"),
        pytest.param(a_document({"kind": "end"}), "steps[0].key", "missing", id="no key"),
        pytest.param(a_document({**A, "key": "A-1"}), "steps[0].key", "small letter", id="no such keys"),
        pytest.param(a_document({**A, "key": "a" * 64}), "steps[0].key", "62", id="a key too long"),
        pytest.param(a_document(A, A), "steps[1].key", "steps[0]", id="a key that comes twice"),
        pytest.param(a_document({**A, "taag": 1}), "steps[0].taag", "mean tag?", id="an unknown key"),
        pytest.param(a_document({**A, "zzzzzz": 1}), "steps[0].zzzzzz", "not known", id="nothing like it"),
        pytest.param(a_document({**A, "tag": 1}), "steps[0].tag", "text", id="a number for text"),
        pytest.param(a_document({**A, "tag": "x" * 101}), "steps[0].tag", "100", id="a long tag"),
        pytest.param(a_document({**A, "delay": "2x"}), "steps[0].delay", "2d", id="no such delay"),
        pytest.param(a_document({**A, "delay": 2}), "steps[0].delay", "2d", id="a delay without a unit"),
        pytest.param(a_document({**A, "delay": "9999d"}), "steps[0].delay", "3650", id="a delay too long"),
        pytest.param(a_document({**A, "next": "b"}), "steps[0].next", "'b'", id="a next that is not there"),
        pytest.param(
            a_document({**A, "on_skip": {"kind": "step"}}), "steps[0].on_skip.step", "Name", id="half a way"
        ),
        pytest.param(
            a_document({**A, "on_failure": {"step": "a"}}),
            "steps[0].on_failure.step",
            "kind: step",
            id="a way too many",
        ),
        pytest.param(
            a_document({**A, "on_skip": {"kind": "step", "step": "b"}}),
            "steps[0].on_skip.step",
            "'b'",
            id="a way to nowhere",
        ),
        pytest.param(
            a_document({"key": "a", "kind": "go_to", "target": "b"}), "steps[0].target", "'b'", id="a go-to"
        ),
        pytest.param(
            a_document({"key": "a", "kind": "go_to", "max_rounds": 0}),
            "steps[0].max_rounds",
            "at least 1",
            id="no rounds at all",
        ),
        pytest.param(
            a_document({"key": "a", "kind": "voice", "retries": 11}),
            "steps[0].retries",
            "at most 10",
            id="too many calls",
        ),
        pytest.param(
            a_document({"key": "a", "kind": "split", "arms": [{"name": "x", "weight": 0.5, "next": "b"}]}),
            "steps[0].arms[0].weight",
            "whole",
            id="half a weight",
        ),
        pytest.param(
            a_document({"key": "a", "kind": "split", "arms": [{"name": "x", "next": "b"}]}),
            "steps[0].arms[0].next",
            "'b'",
            id="an arm to nowhere",
        ),
        pytest.param(
            a_document({"key": "a", "kind": "split", "arms": [3]}),
            "steps[0].arms[0]",
            "object",
            id="an arm that is a number",
        ),
        pytest.param(
            a_document({**A, "only_if": {"rules": [{"rules": [{"field": "tag", "operator": "is"}]}]}}),
            "steps[0].only_if.rules[0].rules[0].operator",
            "'equals'",
            id="an operator deep down",
        ),
        pytest.param(
            a_document(
                {**A, "only_if": {"rules": [{"field": "tag", "operator": "equals", "value": [True]}]}}
            ),
            "steps[0].only_if.rules[0].value",
            "list of texts",
            id="a value that cannot be compared",
        ),
        pytest.param(
            a_document({"key": "a", "kind": "set_field", "value": {}}),
            "steps[0].value",
            "number",
            id="a value that cannot be set",
        ),
        pytest.param(
            a_document({"key": "a", "kind": "whatsapp", "template_variables": {"value": 1}}),
            "steps[0].template_variables.value",
            "text",
            id="a variable that happens to be called value",
        ),
        pytest.param(
            a_document({"key": "a", "kind": "whatsapp", "template_variables": []}),
            "steps[0].template_variables",
            "object",
            id="variables as a list",
        ),
        pytest.param(
            a_document({"key": "a", "kind": "set_field", "value": 2**53}),
            "steps[0].value",
            "between",
            id="a number that browsers round",
        ),
        pytest.param(
            a_document({"key": "a", "kind": "set_field", "value": float("nan")}),
            "steps[0].value",
            "finite",
            id="not a number",
        ),
        pytest.param(
            a_document({"key": "a", "kind": "set_field", "value": {1}}),
            "steps[0].value",
            "set",
            id="what no JSON holds",
        ),
        pytest.param(a_document({**A, 1: 2}), "steps[0]", "Write keys as text", id="a key that is a number"),
        pytest.param(a_document({**A, "\ud800": 2}), "steps[0]", "Write keys", id="a key of half a letter"),
        pytest.param(a_document({**A, "tag": "\ud800"}), "steps[0].tag", "surrogate", id="half a letter"),
        pytest.param(a_document({**A, "tag": "a\0"}), "steps[0].tag", "NUL", id="a NUL"),
        pytest.param(
            a_document({"key": "a", "kind": "notify", "text": "é" * (LONGEST_TEXT // 2 + 1)}),
            "steps[0].text",
            "100,002 bytes",
            id="a text too long",
        ),
    ],
)
def test_a_problem_is_told_with_its_path(document, path, says):
    problems = problems_of(document)
    assert says in problems[path]


def test_every_problem_is_told_at_once():
    problems = problems_of(
        a_document(
            {"key": "a", "kind": "tag", "delay": "soon", "taag": "x"},
            {"key": "a", "kind": "email", "content": {"sbject": "x"}, "next": "gone"},
            start="nowhere",
        )
    )
    assert set(problems) == {
        "steps[0].delay",
        "steps[0].taag",
        "steps[1].content.sbject",
        "steps[1].key",
        "steps[1].next",
        "start",
    }


def test_the_error_counts_and_begins_with_the_first():
    with pytest.raises(DomainError, match=r"2 problems\. format: Is missing\."):
        read_document({})
    with pytest.raises(DomainError, match=r"One problem\. format: Is missing\."):
        read_document({"steps": []})


def nested(depth):
    condition: dict[str, object] = {}
    for _ in range(depth - 1):
        condition = {"rules": [condition]}
    return condition


def test_groups_nest_ten_deep_and_no_deeper():
    read_condition(nested(10) | {"combinator": "or"})
    with pytest.raises(DomainError) as refused:
        read_condition(nested(12))
    assert list(refused.value.fields) == [".".join(["rules[0]"] * 10) + ".rules"]


def test_depth_without_end_is_refused():
    endless: list[object] = []
    endless.append(endless)
    assert "nested too deeply" in problems_of(a_document(endless))["steps" + "[0]" * 40]


def test_a_document_that_grows_out_of_its_aliases_is_refused():
    bomb: object = ["x"] * 10
    for _ in range(8):
        bomb = [bomb] * 10
    assert str(MOST_VALUES) in problems_of(a_document({**A, "x": bomb, "y": {"z": bomb}}))["document"]


def test_five_hundred_steps_and_no_more():
    steps = [{"key": f"s{index}", "kind": "tag", "tag": "x"} for index in range(MOST_STEPS)]
    assert len(read_document(a_document(*steps)).steps) == MOST_STEPS
    assert "501" in problems_of(a_document(*steps, A))["steps"]


def test_dates_of_yaml_are_texts():
    (rule,) = read_condition(
        {"rules": [{"field": "custom.renewal", "operator": "less", "value": date(2026, 3, 1)}]}
    ).rules
    assert rule == a_rule("custom.renewal", "less", "2026-03-01")


@pytest.mark.parametrize(
    ("data", "path"),
    [
        pytest.param(3, "condition", id="no object"),
        pytest.param({"rules": [{"field": "tag"}]}, "rules[0].operator", id="half a rule"),
        pytest.param({"rulez": []}, "rulez", id="a slip"),
    ],
)
def test_a_condition_on_its_own_is_refused_with_its_path(data, path):
    with pytest.raises(DomainError) as refused:
        read_condition(data)
    assert refused.value.code == "condition_invalid"
    assert list(refused.value.fields) == [path]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)
WORDS = st.sampled_from(
    ("format", "steps", "key", "kind", "email", "delay", "2d", "rules", "only_if", "next", "a", "branches")
)


def _reads_or_refuses(data):
    try:
        assert isinstance(read_document(data), Flow)
    except DomainError as error:
        assert error.fields
        assert all(path and sentence for path, sentence in error.fields.items())


@example({"<": None})
@given(JSON | st.dictionaries(st.text(), JSON))
def test_garbage_is_refused_and_never_fails(data):
    _reads_or_refuses(data)


@given(st.lists(st.dictionaries(WORDS, JSON | WORDS), max_size=4), st.dictionaries(WORDS, JSON))
def test_garbage_in_the_right_place_is_refused_and_never_fails(steps, top):
    _reads_or_refuses({**top, "format": 1, "steps": steps})


@slow
@given(flow=flows(), data=st.data())
def test_a_damaged_document_is_refused_or_read(flow, data):
    document = write_document(flow)
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from([*_places(document)]))
        holder[key] = copy.deepcopy(data.draw(JSON | WORDS))
    _reads_or_refuses(document)


def _places(value):
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(items):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)
