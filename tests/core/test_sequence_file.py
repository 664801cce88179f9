"""Sequences as YAML files: round trip without loss, lines of every fault, bounds."""
# ruff: noqa: E501 - a row of a table is a line

import json
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.delay import parse_delay
from drumbeat.core.document.plain import MOST_VALUES
from drumbeat.core.flow import EmailContent, EndStep, Flow, Step
from drumbeat.core.sequence_file import (
    LONGEST_FILE,
    Place,
    SequenceFile,
    file_schema,
    read_file,
    write_file,
)
from drumbeat.core.sequence_file.marked import MOST_NODES
from tests.support.flows import a_flow, a_line, an_email, flows, texts
from tools.report import ROOT

SETTINGS = {"exit_on_reply": "finish", "exit_on_call": "off", "window": {"monday": [["09:00", "17:00"]]}}
WELL = """format: 1
name: Hello
flow:
  steps:
    - key: hello
      kind: email
      content:
        subject: Hi
        text: Good morning.
"""


def names():
    return texts().map(lambda text: f"x{text}".strip())


TAGS = st.none() | st.lists(names(), max_size=3).map(tuple)


@given(flows(), names(), st.none() | texts(), st.sampled_from([None, {}, SETTINGS]), TAGS)
def test_what_is_written_is_read_again_without_loss(flow, name, description, settings, tags):
    content = SequenceFile(name=name, flow=flow, description=description, settings=settings, tags=tags)
    assert read_file(write_file(content)).content == content


@given(flows(max_steps=3))
def test_writing_what_was_read_gives_the_same_text(flow):
    text = write_file(SequenceFile(name="Hello", flow=flow))
    again = read_file(text).content
    assert again is not None
    assert write_file(again) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("One.\n\nTwo.\n\n\n", id="that ends with empty lines"),
        pytest.param("\n\nOne.", id="that begins with empty lines"),
        pytest.param("  One.\n Two.", id="that begins with blanks"),
        pytest.param("One. \nTwo.", id="with a blank before a line end"),
        pytest.param("- key: hello\n    - key: other\n\nflow:\n  steps:\n", id="that looks like a file"),
        pytest.param("One.\r\nTwo.", id="with other line ends"),
        pytest.param("# no comment\n%YAML 1.1\n--- \n...", id="with words of YAML"),
    ],
)
def test_a_text_survives(text):
    step = an_email(content=EmailContent(subject="Hi", text=text, html=text))
    flow = a_line(step, an_email("second", content=EmailContent(subject=text[:100], text=text)))
    content = SequenceFile(name="Hello", flow=flow, description=text)
    assert read_file(write_file(content)).content == content


def test_the_layout_is_for_readers():
    flow = a_line(
        an_email("hello", content=EmailContent(subject="Hi", text="Good morning,\n\nhow are you?\n")),
        an_email("again", after="4d"),
    )
    content = SequenceFile(name="Hello", flow=flow, settings={"exit_on_call": "off"})
    assert (
        write_file(content)
        == """\
# yaml-language-server: $schema=sequence-file.schema.json
format: 1
name: Hello

settings:
  exit_on_call: 'off'

flow:
  steps:
    - key: hello
      kind: email
      content:
        subject: Hi
        text: |
          Good morning,

          how are you?

    - key: again
      kind: email
      delay: 4d
      content:
        subject: Hello
        text: Good morning.
"""
    )


def test_a_way_that_does_not_lead_to_the_step_below_is_written():
    steps: dict[str, Step] = {
        "end": EndStep(key="end"),
        "hello": an_email("hello", next="end"),
    }
    flow = Flow("hello", steps)
    written = yaml.safe_load(write_file(SequenceFile(name="x", flow=flow)))["flow"]
    assert written["start"] == "hello"
    assert [step.get("next", "-") for step in written["steps"]] == ["-", "end"]
    assert read_file(write_file(SequenceFile(name="x", flow=flow))).content == SequenceFile(
        name="x", flow=flow
    )


def test_an_empty_flow_is_written():
    content = SequenceFile(name="x", flow=Flow(None, {}))
    assert read_file(write_file(content)).content == content


def test_off_without_quotes_is_the_word():
    text = WELL.replace("flow:", "settings:\n  exit_on_call: off\n  review: no\nflow:")
    content = read_file(text).content
    assert content is not None
    assert content.settings == {"exit_on_call": "off", "review": False}


def test_delays_are_short_texts():
    content = read_file(WELL.replace("kind: email", "kind: email\n      delay: 2wd")).content
    assert content is not None
    assert content.flow.steps["hello"].delay == parse_delay("2wd")


def the_fault(text):
    read = read_file(text)
    assert read.content is None
    assert len(read.faults) == 1
    return read.faults[0]


