"""The document of a flow: any flow survives it, anything else is refused with every problem by its path."""

import copy
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drumbeat.core.delay import parse_delay
from drumbeat.core.document import (
    FORMAT,
    LONGEST_TEXT,
    MOST_STEPS,
    checksum,
    content_hashes,
    document_schema,
    join_contents,
    linear,
    parse_text,
    read_condition,
    read_document,
    split_contents,
    to_yaml,
    with_delays,
    write_condition,
    write_document,
)
from drumbeat.core.document.plain import MOST_VALUES
from drumbeat.core.document.reading import upgrade
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import (
    Arm,
    Branch,
    ConditionStep,
    EmailContent,
    EndStep,
    Flow,
    GoToStep,
    SetFieldStep,
    SplitStep,
    TagStep,
    TaskStep,
    WaitForStep,
    Way,
    WayKind,
    WhatsAppStep,
    channel_of,
    ways_out,
)
from tests.support.flows import STEPS, a_condition, a_flow, a_line, a_rule, an_email, conditions, flows, texts

ROOT = Path(__file__).parents[2]
slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def a_document(*steps, **top):
    return {"format": 1, "steps": list(steps), **top}


def problems_of(document):
    with pytest.raises(DomainError) as refused:
        read_document(document)
    assert refused.value.code == "document_invalid"
    return refused.value.fields


# Reading what was written


@slow
@given(flows())
def test_any_flow_survives_its_document(flow):
    document = json.loads(json.dumps(write_document(flow)))
    again = read_document(document)
    assert again == flow
    assert list(again.steps) == list(flow.steps)
    assert write_document(again) == document


@pytest.mark.parametrize("kind", STEPS)
def test_every_kind_of_step_survives(kind):
    @settings(slow, max_examples=15)
    @given(flows(kinds=(kind,), max_steps=3))
    def survives(flow):
        assert read_document(write_document(flow)) == flow

    survives()


@slow
@given(flows())
def test_any_flow_survives_yaml(flow):
    assert read_document(parse_text(to_yaml(write_document(flow)))) == flow


@slow
@given(flows())
def test_bodies_are_taken_out_and_put_back(flow):
    document = write_document(flow)
    slim, bodies = split_contents(document)
    assert set(content_hashes(slim)) == set(bodies)
    assert read_document(join_contents(slim, bodies)) == flow
    assert split_contents(slim) == (slim, {})


@given(conditions())
def test_any_condition_survives_on_its_own(condition):
    assert read_condition(json.loads(json.dumps(write_condition(condition)))) == condition


def test_the_canonical_form_writes_every_way_and_no_other_default():
    flow = a_flow(
        an_email("hello", after="2d", next="choose"),
        ConditionStep(key="choose", branches=(Branch(name="yes", condition=a_condition()),), next="hold"),
        WaitForStep(key="hold"),
    )
    assert write_document(flow) == {
        "format": 1,
        "start": "hello",
        "steps": [
            {
                "key": "hello",
                "kind": "email",
                "delay": "2d",
                "next": "choose",
                "content": {"subject": "Hello", "text": "Good morning."},
            },
            {
                "key": "choose",
                "kind": "condition",
                "delay": "0m",
                "next": "hold",
                "branches": [{"name": "yes", "condition": {}, "next": None}],
            },
            {"key": "hold", "kind": "wait_for", "delay": "0m", "next": None, "timed_out": None},
        ],
    }


def test_equal_numbers_are_written_alike():
    five, also_five = (a_flow(SetFieldStep(key="a", field="custom.seats", value=v)) for v in (5, 5.0))
    assert checksum(five) == checksum(also_five)


def test_the_checksum_tells_flows_apart():
    one, other = a_flow(an_email(text="One.")), a_flow(an_email(text="Two."))
    assert checksum(one) == checksum(a_flow(an_email(text="One.")))
    assert checksum(one) != checksum(other)
    assert len(checksum(one)) == 64


def test_equal_bodies_are_kept_once():
    _, bodies = split_contents(write_document(a_line(an_email("a"), an_email("b"))))
    assert list(bodies.values()) == [{"content": {"subject": "Hello", "text": "Good morning."}}]


def test_a_lost_body_is_a_defect():
    slim, _ = split_contents(write_document(a_flow(an_email())))
    with pytest.raises(KeyError):
        join_contents(slim, {})


# What is left away


def test_a_missing_way_leads_to_the_step_below():
    flow = read_document(
        a_document(
            {"key": "a", "kind": "split", "arms": [{"name": "x"}, {"name": "y", "next": None}]},
            {"key": "b", "kind": "wait_for"},
            {"key": "c", "kind": "ai_qualify", "unqualified": None},
            {"key": "d", "kind": "end", "only_if": {}},
            {"key": "e", "kind": "end"},
            {"key": "f", "kind": "tag", "next": "a"},
            {"key": "g", "kind": "tag"},
        )
    )
    split, wait, qualify = flow.step("a"), flow.step("b"), flow.step("c")
    assert isinstance(split, SplitStep)
    assert [arm.next for arm in split.arms] == ["b", None]
    assert isinstance(wait, WaitForStep)
    assert (wait.next, wait.timed_out) == ("c", "c")
    assert [*ways_out(qualify)] == ["d", None, "d"]
    assert [flow.step(key).next for key in "defg"] == ["e", None, "a", None]


