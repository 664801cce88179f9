"""What the step at hand does: each kind by example."""

from dataclasses import replace

import pytest

from drumbeat.core.advance import Act, PlanTouch, advance, look
from drumbeat.core.conditions import ConditionView
from drumbeat.core.delay import parse_delay
from drumbeat.core.flow import (
    Branch,
    ConditionStep,
    EndStep,
    NotifyStep,
    SetFieldStep,
    SetStageStep,
    SmsStep,
    TagStep,
)
from drumbeat.core.touch import Priority, SkipReason, TouchKind
from drumbeat.core.window import OFFICE_HOURS
from tests.support.flows import a_condition, a_flow, a_line, a_rule, an_email
from tests.support.standing import (
    MONDAY,
    a_sender,
    a_task,
    after,
    an_enrollment,
    journal,
    plans,
    some_facts,
    standing,
)

FLOW = a_line(an_email("hello"), an_email("again", after="2d"), EndStep(key="end"))
VIP = a_condition(a_rule("tag", "equals", "vip"))


# What a step does when it is due


@pytest.mark.parametrize(
    ("now", "expected", "effects"),
    [
        pytest.param(after(1), ("active", "", "again", after(2)), 0, id="too early it waits for its time"),
        pytest.param(after(2), ("awaiting", "", "again", None), 1, id="on time its touch is planned"),
        pytest.param(after(30), ("awaiting", "", "again", None), 1, id="late it is planned at once"),
    ],
)
def test_a_send_step_waits_for_its_time(now, expected, effects):
    taken = look(an_enrollment("again"), FLOW, some_facts(), now)
    assert standing(taken.enrollment) == expected
    assert len(taken.effects) == effects
    assert taken.enrollment.due_at == after(2)


def test_a_planned_touch_says_who_what_and_when():
    taken = look(an_enrollment("again", visits={"hello": 1, "again": 1}), FLOW, some_facts(), after(2))
    assert taken.effects == (
        PlanTouch(
            kind=TouchKind.EMAIL,
            step="again",
            visit=1,
            due_at=after(2),
            sender_id=1,
            priority=Priority.FOLLOW_UP,
        ),
    )
    assert journal(taken) == [("planned", "email", "again")]


@pytest.mark.parametrize(
    ("visits", "priority"),
    [
        pytest.param({"hello": 1}, Priority.FIRST_TOUCH, id="the first send step is a first touch"),
        pytest.param({"hello": 2}, Priority.FOLLOW_UP, id="coming back to it is a follow-up"),
        pytest.param({"other": 1, "hello": 1}, Priority.FIRST_TOUCH, id="a condition before it is none"),
        pytest.param({"again": 1, "hello": 1}, Priority.FOLLOW_UP, id="after another one it is a follow-up"),
        pytest.param({"gone": 3, "hello": 1}, Priority.FIRST_TOUCH, id="steps of older versions are no more"),
    ],
)
def test_first_touches_go_after_follow_ups(visits, priority):
    flow = a_line(an_email("hello"), an_email("again"), ConditionStep(key="other"))
    (plan,) = plans(look(an_enrollment(visits=visits), flow, some_facts(), MONDAY))
    assert plan.priority == priority


@pytest.mark.parametrize(
    ("step", "view", "expected"),
    [
        pytest.param(an_email("a", only_if=VIP), (), ("skipped", "condition_false", "a"), id="email"),
        pytest.param(a_task("a", only_if=VIP), (), ("skipped", "condition_false", "a"), id="task"),
        pytest.param(
            EndStep(key="a", only_if=VIP), (), ("skipped", "condition_false", "a"), id="even an end"
        ),
        pytest.param(EndStep(key="a", only_if=VIP), ("vip",), ("finished", "completed", "a"), id="it holds"),
    ],
)
def test_a_step_whose_condition_does_not_hold_is_skipped(step, view, expected):
    facts = some_facts(view=ConditionView(tags=frozenset(view)))
    taken = look(an_enrollment("a"), a_line(step), facts, MONDAY)
    assert journal(taken)[0] == expected
    assert taken.entries[0].facts == ({"read": ["tag"]} if expected[0] == "skipped" else {})