@pytest.mark.parametrize(
    ("text", "path", "place"),
    [
        pytest.param(WELL.replace("delay", "x").replace("kind: email", "kind: dance"), "flow.steps[0].kind", Place(6, 7), id="a kind that does not exist"),
        pytest.param(WELL.replace("kind: email", "kind: email\n      delay: 4x"), "flow.steps[0].delay", Place(7, 7), id="a delay that is none"),
        pytest.param(WELL.replace("name: Hello", "name: ''"), "name", Place(2, 1), id="no name"),
        pytest.param(WELL.replace("name: Hello", "nam: Hello\nname: x"), "nam", Place(2, 1), id="an unknown key"),
        pytest.param(WELL.replace("format: 1", "format: 2"), "format", Place(1, 1), id="a newer format"),
        pytest.param(WELL.replace("format: 1", "format: true"), "format", Place(1, 1), id="a format that is no number"),
        pytest.param(WELL.replace("format: 1\n", ""), "format", Place(1, 1), id="no format"),
        pytest.param(WELL.replace("flow:", "settings: x\nflow:"), "settings", Place(3, 1), id="settings that are a text"),
        pytest.param(WELL.replace("flow:", "description: 5\nflow:"), "description", Place(3, 1), id="a description that is a number"),
        pytest.param(WELL.replace("flow:", "tags: vip\nflow:"), "tags", Place(3, 1), id="tags that are a text"),
        pytest.param(WELL.replace("flow:", "tags: [vip, '']\nflow:"), "tags", Place(3, 1), id="a tag that is empty"),
        pytest.param("format: 1\nname: x\nflow: y\n", "flow", Place(3, 1), id="a flow that is a text"),
        pytest.param("format: 1\nname: x\n", "flow", Place(1, 1), id="no flow"),
        pytest.param(WELL.replace("flow:", "flow:\n  format: 1"), "flow.format", Place(4, 3), id="a format in the flow"),
        pytest.param("- a\n", "", Place(1, 1), id="a list"),
        pytest.param("", "", None, id="nothing"),
    ],
)  # fmt: skip
def test_a_fault_says_where(text, path, place):
    fault = the_fault(text)
    assert (fault.code, fault.path, fault.place) == ("file_invalid", path, place)
    assert fault.message.endswith((".", "?"))


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        pytest.param("a: [", "expected", 1, id="what is no YAML"),
        pytest.param("a: 1\na: 2", "comes twice", 2, id="a key that comes twice"),
        pytest.param("a: 1\n? [x]\n: 2", "Keys are written as text", 2, id="a key that is a list"),
        pytest.param("a: &x {b: 1}\nc:\n  <<: *x", "merging", 3, id="merged keys"),
        pytest.param("a: !!python/object:os.system {}", "is not read here", 1, id="an object of Python"),
        pytest.param("a: !!python/name:os.system x", "could not determine a constructor", 1, id="a name of Python"),
        pytest.param("a: 2026-13-45", "month must be in", 1, id="a date that is none"),
        pytest.param("a: &x [*x]", "nested too deeply", 1, id="a list that holds itself"),
        pytest.param("[" * 5000, "nested too deeply", None, id="what is nested too deeply"),
        pytest.param("a: \x00", "not YAML", None, id="a character that YAML does not know"),
        pytest.param("x" * (LONGEST_FILE + 1), "more than 1,000,000 characters", None, id="what is too long"),
        pytest.param("a: 1\n---\nb: 2", "expected a single document", 2, id="two documents"),
    ],
)  # fmt: skip
def test_what_is_no_file_is_refused(text, says, line):
    fault = the_fault(text)
    assert fault.code == "file_unreadable"
    assert says in fault.message
    assert (fault.place and fault.place.line) == line


def test_a_thousand_laughs_are_refused():
    lines = ["a0: &a0 [ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert f"{MOST_VALUES:,} values" in the_fault("\n".join(lines)).message


def test_a_file_of_too_many_values_is_not_read_to_its_end():
    assert the_fault(f"a: [{'1, ' * MOST_NODES}]").message.startswith(
        f"The file holds more than {MOST_NODES:,}"
    )


def test_an_alias_within_bounds_is_read():
    text = WELL.replace("subject: Hi", "subject: &hi Hi").replace("text: Good morning.", "text: *hi")
    content = read_file(text).content
    assert content is not None
    assert getattr(content.flow.steps["hello"], "content", None) == EmailContent(subject="Hi", text="Hi")


def test_every_fault_is_told_at_once_in_the_order_of_lines():
    text = WELL.replace("name: Hello", "nme: Hello").replace("kind: email", "kind: email\n      delay: 4x")
    read = read_file(text)
    assert [fault.path for fault in read.faults] == ["name", "nme", "flow.steps[0].delay"]


def test_a_problem_of_lint_finds_its_line():
    read = read_file(WELL)
    assert read.place_of("flow.steps[0].content.text") == Place(9, 9)
    assert read.place_of("flow.steps[0].content.html") == Place(7, 7)
    assert read_file("").place_of("flow") is None


def test_the_schema_names_all_that_is_read():
    schema = file_schema()
    assert set(schema["properties"]) == {"format", "name", "description", "tags", "settings", "flow"}
    assert "format" not in schema["properties"]["flow"]["properties"]
    refs = set(re.findall(r"#/\$defs/(\w+)", str(schema)))
    assert refs <= set(schema["$defs"])


def test_a_byte_order_mark_is_overlooked():
    assert read_file("\ufeff" + WELL).content == read_file(WELL).content
    assert a_flow(an_email("hello")).steps.keys() == {"hello"}


def test_the_published_schema_is_fresh():
    committed = ROOT / "docs/reference/sequence-file.schema.json"
    assert json.loads(committed.read_text(encoding="utf-8")) == file_schema(), "run python -m tools.reference"
