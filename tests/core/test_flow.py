"""Flows as values: which ways lead out of a step, and on which channel it speaks."""

import pytest

from drumbeat.core.flow import (
    AiDecideStep,
    AiQualifyStep,
    Arm,
    Branch,
    Channel,
    ConditionStep,
    EndStep,
    GoToStep,
    NamedBranch,
    SmsStep,
    SplitStep,
    TagStep,
    WaitForStep,
    Way,
    WayKind,
    channel_of,
    ways_out,
)
from tests.support.flows import STEPS, a_condition, an_email

ALWAYS = a_condition()


@pytest.mark.parametrize(
    ("step", "ways"),
    [
        pytest.param(an_email("a", next="b"), ["b"], id="on"),
        pytest.param(an_email("a"), [None], id="to the end"),
        pytest.param(
            an_email("a", next="b", on_skip=Way(WayKind.STEP, "c"), on_failure=Way(WayKind.STEP, "d")),
            ["b", "c", "d"],
            id="on, or elsewhere when skipped or failed",
        ),
        pytest.param(an_email("a", next="b", on_skip=Way(WayKind.FINISH)), ["b"], id="finishing is no way"),
        pytest.param(
            ConditionStep(key="a", branches=(Branch(name="x", condition=ALWAYS, next="b"),), next="c"),
            ["b", "c"],
            id="branches, then else",
        ),
        pytest.param(
            AiDecideStep(key="a", branches=(NamedBranch(name="x", next="b"),), next="c"),
            ["b", "c"],
            id="named branches, then the fallback",
        ),
        pytest.param(SplitStep(key="a", arms=(Arm(name="x", next="b"),), next="c"), ["b", "c"], id="arms"),
        pytest.param(WaitForStep(key="a", next="b", timed_out="c"), ["c", "b"], id="in vain, or in time"),
        pytest.param(
            AiQualifyStep(key="a", qualified="b", unqualified="c", next="d"),
            ["b", "c", "d"],
            id="qualified or not",
        ),
        pytest.param(GoToStep(key="a", target="b", max_rounds=2, next="c"), ["b", "c"], id="back, then on"),
        pytest.param(GoToStep(key="a", target="b", next="c"), ["b"], id="back for ever"),
        pytest.param(
            GoToStep(key="a", target="b", next="c", only_if=ALWAYS),
            ["b", "c"],
            id="back for ever, unless skipped",
        ),
        pytest.param(GoToStep(key="a", next="c"), [], id="back to nowhere yet"),
        pytest.param(EndStep(key="a", next="b"), [], id="an end"),
        pytest.param(EndStep(key="a", next="b", only_if=ALWAYS), ["b"], id="an end that may be skipped"),
    ],
)
def test_the_ways_out_of_a_step(step, ways):
    assert [*ways_out(step)] == ways


def test_the_channel_is_that_of_send_steps():
    assert channel_of(an_email()) is Channel.EMAIL
    assert channel_of(SmsStep(key="a")) is Channel.SMS
    assert channel_of(TagStep(key="a")) is None


def test_the_kind_is_the_one_word_of_its_class():
    assert all(step(key="a").kind == kind for kind, step in STEPS.items())
    assert len(STEPS) == 20
