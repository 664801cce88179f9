"""The document of a flow: any flow survives it, whole or without its bodies, as JSON and as YAML."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drumbeat.core.delay import parse_delay
from drumbeat.core.document import (
    FORMAT,
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
from tests.support.flows import STEPS, a_condition, a_flow, a_line, an_email, conditions, flows, texts

ROOT = Path(__file__).parents[2]
slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def a_document(*steps, **top):
    return {"format": 1, "steps": list(steps), **top}


def problems_of(document):
    with pytest.raises(DomainError) as refused:
        read_document(document)
    assert refused.value.code == "document_invalid"
    return refused.value.fields


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
