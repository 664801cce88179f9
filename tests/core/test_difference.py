"""What is different between two flows, as values and in words."""
# ruff: noqa: E501 - a row of a table is a line

from dataclasses import replace

import pytest
from hypothesis import given

from drumbeat.core.delay import parse_delay
from drumbeat.core.difference import ChangeKind, FieldChange, compare, sentences
from drumbeat.core.document import read_document
from drumbeat.core.flow import EmailContent, Flow, TagStep
from tests.support.flows import a_condition, a_line, a_rule, an_email, flows

A, B, C = an_email("a"), an_email("b", after="2d"), an_email("c", after="4d")
WAS = a_line(A, B, C)


def told(after, before=WAS):
    return [(change.key, change.change.value) for change in compare(before, after)]


@given(flows())
def test_a_flow_is_not_different_from_itself(flow):
    assert compare(flow, flow) == []


@given(flows(), flows())
def test_steps_come_and_go_between_any_two_flows(before, after):
    changes = compare(before, after)
    by_kind = {kind: {c.key for c in changes if c.change is kind} for kind in ChangeKind}
    assert by_kind[ChangeKind.ADDED] == after.steps.keys() - before.steps.keys()
    assert by_kind[ChangeKind.REMOVED] == before.steps.keys() - after.steps.keys()
    assert len(sentences(changes)) == len(changes)


@pytest.mark.parametrize(
    ("after", "changes"),
    [
        pytest.param(a_line(A, an_email("new"), B, C), [("new", "added")], id="a new step is all the news"),
        pytest.param(a_line(A, C), [("b", "removed")], id="a removed step too"),
        pytest.param(a_line(A, C, B), [("b", "moved")], id="one step that moved down"),
        pytest.param(a_line(C, A, B), [("c", "moved")], id="one step that moved up"),
        pytest.param(a_line(A, replace(B, delay=parse_delay("3d")), C), [("b", "changed")], id="another delay"),
        pytest.param(a_line(an_email("new"), B, C), [("new", "added"), ("a", "removed")], id="a step in place of another"),
    ],
)  # fmt: skip
def test_each_step_is_told_once(after, changes):
    assert told(after) == changes


def test_a_way_that_leads_elsewhere_is_a_change():
    after = Flow("a", {"a": replace(A, next="c"), "b": replace(B, next="c"), "c": C})
    assert compare(WAS, after)[0].fields == [FieldChange("next", "b", "c")]
    shorter = Flow("a", {"a": replace(A, next="b"), "b": B, "c": C})
    assert sentences(compare(WAS, shorter)) == ["Changes the email step 'b': the flow ends after it."]


def test_fields_are_named_by_their_path():
    asks = a_condition(a_rule("company", "is_not_empty"))
    after = a_line(A, replace(B, content=EmailContent(subject="Hi", text="New " * 40), only_if=asks), C)
    change = compare(WAS, after)[0]
    assert [field.path for field in change.fields] == ["content.subject", "content.text", "only_if"]
    said = sentences([change])[0]
    assert said.startswith("Changes the email step 'b': subject from “Hello” to “Hi”; text from “Go")
    assert said.endswith("…”; the condition under which it runs is now “company is not empty”.")
    other = a_line(
        A, replace(after.steps["b"], only_if=a_condition(a_rule("company", "is_empty"), negated=True)), C
    )
    assert (
        "runs from “company is not empty” to “not (company is empty)”" in sentences(compare(after, other))[0]
    )


def test_a_step_that_moved_and_changed_is_told_once():
    after = a_line(A, C, replace(B, delay=parse_delay("9d"), name="Later"))
    (change,) = compare(WAS, after)
    assert (change.change, change.moved, change.before_position, change.after_position) == (
        ChangeKind.CHANGED, True, 2, 3
    )  # fmt: skip
    assert sentences([change]) == [
        "Changes the email step 'b' (Later) and moves it to place 3: "
        "delay from “2d” to “9d”; name is now “Later”."
    ]


def test_each_change_is_a_sentence():
    after = a_line(C, an_email("new"), A)
    assert sentences(compare(WAS, after)) == [
        "Adds the email step 'new' at place 2.",
        "Moves the email step 'a' from place 1 to 3.",
        "Removes the email step 'b' from place 2.",
    ]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        pytest.param({"waits": True}, {"waits": False}, "waits is now off", id="a flag that was at its default"),
        pytest.param({"waits": False}, {"waits": True}, "waits is no longer set", id="a flag back at its default"),
        pytest.param({"title": "A"}, {"title": "B"}, "title from “A” to “B”", id="a text"),
    ],
)  # fmt: skip
def test_a_value_is_told_in_words(before, after, says):
    from drumbeat.core.flow import TaskStep

    changes = compare(a_line(TaskStep(key="x", **before)), a_line(TaskStep(key="x", **after)))
    assert says in sentences(changes)[0]


