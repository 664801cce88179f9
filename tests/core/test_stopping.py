"""The stop rule of a sequence: what meets it, wherever an enrollment stands, and what follows from it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.advance import Act, Fate, StopTouch, look, read_by
from drumbeat.core.conditions import ConditionView, EventFact
from drumbeat.core.flow import EndStep, SetStageStep, TagStep
from drumbeat.core.touch import stop_key
from drumbeat.core.triggers import StopWhen, read_stop_when
from tests.support.flows import a_line, an_email
from tests.support.standing import MONDAY, a_touch, after, an_enrollment, journal, some_facts, standing

FLOW = a_line(an_email("hello", after="1d"), an_email("again", after="2d"))
STATES = ("active", "awaiting", "paused", "blocked", "pending_review")
WAITS = ("active", "", "hello", after(1))
STOPPED = ("finished", "stop_condition", "hello", None)

VIP = {"rules": [{"field": "tag", "operator": "equals", "value": "VIP"}]}
WON = {"rules": [{"field": "stage", "operator": "equals", "value": "won"}]}
REPLIED = {"rules": [{"field": "event.replied", "operator": "happened"}]}


def a_rule(*entries: dict[str, Any], **more: Any) -> StopWhen:
    return read_stop_when({"any": list(entries), **more})


IS_VIP = a_rule({"becomes": VIP})
BOOKED = a_rule({"event": "meeting_booked"})


def seen(rule: StopWhen, view: ConditionView | None = None, **more: Any) -> Any:
    return some_facts(sequence={"stop_when": rule}, view=view or ConditionView(), **more)


def looked(facts, state="active", **more):
    reason = {"paused": "manual", "blocked": "interrupted"}.get(state, "")
    return look(an_enrollment(state=state, reason=reason, **more), FLOW, facts, MONDAY)


@pytest.mark.parametrize("state", STATES)
def test_a_condition_that_holds_ends_it_wherever_it_stands(state):
    taken = looked(seen(IS_VIP, ConditionView(tags=frozenset({"vip"}))), state)
    assert standing(taken.enrollment) == STOPPED
    assert taken.enrollment.finished_at == MONDAY
    assert taken.fate is Fate.CANCEL


@pytest.mark.parametrize("state", STATES)
def test_a_new_event_ends_it_wherever_it_stands(state):
    taken = looked(seen(BOOKED, counts={"stop_when": 1}), state)
    assert standing(taken.enrollment) == STOPPED


@pytest.mark.parametrize("sequence_state", ["active", "paused"])
def test_it_holds_in_a_paused_sequence_too(sequence_state):
    facts = some_facts(
        sequence={"stop_when": IS_VIP, "state": sequence_state}, view=ConditionView(tags=frozenset({"vip"}))
    )
    assert standing(looked(facts).enrollment) == STOPPED


@pytest.mark.parametrize(
    ("rule", "view", "met"),
    [
        pytest.param(IS_VIP, ConditionView(), False, id="a condition that does not hold"),
        pytest.param(
            a_rule({"becomes": VIP}, {"becomes": WON}),
            ConditionView(fields={"stage": "won"}),
            True,
            id="any of several conditions",
        ),
        pytest.param(
            a_rule({"becomes": VIP}, all=WON),
            ConditionView(tags=frozenset({"vip"}), fields={"stage": "new"}),
            False,
            id="but not where the rest does not hold",
        ),
        pytest.param(
            a_rule({"becomes": VIP}, all=WON),
            ConditionView(tags=frozenset({"vip"}), fields={"stage": "won"}),
            True,
            id="and where it does",
        ),
        pytest.param(
            a_rule({"becomes": REPLIED}),
            ConditionView(events={("replied", ""): EventFact(1, MONDAY, MONDAY)}),
            True,
            id="a reply to whatever message",
        ),
        pytest.param(
            a_rule({"becomes": REPLIED}),
            ConditionView(events={("replied", "enrollment"): EventFact(1, MONDAY, MONDAY)}),
            False,
            id="is read of the contact, not of this enrollment",
        ),
        pytest.param(BOOKED, ConditionView(), False, id="an event that nobody recorded"),
        pytest.param(
            a_rule({"event": "meeting_booked"}, all=WON),
            ConditionView(fields={"stage": "won"}),
            False,
            id="the rest alone meets no rule of events",
        ),
    ],
)
def test_what_meets_a_rule(rule, view, met):
    assert standing(looked(seen(rule, view)).enrollment) == (STOPPED if met else WAITS)


def test_whoever_recorded_the_event_has_looked_at_the_rest():
    facts = seen(a_rule({"event": "meeting_booked"}, all=WON), counts={"stop_when": 1})
    assert standing(looked(facts).enrollment) == STOPPED


def test_an_event_that_was_heard_ends_nothing():
    facts = seen(BOOKED, counts={"stop_when": 1})
    assert standing(looked(facts, heard={"stop_when": 1}).enrollment) == WAITS


def test_an_event_is_heard_while_there_is_no_rule():
    taken = looked(some_facts(counts={"stop_when": 1}))
    assert standing(taken.enrollment) == WAITS
    later = look(taken.enrollment, FLOW, seen(BOOKED, counts={"stop_when": 1}), after(0.5))
    assert standing(later.enrollment) == WAITS


def test_a_reply_of_the_same_look_is_the_reason_that_counts():
    facts = seen(IS_VIP, ConditionView(tags=frozenset({"vip"})), counts={"replied": 1})
    taken = looked(facts)
    assert journal(taken) == [("finished", "replied", "hello")]
    assert taken.effects == ()


def test_a_pause_of_the_same_look_does_not_keep_it_from_ending():
    facts = some_facts(
        sequence={"stop_when": IS_VIP, "exit_on_reply": "pause"},
        view=ConditionView(tags=frozenset({"vip"})),
        counts={"replied": 1},
    )
    assert journal(looked(facts)) == [("paused", "reply", "hello"), ("finished", "stop_condition", "hello")]


def test_what_the_flow_itself_does_may_meet_it():
    flow = a_line(TagStep(key="tag", tag="VIP"), SetStageStep(key="stage", stage="won"), EndStep(key="end"))
    taken = look(an_enrollment("tag"), flow, seen(IS_VIP), MONDAY)
    assert journal(taken) == [("acted", "tag", "tag"), ("finished", "stop_condition", "stage")]


def test_the_journal_names_what_the_rule_read_and_what_follows():
    rule = a_rule(
        {"becomes": VIP},
        {"event": "converted"},
        all=WON,
        actions=[{"kind": "tag", "tag": "stopped"}, {"kind": "webhook", "url": "https://hooks.example.com/"}],
    )
    facts = seen(rule, ConditionView(tags=frozenset({"vip"}), fields={"stage": "won"}))
    (entry,) = looked(facts).entries
    assert entry.facts == {"by": "stop_when", "read": ["stage", "tag"], "actions": ["tag", "webhook"]}
    assert read_by(BOOKED) == frozenset()


def test_the_actions_follow_in_their_order():
    actions = [
        {"kind": "task", "title": "Call"},
        {"kind": "tag", "tag": "stopped"},
        {"kind": "webhook", "url": "https://hooks.example.com/"},
        {"kind": "notify", "text": "Look"},
    ]
    rule = a_rule({"becomes": VIP}, actions=actions)
    taken = looked(seen(rule, ConditionView(tags=frozenset({"vip"}))))
    told = [
        (type(effect), getattr(effect, "step", None), getattr(effect, "number", None))
        for effect in taken.effects
    ]
    call, tag, hook, tell = rule.actions
    assert told == [(StopTouch, call, 0), (Act, tag, 1), (StopTouch, hook, 2), (Act, tell, 3)]


def test_the_key_of_what_leaves_names_the_enrollment_and_the_place_of_the_action():
    assert stop_key(7, 2) == "stop:7:2"


@given(
    state=st.sampled_from(STATES),
    vip=st.booleans(),
    counts=st.dictionaries(st.sampled_from(("stop_when", "replied", "opened")), st.integers(0, 2)),
    heard=st.dictionaries(st.sampled_from(("stop_when", "replied", "opened")), st.integers(0, 2)),
)
def test_actions_follow_once_and_only_from_an_end_by_the_rule(state, vip, counts, heard):
    rule = a_rule({"becomes": VIP}, {"event": "converted"}, actions=[{"kind": "tag", "tag": "x"}])
    view = ConditionView(tags=frozenset({"vip"}) if vip else frozenset())
    facts = seen(rule, view, counts=counts, touch=a_touch() if state == "awaiting" else None)
    taken = looked(facts, state, heard=heard)
    stopped = [effect for effect in taken.effects if isinstance(effect, Act)]
    assert len(stopped) == (taken.enrollment.reason == "stop_condition")
    if taken.enrollment.is_finished:
        assert look(taken.enrollment, FLOW, facts, after(1)).effects == ()
