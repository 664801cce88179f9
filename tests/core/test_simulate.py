"""The simulator: who is where when, what leaves under windows and caps, and what holds for every flow."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from drumbeat.core.conditions import ConditionView
from drumbeat.core.delivery import Refused
from drumbeat.core.flow import Branch, Channel, ConditionStep, EndStep, SmsStep, TagStep
from drumbeat.core.pacing import BucketUnit, Caps, bucket_start
from drumbeat.core.retry import next_try
from drumbeat.core.simulate import DECIDED, Arrival, Person, SimulatedSender, simulate
from drumbeat.core.touch import FailureReason
from drumbeat.core.window import OFFICE_HOURS, OpenHours, next_open
from tests.support.flows import a_condition, a_flow, a_line, a_rule, an_email
from tests.support.standing import MONDAY, a_sender, a_sequence, a_task, after

FLOW = a_line(an_email("hello"), an_email("again", after="2d"), EndStep(key="end"))
BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
YEARS = timedelta(days=3650)


@dataclass
class World:
    """Answers by step: `refusals` by step and attempt, `answers` as kinds after hours."""

    refusals: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)

    def deliver(self, person_id, step, visit, attempt):
        return self.refusals.get((step, attempt))

    def after_asked(self, person_id, step, visit, at):
        for answer, hours in self.answers.get(step, {}).items():
            yield Arrival(at + timedelta(hours=hours), person_id, DECIDED, step, answer=answer)

    def after_sent(self, person_id, step, visit, at):
        for kind, hours in self.answers.get(step, {}).items():
            yield Arrival(at + timedelta(hours=hours), person_id, kind, step)


def a_person(id_=1, **more):
    return Person(id=id_, view=more.pop("view", ConditionView()), **more)


def simulated(flow=FLOW, people=None, world=None, *, sequence=None, senders=None, until=YEARS, **more):
    people = (a_person(),) if people is None else people
    senders = senders or {1: SimulatedSender(a_sender())}
    return simulate(
        flow,
        a_sequence(**sequence or {}),
        people,
        senders,
        world or World(),
        MONDAY,
        MONDAY + until,
        **{"workspace_sender_id": 1} | more,
    )


def lines(came, *rules):
    return [
        (one.at, one.rule, one.step, one.reason) for one in came.journal if not rules or one.rule in rules
    ]


def sent_at(came):
    return [one.at for one in came.journal if (one.rule, one.reason) == ("settled", "sent")]


def test_a_line_of_mails_runs_to_its_end():
    came = simulated()
    assert lines(came) == [
        (MONDAY, "planned", "hello", "email"),
        (MONDAY, "settled", "hello", "sent"),
        (after(2), "planned", "again", "email"),
        (after(2), "settled", "again", "sent"),
        (after(2), "finished", "end", "completed"),
    ]
    assert came.enrollments[1].is_finished
    assert came.ended_at == after(2)
    assert came.sent == {("2026-03-02", 1): 1, ("2026-03-04", 1): 1}
    assert came.held == {}


def test_time_stops_where_it_is_told_to():
    came = simulated(until=timedelta(days=1))
    assert (came.enrollments[1].step, came.enrollments[1].next_step_at) == ("again", after(2))
    assert came.ended_at == MONDAY
    assert simulated(until=timedelta(days=-1)).journal == []


def test_nobody_and_nothing():
    assert simulated(people=()).journal == []
    empty = simulated(a_flow())
    assert lines(empty) == [(MONDAY, "finished", "", "completed")]


@pytest.mark.parametrize("state", ["draft", "paused", "archived"])
def test_only_an_active_sequence_moves(state):
    came = simulated(sequence={"state": state}, arrivals=[Arrival(after(1), 1, "opened")])
    ended = [(after(1), "finished", "hello", "sequence_archived")] if state == "archived" else []
    assert lines(came) == ended


# From outside


def test_a_reply_ends_it():
    came = simulated(world=World(answers={"hello": {"replied": 30}}))
    assert lines(came, "finished") == [(after(hours=30), "finished", "again", "replied")]
    assert len(sent_at(came)) == 1


def test_an_absence_postpones_what_has_not_left():
    """The sender is full, so the second mail waits; the pause takes it back, the return gives it free again."""
    caps = {1: SimulatedSender(a_sender(), Caps(per_day=1), MONDAY)}
    absent = Arrival(after(0.25), 2, "out_of_office", returns_at=after(8, hours=-9))
    sequence = {"postpone_on_out_of_office": True}
    came = simulated(
        a_line(an_email("hello")),
        [a_person(1), a_person(2)],
        senders=caps,
        sequence=sequence,
        arrivals=[absent],
    )
    mine = [line[:2] for line in lines(came, "paused", "resumed", "settled")]
    back = after(9, hours=-9)
    assert mine == [(MONDAY, "settled"), (after(0.25), "paused"), (back, "resumed"), (back, "settled")]


@pytest.mark.parametrize("waiting", [1, 2])
def test_what_waits_for_a_full_sender_can_be_taken_back(waiting):
    people = [a_person(id_) for id_ in range(waiting + 1)]
    caps = {1: SimulatedSender(a_sender(), Caps(per_day=1), MONDAY)}
    came = simulated(
        a_line(an_email("hello")), people, senders=caps, arrivals=[Arrival(after(0.25), 1, "replied")]
    )
    assert [line.person_id for line in came.journal if line.reason == "sent"] == [0, 2][:waiting]
    assert sum(came.sent.values()) == waiting
    assert came.enrollments[1].reason == "replied"


@pytest.mark.parametrize("people", [1, 2])
def test_what_waits_for_another_try_can_be_taken_back(people):
    world = World(refusals={("hello", 1): LATER})
    told = [Arrival(after(minutes=1), 1, "replied")]
    came = simulated(people=[a_person(id_ + 1) for id_ in range(people)], world=world, arrivals=told)
    assert len(sent_at(came)) == sum(came.sent.values()) == 2 * (people - 1)


def test_what_is_taken_back_while_the_sender_is_full_is_not_tried_again():
    ids = sorted((1, 2), key=lambda id_: str(next_try(1, f"step:{id_}:hello:1", MONDAY)))
    caps = {1: SimulatedSender(a_sender(), Caps(per_hour=2), MONDAY)}
    came = simulated(
        a_line(an_email("hello")),
        [a_person(id_) for id_ in ids],
        World(refusals={("hello", 1): LATER}),
        senders=caps,
        arrivals=[Arrival(after(minutes=1), ids[1], "replied")],
    )
    assert [line.person_id for line in came.journal if line.reason == "sent"] == ids[:1]
    assert sum(came.sent.values()) == 1


def test_who_pauses_is_not_looked_at_when_they_would_have_been_due():
    came = simulated(people=[a_person(1), a_person(2)], arrivals=[Arrival(after(1), 2, "meeting_booked")])
    assert [(line.at, line.rule) for line in came.journal if line.person_id == 2][-1] == (after(1), "paused")
    assert came.enrollments[1].is_finished


def test_what_is_known_beforehand_arrives_too():
    came = simulated(arrivals=[Arrival(after(1), 1, "converted")])
    assert lines(came, "finished") == [(after(1), "finished", "again", "converted")]


def test_news_about_the_finished_moves_nothing():
    came = simulated(arrivals=[Arrival(after(9), 1, "replied"), Arrival(after(10), 1, "task_completed")])
    assert came.enrollments[1].reason == "completed"


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("opted_out", "opted_out"), ("complained", "complained"), ("bounced", "bounced")],
)
def test_an_opt_out_reaches_the_suppression_list(kind, reason):
    came = simulated(world=World(answers={"hello": {kind: 1}}))
    assert came.enrollments[1].reason == reason


def asks(event, **more):
    branch = Branch(
        name="yes", condition=a_condition(a_rule(f"event.{event}", "happened", **more)), next=None
    )
    ask = ConditionStep(key="ask", delay=an_email(after="1d").delay, branches=(branch,))
    return a_line(an_email("hello"), ask, an_email("last"))


@pytest.mark.parametrize(
    ("flow", "arrivals", "way"),
    [
        pytest.param(asks("clicked"), "hello", "yes", id="an answer to a message of this enrollment"),
        pytest.param(asks("clicked", step="hello"), "hello", "yes", id="an answer to the named step"),
        pytest.param(asks("clicked", step="last"), "hello", "else", id="an answer to another step"),
        pytest.param(asks("clicked"), "", "else", id="an answer to something else"),
        pytest.param(asks("form_submitted"), "", "yes", id="what is no answer counts from anywhere"),
    ],
)
def test_conditions_see_what_happened(flow, arrivals, way):
    told = [Arrival(after(0.5), 1, kind, arrivals) for kind in ("clicked", "form_submitted", "clicked")]
    assert lines(simulated(flow, arrivals=told), "branched") == [(after(1), "branched", "ask", way)]


def test_actions_change_what_later_conditions_read():
    vip = Branch(name="vip", condition=a_condition(a_rule("tag", "equals", "vip")), next=None)
    flow = a_line(
        TagStep(key="tag", tag="vip"),
        an_email("hello", after="1d"),
        ConditionStep(key="ask", branches=(vip,)),
    )
    assert lines(simulated(flow), "branched") == [(after(1), "branched", "ask", "vip")]


# Tasks


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param({"task_completed": 5}, [(after(hours=5), "settled", "call", "completed")], id="done"),
        pytest.param({}, [(after(7), "skipped", "call", "task_expired")], id="given up"),
        pytest.param(
            {"task_completed": 200}, [(after(7), "skipped", "call", "task_expired")], id="done too late"
        ),
    ],
)
def test_a_task_is_done_or_given_up(answers, expected):
    flow = a_line(a_task(when_not_done="skip"))
    came = simulated(flow, world=World(answers={"call": answers}))
    assert lines(came, "settled", "skipped") == expected
    assert came.enrollments[1].is_finished


def test_nobody_does_a_task_that_is_not_there():
    came = simulated(arrivals=[Arrival(after(1), 1, "task_completed")])
    assert len(sent_at(came)) == 2


def test_a_fact_that_pauses_leaves_a_task_open():
    flow = a_line(a_task(), an_email("hello"))
    world = World(answers={"call": {"meeting_booked": 1, "task_completed": 2}})
    assert simulated(flow, world=world).enrollments[1].reason == "meeting"


# Windows, caps, refusals


def test_messages_leave_in_open_hours_only():
    zones = (BERLIN, NEW_YORK, None)
    people = [a_person(id_, zone=zones[id_ % 3]) for id_ in range(9)]
    sequence = {"window": OFFICE_HOURS, "jitter_seconds": 3600}
    came = simulated(
        people=people, sequence=sequence, senders={1: SimulatedSender(a_sender(window=OFFICE_HOURS))}
    )
    assert len(sent_at(came)) == 18
    for line in came.journal:
        if line.reason == "sent":
            hours = OpenHours(OFFICE_HOURS, zones[line.person_id % 3] or ZoneInfo("UTC"))
            assert next_open(line.at, (hours,)) == line.at


@pytest.mark.parametrize(
    ("caps", "unit", "cap"),
    [
        pytest.param(Caps(per_day=3), BucketUnit.DAY, 3, id="a day"),
        pytest.param(Caps(per_hour=2), BucketUnit.HOUR, 2, id="an hour"),
        pytest.param(Caps(per_minute=1), BucketUnit.MINUTE, 1, id="a minute"),
        pytest.param(Caps(per_minute=1, per_day=4), BucketUnit.DAY, 4, id="both at once"),
    ],
)
def test_a_sender_keeps_its_caps(caps, unit, cap):
    people = [a_person(id_) for id_ in range(10)]
    came = simulated(people=people, senders={1: SimulatedSender(a_sender(zone=BERLIN), caps, MONDAY)})
    used = Counter(bucket_start(unit, at, BERLIN) for at in sent_at(came))
    assert max(used.values()) == cap
    assert sum(used.values()) == 20
    assert came.held["cap"] > 0


def test_what_did_not_fit_waits_for_the_next_opening():
    caps = {1: SimulatedSender(a_sender(window=OFFICE_HOURS), Caps(per_day=1), MONDAY)}
    came = simulated(a_line(an_email("hello")), [a_person(1), a_person(2)], senders=caps)
    assert sent_at(came) == [MONDAY, after(1)]
    assert came.held == {"cap": 1, "window": 1}


def test_follow_ups_leave_before_first_touches():
    one_a_day = SimulatedSender(a_sender(window=OFFICE_HOURS), Caps(per_day=1), MONDAY)
    people = [a_person(id_) for id_ in (1, 2)]
    came = simulated(
        a_line(an_email("hello"), an_email("again", after="12h")), people, senders={1: one_a_day}
    )
    sent = [(line.person_id, line.step) for line in came.journal if line.reason == "sent"]
    assert sent == [(1, "hello"), (1, "again"), (2, "hello"), (2, "again")]


def test_a_sender_that_may_send_nothing_sends_nothing():
    came = simulated(senders={1: SimulatedSender(a_sender(), Caps(per_day=0))}, until=timedelta(days=9))
    assert sent_at(came) == []
    assert came.enrollments[1].state == "awaiting"


LATER = Refused(permanent=False, of_sender=False, reason=FailureReason.REJECTED_TEMPORARY)
NEVER = Refused(permanent=True, of_sender=False, reason=FailureReason.REJECTED_PERMANENT)
DEAD = Refused(permanent=True, of_sender=False, reason=FailureReason.REJECTED_PERMANENT, dead_address=True)
SICK = Refused(permanent=False, of_sender=True, reason=FailureReason.PROVIDER_ERROR)


def test_a_temporary_refusal_is_tried_again():
    came = simulated(world=World(refusals={("hello", 1): LATER}))
    assert sent_at(came)[0] == next_try(1, "step:1:hello:1", MONDAY)


def test_what_is_tried_again_moves_the_budget_it_holds():
    """Four places a day: three first mails, one of them twice in the same place, and one follow-up."""
    flow = a_line(an_email("hello"), an_email("again", after="1h"))
    caps = {1: SimulatedSender(a_sender(), Caps(per_day=4), MONDAY)}
    world = World(refusals={("hello", 1): LATER})
    people = [a_person(id_) for id_ in (1, 2, 3)]
    came = simulated(flow, people, world, senders=caps)
    assert came.sent["2026-03-02", 1] == 4


def test_another_hour_is_another_budget():
    caps = {1: SimulatedSender(a_sender(), Caps(per_hour=1), MONDAY)}
    came = simulated(world=World(refusals={("hello", 1): LATER}), senders=caps)
    assert sent_at(came) == [after(hours=1), after(2, hours=1)]


@pytest.mark.parametrize(
    ("refusal", "reason", "sent"),
    [
        pytest.param(NEVER, "completed", 1, id="for good: the flow goes on"),
        pytest.param(DEAD, "bounced", 0, id="a dead address ends it"),
    ],
)
def test_a_permanent_refusal_fails(refusal, reason, sent):
    came = simulated(world=World(refusals={("hello", 1): refusal}))
    assert len(sent_at(came)) == sent
    assert came.enrollments[1].reason == reason


def test_a_sick_sender_holds_all_its_touches():
    world = World(refusals={("hello", 1): SICK, ("hello", 2): SICK})
    came = simulated(people=[a_person(1), a_person(2)], world=world)
    minutes = [(at - MONDAY) // timedelta(minutes=1) for at in sent_at(came)[:2]]
    assert minutes == [15, 15]  # after 1, 2, 4, 8: who was refused comes after the other


# Whoever sends


def test_a_contact_keeps_its_sender():
    senders = {1: SimulatedSender(a_sender()), 2: SimulatedSender(a_sender(2, owner_id=9))}
    kept = a_person(1, owner_id=9, last_senders={Channel.EMAIL: 1})
    came = simulated(people=[kept, a_person(2, owner_id=9), a_person(3)], senders=senders)
    assert came.sent == {
        ("2026-03-02", 1): 2,
        ("2026-03-04", 1): 2,
        ("2026-03-02", 2): 1,
        ("2026-03-04", 2): 1,
    }


def test_without_a_sender_it_is_blocked():
    came = simulated(a_line(SmsStep(key="hello", text="Hi")))
    assert lines(came) == [(MONDAY, "blocked", "hello", "sender_unavailable")]


def test_times_of_day_survive_a_change_of_the_clock():
    start = datetime(2026, 3, 27, 8, tzinfo=UTC)  # nine in Berlin, two days before summer time
    came = simulate(
        a_line(an_email("hello"), an_email("again", after="3d")),
        a_sequence(),
        [a_person(zone=BERLIN)],
        {1: SimulatedSender(a_sender())},
        World(),
        start,
        start + YEARS,
        workspace_sender_id=1,
    )
    assert [at.astimezone(BERLIN).hour for at in sent_at(came)] == [9, 9]
