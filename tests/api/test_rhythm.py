from datetime import timedelta

import pytest

from drumbeat.api.sequences.rhythm import ahead, beats, length, main_way
from drumbeat.core.delay import parse_delay
from drumbeat.core.flow import Branch, ConditionStep, EndStep, Flow, GoToStep, TaskStep
from tests.support.flows import a_condition, a_flow, a_line, a_rule, an_email

VIP = a_condition(a_rule("tags", "contains", "vip"))


def branching() -> Flow:
    return a_flow(
        an_email("hello", next="is_vip"),
        ConditionStep(
            key="is_vip",
            delay=parse_delay("2d"),
            branches=(Branch(name="vip", condition=VIP, next="call"),),
            next="bye",
        ),
        TaskStep(key="call", delay=parse_delay("1d"), title="Call", next="last"),
        an_email("last", after="4d"),
        an_email("bye", after="1w"),
    )


@pytest.mark.parametrize(
    ("delay", "days"),
    [
        pytest.param("90m", 0.0625, id="minutes and hours are elapsed time"),
        pytest.param("3d", 3, id="days are days"),
        pytest.param("5wd", 7, id="five weekdays are a week"),
        pytest.param("2w", 14, id="weeks are seven days"),
    ],
)
def test_a_delay_has_a_length_on_the_line(delay, days):
    assert length(parse_delay(delay)) == timedelta(days=days)


def test_a_step_comes_after_all_delays_before_it():
    found = beats(a_line(an_email("a"), an_email("b", after="3d"), an_email("c", after="4d")))
    assert [(beat.step.key, beat.after.days, beat.waits.days) for beat in found] == [
        ("a", 0, 0),
        ("b", 3, 3),
        ("c", 7, 4),
    ]


def test_the_way_with_the_most_messages_and_tasks_is_drawn():
    found = {beat.step.key: beat for beat in beats(branching())}
    assert main_way(branching()) == ("hello", "is_vip", "call", "last")
    assert {key for key, beat in found.items() if beat.drawn} == {"hello", "call", "last"}
    assert found["bye"].after == timedelta(days=9)


def test_a_loop_is_walked_once():
    loop = a_flow(
        an_email("a", next="again"),
        GoToStep(key="again", target="a", max_rounds=3, next="end"),
        EndStep(key="end"),
    )
    assert [beat.step.key for beat in beats(loop)] == ["a", "again", "end"]
    assert main_way(loop) == ("a", "again", "end")


def test_an_empty_flow_has_no_line():
    assert beats(Flow(None, {})) == []


@pytest.mark.parametrize(
    ("step", "count"),
    [
        pytest.param("hello", 2, id="from a step on, it included"),
        pytest.param("bye", 1, id="the last one"),
        pytest.param(None, 0, id="nothing after the end"),
        pytest.param("vanished", 0, id="nothing where the step is gone"),
    ],
)
def test_what_lies_ahead_is_counted(step, count):
    assert ahead(branching(), step) == count
