"""The simulator on splits, waits, rounds, decisions, tasks that are handed on, and moves to another version."""

from dataclasses import replace
from datetime import timedelta

import pytest

from drumbeat.core.delay import parse_delay
from drumbeat.core.facts import Move
from drumbeat.core.flow import (
    AiDecideStep,
    Arm,
    EndStep,
    GoToStep,
    NamedBranch,
    SplitStep,
    WaitForStep,
    WebhookStep,
)
from drumbeat.core.simulate import DECIDED, Arrival, AskedMove
from tests.core.test_simulate import LATER, World, a_person, lines, sent_at, simulated
from tests.support.flows import a_flow, a_line, an_email
from tests.support.standing import MONDAY, a_task, after

WAIT = a_flow(
    an_email("hello", next="wait"),
    WaitForStep(key="wait", event="replied", next="came", timed_out="late"),
    EndStep(key="came", goal=True),
    EndStep(key="late"),
)
OFF = {"exit_on_reply": "off"}


@pytest.mark.parametrize(
    ("answers", "waited", "end"),
    [
        pytest.param({"replied": 24}, (after(1), "waited", "wait", "replied"), "came", id="an answer"),
        pytest.param({"replied": 99}, (after(3), "waited", "wait", "timed_out"), "late", id="too late"),
        pytest.param({}, (after(3), "waited", "wait", "timed_out"), "late", id="no answer"),
    ],
)
def test_a_wait_for_an_answer(answers, waited, end):
    came = simulated(WAIT, world=World(answers={"hello": answers}), sequence=OFF)
    assert lines(came, "waited") == [waited]
    assert came.enrollments[1].step == end


def test_a_task_that_is_not_waited_for_can_be_waited_for_later():
    flow = a_flow(
        a_task("call", waits=False, next="wait"),
        WaitForStep(key="wait", event="task_completed", timed_out=None),
    )
    came = simulated(flow, world=World(answers={"call": {"task_completed": 5}}))
    assert lines(came, "waited") == [(after(hours=5), "waited", "wait", "task_completed")]


def test_a_call_of_a_webhook_is_no_message_to_wait_after():
    flow = a_flow(
        a_task("call", waits=False, next="hook"),
        WebhookStep(key="hook", url="https://hooks.example.com/", delay=parse_delay("1d"), next="wait"),
        WaitForStep(key="wait", event="task_completed", timed_out=None),
    )
    came = simulated(flow, world=World(answers={"call": {"task_completed": 5}}))
    assert lines(came, "waited") == [(after(1), "waited", "wait", "task_completed")]


ASK = a_flow(
    AiDecideStep(key="ask", question="?", branches=(NamedBranch(name="yes", next="goal"),), next="else"),
    EndStep(key="goal", goal=True),
    EndStep(key="else"),
)


@pytest.mark.parametrize(
    ("answers", "decided"),
    [
        pytest.param({"yes": 0.5}, (after(hours=0.5), "decided", "ask", "yes"), id="a way"),
        pytest.param({"no": 0.5}, (after(hours=0.5), "decided", "ask", "else"), id="no way"),
        pytest.param({"yes": 2}, (after(hours=1), "decided", "ask", "else"), id="too late"),
        pytest.param({}, (after(hours=1), "decided", "ask", "else"), id="no answer"),
        pytest.param({"yes": 0.5, "no": 0.6}, (after(hours=0.5), "decided", "ask", "yes"), id="two answers"),
    ],
)
def test_a_decision(answers, decided):
    came = simulated(ASK, world=World(answers={"ask": answers}))
    assert lines(came) == [
        (MONDAY, "asked", "ask", "ai_decide"),
        decided,
        (decided[0], "finished", "goal" if decided[3] == "yes" else "else", came.enrollments[1].reason),
    ]


def test_an_answer_to_what_nobody_asked_changes_nothing():
    came = simulated(a_line(an_email("hello")), arrivals=[Arrival(after(1), 1, DECIDED, "ask", answer="yes")])
    assert lines(came, "decided") == []


def test_a_task_is_handed_on_once():
    flow = a_line(a_task(when_not_done="escalate", give_up_after=parse_delay("1d")), EndStep(key="end"))
    came = simulated(flow, world=World(answers={"call": {"opened": 30, "task_completed": 72}}))
    assert lines(came) == [
        (MONDAY, "planned", "call", "task"),
        (after(1), "escalated", "call", ""),
        (after(3), "settled", "call", "completed"),
        (after(3), "finished", "end", "completed"),
    ]


def test_rounds_send_again_and_end():
    flow = a_flow(
        an_email("hello", next="again"),
        GoToStep(key="again", target="hello", max_rounds=2, delay=parse_delay("1d")),
    )
    came = simulated(flow)
    assert [at for at, *_ in lines(came, "settled")] == [MONDAY, after(1), after(2)]
    assert lines(came, "went_on") == [(after(3), "went_on", "again", "rounds_used_up")]


def test_people_spread_over_the_arms_and_stay_there():
    arms = (Arm(name="a", weight=3, next="again"), Arm(name="b", next="again"))
    flow = a_flow(SplitStep(key="ab", arms=arms), GoToStep(key="again", target="ab", max_rounds=1))
    came = simulated(flow, [replace(a_person(), id=id_) for id_ in range(1, 401)], until=timedelta(1))
    drawn: dict[int, list[str]] = {}
    for line in came.journal:
        if line.rule == "split":
            drawn.setdefault(line.person_id, []).append(line.reason)
    assert all(first == again for first, again in drawn.values())
    assert 0.65 < sum(first == "a" for first, _ in drawn.values()) / 400 < 0.85


def test_what_is_out_holds_a_move_in_the_simulator_too():
    flow = a_line(a_task("call"), an_email("hello"))
    later = a_line(a_task("call"), an_email("hello", after="2d"))
    move = Move(id=2, version_id=2, number=2, flow=later, steps={})
    came = simulated(
        flow, world=World(answers={"call": {"task_completed": 24}}), moves=[AskedMove(after(hours=1), move)]
    )
    assert [(at, rule) for at, rule, *_ in lines(came, "move_waits", "moved")] == [
        (after(hours=1), "move_waits"),
        (after(1), "moved"),
    ]
    assert sent_at(came) == [after(3)]


def test_whoever_has_finished_is_not_moved():
    flow = a_line(an_email("hello"))
    move = Move(id=2, version_id=2, number=2, flow=a_line(an_email("hello"), an_email("more")), steps={})
    came = simulated(flow, moves=[AskedMove(after(3), move)])
    assert lines(came, "move_waits", "moved") == []


def test_what_a_move_plans_anew_goes_on_counting_its_tries():
    """The second try is the first of the new version: it is not refused once more."""
    flow, later = a_line(an_email("hello")), a_line(an_email("hello", after="2m"))
    move = Move(id=2, version_id=2, number=2, flow=later, steps={})
    world = World(refusals={("hello", 1): LATER})
    came = simulated(flow, world=world, moves=[AskedMove(after(minutes=1), move)])
    assert lines(came, "moved", "settled") == [
        (after(minutes=1), "moved", "hello", ""),
        (after(minutes=2), "settled", "hello", "sent"),
    ]
