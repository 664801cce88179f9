"""The path that one enrollment would take from here with today's facts."""

import pytest

from drumbeat.core.ahead import MOST_MOMENTS, Ahead, path_ahead
from drumbeat.core.conditions import ConditionView
from drumbeat.core.delay import parse_delay
from drumbeat.core.facts import DecisionFacts
from drumbeat.core.flow import (
    AiDecideStep,
    Branch,
    Channel,
    ConditionStep,
    EndStep,
    NamedBranch,
    TagStep,
    WaitForStep,
)
from drumbeat.core.touch import SkipReason
from drumbeat.core.window import OFFICE_HOURS, Window
from tests.support.flows import a_condition, a_flow, a_line, a_rule, an_email
from tests.support.standing import MONDAY, a_sender, a_task, a_touch, after, an_enrollment, some_facts

FLOW = a_line(
    an_email("hello", name="Hello"),
    TagStep(key="tag", tag="vip"),
    a_task("call", after="1d", text="Ask for Ann"),
    an_email("again", after="2d"),
    EndStep(key="end"),
)
VISITS = {"hello": 1, "tag": 1, "call": 1, "again": 1}


def at(step, state="active", **more):
    entered = list(VISITS)[: list(VISITS).index(step) + 1]
    return an_enrollment(step, state, **{"visits": dict.fromkeys(entered, 1)} | more)


def ahead(enrollment, facts=None, flow=FLOW, now=MONDAY, **more):
    return [(one.step, one.at) for one in path_ahead(enrollment, flow, facts or some_facts(), now, **more)]


@pytest.mark.parametrize(
    ("enrollment", "facts", "first"),
    [
        pytest.param(
            at("call", "awaiting"), some_facts(touch=a_touch("scheduled")), ("call", after(6)), id="a task"
        ),
        pytest.param(
            at("hello", "awaiting"), some_facts(touch=a_touch()), ("hello", after(6)), id="a message"
        ),
        pytest.param(
            at("hello", "awaiting"),
            some_facts(touch=a_touch("in_approval")),
            ("hello", after(6)),
            id="a draft in approval",
        ),
        pytest.param(
            at("hello", "awaiting"),
            some_facts(touch=a_touch("sending", handed=True)),
            ("hello", after(5)),
            id="a message on the wire",
        ),
        pytest.param(
            at("hello", "blocked", reason="interrupted"),
            some_facts(touch=a_touch("interrupted", handed=True)),
            ("hello", after(5)),
            id="a message in doubt, as if it had arrived",
        ),
        pytest.param(
            at("hello", "paused", reason="manual"),
            some_facts(touch=a_touch("failed", reason="timeout", settled_at=MONDAY)),
            ("hello", after(5)),
            id="what failed and was not looked at",
        ),
        pytest.param(
            at("hello", "awaiting"),
            some_facts(touch=a_touch(sender_id=8)),
            ("hello", after(5)),
            id="a message whose sender is gone chooses another",
        ),
        pytest.param(
            at("hello", "awaiting"),
            some_facts(touch=a_touch("cancelled", settled_at=MONDAY)),
            ("hello", after(5)),
            id="a cancelled message is planned again",
        ),
    ],
)
def test_the_path_begins_with_what_is_out(enrollment, facts, first):
    found = ahead(enrollment, facts, now=after(5), out_until=after(6))
    assert found[0] == first
    assert found[-1][0] == "end"


@pytest.mark.parametrize(
    ("enrollment", "begins"),
    [
        pytest.param(at("hello", "pending_review"), after(5), id="as if approved now"),
        pytest.param(at("hello", "paused", reason="reply"), after(5), id="as if resumed now"),
        pytest.param(
            at("hello", "paused", reason="out_of_office", resume_at=after(9)), after(9), id="after an absence"
        ),
        pytest.param(
            at("hello", "paused", reason="reply", approved_at=None), after(5), id="as if resumed and approved"
        ),
        pytest.param(at("hello", "blocked", reason="error", next_step_at=after(8)), after(5), id="tried now"),
    ],
)
def test_the_path_of_what_rests_begins_now(enrollment, begins):
    assert ahead(enrollment, now=after(5))[0] == ("hello", begins)


@pytest.mark.parametrize("state", ["paused", "draft"])
def test_a_paused_sequence_is_taken_as_running(state):
    assert ahead(an_enrollment(), some_facts(sequence={"state": state})) == ahead(an_enrollment())


def test_an_archived_sequence_leads_nowhere():
    assert ahead(an_enrollment(), some_facts(sequence={"state": "archived"})) == []


def test_messages_ahead_leave_in_open_hours():
    facts = some_facts(sequence={"window": OFFICE_HOURS}, senders=(a_sender(window=OFFICE_HOURS),))
    line = a_line(an_email("hello"), an_email("again", after="5d"))
    assert ahead(an_enrollment(), facts, line, now=after(hours=9)) == [
        ("hello", after(1)),
        ("again", after(7)),
    ]


