"""Going on in another version: when, where, and with what waited time; nothing is repeated, nothing is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.advance import Fate, look
from drumbeat.core.advance.moving import Course, foresee
from drumbeat.core.conditions import ConditionView
from drumbeat.core.delay import Delay, DelayUnit, parse_delay
from drumbeat.core.facts import Move
from drumbeat.core.flow import Flow, TaskStep, WaitForStep
from drumbeat.core.simulate import AskedMove, Person, SimulatedSender, simulate
from tests.support.flows import a_line, an_email
from tests.support.standing import MONDAY, a_sender, a_touch, after, an_enrollment, some_facts
from tests.support.walks import ACTIONS, STARTS, Walk, publishable_flows
from tests.twin.cases import ScriptedWorld


def a_task(key, after):
    return TaskStep(key=key, title="Call", delay=parse_delay(after))


def a_wait(key):
    return WaitForStep(key=key, event="replied")


OLD = a_line(an_email("hello"), an_email("again", after="4d"), an_email("last", after="2d"))
TASK = a_line(an_email("hello"), a_task("again", after="4d"), an_email("last", after="2d"))
SOONER = a_line(an_email("hello"), an_email("again", after="1d"), an_email("last", after="2d"))
LATER = a_line(an_email("hello"), an_email("again", after="10d"), an_email("last", after="2d"))
MORE = a_line(an_email("hello"), an_email("between", after="1d"), an_email("again", after="4d"))
LESS = a_line(an_email("hello"), an_email("last", after="2d"))
OTHERS = a_line(an_email("hello"), an_email("fresh", after="1d"), an_email("last", after="2d"))
WAIT = a_line(an_email("hello"), a_wait("again"), an_email("last", after="2d"))


def a_move(flow=SOONER, **steps):
    return Move(id=3, version_id=2, number=2, flow=flow, steps=steps)


def standing(step="again", state="active", **more):
    given = {"visits": {"hello": 1, step: 1}, "origin_at": MONDAY, "version_id": 1, "move_id": 3}
    return an_enrollment(step, state, **given | more)


def taken(enrollment, move, now, flow=OLD, **facts):
    return look(enrollment, flow, some_facts(move=move, **facts), now)


def rules(answer):
    return [(entry.rule, entry.step, entry.reason) for entry in answer.entries]


@pytest.mark.parametrize(
    ("flow", "now", "due_at"),
    [
        pytest.param(LATER, after(2), after(10), id="the waited time counts towards a longer delay"),
        pytest.param(SOONER, after(0.5), after(1), id="and towards a shorter one"),
        pytest.param(SOONER, after(2), after(2), id="what would be late is due now, not before"),
    ],
)
def test_the_new_delay_counts_from_the_old_origin(flow, now, due_at):
    answer = taken(standing(), a_move(flow), now)
    assert answer.enrollment.due_at == due_at
    assert (answer.enrollment.version_id, answer.enrollment.move_id) == (2, None)
    assert answer.enrollment.visits == {"hello": 1, "again": 1}
    assert rules(answer)[0] == ("moved", "again", "")


def test_what_has_not_left_is_planned_anew():
    waiting = standing(state="awaiting", due_at=after(4))
    answer = taken(waiting, a_move(LATER), after(4, hours=1), touch=a_touch())
    assert (answer.enrollment.state, answer.enrollment.due_at) == ("active", after(10))
    assert (answer.fate, answer.changed_version) == (Fate.CANCEL, True)
    again = taken(waiting, a_move(SOONER), after(4, hours=1), touch=a_touch())
    assert [(plan.step, plan.visit) for plan in again.effects] == [("again", 1)]


@pytest.mark.parametrize(
    ("flow", "touch"),
    [
        pytest.param(OLD, a_touch("sending", handed=True), id="a message on the wire"),
        pytest.param(OLD, a_touch("interrupted", handed=True), id="a message in doubt"),
        pytest.param(TASK, a_touch("scheduled", sender_id=None), id="a task that was created"),
        pytest.param(OLD, a_touch("in_approval"), id="a draft in approval"),
    ],
)
def test_what_is_out_holds_the_move(flow, touch):
    answer = taken(standing(state="awaiting"), a_move(), after(4), flow, touch=touch)
    assert (answer.enrollment.version_id, answer.enrollment.move_id) == (1, 3)
    assert not answer.changed_version


def test_when_it_has_settled_the_new_version_says_what_follows():
    sent = a_touch("sent", handed=True, settled_at=after(0.5))
    at_hello = standing("hello", "awaiting", visits={"hello": 1})
    answer = taken(at_hello, a_move(MORE), after(0.5), touch=sent)
    assert (answer.enrollment.step, answer.enrollment.due_at) == ("between", after(1.5))
    assert [rule for rule, *_ in rules(answer)] == ["moved", "settled"]


def test_what_follows_is_not_due_before_the_move():
    sent = a_touch("sent", handed=True, settled_at=MONDAY)
    paused = standing("hello", "paused", visits={"hello": 1}, paused_at=MONDAY, reason="manual")
    moved = taken(paused, a_move(SOONER), after(5), touch=sent)
    assert (moved.enrollment.state, moved.enrollment.version_id, moved.enrollment.step) == (
        "paused",
        2,
        "hello",
    )
    going = replace(moved.enrollment, state="awaiting", reason="", paused_at=None)
    assert look(going, SOONER, some_facts(touch=sent), after(6)).enrollment.due_at == after(5)


@pytest.mark.parametrize(
    ("steps", "touch", "step", "told"),
    [
        pytest.param(
            {"again": "fresh"}, None, "fresh", ("moved", "again", ""), id="named: it stands at the other"
        ),
        pytest.param({}, None, "again", ("move_dropped", "again", "step_vanished"), id="not named: it stays"),
        pytest.param(
            {"again": "none"}, None, "again", ("move_dropped", "again", "step_vanished"), id="no such step"
        ),
        pytest.param(
            {"again": "hello"},
            None,
            "again",
            ("move_dropped", "again", "step_behind"),
            id="done already: it stays",
        ),
    ],
)
def test_a_step_that_vanished(steps, touch, step, told):
    answer = taken(standing(), a_move(OTHERS, **steps), after(0.5), touch=touch)
    assert (answer.enrollment.step, answer.enrollment.move_id) == (step, None)
    assert rules(answer)[0] == told
    assert answer.enrollment.visits[step] == 1


def test_after_a_vanished_step_that_was_done_its_own_version_says_what_follows():
    sent = a_touch("sent", handed=True, settled_at=after(4))
    answer = taken(standing(state="awaiting"), a_move(LESS, again="last"), after(4), touch=sent)
    assert [rule for rule, *_ in rules(answer)] == ["settled", "moved"]
    assert (answer.enrollment.step, answer.enrollment.visits["last"], answer.enrollment.version_id) == (
        "last",
        1,
        2,
    )


@pytest.mark.parametrize(
    ("more", "state", "reason"),
    [
        pytest.param(
            {"state": "paused", "reason": "reply", "paused_at": MONDAY}, "paused", "reply", id="paused"
        ),
        pytest.param(
            {"state": "pending_review", "approved_at": None}, "pending_review", "", id="waits for review"
        ),
        pytest.param(
            {"state": "blocked", "reason": "error"}, "active", "", id="blocked: the cause may be gone"
        ),
        pytest.param(
            {"state": "blocked", "reason": "sender_unavailable"},
            "blocked",
            "sender_unavailable",
            id="no sender",
        ),
    ],
)
def test_whoever_rests_moves_and_rests_on(more, state, reason):
    senders = () if reason == "sender_unavailable" else (a_sender(),)
    answer = taken(standing(**more), a_move(LATER), after(2), senders=senders)
    assert (answer.enrollment.version_id, answer.enrollment.state, answer.enrollment.reason) == (
        2,
        state,
        reason,
    )


def test_in_a_paused_sequence_it_moves_and_nothing_is_planned():
    answer = taken(standing(), a_move(SOONER), after(2), sequence={"state": "paused"})
    assert (answer.enrollment.version_id, answer.effects) == (2, ())


def test_a_stop_wins():
    answer = taken(standing(), a_move(), after(1), counts={"replied": 1})
    assert (answer.enrollment.state, answer.enrollment.reason, answer.enrollment.version_id) == (
        "finished",
        "replied",
        1,
    )


def test_who_could_not_be_reached_is_looked_at_in_the_new_version():
    with_a_task = a_line(an_email("hello"), an_email("again", after="10d"), a_task("call", after="1d"))
    answer = taken(standing(), a_move(with_a_task), after(1), unreachable={"email": "suppressed"})
    assert (answer.enrollment.state, answer.enrollment.version_id) == ("active", 2)


def test_a_move_to_its_own_version_takes_an_earlier_request_back():
    answer = taken(standing(version_id=2), a_move(), after(0.5))
    assert (answer.enrollment.move_id, rules(answer)) == (None, [("move_dropped", "again", "same_version")])


def test_what_is_waited_for_is_waited_for_on():
    waiting = standing(due_at=MONDAY, next_step_at=after(3))
    answer = taken(waiting, a_move(WAIT), after(1), WAIT)
    assert (answer.enrollment.version_id, answer.enrollment.step) == (2, "again")
    assert (answer.enrollment.due_at, answer.enrollment.next_step_at) == (MONDAY, after(3))


@pytest.mark.parametrize(
    ("move", "touch", "told"),
    [
        pytest.param(a_move(LATER), None, (Course.AT_ONCE, "again", after(10)), id="at once"),
        pytest.param(a_move(SOONER), None, (Course.AT_ONCE, "again", after(5)), id="late: now"),
        pytest.param(
            a_move(OTHERS, again="fresh"), None, (Course.AT_ONCE, "fresh", after(5)), id="at another step"
        ),
        pytest.param(a_move(OTHERS), None, (Course.STEP_VANISHED, None, None), id="it stays"),
        pytest.param(
            a_move(), a_touch("sending", handed=True), (Course.WHEN_SETTLED, None, None), id="it is out"
        ),
        pytest.param(
            a_move(),
            a_touch("sent", handed=True, settled_at=after(4)),
            (Course.AT_ONCE, "again", None),
            id="sent",
        ),
    ],
)
def test_what_a_move_would_do_is_foreseen(move, touch, told):
    seen = foresee(standing(), OLD, some_facts(touch=touch), move, after(5))
    assert (seen.course, seen.step, seen.due_at) == told


DAYS = st.integers(0, 5).map(lambda days: Delay(days, DelayUnit.DAYS))
NAMES = ("a", "b", "c", "d", "e", "f")


@st.composite
def lines(draw: st.DrawFn) -> Flow:
    """Draw a line of mails whose keys stand in one order, so that versions differ by steps and delays."""
    keys = sorted(draw(st.sets(st.sampled_from(NAMES), min_size=1)))
    return a_line(*(replace(an_email(key), delay=draw(DAYS)) for key in keys))


class Smooth(ScriptedWorld):
    def deliver(self, *_: object) -> None:
        return None

    def after_sent(self, *_: object):
        return ()


@given(
    first=lines(),
    others=st.lists(st.tuples(lines(), st.timedeltas(timedelta(), timedelta(20))), min_size=1, max_size=3),
    steps=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(NAMES), max_size=4),
)
def test_a_moved_enrollment_neither_repeats_nor_loses_a_step(first, others, steps):
    moves = [
        AskedMove(MONDAY + at, Move(id=n, version_id=n, number=n, flow=flow, steps=steps))
        for n, (flow, at) in enumerate(others, 2)
    ]
    came = simulate(
        first,
        some_facts().sequence,
        [Person(id=1, view=ConditionView())],
        {1: SimulatedSender(a_sender())},
        Smooth(1),
        MONDAY,
        MONDAY + timedelta(90),
        workspace_sender_id=1,
        moves=moves,
    )
    sent = Counter(line.step for line in came.journal if (line.rule, line.reason) == ("settled", "sent"))
    assert all(count == 1 for count in sent.values())
    if not steps:
        everywhere = set(first.steps).intersection(*(flow.steps for flow, _ in others))
        assert everywhere <= set(sent)
    assert came.enrollments[1].is_finished


@given(flow=publishable_flows(), state=STARTS, actions=st.lists(ACTIONS, max_size=10))
def test_nothing_else_changes_the_version(flow, state, actions):
    walk = Walk.begin(flow, state)
    for action in (None, *actions):
        answer = walk.look(walk.do(action) if action else None)
        assert (answer.enrollment.version_id, answer.changed_version) == (0, False)


def test_at_its_end_it_ends_in_the_new_version():
    seen = foresee(standing(step=None), OLD, some_facts(), a_move(), MONDAY)
    assert (seen.course, seen.step, seen.due_at) == (Course.AT_ONCE, None, None)