@pytest.mark.parametrize(
    ("document", "start"),
    [
        pytest.param(a_document(), None, id="no steps, no start"),
        pytest.param(a_document({"key": "a", "kind": "end"}), "a", id="the first step starts"),
        pytest.param(a_document({"key": "a", "kind": "end"}, start=None), None, id="unless nothing shall"),
    ],
)
def test_where_a_flow_starts(document, start):
    assert read_document(document).start == start


# What is refused


A = {"key": "a", "kind": "tag", "tag": "x"}


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


# Formats


def test_an_older_document_is_upgraded_step_by_step():
    upgrades = {
        1: lambda document: {**document, "format": 2, "one": True},
        2: lambda document: {**document, "format": 3, "two": True},
    }
    assert upgrade({"format": 1}, upgrades, 3) == {"format": 3, "one": True, "two": True}
    assert upgrade({"format": 3}, upgrades, 3) == {"format": 3}


def test_the_published_schema_is_fresh():
    committed = ROOT / "docs/reference/flow-document.schema.json"
    assert json.loads(committed.read_text(encoding="utf-8")) == document_schema(), (
        "run python -m tools.reference"
    )


def test_the_schema_names_every_kind_and_requires_it():
    schema = document_schema()
    kinds = schema["properties"]["steps"]["items"]["discriminator"]["mapping"]
    assert set(kinds) == set(STEPS)
    for reference in kinds.values():
        step = schema["$defs"][reference.rpartition("/")[2]]
        assert step["required"] == ["key", "kind"]
        assert step["additionalProperties"] is False


def test_the_schema_describes_delays_and_ways_as_the_document_has_them():
    email = document_schema()["$defs"]["EmailStep"]["properties"]
    assert email["delay"]["default"] == "0m"
    assert "default" not in email["next"]


# Text


def test_yaml_is_made_for_reading():
    text = to_yaml(write_document(a_flow(an_email(text="Grüß dich.\nBis bald."))))
    assert "text: |-\n      Grüß dich.\n      Bis bald.\n" in text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("a: [1", "Line 1", id="half a list"),
        pytest.param("a: 1\nb: 2\na: 3", "Line 3, column 1: the key 'a' comes twice", id="a key twice"),
        pytest.param("a: !!python/object:x 1", "Line 1", id="a foreign tag"),
        pytest.param("a: \x00", "neither YAML nor JSON", id="a NUL"),
        pytest.param("a: 2026-13-45", "neither YAML nor JSON", id="a day that never was"),
        pytest.param("[" * 2000, "nested too deeply", id="depth without end"),
        pytest.param("? [a]\n: 1", "Line 1", id="a list as a key"),
    ],
)
def test_unreadable_text_is_told_with_its_line(text, says):
    with pytest.raises(DomainError, match=says) as refused:
        parse_text(text)
    assert refused.value.code == "document_unreadable"


@given(st.text() | texts(200))
def test_text_is_parsed_or_refused(text):
    try:
        parse_text(text)
    except DomainError as error:
        assert error.code == "document_unreadable"


# Whole flows


@pytest.mark.parametrize(
    ("flow", "keys"),
    [
        pytest.param(a_flow(), [], id="an empty flow"),
        pytest.param(a_line(an_email("a"), an_email("b")), ["a", "b"], id="a line"),
        pytest.param(a_line(an_email("a"), EndStep(key="z")), ["a", "z"], id="a line that ends"),
        pytest.param(a_flow(an_email("a"), an_email("b")), None, id="a step left over"),
        pytest.param(a_flow(an_email("a", next="a")), None, id="a circle"),
        pytest.param(Flow("a", {}), None, id="a start that is not there"),
        pytest.param(
            a_flow(SplitStep(key="a", arms=(Arm(name="x", next="b"),)), EndStep(key="b")), None, id="two ways"
        ),
        pytest.param(
            a_flow(WaitForStep(key="a", next="b", timed_out="b"), EndStep(key="b")),
            ["a", "b"],
            id="a wait that goes on either way",
        ),
        pytest.param(
            a_flow(an_email("a", on_skip=Way(WayKind.STEP, "b")), EndStep(key="b")), None, id="a detour"
        ),
    ],
)
def test_a_line_is_told_from_a_graph(flow, keys):
    assert linear(flow) == keys


@slow
@given(flows())
def test_a_line_holds_every_step_once(flow):
    keys = linear(flow)
    assert keys is None or sorted(keys) == sorted(flow.steps)


def test_trying_out_shortens_every_wait_but_none():
    flow = a_line(an_email("now"), TaskStep(key="call", delay=parse_delay("3d")), WhatsAppStep(key="chat"))
    quick = with_delays(flow, parse_delay("1m"))
    task = quick.step("call")
    assert isinstance(task, TaskStep)
    assert {str(each) for each in (task.delay, task.due_in, task.give_up_after)} == {"1m"}
    assert str(quick.step("now").delay) == "0m"
    assert replace(task, delay=task.delay) == task
    assert list(quick.steps) == list(flow.steps)


def test_the_format_is_the_first():
    assert FORMAT == 1


def test_content_of_a_mail_may_be_unwritten():
    step = read_document(a_document({"key": "a", "kind": "email", "content": {}})).step("a")
    assert step == an_email("a", content=EmailContent())
    assert TagStep(key="a").next is None
    assert channel_of(GoToStep(key="a")) is None
