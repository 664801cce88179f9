"""The audit of whole flows: ways, circles, pace, tags; and that it never fails."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.conditions import FieldType
from drumbeat.core.delay import parse_delay
from drumbeat.core.flow import (
    AiDecideStep,
    AiQualifyStep,
    Arm,
    Branch,
    Channel,
    ConditionStep,
    EndStep,
    Flow,
    GoToStep,
    ListStep,
    NamedBranch,
    SmsStep,
    SplitStep,
    TagStep,
    TaskStep,
    WaitForStep,
    Way,
    WayKind,
)
from drumbeat.core.lint import CODES, LintFacts, Severity, lint
from drumbeat.core.lint.graph import circles, graph_of
from tests.support.audits import LINK, READY, a_mail, codes, found, tag
from tests.support.flows import CUSTOM_FIELDS, a_condition, a_flow, a_line, a_rule, an_email, flows
from tools.reference import FOLDER, PAGES


def test_a_sound_flow_has_no_problems():
    assert lint(a_line(a_mail("a"), a_mail("b", after="2d")), READY) == []


def test_problems_come_in_the_order_of_the_steps_and_lead_to_their_place():
    flow = a_line(a_mail("a", text="{{ nope }}" + LINK), TagStep(key="b"))
    first, second = lint(flow, replace(READY, has_postal_address=True))
    assert (first.code, first.step, first.path) == ("unknown_merge_tag", "a", "steps[0].content.text")
    assert (second.code, second.step, second.path) == ("step_without_content", "b", "steps[1].tag")
    assert first.severity is Severity.ERROR


@pytest.mark.parametrize(
    "flow",
    [
        pytest.param(a_flow(), id="no steps"),
        pytest.param(Flow(None, {"a": a_mail("a")}), id="no start"),
        pytest.param(Flow("b", {"a": a_mail("a")}), id="a start that is not there"),
    ],
)
def test_an_empty_flow_has_nowhere_to_begin(flow):
    problem = found(flow, "empty_flow")
    assert (problem.step, problem.path) == (None, "start")
    assert codes(flow) == {"empty_flow"}


@pytest.mark.parametrize(
    ("flow", "lost"),
    [
        pytest.param(a_flow(a_mail("a"), a_mail("b")), "b", id="nothing leads to it"),
        pytest.param(
            a_flow(
                a_mail("a", next="b"), EndStep(key="b", next="c"), TagStep(key="c", action="remove", tag="x")
            ),
            "c",
            id="it stands behind an end",
        ),
        pytest.param(
            a_flow(
                a_mail("a", after="1d", next="b"), GoToStep(key="b", target="a", next="c"), EndStep(key="c")
            ),
            "c",
            id="it stands behind a go-to without a maximum",
        ),
    ],
)
def test_a_step_without_a_way_to_it_is_unreachable(flow, lost):
    problem = found(flow, "unreachable_step")
    assert (problem.step, problem.path) == (lost, f"steps[{[*flow.steps].index(lost)}]")


def test_every_kind_of_way_reaches():
    flow = a_flow(
        a_mail("a", next="b", on_failure=Way(WayKind.STEP, "h")),
        ConditionStep(key="b", branches=(Branch(name="x", condition=a_condition(), next="c"),), next="d"),
        SplitStep(key="c", arms=(Arm(name="x", next="e"), Arm(name="y", next="f")), next="e"),
        WaitForStep(key="d", next="e", timed_out="f"),
        AiQualifyStep(key="e", question="?", qualified="f", unqualified="g", next="f"),
        AiDecideStep(key="f", question="?", branches=(NamedBranch(name="x", next="g"),), next="g"),
        EndStep(key="g"),
        EndStep(key="h"),
    )
    assert codes(flow) == set()


@pytest.mark.parametrize(
    ("flow", "is_wrong"),
    [
        pytest.param(a_flow(tag("a", next="a")), True, id="a step leads to itself"),
        pytest.param(a_flow(tag("a", next="b"), tag("b", next="a")), True, id="two lead to each other"),
        pytest.param(
            a_flow(tag("a", next="b", delay=parse_delay("1m")), tag("b", next="a")), False, id="with a delay"
        ),
        pytest.param(
            a_flow(tag("a", next="b"), GoToStep(key="b", target="a")), True, id="a go-to without a maximum"
        ),
        pytest.param(
            a_flow(tag("a", next="b"), GoToStep(key="b", target="a", max_rounds=3)),
            False,
            id="with a maximum",
        ),
        pytest.param(
            a_flow(
                tag("a", next="b"),
                GoToStep(key="b", target="a", max_rounds=3, on_skip=Way(WayKind.STEP, "a")),
            ),
            True,
            id="a way round the maximum",
        ),
        pytest.param(
            a_flow(tag("a", next="b"), WaitForStep(key="b", timed_out="a")), False, id="a wait that times out"
        ),
        pytest.param(
            a_flow(tag("a", next="b"), WaitForStep(key="b", timed_out="a", time_limit=parse_delay("0m"))),
            True,
            id="a wait without time",
        ),
        pytest.param(
            a_flow(tag("a", next="b"), WaitForStep(key="b", next="a")), True, id="an event that came already"
        ),
        pytest.param(
            a_flow(tag("a", next="b"), TaskStep(key="b", title="Call", next="a")),
            False,
            id="a task that is waited for",
        ),
        pytest.param(
            a_flow(tag("a", next="b"), TaskStep(key="b", title="Call", next="a", waits=False)),
            True,
            id="a task that is not waited for",
        ),
        pytest.param(
            a_flow(tag("a", next="b"), TaskStep(key="b", title="Call", next="a", only_if=a_condition())),
            True,
            id="a task that may be skipped",
        ),
        pytest.param(a_flow(a_mail("a", next="a")), True, id="mail after mail"),
    ],
)
def test_a_circle_needs_a_pause_or_a_maximum(flow, is_wrong):
    assert ("cycle_without_delay" in codes(flow)) is is_wrong


def test_a_circle_is_told_once_and_names_its_steps():
    ring = [tag(f"s{index}", next=f"s{(index + 1) % 7}") for index in range(7)]
    problem = found(a_flow(*ring), "cycle_without_delay")
    assert problem.step == "s0"
    assert "s0, s1, s2, s3, s4 and 2 more" in problem.message


def test_steps_between_two_circles_belong_to_neither():
    flow = a_flow(tag("a", next="a"), tag("b", next="c"), tag("c", next="c"))
    assert circles(graph_of(flow)) == [["a"], ["c"]]


@given(flows())
def test_what_is_called_a_circle_leads_back_to_itself(flow):
    graph = graph_of(flow)
    for circle in circles(graph):
        for key in circle:
            assert any(way in circle for way in graph[key])
            assert any(key in graph[other] for other in circle)


def test_ten_thousand_steps_are_no_trouble():
    steps = [tag(f"s{index}", next=f"s{index + 1}") for index in range(10_000)]
    flow = a_flow(*steps, GoToStep(key="s10000", target="s0"))
    assert codes(flow) == {"cycle_without_delay"}


@pytest.mark.parametrize(
    ("flow", "is_hasty"),
    [
        pytest.param(a_line(a_mail("a"), a_mail("b", after="1d")), False, id="a day"),
        pytest.param(a_line(a_mail("a"), a_mail("b", after="1wd")), False, id="a working day"),
        pytest.param(a_line(a_mail("a"), a_mail("b", after="23h")), True, id="less than a day"),
        pytest.param(a_line(a_mail("a"), tag("t"), a_mail("b")), True, id="nothing that takes time between"),
        pytest.param(
            a_line(a_mail("a"), tag("t", delay=parse_delay("2d")), a_mail("b")), False, id="a delay between"
        ),
        pytest.param(
            a_line(a_mail("a"), TaskStep(key="t", title="x", when_not_done="skip"), a_mail("b")),
            False,
            id="a task between",
        ),
        pytest.param(a_line(a_mail("a"), WaitForStep(key="t"), a_mail("b")), False, id="a wait between"),
        pytest.param(a_line(a_mail("a"), SmsStep(key="b", text="x")), False, id="another channel"),
        pytest.param(a_line(a_mail("a")), False, id="the first mail at once"),
    ],
)
def test_messages_on_one_channel_are_a_day_apart(flow, is_hasty):
    assert codes(flow) == ({"delay_too_short"} if is_hasty else set())


def test_a_delay_has_its_limits():
    assert codes(a_flow(a_mail(after="90d"))) == set()
    assert codes(a_flow(a_mail(after="13w"))) == {"delay_too_long"}


@pytest.mark.parametrize(
    ("step", "code"),
    [
        pytest.param(TaskStep(key="a", title="x"), "wait_never_ends", id="a task nobody has to do"),
        pytest.param(TaskStep(key="a", title="x", when_not_done="skip"), None, id="one that is skipped"),
        pytest.param(TaskStep(key="a", title="x", waits=False), None, id="one that is not waited for"),
        pytest.param(WaitForStep(key="a"), None, id="a wait for a reply"),
        pytest.param(WaitForStep(key="a", event="meeting"), "wait_in_vain", id="a wait for no such event"),
        pytest.param(WaitForStep(key="a", event="opened"), "wait_in_vain", id="a wait for opens untracked"),
        pytest.param(
            WaitForStep(key="a", time_limit=parse_delay("0m")), "wait_in_vain", id="a wait without time"
        ),
    ],
)
def test_waits_that_are_hardly_meant(step, code):
    assert codes(a_flow(step), replace(READY, tracked=frozenset())) == ({code} if code else set())


def test_a_wait_for_opens_makes_sense_with_tracking():
    assert codes(a_flow(WaitForStep(key="a", event="opened"))) == set()


@pytest.mark.parametrize(
    ("steps", "triggers", "expected"),
    [
        pytest.param([("add", "Hot")], (), {"tag_never_removed"}, id="added for good"),
        pytest.param([("add", "Hot"), ("remove", " hot")], (), set(), id="added and removed"),
        pytest.param([("add", "Hot"), ("remove", "hot")], ("hot",), {"tag_retriggers"}, id="starts itself"),
        pytest.param([("add", "Hot"), ("remove", "hot")], ("",), {"tag_retriggers"}, id="any tag starts it"),
        pytest.param([("remove", "Hot")], ("hot",), set(), id="only removed"),
    ],
)
def test_tags_that_are_hardly_meant(steps, triggers, expected):
    flow = a_line(*(TagStep(key=f"t{i}", action=does, tag=name) for i, (does, name) in enumerate(steps)))
    assert codes(flow, replace(READY, trigger_tags=frozenset(triggers))) == expected


ASKING = a_rule("event.replied", "happened", step="hello")


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param(
            (an_email(), replace(an_email("b", after="2d"), only_if=a_condition(ASKING))), (), id="before"
        ),
        pytest.param(
            (replace(an_email(), only_if=a_condition(ASKING)),), ("only_if.rules[0].step",), id="itself"
        ),
        pytest.param(
            (replace(an_email("b"), only_if=a_condition(ASKING)), an_email(after="2d")),
            ("only_if.rules[0].step",),
            id="later",
        ),
        pytest.param(
            (TaskStep(key="hello", title="Call"), replace(an_email("b"), only_if=a_condition(ASKING))),
            ("only_if.rules[0].step",),
            id="no message",
        ),
    ],
)
def test_a_step_that_a_condition_names_comes_before(steps, expected):
    problems = lint(a_line(*steps), READY)
    found = [each for each in problems if each.code == "step_not_before"]
    assert tuple(each.path.partition(".")[2] for each in found) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param(a_rule("tag", "equals", "Nobody"), {"unknown_name"}, id="an unknown tag"),
        pytest.param(a_rule("tag", "equals", "Hot"), set(), id="a tag that the flow adds"),
        pytest.param(a_rule("tag", "equals", "VIP"), set(), id="a tag that there is"),
        pytest.param(a_rule("list", "equals", "New"), set(), id="a list that the flow makes"),
        pytest.param(a_rule("list", "equals", "Old"), {"unknown_name"}, id="an unknown list"),
    ],
)
def test_names_that_nobody_has_are_told(rule, expected):
    flow = a_line(
        TagStep(key="t", tag="hot"),
        TagStep(key="u", tag="hot", action="remove"),
        ListStep(key="l", list="New"),
        replace(an_email(), only_if=a_condition(rule)),
    )
    known = replace(READY, tags=frozenset({"vip"}), lists=frozenset())
    assert codes(flow, known) - {"list_unknown"} == expected


def some_facts():
    return st.builds(
        LintFacts,
        fields=st.sampled_from(({}, CUSTOM_FIELDS, {"custom.x": FieldType.DATE})),
        channels=st.frozensets(st.sampled_from(Channel)),
        trigger_tags=st.frozensets(st.text(max_size=3), max_size=2),
        tracked=st.frozensets(st.sampled_from(("opened", "clicked"))),
        has_postal_address=st.booleans(),
        has_agent=st.booleans(),
    )


@given(flow=flows(), known=some_facts())
def test_the_audit_never_fails_and_speaks_in_sentences(flow, known):
    for problem in lint(flow, known):
        assert problem.severity is CODES[problem.code].severity
        assert problem.step is None or problem.path.startswith("steps[")
        assert problem.message.rstrip().endswith((".", "?", "}}.", "`"))


@given(flows())
def test_ways_to_steps_that_do_not_exist_are_passed_over(flow):
    lint(Flow("nowhere", dict([*flow.steps.items()][1:])), READY)
    lint(Flow(flow.start, dict([*flow.steps.items()][1:])), READY)


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_is_fresh(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), "run python -m tools.reference"


def test_every_code_has_its_cure():
    assert all(code.meaning.endswith(".") and code.cure.endswith(".") for code in CODES.values())
