"""The timeline of one enrollment: what it did, and the path it would take with today's facts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from drumbeat.core.delay import parse_delay
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.flow import ConditionStep, EndStep, TagStep
from drumbeat.core.timeline import TouchRecord, record_of, timeline
from drumbeat.core.touch import TouchStatus
from tests.support.flows import a_flow, a_line, an_email
from tests.support.standing import MONDAY, a_task, a_touch, after, an_enrollment, some_facts
from tests.support.walks import ACTIONS, STARTS, Walk, publishable_flows

FLOW = a_line(
    an_email("hello", name="Hello"),
    TagStep(key="tag", tag="vip"),
    a_task("call", after="1d", text="Ask for Ann"),
    an_email("again", after="2d"),
    EndStep(key="end"),
)
VISITS = {"hello": 1, "tag": 1, "call": 1, "again": 1}


def a_record(step, status, due_at=MONDAY, **more):
    kind = "task" if step == "call" else "email"
    return TouchRecord(step=step, visit=1, status=TouchStatus(status), due_at=due_at, kind=kind, **more)


def at(step, state="active", **more):
    entered = list(VISITS)[: list(VISITS).index(step) + 1]
    return an_enrollment(step, state, **{"visits": dict.fromkeys(entered, 1)} | more)


def told(items):
    return [(item.step, item.status.value, item.executed_at, item.estimated_execute_at) for item in items]


def read(rule, step, reason, moment, visit=1):
    record = record_of(rule, step, visit, reason, moment)
    assert record is not None
    return record


SENT = a_record("hello", "sent", settled_at=after(hours=1))
TAGGED = read("acted", "tag", "tag", after(hours=1))
CALLED = a_record("call", "completed", after(1), settled_at=after(3), task_id=4, task_title="Call Kim")
OPEN = a_record("call", "scheduled", after(1), task_id=4, task_title="Call Kim", task_due_at=after(2))


def test_before_it_began_all_is_to_come():
    items = timeline(an_enrollment(), FLOW, some_facts(), (), MONDAY)
    assert told(items) == [
        ("hello", "planned", None, MONDAY),
        ("tag", "planned", None, MONDAY),
        ("call", "planned", None, after(1)),
        ("again", "planned", None, after(4)),  # the task is done when it is due, a day later
        ("end", "planned", None, after(4)),
    ]
    assert [item.position for item in items] == [0, 1, 2, 3, 4]


def test_done_comes_before_planned():
    enrollment = at("again", origin_at=after(3), due_at=after(5))
    items = timeline(enrollment, FLOW, some_facts(), (SENT, TAGGED, CALLED), after(3))
    assert told(items) == [
        ("hello", "sent", after(hours=1), MONDAY),
        ("tag", "completed", after(hours=1), after(hours=1)),
        ("call", "completed", after(3), after(1)),
        ("again", "planned", None, after(5)),
        ("end", "planned", None, after(5)),
    ]


def test_each_item_says_what_it_is():
    enrollment = at("call", "awaiting", due_at=after(1))
    facts = some_facts(touch=a_touch("scheduled", sender_id=None))
    hello, tag, call, *_ = timeline(enrollment, FLOW, facts, (SENT, TAGGED, OPEN), after(1))
    assert (hello.kind, hello.name, hello.delay, hello.visit) == ("email", "Hello", parse_delay("0m"), 1)
    assert (tag.kind, tag.way) == ("tag", "")
    assert (call.kind, call.delay) == ("task", parse_delay("1d"))
    assert (call.task_id, call.task_title) == (4, "Call Kim")
    assert (call.executed_at, call.estimated_execute_at) == (None, after(2))


def test_a_task_to_come_shows_what_the_flow_says():
    call = timeline(an_enrollment(), FLOW, some_facts(), (), MONDAY)[2]
    assert (call.task_id, call.task_title, call.task_text) == (None, "Call", "Ask for Ann")


@pytest.mark.parametrize(
    ("record", "failure", "skip", "hold"),
    [
        pytest.param(a_record("hello", "failed", reason="timeout"), "timeout", "", "", id="failed"),
        pytest.param(a_record("hello", "skipped", reason="by_person"), "", "by_person", "", id="skipped"),
        pytest.param(a_record("hello", "planned", hold_reason="window"), "", "", "window", id="held"),
        pytest.param(a_record("hello", "cancelled", hold_reason="window"), "", "", "", id="held no more"),
        pytest.param(a_record("hello", "sent"), "", "", "", id="sent"),
    ],
)
def test_an_item_says_why(record, failure, skip, hold):
    (item, *_) = timeline(an_enrollment(state="finished"), FLOW, some_facts(), (record,), MONDAY)
    assert (item.failure_reason, item.skip_reason, item.hold_reason) == (failure, skip, hold)
    assert item.executed_at is None  # not even sent: nobody said when


def test_of_what_is_finished_nothing_is_to_come():
    ended = at("call", "finished", reason="replied")
    cancelled = a_record("call", "cancelled", after(1), settled_at=after(2))
    items = timeline(ended, FLOW, some_facts(), (SENT, TAGGED, cancelled), after(9))
    assert [item.status for item in items] == ["sent", "completed", "cancelled"]
    assert timeline(an_enrollment(), FLOW, some_facts(contact_deleted=True), (), MONDAY) == ()


# Overdue


@pytest.mark.parametrize(
    ("now", "overdue"),
    [
        pytest.param(after(1, minutes=15), False, id="a quarter of an hour late"),
        pytest.param(after(1, minutes=16), True, id="later"),
    ],
)
@pytest.mark.parametrize(
    ("enrollment", "records"),
    [
        pytest.param(at("hello", due_at=after(1)), (), id="a step that was not planned"),
        pytest.param(at("hello", "paused", due_at=after(1), reason="manual"), (), id="a paused one"),
        pytest.param(at("hello", "awaiting"), (a_record("hello", "planned", after(1)),), id="a touch"),
        pytest.param(
            at("hello", "blocked", reason="interrupted"),
            (a_record("hello", "interrupted", after(1)),),
            id="a touch in doubt",
        ),
    ],
)
def test_what_has_not_left_is_overdue(enrollment, records, now, overdue):
    facts = some_facts(touch=a_touch() if records else None)
    items = timeline(enrollment, FLOW, facts, records, now)
    assert [item.overdue for item in items] == [overdue, *[False] * (len(items) - 1)]


def test_how_late_is_overdue_is_a_setting():
    enrollment, now = at("hello", due_at=MONDAY), after(hours=2)
    for minutes, overdue in ((119, True), (121, False)):
        limit = timedelta(minutes=minutes)
        items = timeline(enrollment, FLOW, some_facts(), (), now, overdue_after=limit)
        assert items[0].overdue is overdue


@pytest.mark.parametrize(
    ("record", "now", "overdue"),
    [
        pytest.param(OPEN, after(1.5), False, id="before it is due"),
        pytest.param(OPEN, after(2, minutes=1), True, id="after it was due"),
        pytest.param(CALLED, after(9), False, id="never when it was done"),
        pytest.param(replace(OPEN, status=TouchStatus.CANCELLED), after(9), False, id="nor when it is off"),
    ],
)
def test_a_task_is_overdue_when_its_due_time_has_passed(record, now, overdue):
    items = timeline(at("call", "finished"), FLOW, some_facts(), (record,), now)
    assert items[0].overdue is overdue


# Records


@pytest.mark.parametrize(
    ("rule", "reason", "status", "why"),
    [
        pytest.param("planned", "email", "planned", "", id="planned"),
        pytest.param("settled", "sent", "sent", "", id="sent"),
        pytest.param("settled", "completed", "completed", "", id="done by a person"),
        pytest.param("failed", "timeout", "failed", "timeout", id="failed"),
        pytest.param("skipped", "no_address", "skipped", "no_address", id="skipped"),
        pytest.param("branched", "vip", "completed", "vip", id="a way was taken"),
        pytest.param("acted", "tag", "completed", "", id="an action"),
        pytest.param("finished", "goal", "completed", "", id="an end with a goal"),
        pytest.param("finished", "completed", "completed", "", id="an end"),
    ],
)
def test_a_line_of_the_journal_tells_what_became_of_a_step(rule, reason, status, why):
    record = read(rule, "hello", reason, MONDAY, visit=2)
    assert (record.step, record.visit, record.status, record.reason) == ("hello", 2, status, why)
    assert record.settled_at == (None if status == "planned" else MONDAY)


@pytest.mark.parametrize(
    ("rule", "step", "reason"),
    [
        pytest.param("finished", "hello", "replied", id="an end from outside"),
        pytest.param("finished", "", "completed", id="behind the last step"),
        pytest.param("paused", "hello", "manual", id="a pause"),
        pytest.param("planned_again", "hello", "", id="a second plan"),
    ],
)
def test_other_lines_tell_nothing_about_a_step(rule, step, reason):
    assert record_of(rule, step, 1, reason, MONDAY) is None


def journal_of(*lines):
    return tuple(read(*line) for line in lines)


JOURNAL = journal_of(
    ("planned", "hello", "email", MONDAY),
    ("settled", "hello", "sent", after(hours=2)),
    ("branched", "ask", "vip", after(hours=2)),
    ("skipped", "again", "no_address", after(hours=2)),
    ("finished", "end", "goal", after(hours=2)),
)
ASKED = a_flow(an_email("hello"), ConditionStep(key="ask"), an_email("again"), EndStep(key="end"))


def test_without_its_touches_the_journal_tells_it_all():
    items = timeline(an_enrollment(state="finished"), ASKED, some_facts(), JOURNAL, after(9))
    assert told(items) == [
        ("hello", "sent", after(hours=2), MONDAY),
        ("ask", "completed", after(hours=2), after(hours=2)),
        ("again", "skipped", None, after(hours=2)),
        ("end", "completed", after(hours=2), after(hours=2)),
    ]
    assert [item.way for item in items] == ["", "vip", "", ""]
    assert items[2].skip_reason == "no_address"


def test_the_touch_knows_better_and_the_journal_gives_the_order():
    touch = a_record("hello", "delivered", after(-1), settled_at=after(hours=1))
    items = timeline(an_enrollment(state="finished"), ASKED, some_facts(), (*JOURNAL, touch), after(9))
    assert told(items)[0] == ("hello", "delivered", after(hours=1), after(-1))
    again = timeline(an_enrollment(state="finished"), ASKED, some_facts(), (touch, *JOURNAL), after(9))
    assert again == items


def test_a_step_that_is_no_more_is_known_by_its_touch():
    gone = TouchRecord(step="old", visit=1, status=TouchStatus.SENT, due_at=MONDAY, kind="email")
    (item, *_) = timeline(an_enrollment(), FLOW, some_facts(), (gone,), MONDAY)
    assert (item.kind, item.delay, item.name) == ("email", None, "")


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        pytest.param((("planned", True), ("settled", False)), "Before", id="planned before, settled after"),
        pytest.param((("planned", True), ("planned", False)), "Now", id="planned anew after"),
        pytest.param((("skipped", True),), "Before", id="skipped before"),
        pytest.param((), "Now", id="its journal is no more"),
    ],
)
@pytest.mark.parametrize("touched", [True, False])
def test_around_a_move_a_step_is_told_as_the_version_had_it_that_planned_it(lines, name, touched):
    before, present = (a_flow(an_email("hello", name=each)) for each in ("Before", "Now"))
    reasons = {"planned": "email", "settled": "sent", "skipped": "no_address"}
    records = [
        replace(read(rule, "hello", reasons[rule], MONDAY), flow=before if is_before else None)
        for rule, is_before in lines
    ]
    records += [SENT] if touched else []
    (item, *_) = timeline(an_enrollment(step="hello"), present, some_facts(), records, MONDAY)
    assert (item.name, item.kind) == (name, "email")
    assert item.as_planned == (before if name == "Before" else present).steps["hello"]


@given(flow=publishable_flows(), state=STARTS, actions=ACTIONS)
def test_a_timeline_is_told_of_every_flow(flow, state, actions):
    walk = Walk.begin(flow, state)
    for action in (("ask", Verb(kind=VerbKind.APPROVE)), actions):
        walk.look(walk.do(action))
    records = [
        TouchRecord(step=step, visit=visit, status=touch.status, due_at=MONDAY, kind="email")
        for (step, visit), touch in walk.touches.items()
    ]
    items = timeline(walk.enrollment, flow, walk.known(), records, walk.now)
    assert [item.position for item in items] == list(range(len(items)))
    keys = [(item.step, item.visit) for item in items]
    assert len(keys) == len(set(keys))
    assert all(item.estimated_execute_at is None or item.estimated_execute_at >= MONDAY for item in items)