def test_where_nobody_knows_when_the_path_ends():
    never = Window(((),) * 5 + (OFFICE_HOURS.days[0],) * 2)
    shut = some_facts(sequence={"window": OFFICE_HOURS}, senders=(a_sender(window=never),))
    assert ahead(an_enrollment(), shut) == [("hello", None)]
    assert ahead(an_enrollment(), some_facts(senders=())) == [("hello", None)]


def test_what_is_out_meets_the_gates_of_today():
    before, line = at("hello", "awaiting"), a_line(an_email("hello"))
    unreachable = some_facts(touch=a_touch(), unreachable={Channel.EMAIL: SkipReason.NO_ADDRESS})
    assert path_ahead(before, line, unreachable, MONDAY) == [
        Ahead(step="hello", visit=1, at=MONDAY, skip_reason="no_address")
    ]
    never = Window(((),) * 5 + (OFFICE_HOURS.days[0],) * 2)
    shut = some_facts(touch=a_touch(), sequence={"window": OFFICE_HOURS}, senders=(a_sender(window=never),))
    assert ahead(before, shut, line) == [("hello", None)]


def test_a_path_shows_what_would_be_skipped():
    vip = a_condition(a_rule("tag", "equals", "vip"))
    line = a_line(
        an_email("hello", only_if=vip), a_task(when_not_done="skip", give_up_after=parse_delay("1h"))
    )
    assert path_ahead(an_enrollment(), line, some_facts(), MONDAY) == [
        Ahead(step="hello", visit=1, at=MONDAY, skip_reason="condition_false"),
        Ahead(step="call", visit=1, at=MONDAY, skip_reason="task_expired"),
    ]


def test_a_path_takes_the_branch_of_today_and_sees_its_own_actions():
    vip = Branch(name="vip", condition=a_condition(a_rule("tag", "equals", "vip")), next=None)
    ask = ConditionStep(key="ask", branches=(vip,))
    tagged = some_facts(view=ConditionView(tags=frozenset({"vip"})))
    line = a_line(ask, an_email("hello"))
    assert ahead(an_enrollment("ask"), tagged, line) == [("ask", MONDAY)]
    assert ahead(an_enrollment("ask"), flow=line) == [("ask", MONDAY), ("hello", MONDAY)]
    acting = a_line(TagStep(key="tag", tag="vip"), ask, an_email("hello"))
    assert ahead(an_enrollment("tag"), flow=acting) == [("tag", MONDAY), ("ask", MONDAY)]


def test_a_task_that_is_not_waited_for_does_not_hold_the_path():
    line = a_line(a_task(waits=False), an_email("hello", after="1d"))
    assert ahead(an_enrollment("call"), flow=line) == [("call", MONDAY), ("hello", after(1))]


def test_a_fact_that_nobody_has_answered_yet_ends_the_path():
    assert ahead(an_enrollment(), some_facts(counts={"replied": 1})) == []
    assert ahead(an_enrollment(heard={"replied": 1}), some_facts(counts={"replied": 1})) != []


def test_a_path_without_end_is_cut():
    flow = a_flow(an_email("hello", after="1d", next="hello"))
    assert 1 < len(ahead(an_enrollment(), flow=flow)) <= MOST_MOMENTS


def test_behind_the_last_step_nothing_is_to_come():
    assert ahead(an_enrollment(None)) == []


FORKS = a_flow(
    an_email("hello", next="wait"),
    WaitForStep(key="wait", event="replied", time_limit=parse_delay("3d"), next=None, timed_out="ask"),
    AiDecideStep(key="ask", question="?", branches=(NamedBranch(name="yes"),), next="end"),
    EndStep(key="end"),
)


@pytest.mark.parametrize(
    ("enrollment", "facts", "path"),
    [
        pytest.param(
            an_enrollment("wait"),
            some_facts(last_sent_at=MONDAY),
            [("wait", after(3)), ("ask", after(3, hours=1)), ("end", after(3, hours=1))],
            id="nobody answers a wait, and a decision falls back at its limit",
        ),
        pytest.param(
            an_enrollment("ask", "awaiting", due_at=MONDAY),
            some_facts(decision=DecisionFacts(asked_at=MONDAY)),
            [("ask", after(hours=1)), ("end", after(hours=1))],
            id="a decision that is out",
        ),
        pytest.param(
            an_enrollment("ask", "awaiting", due_at=MONDAY),
            some_facts(decision=DecisionFacts(asked_at=MONDAY, answer="yes", decided_at=after(hours=0.5))),
            [("ask", after(hours=0.5))],
            id="a decision that was taken",
        ),
    ],
)
def test_waits_and_decisions_are_foreseen(enrollment, facts, path):
    assert ahead(enrollment, facts, FORKS, MONDAY if len(path) > 1 else after(hours=0.5)) == path
