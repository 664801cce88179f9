"""Chance that is none, rounds that end, and ways into and past every kind of step."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.advance import MOST_MOVES, look
from drumbeat.core.delay import parse_delay
from drumbeat.core.flow import (
    AiDecideStep,
    Arm,
    Branch,
    ConditionStep,
    EndStep,
    GoToStep,
    NamedBranch,
    SplitStep,
    TagStep,
    WaitForStep,
    Way,
    WayKind,
)
from tests.support.flows import a_condition, a_flow, a_rule, an_email
from tests.support.standing import MONDAY, a_touch, after, an_enrollment, journal, some_facts, standing

NEVER = a_condition(a_rule("tag", "equals", "nobody"))
ENDS = (EndStep(key="left"), EndStep(key="right"), EndStep(key="other"))


def a_split(*weights, **more):
    names = ("left", "right", "other")
    arms = tuple(Arm(name=name, weight=w, next=name) for name, w in zip(names, weights, strict=False))
    return SplitStep(key="ab", arms=arms, **more)


def drawn(split, id_=7, visit=1):
    enrollment = replace(an_enrollment("ab", visits={"ab": visit}), id=id_)
    taken = look(enrollment, a_flow(split, *ENDS), some_facts(), MONDAY)
    assert taken.entries[0].rule == "split"
    assert taken.entries[1].step == taken.entries[0].reason
    return taken.entries[0].reason


@given(id_=st.integers(1, 2**63 - 1), visit=st.integers(1, 50))
def test_an_enrollment_stays_in_its_arm(id_, visit):
    assert drawn(a_split(1, 1), id_) == drawn(a_split(1, 1), id_, visit)


@pytest.mark.parametrize("weights", [(1, 1), (9, 1), (3, 0, 2), (50, 30, 20)])
def test_the_weights_hold_over_many_enrollments(weights):
    asked = 4_000
    counts = Counter(drawn(a_split(*weights), id_) for id_ in range(1, asked + 1))
    for name, weight in zip(("left", "right", "other"), weights, strict=False):
        assert abs(counts[name] / asked - weight / sum(weights)) < 0.03
        assert weight or not counts[name]


def test_two_splits_of_one_flow_draw_independently():
    def way(key, id_):
        enrollment = replace(an_enrollment(key, visits={key: 1}), id=id_)
        split = replace(a_split(1, 1), key=key)
        return look(enrollment, a_flow(split, *ENDS), some_facts(), MONDAY).entries[0].reason

    pairs = Counter((way("first", id_), way("second", id_)) for id_ in range(2_000))
    assert len(pairs) == 4
    assert min(pairs.values()) > 400


def test_what_follows_an_arm_counts_from_the_time_that_was_planned_for_the_split():
    flow = a_flow(
        SplitStep(key="ab", arms=(Arm(name="x", next="hello"), Arm(name="y", next="hello"))),
        an_email("hello", after="2d"),
    )
    taken = look(an_enrollment("ab"), flow, some_facts(), after(1))
    assert standing(taken.enrollment) == ("active", "", "hello", after(2))


def rounds_of(most, **more):
    return a_flow(
        TagStep(key="tag", tag="vip", next="again"),
        GoToStep(key="again", target="tag", max_rounds=most, next="end", **more),
        EndStep(key="end"),
    )


@pytest.mark.parametrize("most", [1, 2, 7])
def test_rounds_are_counted_and_then_it_goes_on(most):
    taken = look(an_enrollment("tag"), rounds_of(most), some_facts(), MONDAY)
    round_ = [("acted", "tag", "tag"), ("went_back", "tag", "again")]
    assert journal(taken) == [
        *round_ * most,
        ("acted", "tag", "tag"),
        ("went_on", "rounds_used_up", "again"),
        ("finished", "completed", "end"),
    ]
    assert taken.enrollment.visits == {"tag": most + 1, "again": most + 1, "end": 1}


def test_many_rounds_without_any_time_are_no_fault():
    enrollment, looks = an_enrollment("tag"), 0
    while not enrollment.is_finished:
        taken = look(enrollment, rounds_of(100), some_facts(), MONDAY)
        enrollment, looks = taken.enrollment, looks + 1
        assert len(taken.entries) <= MOST_MOVES
        assert enrollment.reason != "error"
    assert looks == 5


def test_rounds_without_a_maximum_and_without_time_are_a_circle():
    taken = look(an_enrollment("tag"), rounds_of(None), some_facts(), MONDAY)
    assert standing(taken.enrollment)[:2] == ("blocked", "error")


def test_rounds_that_take_time_wait_for_it():
    flow = rounds_of(1, delay=parse_delay("2d"))
    taken = look(an_enrollment("tag"), flow, some_facts(), MONDAY)
    assert standing(taken.enrollment) == ("active", "", "again", after(2))
    taken = look(taken.enrollment, flow, some_facts(), after(3))
    assert standing(taken.enrollment) == ("active", "", "again", after(4))


FORKS = [
    a_split(1, 1, next="right"),
    ConditionStep(key="ab", branches=(Branch(name="x", condition=a_condition(), next="left"),), next="right"),
    GoToStep(key="ab", target="left", max_rounds=1, next="right"),
    WaitForStep(key="ab", event="custom", next="right", timed_out="left"),
    AiDecideStep(key="ab", question="?", branches=(NamedBranch(name="x", next="left"),), next="right"),
]


@pytest.mark.parametrize("step", FORKS, ids=lambda step: step.kind)
@pytest.mark.parametrize(
    ("on_skip", "ended"),
    [
        pytest.param(Way(), "right", id="goes on"),
        pytest.param(Way(WayKind.STEP, "other"), "other", id="takes another way"),
        pytest.param(Way(WayKind.FINISH), "ab", id="finishes"),
    ],
)
def test_every_fork_can_be_skipped(step, on_skip, ended):
    flow = a_flow(replace(step, only_if=NEVER, on_skip=on_skip), *ENDS)
    taken = look(an_enrollment("ab"), flow, some_facts(), MONDAY)
    assert journal(taken)[0] == ("skipped", "condition_false", "ab")
    assert standing(taken.enrollment) == ("finished", "completed", ended, None)


@pytest.mark.parametrize("step", FORKS, ids=lambda step: step.kind)
@pytest.mark.parametrize("way", ["on_skip", "on_failure"])
def test_skips_and_failures_lead_into_every_fork(step, way):
    ways: dict[str, Any] = {way: Way(WayKind.STEP, "ab")}
    mail = an_email(next="left", **ways)
    settled = {"on_skip": "skipped", "on_failure": "failed"}[way]
    facts = some_facts(touch=a_touch(settled, reason="by_person", settled_at=MONDAY))
    taken = look(an_enrollment(state="awaiting"), a_flow(mail, step, *ENDS), facts, MONDAY)
    assert [entry.step for entry in taken.entries][:2] in (["hello", "ab"], ["hello"])
    assert taken.enrollment.visits["ab"] == 1
