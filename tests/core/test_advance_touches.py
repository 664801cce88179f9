"""What became of the touch that is out: tasks, settled messages, doubt."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from drumbeat.core.advance import Escalate, GiveUpTask, PlanTouch, look
from drumbeat.core.delay import parse_delay
from drumbeat.core.flow import Way, WayKind
from drumbeat.core.touch import TouchKind
from tests.support.flows import a_flow, a_line, an_email
from tests.support.standing import (
    MONDAY,
    a_sender,
    a_task,
    a_touch,
    after,
    an_enrollment,
    journal,
    plans,
    some_facts,
    standing,
)

FLOW = a_line(an_email("hello"), an_email("again", after="2d"))
TO_END, TO_LAST = Way(WayKind.FINISH), Way(WayKind.STEP, "last")


def test_a_task_is_waited_for():
    taken = look(an_enrollment("call"), a_line(a_task(), an_email()), some_facts(), MONDAY)
    assert standing(taken.enrollment) == ("awaiting", "", "call", None)
    assert taken.effects == (PlanTouch(kind=TouchKind.TASK, step="call", visit=1, due_at=MONDAY),)


def test_a_task_that_is_not_waited_for_counts_from_its_creation():
    flow = a_line(a_task(waits=False), an_email("hello", after="1d"))
    taken = look(an_enrollment("call"), flow, some_facts(), after(3))
    assert standing(taken.enrollment) == ("active", "", "hello", after(4))
    assert len(taken.effects) == 1


@pytest.mark.parametrize(
    ("when_not_done", "looks_next", "later"),
    [
        pytest.param("wait", None, ("awaiting", "", "call", None), id="wait for ever"),
        pytest.param("skip", after(7), ("active", "", "hello", after(9)), id="skip it after its days"),
        pytest.param("escalate", after(7), ("awaiting", "", "call", None), id="escalate, and wait"),
    ],
)
def test_nobody_does_the_task(when_not_done, looks_next, later):
    flow = a_line(a_task(when_not_done=when_not_done), an_email("hello", after="2d"))
    planned = look(an_enrollment("call"), flow, some_facts(), MONDAY).enrollment
    assert planned.next_step_at == looks_next
    facts = some_facts(touch=a_touch("scheduled", sender_id=None))
    assert look(planned, flow, facts, after(1)).enrollment == planned
    taken = look(planned, flow, facts, after(8))
    assert standing(taken.enrollment) == later
    effects = {"skip": (GiveUpTask(step="call", visit=1),), "escalate": (Escalate(step="call", visit=1),)}
    assert taken.effects == effects.get(when_not_done, ())


def test_a_task_escalates_once_and_is_waited_for_on():
    flow = a_line(a_task(when_not_done="escalate"), an_email("hello", after="2d"))
    planned = look(an_enrollment("call"), flow, some_facts(), MONDAY).enrollment
    taken = look(planned, flow, some_facts(touch=a_touch("scheduled", sender_id=None)), after(8))
    assert journal(taken) == [("escalated", "", "call")]
    handed_on = some_facts(touch=a_touch("scheduled", sender_id=None, escalated=True))
    later = look(taken.enrollment, flow, handed_on, after(9))
    assert (later.enrollment, later.entries) == (taken.enrollment, ())
    done = some_facts(touch=a_touch("completed", sender_id=None, escalated=True, settled_at=after(10)))
    assert standing(look(later.enrollment, flow, done, after(10)).enrollment)[2:] == ("hello", after(12))


def test_a_task_that_escalates_at_once_escalates_once():
    flow = a_line(a_task(when_not_done="escalate", give_up_after=parse_delay("0m")))
    taken = look(an_enrollment("call"), flow, some_facts(), MONDAY)
    assert journal(taken) == [("planned", "task", "call"), ("escalated", "", "call")]
    assert standing(taken.enrollment) == ("awaiting", "", "call", None)


def test_a_task_given_up_at_once_is_given_up_in_the_same_look():
    flow = a_line(a_task(when_not_done="skip", give_up_after=parse_delay("0m")))
    taken = look(an_enrollment("call"), flow, some_facts(), MONDAY)
    assert journal(taken) == [
        ("planned", "task", "call"),
        ("skipped", "task_expired", "call"),
        ("finished", "completed", ""),
    ]


def test_days_of_giving_up_keep_the_local_time_of_day():
    flow = a_line(a_task(when_not_done="skip", give_up_after=parse_delay("4w")))
    facts = some_facts(zone=ZoneInfo("Europe/Berlin"))
    taken = look(an_enrollment("call"), flow, facts, MONDAY)
    assert taken.enrollment.next_step_at == after(28) - timedelta(hours=1)  # summer time began


WAYS = a_flow(an_email("hello", next="again"), an_email("again", after="1d"), an_email("last", after="1d"))
SETTLED = after(3)


@pytest.mark.parametrize(
    ("touch", "entry", "origin"),
    [
        pytest.param(a_touch("sent"), ("settled", "sent"), SETTLED, id="sent"),
        pytest.param(a_touch("delivered"), ("settled", "delivered"), SETTLED, id="delivered"),
        pytest.param(a_touch("completed"), ("settled", "completed"), SETTLED, id="a task was done"),
        pytest.param(
            a_touch("failed", reason="timeout"), ("failed", "timeout"), SETTLED, id="failed: its last attempt"
        ),
        pytest.param(
            a_touch("skipped", reason="by_person"),
            ("skipped", "by_person"),
            after(1),
            id="skipped: when it was planned",
        ),
    ],
)
def test_the_next_delay_counts_from_when_the_touch_settled(touch, entry, origin):
    settled = type(touch)(
        status=touch.status, reason=touch.reason, created_at=MONDAY, settled_at=SETTLED, sender_id=1
    )
    before = an_enrollment(state="awaiting", due_at=after(1))
    taken = look(before, WAYS, some_facts(touch=settled), after(3, hours=1))
    assert journal(taken)[0] == (*entry, "hello")
    assert taken.enrollment.origin_at == origin
    assert (taken.enrollment.step, taken.enrollment.visits) == ("again", {"hello": 1, "again": 1})


@pytest.mark.parametrize(
    ("touch", "ways", "expected"),
    [
        pytest.param("failed", {}, ("active", "", "again"), id="after a failure it goes on"),
        pytest.param("skipped", {}, ("active", "", "again"), id="after a skip it goes on"),
        pytest.param("failed", {"on_failure": TO_END}, ("finished", "failed", "hello"), id="failed ends it"),
        pytest.param("skipped", {"on_skip": TO_END}, ("finished", "completed", "hello"), id="a skip ends it"),
        pytest.param("failed", {"on_failure": TO_LAST}, ("active", "", "last"), id="failed: another way"),
        pytest.param("skipped", {"on_skip": TO_LAST}, ("active", "", "last"), id="skipped: another way"),
        pytest.param("failed", {"on_skip": TO_END}, ("active", "", "again"), id="a failure is no skip"),
        pytest.param("skipped", {"on_failure": TO_END}, ("active", "", "again"), id="a skip is no failure"),
    ],
)
def test_each_step_says_where_a_skip_or_a_failure_leads(touch, ways, expected):
    flow = a_flow(an_email("hello", next="again", **ways), *list(WAYS.steps.values())[1:])
    facts = some_facts(touch=a_touch(touch, reason="timeout", settled_at=MONDAY))
    taken = look(an_enrollment(state="awaiting", due_at=MONDAY), flow, facts, MONDAY)
    assert standing(taken.enrollment)[:3] == expected
    ended = expected[0] == "finished"
    assert taken.entries[0].facts == ({"way": "finish"} if ended else {})


@pytest.mark.parametrize("status", ["planned", "scheduled", "sending", "drafting", "in_approval"])
def test_a_touch_that_is_out_holds_the_line(status):
    before = an_enrollment(state="awaiting", next_step_at=after(1))
    taken = look(before, FLOW, some_facts(touch=a_touch(status)), after(1))
    assert (standing(taken.enrollment), taken.entries) == (("awaiting", "", "hello", None), ())


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(some_facts(touch=a_touch("cancelled")), id="it was cancelled"),
        pytest.param(some_facts(), id="it is gone"),
        pytest.param(
            some_facts(touch=a_touch(sender_id=2), senders=(a_sender(), a_sender(2, enabled=False))),
            id="its sender was disabled",
        ),
        pytest.param(some_facts(touch=a_touch("scheduled", sender_id=2)), id="its sender is gone"),
    ],
)
def test_a_touch_that_will_not_leave_is_planned_again(facts):
    before = an_enrollment(state="awaiting", step_sender_id=2)
    taken = look(before, FLOW, facts, MONDAY)
    assert [rule for rule, *_ in journal(taken)] == ["planned_again", "planned"]
    assert [plan.sender_id for plan in plans(taken)] == [1]


@pytest.mark.parametrize(
    "touch",
    [
        pytest.param(a_touch("sending", sender_id=2, handed=True), id="a message on the wire"),
        pytest.param(a_touch(sender_id=None), id="one that was just planned"),
    ],
)
def test_only_what_can_be_taken_back_chooses_a_sender_again(touch):
    taken = look(an_enrollment(state="awaiting"), FLOW, some_facts(touch=touch), MONDAY)
    assert taken.entries == ()


def test_a_task_does_not_depend_on_senders():
    facts = some_facts(touch=a_touch("scheduled", sender_id=99))
    assert look(an_enrollment("call", "awaiting"), a_line(a_task()), facts, MONDAY).entries == ()


def test_an_interrupted_touch_blocks():
    facts = some_facts(touch=a_touch("interrupted", handed=True))
    taken = look(an_enrollment(state="awaiting"), FLOW, facts, MONDAY)
    assert standing(taken.enrollment) == ("blocked", "interrupted", "hello", None)
