"""States that rest, what people ask, and how far one look goes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from drumbeat.core.advance import FATES, MOST_MOVES, advance, look
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.flow import Branch, ConditionStep, EndStep, TagStep
from tests.support.flows import a_condition, a_flow, a_line, an_email
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

FLOW = a_line(an_email("hello", after="1d"), an_email("again", after="2d"))
PAUSE, RESUME, STOP, APPROVE, REJECT, *_ = (Verb(kind=kind) for kind in VerbKind)
STATES = [state.value for state in EnrollmentState]
UNFINISHED = [state for state in STATES if state != "finished"]
SENT = a_touch("sent", settled_at=after(1), handed=True)
IN_DOUBT = a_touch("interrupted", handed=True)


def stands(state, reason="", **more):
    return an_enrollment(state=state, reason=reason, **more)


def paused(reason="manual", **more):
    return stands("paused", reason, **{"due_at": after(1), "paused_at": after(0.5)} | more)


def blocked(reason, **more):
    return stands("blocked", reason, **{"due_at": after(1)} | more)


@pytest.mark.parametrize("state", UNFINISHED)
@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param(some_facts(contact_deleted=True), "contact_deleted", id="the contact is deleted"),
        pytest.param(
            some_facts(sequence={"state": "archived"}), "sequence_archived", id="the sequence is archived"
        ),
    ],
)
def test_some_things_end_every_state(facts, reason, state):
    taken = look(stands(state, resume_at=after(9), next_step_at=after(9)), FLOW, facts, MONDAY)
    assert standing(taken.enrollment) == ("finished", reason, "hello", None)
    assert (taken.enrollment.finished_at, taken.enrollment.resume_at) == (MONDAY, None)
    assert journal(taken) == [("finished", reason, "hello")]


@pytest.mark.parametrize("verb", [None, PAUSE, RESUME, STOP, APPROVE, REJECT])
def test_the_end_is_for_ever(verb):
    ended = stands("finished", "manual", finished_at=MONDAY)
    facts = some_facts(counts={"replied": 1}, touch=SENT, contact_deleted=True)
    taken = look(ended, FLOW, facts, after(9), verb)
    assert (taken.enrollment, taken.entries, taken.effects) == (ended, (), ())
    assert advance(ended, FLOW, facts, after(9)).enrollment == ended


@pytest.mark.parametrize(
    ("before", "facts", "next_look"),
    [
        pytest.param(stands("pending_review"), some_facts(), None, id="a review waits for a person"),
        pytest.param(paused(), some_facts(), None, id="a pause waits for a person"),
        pytest.param(paused(), some_facts(touch=SENT), None, id="a pause keeps what settled meanwhile"),
        pytest.param(
            paused("out_of_office", resume_at=after(9)),
            some_facts(),
            after(9),
            id="an absence ends by itself",
        ),
        pytest.param(blocked("interrupted"), some_facts(touch=IN_DOUBT), None, id="doubt stays"),
        pytest.param(
            blocked("sender_unavailable"), some_facts(senders=()), None, id="no sender is there yet"
        ),
        pytest.param(
            blocked("sender_unavailable"),
            some_facts(senders=(a_sender(enabled=False),)),
            None,
            id="the sender is still disabled",
        ),
        pytest.param(
            blocked("error", next_step_at=after(9)), some_facts(), after(9), id="a fault keeps its next try"
        ),
        pytest.param(blocked("missing_data"), some_facts(), None, id="missing data waits for a wake"),
    ],
)
def test_a_look_at_what_rests_moves_nothing(before, facts, next_look):
    taken = look(before, FLOW, facts, after(5))
    assert taken.enrollment == replace(before, next_step_at=next_look)
    assert (taken.entries, taken.effects) == ((), ())


@pytest.mark.parametrize(
    ("before", "facts", "rules"),
    [
        pytest.param(
            paused("out_of_office", resume_at=after(4)),
            some_facts(),
            ["resumed", "planned"],
            id="the absence is over",
        ),
        pytest.param(
            blocked("interrupted"),
            some_facts(touch=SENT),
            ["unblocked", "settled", "planned"],
            id="it arrived",
        ),
        pytest.param(
            blocked("interrupted"),
            some_facts(touch=a_touch()),
            ["unblocked"],
            id="it is sent again: back to wait",
        ),
        pytest.param(
            blocked("interrupted"),
            some_facts(touch=a_touch("skipped", reason="by_person")),
            ["unblocked", "skipped", "planned"],
            id="a person skipped it",
        ),
        pytest.param(blocked("interrupted"), some_facts(), ["unblocked", "planned"], id="its touch is gone"),
        pytest.param(
            blocked("sender_unavailable"), some_facts(), ["unblocked", "planned"], id="a sender is there"
        ),
        pytest.param(
            blocked("sender_unavailable"),
            some_facts(senders=(), touch=SENT),
            ["unblocked", "settled", "blocked"],
            id="it left a moment before its sender was gone",
        ),
        pytest.param(
            blocked("error", next_step_at=after(5)), some_facts(), ["unblocked", "planned"], id="its next try"
        ),
        pytest.param(
            blocked("missing_data", next_step_at=after(5)),
            some_facts(),
            ["unblocked", "planned"],
            id="something woke it",
        ),
    ],
)
def test_it_goes_on_when_the_cause_is_gone(before, facts, rules):
    taken = look(before, FLOW, facts, after(5))
    assert [rule for rule, *_ in journal(taken)] == rules
    assert taken.entries[0].reason == before.reason
    assert (taken.enrollment.paused_at, taken.enrollment.resume_at) == (None, None)


@pytest.mark.parametrize("state", ["paused", "draft"])
@pytest.mark.parametrize(
    ("before", "facts", "next_look"),
    [
        pytest.param(stands("active"), some_facts(), after(5), id="a new one"),
        pytest.param(stands("active", due_at=after(1)), some_facts(), after(1), id="a due one"),
        pytest.param(
            stands("awaiting", due_at=after(1)), some_facts(touch=SENT), after(1), id="a settled one"
        ),
    ],
)
def test_in_a_paused_sequence_only_facts_are_heard(before, facts, next_look, state):
    facts = replace(facts, sequence=replace(facts.sequence, state=state), counts={"opened": 1})
    taken = look(before, FLOW, facts, after(5))
    assert taken.enrollment == replace(before, next_step_at=next_look, heard={"opened": 1})
    assert (taken.entries, taken.effects) == ((), ())


def test_a_stop_is_heard_in_a_paused_sequence():
    facts = some_facts(sequence={"state": "paused"}, counts={"replied": 1})
    assert look(stands("active"), FLOW, facts, MONDAY).enrollment.reason == "replied"


def test_when_the_sequence_runs_again_the_dates_have_stayed():
    held = look(stands("active"), FLOW, some_facts(sequence={"state": "paused"}), MONDAY).enrollment
    assert look(held, FLOW, some_facts(), after(0.5)).enrollment.due_at == after(1)
    late = look(held, FLOW, some_facts(), after(30))
    assert [plan.due_at for plan in plans(late)] == [after(1)]


# What people ask


@pytest.mark.parametrize(
    ("verb", "state", "expected"),
    [
        *(pytest.param(PAUSE, s, ("paused", "manual"), id=f"pause {s}") for s in UNFINISHED if s != "paused"),
        *(pytest.param(STOP, s, ("finished", "manual"), id=f"stop {s}") for s in UNFINISHED),
        pytest.param(RESUME, "paused", ("active", ""), id="resume a paused one"),
        pytest.param(RESUME, "blocked", ("active", ""), id="resume a blocked one: its cause is tried again"),
        pytest.param(APPROVE, "pending_review", ("active", ""), id="approve"),
        pytest.param(REJECT, "pending_review", ("finished", "rejected"), id="reject"),
    ],
)
def test_a_person_asks(verb, state, expected):
    before = stands(state, {"blocked": "error", "paused": "manual"}.get(state, ""))
    taken = look(before, FLOW, some_facts(), MONDAY, verb)
    assert standing(taken.enrollment)[:2] == expected
    assert len(taken.entries) == 1


@pytest.mark.parametrize(
    ("verb", "before"),
    [
        pytest.param(PAUSE, paused("reply"), id="pause what is paused"),
        pytest.param(RESUME, stands("active"), id="resume what runs"),
        pytest.param(RESUME, stands("pending_review"), id="resume what waits for review"),
        pytest.param(RESUME, blocked("interrupted"), id="resume what is in doubt"),
        pytest.param(APPROVE, paused(), id="approve what is paused"),
        pytest.param(REJECT, stands("active"), id="reject what runs"),
    ],
)
def test_a_verb_that_does_not_fit_moves_nothing(verb, before):
    touch = IN_DOUBT if before.reason == "interrupted" else None
    taken = look(before, FLOW, some_facts(touch=touch), MONDAY, verb)
    assert (taken.enrollment.state, taken.enrollment.reason) == (before.state, before.reason)
    assert taken.entries == ()


def test_a_person_can_make_an_absence_a_pause_of_their_own():
    absent = paused("out_of_office", resume_at=after(9), next_step_at=after(9))
    taken = look(absent, FLOW, some_facts(), after(2), PAUSE)
    assert standing(taken.enrollment) == ("paused", "manual", "hello", None)
    assert (taken.enrollment.resume_at, taken.enrollment.paused_at) == (None, absent.paused_at)


def test_a_fact_that_came_before_the_verb_is_answered_in_the_same_look():
    taken = look(paused(), FLOW, some_facts(counts={"replied": 1}), MONDAY, RESUME)
    assert journal(taken) == [("resumed", "manual", "hello"), ("finished", "replied", "hello")]


def test_the_first_delay_counts_from_approval():
    taken = look(stands("pending_review"), FLOW, some_facts(), after(20), APPROVE).enrollment
    assert (taken.origin_at, taken.due_at, taken.approved_at) == (after(20), after(21), after(20))


def test_approving_asks_again_who_can_be_reached():
    facts = some_facts(unreachable={"email": "opted_out"})
    taken = look(stands("pending_review"), FLOW, facts, MONDAY, APPROVE)
    assert journal(taken) == [("approved", "", "hello"), ("finished", "suppressed", "hello")]


@pytest.mark.parametrize("pausing", [PAUSE, None])
def test_what_nobody_approved_is_resumed_into_review(pausing):
    counts = {} if pausing else {"weak_reply": 1}
    held = look(stands("pending_review"), FLOW, some_facts(counts=counts), MONDAY, pausing).enrollment
    assert held.state == "paused"
    back = look(held, FLOW, some_facts(counts=counts), after(3), RESUME)
    assert standing(back.enrollment) == ("pending_review", "", "hello", None)
    assert back.effects == ()


@pytest.mark.parametrize("state", ["active", "awaiting", "blocked"])
def test_what_ran_without_a_review_runs_on(state):
    """Rows that never needed one may have no time of approval."""
    before = stands(state, "error" if state == "blocked" else "", approved_at=None, next_step_at=after(9))
    facts = some_facts(touch=a_touch() if state == "awaiting" else None)
    held = look(before, FLOW, facts, MONDAY, PAUSE).enrollment
    assert look(held, FLOW, facts, MONDAY, RESUME).enrollment.state != "pending_review"


def test_pausing_does_not_stop_the_clock():
    held = look(stands("active"), FLOW, some_facts(), after(0.5), PAUSE).enrollment
    assert held.paused_at == after(0.5)
    early = look(held, FLOW, some_facts(), after(0.75), RESUME).enrollment
    assert standing(early) == ("active", "", "hello", after(1))
    late = look(held, FLOW, some_facts(), after(30), RESUME)
    assert [(plan.step, plan.due_at) for plan in plans(late)] == [("hello", after(1))]


@pytest.mark.parametrize(
    ("touch", "origin"),
    [
        pytest.param(None, after(5), id="the step that waits"),
        pytest.param(a_touch("sent", settled_at=after(0.5)), after(5.5), id="what settled before"),
        pytest.param(a_touch("sent", settled_at=after(4)), after(6), id="what settled meanwhile"),
    ],
)
def test_resuming_can_shift_the_dates_by_the_pause(touch, origin):
    state = "awaiting" if touch else "active"
    held = look(
        stands(state), FLOW, some_facts(touch=a_touch() if touch else None), after(1), PAUSE
    ).enrollment
    shift = Verb(kind=VerbKind.RESUME, shift=True)
    taken = look(held, FLOW, some_facts(touch=touch), after(6), shift).enrollment
    assert taken.origin_at == origin
    assert taken.paused_at is None


def test_there_is_no_pause_to_shift_by_when_it_was_blocked():
    shift = Verb(kind=VerbKind.RESUME, shift=True)
    taken = look(blocked("error"), FLOW, some_facts(touch=a_touch()), after(6), shift).enrollment
    assert taken.origin_at == MONDAY


@pytest.mark.parametrize(
    ("before", "facts"),
    [
        pytest.param(stands("active"), some_facts(), id="waiting for its time"),
        pytest.param(
            stands("awaiting", due_at=MONDAY), some_facts(touch=a_touch()), id="waiting for its touch"
        ),
        pytest.param(stands("awaiting"), some_facts(touch=a_touch("sending", handed=True)), id="on the wire"),
        pytest.param(stands("pending_review"), some_facts(), id="waiting for review"),
        pytest.param(blocked("interrupted"), some_facts(touch=IN_DOUBT), id="in doubt"),
        pytest.param(
            an_enrollment("call", "awaiting"), some_facts(touch=a_touch("scheduled")), id="waiting for a task"
        ),
    ],
)
def test_pausing_and_resuming_at_once_leads_back(before, facts):
    flow = a_flow(*FLOW.steps.values(), a_task("call", when_not_done="skip"))
    standing_before = look(before, flow, facts, MONDAY).enrollment
    held = look(standing_before, flow, facts, MONDAY, PAUSE).enrollment
    assert look(held, flow, facts, MONDAY, RESUME).enrollment == standing_before


def test_every_state_has_a_word_for_its_touches():
    assert {state.value: fate.value for state, fate in FATES.items()} == {
        "pending_review": "withhold",
        "active": "cancel",
        "awaiting": "release",
        "paused": "withhold",
        "blocked": "withhold",
        "finished": "cancel",
    }


# How far a look goes

ALWAYS = a_condition()


def circle(*delays):
    """Conditions that lead to each other for ever."""
    keys = [f"c{i}" for i in range(len(delays))]
    ways = dict(zip(keys, keys[1:] + keys[:1], strict=True))
    steps = [
        ConditionStep(
            key=key,
            delay=an_email(after=delay).delay,
            branches=(Branch(name="on", condition=ALWAYS, next=ways[key]),),
        )
        for key, delay in zip(keys, delays, strict=True)
    ]
    return a_flow(*steps)


@pytest.mark.parametrize("delays", [("0m",), ("0m", "0wd"), ("0m",) * 7])
def test_a_circle_in_which_no_time_passes_is_blocked(delays):
    taken = look(an_enrollment("c0"), circle(*delays), some_facts(), MONDAY)
    assert standing(taken.enrollment)[:2] == ("blocked", "error")
    assert taken.enrollment.next_step_at == after(1)
    assert len(taken.entries) == MOST_MOVES + 1


def test_a_circle_that_takes_its_time_catches_up_look_by_look():
    flow, now = circle("1m", "0m"), MONDAY + timedelta(minutes=60)
    enrollment, looks = an_enrollment("c0"), 0
    while enrollment.next_step_at is None or enrollment.next_step_at <= now:
        enrollment, looks = look(enrollment, flow, some_facts(), now).enrollment, looks + 1
    assert (enrollment.state, enrollment.next_step_at) == ("active", now + timedelta(minutes=1))
    assert looks == 3  # 120 moves, 50 a look


@pytest.mark.parametrize(
    ("count", "looks"),
    [
        pytest.param(MOST_MOVES - 1, 1, id="the end is the last move of the look"),
        pytest.param(MOST_MOVES, 2, id="the end is left for the next look"),
    ],
)
def test_a_long_line_is_no_circle(count, looks):
    flow = a_line(*(TagStep(key=f"t{i}", tag="vip") for i in range(count)), EndStep(key="end"))
    enrollment = an_enrollment("t0")
    for _ in range(looks):
        assert not enrollment.is_finished
        enrollment = look(enrollment, flow, some_facts(), MONDAY).enrollment
        assert enrollment.is_finished or enrollment.next_step_at == MONDAY
    assert standing(enrollment) == ("finished", "completed", "end", None)