@pytest.mark.parametrize(
    ("unreachable", "expected"),
    [
        pytest.param(SkipReason.NO_ADDRESS, ("skipped", "no_address", "hello"), id="without an address"),
        pytest.param(SkipReason.NO_CONSENT, ("skipped", "no_consent", "hello"), id="without consent"),
        pytest.param(SkipReason.INVALID_ADDRESS, ("skipped", "invalid_address", "hello"), id="a broken one"),
        pytest.param(SkipReason.OPTED_OUT, ("finished", "suppressed", "hello"), id="nothing else ahead"),
    ],
)
def test_who_cannot_be_reached_is_passed_over(unreachable, expected):
    taken = look(an_enrollment(), FLOW, some_facts(unreachable={"email": unreachable}), MONDAY)
    assert journal(taken)[0] == expected


def test_a_step_without_a_sender_blocks_until_there_is_one():
    flow = a_line(SmsStep(key="hello", text="Hi"))
    blocked = look(an_enrollment(), flow, some_facts(), MONDAY)
    assert standing(blocked.enrollment) == ("blocked", "sender_unavailable", "hello", None)
    assert journal(blocked) == [("blocked", "sender_unavailable", "hello")]

    still = look(blocked.enrollment, flow, some_facts(), after(1))
    assert (still.enrollment, still.entries) == (blocked.enrollment, ())

    facts = some_facts(senders=(a_sender(), a_sender(2, channel="sms")), workspace_sender_id=2)
    going = look(blocked.enrollment, flow, facts, after(2))
    assert journal(going) == [
        ("unblocked", "sender_unavailable", "hello"),
        ("planned", "sms", "hello"),
    ]


def test_a_step_that_became_no_message_needs_no_sender():
    blocked = an_enrollment("call", "blocked", reason="sender_unavailable")
    assert look(blocked, a_line(a_task("call")), some_facts(), MONDAY).enrollment.state == "awaiting"
    vanished = an_enrollment(None, "blocked", reason="sender_unavailable")
    assert look(vanished, FLOW, some_facts(), MONDAY).enrollment.state == "finished"


def test_windows_that_never_open_together_leave_nothing_to_look_at():
    hours = OFFICE_HOURS
    never = type(hours)(((),) * 5 + (hours.days[0],) * 2)
    facts = some_facts(sequence={"window": hours}, senders=(a_sender(window=never),))
    taken = look(an_enrollment(), FLOW, facts, MONDAY)
    assert standing(taken.enrollment) == ("active", "", "hello", None)


@pytest.mark.parametrize(
    ("tags", "way", "following"),
    [
        pytest.param((), "else", "last", id="no branch holds"),
        pytest.param(("vip",), "important", "first", id="the first that holds is taken"),
        pytest.param(("cold", "vip"), "important", "first", id="of two the first"),
        pytest.param(("cold",), "not now", None, id="a branch may lead to the end"),
    ],
)
def test_a_condition_takes_the_first_branch_that_holds(tags, way, following):
    cold = a_condition(a_rule("tag", "equals", "cold"))
    branches = (
        Branch(name="important", condition=VIP, next="first"),
        Branch(name="not now", condition=cold, next=None),
    )
    asked = ConditionStep(key="ask", delay=parse_delay("1d"), branches=branches, next="last")
    flow = a_flow(asked, an_email("first", after="1d"), an_email("last", after="1d"))
    facts = some_facts(view=ConditionView(tags=frozenset(tags)))
    taken = look(an_enrollment("ask"), flow, facts, after(1, hours=5))
    assert journal(taken)[0] == ("branched", way, "ask")
    assert taken.entries[0].facts == {"read": ["tag"]}
    assert taken.enrollment.step == following
    assert taken.enrollment.origin_at == after(1)  # planned, however late the look


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(TagStep(key="act", tag="vip"), id="tag"),
        pytest.param(SetFieldStep(key="act", field="company", value="Acme"), id="field"),
        pytest.param(SetStageStep(key="act", stage="won"), id="stage"),
        pytest.param(NotifyStep(key="act", text="Look"), id="notice"),
    ],
)
def test_an_action_is_carried_out_and_the_flow_goes_on(step):
    taken = look(an_enrollment("act"), a_line(step, an_email(after="1d")), some_facts(), after(0.5))
    assert journal(taken) == [("acted", step.kind, "act")]
    (act,) = taken.effects
    assert isinstance(act, Act)
    assert (act.step.key, act.visit) == ("act", 1)
    assert (taken.enrollment.step, taken.enrollment.origin_at) == ("hello", MONDAY)


