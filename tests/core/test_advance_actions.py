"""Steps that act: on lists, other sequences and suppressions at once, on endpoints as touches that must settle."""

from dataclasses import replace

import pytest

from drumbeat.core.advance import Act, PlanTouch, look
from drumbeat.core.ahead import path_ahead
from drumbeat.core.conditions import ConditionView
from drumbeat.core.delivery import Refused
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.flow import (
    Branch,
    Channel,
    ConditionStep,
    EndStep,
    ListStep,
    OtherSequenceStep,
    SuppressStep,
    TagStep,
    Way,
    WayKind,
    WebhookStep,
)
from drumbeat.core.simulate import Arrival, Person, SimulatedSender, simulate
from drumbeat.core.touch import FailureReason, SkipReason, TouchKind
from tests.support.flows import a_condition, a_flow, a_line, a_rule, an_email
from tests.support.standing import (
    MONDAY,
    a_sender,
    a_sequence,
    a_touch,
    after,
    an_enrollment,
    journal,
    some_facts,
    standing,
)


def told(taken):
    return [(rule, reason) for rule, reason, _ in journal(taken)]


CALL = WebhookStep(key="call", url="https://hooks.example.com/")


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(ListStep(key="do", list="Hot"), id="a list"),
        pytest.param(OtherSequenceStep(key="do", sequence="Other"), id="another sequence"),
        pytest.param(SuppressStep(key="do"), id="a suppression"),
    ],
)
def test_an_action_is_done_at_once(step):
    taken = look(an_enrollment("do"), a_line(step, EndStep(key="end")), some_facts(), MONDAY)
    assert taken.effects == (Act(step=replace(step, next="end"), visit=1),)
    assert told(taken) == [("acted", step.kind), ("finished", "completed")]


@pytest.mark.parametrize(
    ("steps", "way"),
    [
        pytest.param((ListStep(key="a", list="Hot"),), "on", id="put on"),
        pytest.param(
            (ListStep(key="a", list="Hot"), ListStep(key="b", list="Hot", action="remove")),
            "else",
            id="and off",
        ),
    ],
)
def test_conditions_see_the_list_at_once(steps, way):
    on_it = a_condition(a_rule("list", "equals", "Hot"))
    fork = ConditionStep(key="fork", branches=(Branch(name="on", condition=on_it),))
    taken = look(an_enrollment("a"), a_line(*steps, fork), some_facts(), MONDAY)
    assert ("branched", way) in told(taken)


@pytest.mark.parametrize(
    ("channel", "before", "reason"),
    [
        pytest.param(None, {}, "suppressed", id="on all channels"),
        pytest.param(Channel.EMAIL, {}, "suppressed", id="on this one"),
        pytest.param(
            Channel.EMAIL, {Channel.EMAIL: SkipReason.NO_CONSENT}, "suppressed", id="without consent"
        ),
        pytest.param(Channel.SMS, {}, None, id="on another one"),
        pytest.param(
            None, {Channel.EMAIL: SkipReason.NO_ADDRESS}, None, id="without an address there is no row"
        ),
    ],
)
def test_who_is_suppressed_is_not_written_to_by_the_same_look(channel, before, reason):
    flow = a_line(SuppressStep(key="hush", channel=channel), an_email())
    taken = look(an_enrollment("hush"), flow, some_facts(unreachable=before), MONDAY).enrollment
    assert (taken.reason or None) == (reason if reason else "completed" if before else None)


def test_an_opt_out_stays_one():
    facts = some_facts(unreachable={Channel.EMAIL: SkipReason.OPTED_OUT})
    flow = a_flow(SuppressStep(key="hush", next="end"), EndStep(key="end"))
    assert look(an_enrollment("hush"), flow, facts, MONDAY).enrollment.reason == "completed"


def test_another_sequence_may_say_that_it_is_enough():
    verb = Verb(kind=VerbKind.END, by="sequence:3")
    taken = look(an_enrollment(), a_line(an_email()), some_facts(), MONDAY, verb)
    assert standing(taken.enrollment)[:2] == ("finished", "stop_condition")
    assert taken.entries[0].facts == {"by": "sequence:3"}


