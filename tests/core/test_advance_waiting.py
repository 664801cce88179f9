"""Waiting for an event: what counts, until when, and what follows."""

import pytest

from drumbeat.core.advance import look
from drumbeat.core.conditions import ConditionView, EventFact
from drumbeat.core.delay import parse_delay
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.flow import EndStep, WaitForStep
from tests.support.flows import a_flow, an_email
from tests.support.standing import MONDAY, after, an_enrollment, journal, some_facts, standing


def a_wait(event="meeting_booked", limit="3d", **more):
    return a_flow(
        WaitForStep(
            key="wait", event=event, time_limit=parse_delay(limit), next="came", timed_out="late", **more
        ),
        an_email("came", after="1d"),
        EndStep(key="late"),
    )


def happened(kind, *moments, scope="", **more):
    facts = {(kind, scope): EventFact(len(moments), moments[0], moments[-1])} if moments else {}
    return some_facts(view=ConditionView(events=facts), **more)


def waiting(**more):
    return an_enrollment("wait", **more)


def test_it_waits_until_its_limit():
    taken = look(waiting(), a_wait(), some_facts(), MONDAY)
    assert standing(taken.enrollment) == ("active", "", "wait", after(3))
    assert taken.entries == ()
    assert look(taken.enrollment, a_wait(), some_facts(), after(2)).enrollment == taken.enrollment


def test_its_limit_counts_from_its_due_time_however_late_the_look():
    flow = a_wait(delay=parse_delay("1d"))
    assert standing(look(waiting(), flow, some_facts(), MONDAY).enrollment)[3] == after(1)
    assert standing(look(waiting(), flow, some_facts(), after(3)).enrollment)[3] == after(4)
    late = look(waiting(), flow, some_facts(), after(9))
    assert journal(late) == [("waited", "timed_out", "wait"), ("finished", "completed", "late")]


@pytest.mark.parametrize(
    ("moments", "origin"),
    [
        pytest.param([after(1)], after(1), id="in time"),
        pytest.param([after(3)], after(3), id="on its last moment"),
        pytest.param([after(-2), after(2)], after(2), id="again, in time"),
        pytest.param([after(1), after(8)], after(1), id="in time, and once more"),
        pytest.param([after(3.1)], None, id="too late"),
        pytest.param([after(-2)], None, id="before the message left"),
        pytest.param([after(-1)], None, id="at the moment when the message left"),
        pytest.param([after(-2), after(4)], None, id="before and too late"),
        pytest.param([], None, id="never"),
    ],
)
def test_what_comes_in_time_since_the_last_message_counts(moments, origin):
    facts = happened("meeting_booked", *moments, last_sent_at=after(-1), sequence={"exit_on_meeting": "off"})
    taken = look(waiting(), a_wait(), facts, after(9))
    if origin is None:
        assert journal(taken)[0] == ("waited", "timed_out", "wait")
    else:
        assert journal(taken)[0] == ("waited", "meeting_booked", "wait")
        assert taken.enrollment.origin_at == origin


def test_what_came_before_the_wait_began_counts_from_its_due_time():
    facts = happened("meeting_booked", after(-1), last_sent_at=after(-2))
    taken = look(waiting(), a_wait(), facts, after(0.5))
    assert standing(taken.enrollment) == ("active", "", "came", after(1))


@pytest.mark.parametrize(
    ("moment", "rule"),
    [
        pytest.param(after(-1), [], id="before it was let start"),
        pytest.param(after(1), [("waited", "custom", "wait")], id="after it was let start"),
    ],
)
def test_without_any_message_it_counts_from_the_start(moment, rule):
    facts = happened("custom", moment)
    assert journal(look(waiting(), a_wait("custom"), facts, after(1))) == rule
    unknown = look(waiting(approved_at=None), a_wait("custom"), facts, after(1))
    assert journal(unknown) == rule


@pytest.mark.parametrize(
    ("kind", "scope", "counts"),
    [
        pytest.param("replied", "enrollment", True, id="a reply to this enrollment"),
        pytest.param("replied", "", False, id="a reply to something else"),
        pytest.param("task_completed", "enrollment", True, id="a task of this enrollment"),
        pytest.param("task_completed", "", False, id="another task"),
        pytest.param("meeting_booked", "", True, id="a meeting, wherever it came from"),
    ],
)
def test_answers_and_tasks_mean_this_enrollments(kind, scope, counts):
    facts = happened(kind, after(1), scope=scope)
    reason = kind if counts else "timed_out"
    assert journal(look(waiting(), a_wait(kind), facts, after(9)))[0] == ("waited", reason, "wait")


def test_a_reply_that_ends_the_sequence_ends_it_before_the_wait_takes_its_way():
    facts = happened("replied", after(1), scope="enrollment", counts={"replied": 1})
    assert journal(look(waiting(), a_wait("replied"), facts, after(1))) == [("finished", "replied", "wait")]


def test_a_reply_that_pauses_takes_its_way_when_it_is_resumed():
    facts = happened(
        "replied", after(1), scope="enrollment", counts={"replied": 1}, sequence={"exit_on_reply": "pause"}
    )
    held = look(waiting(), a_wait("replied"), facts, after(1)).enrollment
    assert standing(held) == ("paused", "reply", "wait", None)
    taken = look(held, a_wait("replied"), facts, after(5), Verb(kind=VerbKind.RESUME))
    assert journal(taken)[:2] == [("resumed", "reply", "wait"), ("waited", "replied", "wait")]


def test_a_wait_without_time_asks_what_came_so_far():
    facts = happened("custom", after(-1), last_sent_at=after(-2))
    assert journal(look(waiting(), a_wait("custom", "0m"), facts, MONDAY)) == [("waited", "custom", "wait")]
    assert journal(look(waiting(), a_wait("custom", "0m"), some_facts(), MONDAY))[0][1] == "timed_out"