IS_ACME = a_condition(a_rule("company", "equals", "Acme"))
NEVER_SET = a_condition(a_rule("email", "equals", "x@example.com"))


@pytest.mark.parametrize(
    ("steps", "condition"),
    [
        pytest.param((TagStep(key="a", tag=" VIP "),), VIP, id="a tag is there"),
        pytest.param(
            (TagStep(key="a", tag="vip"), TagStep(key="b", tag="vip", action="remove")),
            a_condition(a_rule("tag", "is_empty")),
            id="a tag is gone",
        ),
        pytest.param((SetFieldStep(key="a", field="company", value="Acme"),), IS_ACME, id="a field is set"),
        pytest.param(
            (SetFieldStep(key="a", field="contact.company", value="Acme"),), IS_ACME, id="by its long name"
        ),
        pytest.param(
            (SetFieldStep(key="a", field="company", value=None),),
            a_condition(a_rule("company", "is_empty")),
            id="a field is emptied",
        ),
        pytest.param(
            (SetFieldStep(key="a", field="seats", value=5),),
            a_condition(a_rule("custom.seats", "equals", 5)),
            id="a field of the workspace is set",
        ),
        pytest.param(
            (SetFieldStep(key="a", field="email", value="x@example.com"),),
            a_condition(a_rule("email", "is_empty")),
            id="an address cannot be set",
        ),
        pytest.param(
            (SetStageStep(key="a", stage="won"),), a_condition(a_rule("stage", "equals", "won")), id="a stage"
        ),
        pytest.param((NotifyStep(key="a"),), a_condition(), id="a notice changes nothing"),
    ],
)
def test_the_next_step_of_the_same_look_sees_what_an_action_changed(steps, condition):
    ask = ConditionStep(key="ask", branches=(Branch(name="seen", condition=condition, next=None),))
    taken = look(an_enrollment("a"), a_line(*steps, ask), some_facts(), MONDAY)
    assert journal(taken)[len(steps)] == ("branched", "seen", "ask")


@pytest.mark.parametrize(
    ("goal", "reason"),
    [pytest.param(False, "completed", id="plain"), pytest.param(True, "goal", id="marked as a goal")],
)
def test_an_end_finishes(goal, reason):
    taken = look(an_enrollment("end"), a_line(EndStep(key="end", goal=goal)), some_facts(), MONDAY)
    assert standing(taken.enrollment) == ("finished", reason, "end", None)
    assert taken.enrollment.finished_at == MONDAY


def test_behind_the_last_step_it_is_completed():
    taken = look(an_enrollment(None), FLOW, some_facts(), MONDAY)
    assert standing(taken.enrollment) == ("finished", "completed", None, None)


def test_a_kind_that_does_not_run_yet_is_a_defect():
    flow = a_line(replace(EndStep(key="ab"), kind="later"))  # type: ignore[arg-type]  # no such kind, on purpose
    with pytest.raises(NotImplementedError, match="later"):
        advance(an_enrollment("ab"), flow, some_facts(), MONDAY)