class TestCalls:
    FLOW = a_line(CALL, an_email("hello", after="1d"))

    def test_a_call_is_a_touch_without_a_sender_of_its_own(self):
        taken = look(an_enrollment("call"), self.FLOW, some_facts(senders=()), after(2))
        assert standing(taken.enrollment) == ("awaiting", "", "call", None)
        plan = PlanTouch(kind=TouchKind.WEBHOOK, step="call", visit=1, due_at=MONDAY)
        assert taken.effects == (plan,)

    @pytest.mark.parametrize(
        ("status", "reason", "rule"),
        [
            pytest.param("sent", "", ("settled", "sent"), id="taken"),
            pytest.param("failed", "rejected_permanent", ("failed", "rejected_permanent"), id="refused"),
        ],
    )
    def test_what_follows_counts_from_its_end(self, status, reason, rule):
        touch = a_touch(status, reason=reason, handed=True, sender_id=9, settled_at=after(3))
        taken = look(an_enrollment("call", "awaiting"), self.FLOW, some_facts(touch=touch), after(3))
        assert told(taken)[0] == rule
        assert taken.enrollment.next_step_at == after(4)

    def test_a_call_that_failed_may_lead_elsewhere(self):
        elsewhere = replace(CALL, on_failure=Way(WayKind.STEP, "sorry"), next="hello")
        flow = a_flow(elsewhere, an_email("hello"), TagStep(key="sorry", tag="sorry"))
        touch = a_touch("failed", reason="timeout", settled_at=after(1))
        taken = look(an_enrollment("call", "awaiting"), flow, some_facts(touch=touch), after(1))
        assert ("acted", "tag") in told(taken)

    def test_the_path_ahead_passes_a_call_that_is_out(self):
        out = some_facts(touch=a_touch(sender_id=9))
        enrollment = an_enrollment("call", "awaiting")
        path = [(one.step, one.at) for one in path_ahead(enrollment, self.FLOW, out, MONDAY)]
        assert path == [("call", MONDAY), ("hello", after(1))]
        later = path_ahead(enrollment, self.FLOW, out, MONDAY, out_until=after(2))
        assert [one.at for one in later] == [after(2), after(3)]


class Refusing:
    """Refuses each call a number of times, for now or for good."""

    def __init__(self, times, *, permanent=False, dead=False, news=()):
        self.times, self.news = times, news
        self.refused = Refused(
            permanent=permanent, of_sender=False, reason=FailureReason.REJECTED_TEMPORARY, dead_address=dead
        )

    def deliver(self, person_id, step, visit, attempt):
        return self.refused if step == "call" and attempt <= self.times else None

    def after_sent(self, person_id, step, visit, at):
        return [Arrival(at, person_id, kind, step) for kind in self.news]

    def after_asked(self, person_id, step, visit, at):
        return ()


def simulated(flow, world, people=None, arrivals=()):
    people = people or [Person(id=1, view=ConditionView())]
    senders = {1: SimulatedSender(a_sender())}
    return simulate(
        flow,
        a_sequence(),
        people,
        senders,
        world,
        MONDAY,
        after(30),
        workspace_sender_id=1,
        arrivals=arrivals,
    )


class TestSimulation:
    FLOW = a_line(CALL, TagStep(key="done", tag="called"))

    def test_a_call_takes_no_place_of_a_sender(self):
        came = simulated(self.FLOW, Refusing(0))
        assert [line.rule for line in came.journal] == ["planned", "settled", "acted", "finished"]
        assert not came.sent

    def test_a_call_is_tried_again_and_given_up(self):
        once = simulated(self.FLOW, Refusing(1))
        assert once.journal[1].rule == "settled"
        assert once.journal[1].at > MONDAY
        assert simulated(self.FLOW, Refusing(99)).journal[1].rule == "failed"

    def test_an_endpoint_that_is_gone_says_nothing_about_the_person(self):
        came = simulated(self.FLOW, Refusing(1, permanent=True, dead=True))
        assert came.enrollments[1].reason == "completed"

    def test_a_reply_that_comes_first_takes_the_call_back(self):
        late = replace(CALL, delay=an_email(after="1d").delay)
        reply = Arrival(after(1), 1, "replied")
        came = simulated(a_line(late, EndStep(key="end")), Refusing(99), arrivals=[reply])
        assert came.enrollments[1].reason == "replied"

    def test_a_reply_while_a_call_waits_for_its_next_try_takes_it_back(self):
        reply = Arrival(after(0, hours=1), 1, "replied")
        came = simulated(self.FLOW, Refusing(99), arrivals=[reply])
        assert came.enrollments[1].reason == "replied"

    def test_who_is_suppressed_gets_nothing_more(self):
        flow = a_line(an_email("one"), SuppressStep(key="hush"), an_email("two", after="1d"))
        came = simulated(flow, Refusing(0))
        assert sum(came.sent.values()) == 1
        assert came.enrollments[1].reason == "suppressed"