def test_another_kind_under_the_same_key_is_a_change():
    changes = compare(a_line(A), a_line(TagStep(key="a", tag="x")))
    assert FieldChange("kind", "email", "tag") in changes[0].fields


def test_a_number_is_told_as_it_is():
    from drumbeat.core.flow import VoiceStep

    changes = compare(a_line(VoiceStep(key="x", retries=1)), a_line(VoiceStep(key="x", retries=3)))
    assert "retries from 1 to 3" in sentences(changes)[0]


WON = {"rules": [{"field": "stage", "operator": "equals", "value": "won"}]}


def a_document(**more):
    return read_document({"format": 1, "steps": [{"key": "x", **more}, {"key": "y", "kind": "end"}]})


def branches(*named):
    return [{"name": name, "condition": WON | more} for name, more in named]


LOST = {"field": "stage", "operator": "equals", "value": "lost"}
COLD = {"field": "tag", "operator": "not_equals", "value": "cold"}


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        pytest.param(
            {"kind": "condition", "branches": branches(("won", {}))},
            {"kind": "condition", "branches": branches(("won", {"negated": True}))},
            "condition of the branch “won” from “stage equals won” to “not (stage equals won)”",
            id="the condition of a branch",
        ),
        pytest.param(
            {"kind": "condition", "branches": branches(("won", {}))},
            {"kind": "condition", "branches": branches(("won", {}), ("lost", {}))},
            "the branch “lost” is new",
            id="a branch more",
        ),
        pytest.param(
            {"kind": "split", "arms": [{"name": "a"}, {"name": "b"}]},
            {"kind": "split", "arms": [{"name": "a", "weight": 3}, {"name": "c"}]},
            "weight of the arm “a” is now 3; the arm “b” is gone; the arm “c” is new",
            id="the arms of a split",
        ),
        pytest.param(
            {"kind": "tag", "only_if": WON},
            {"kind": "tag", "only_if": {"rules": [LOST, {"combinator": "or", "rules": [COLD, LOST]}]}},
            "to “stage equals lost and (tag not equals cold or stage equals …”",
            id="groups within groups",
        ),
        pytest.param(
            {"kind": "tag", "only_if": WON},
            {"kind": "tag", "only_if": {"rules": [{"combinator": "or", "negated": True, "rules": [COLD]}]}},
            "to “not (tag not equals cold)”",
            id="a group that must not hold",
        ),
        pytest.param({"kind": "tag", "only_if": WON}, {"kind": "tag"}, "runs is no longer set", id="no condition any more"),
        pytest.param(
            {"kind": "email"},
            {"kind": "email", "on_skip": {"kind": "finish"}, "on_failure": {"kind": "step", "step": "y"}},
            "what follows a skip is now finishes; what follows a failure is now goes to “y”",
            id="ways on a skip and a failure",
        ),
        pytest.param(
            {"kind": "wait_for"},
            {"kind": "wait_for", "event": "clicked", "time_limit": "9d", "timed_out": None},
            "event is now “clicked”; time limit is now “9d”",
            id="a wait",
        ),
        pytest.param(
            {"kind": "email", "hints": {"angle": "a"}},
            {"kind": "email", "hints": {"call_to_action": "b"}},
            "hint: angle is no longer set; hint: call to action is now “b”",
            id="hints",
        ),
        pytest.param({"kind": "notify"}, {"kind": "notify", "by": ["in_app", "email"]}, "by is now in_app, email", id="a list of words"),
        pytest.param(
            {"kind": "whatsapp"},
            {"kind": "whatsapp", "template_variables": {"1": "x"}},
            "template variables is now set",
            id="named values",
        ),
        pytest.param(
            {"kind": "tag", "only_if": {"rules": []}},
            {"kind": "tag", "only_if": {"rules": [], "negated": True}},
            "from “always” to “not (always)”",
            id="a condition without rules",
        ),
        pytest.param(
            {"kind": "tag", "only_if": WON},
            {"kind": "tag", "only_if": {"rules": [{"field": "event.replied", "operator": "happened", "step": "y", "days": 3}, {"field": "stage", "operator": "one_of", "value": ["a", "b"]}]}},
            "to “event.replied happened after step y within 3 days and stage",
            id="what happened lately",
        ),
    ],
)  # fmt: skip
def test_every_kind_of_value_is_told_in_words(before, after, says):
    (said,) = sentences(compare(a_document(**before), a_document(**after)))
    assert says in said
