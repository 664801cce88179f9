"""One call, told by callbacks in any order and any number, and what follows from how it ends."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.calls import (
    APART,
    Again,
    Answerer,
    Call,
    CallState,
    Deed,
    Heard,
    InDoubt,
    Outcome,
    Plan,
    PutThrough,
    Settled,
    calls_back,
    follow,
    hear,
    may_speak,
    next_deed,
    outcome,
    plan_of,
    settles_at,
)
from drumbeat.core.facts import SequenceState
from drumbeat.core.flow import JobType, VoiceStep
from drumbeat.core.guard import GuardFacts
from drumbeat.core.touch import FailureReason, SkipReason, TouchStatus

BEEP = Answerer.MACHINE_END_BEEP
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DROP = Plan(on_human=Deed.HANG_UP, on_machine=Deed.LEAVE)
TALK = Plan(on_human=Deed.CONNECT, on_machine=Deed.HANG_UP)
STORY = (
    Heard(CallState.INITIATED),
    Heard(CallState.RINGING),
    Heard(CallState.IN_PROGRESS),
    Heard(answered_by=Answerer.MACHINE_START),
    Heard(answered_by=Answerer.MACHINE_END_BEEP),
    Heard(CallState.COMPLETED, seconds=31),
)
ANYTHING = st.builds(
    Heard,
    st.none() | st.sampled_from(CallState),
    st.none() | st.sampled_from(Answerer),
    st.integers(0, 600),
    st.none() | st.sampled_from(PutThrough),
)
CALLS = st.builds(
    Call, st.sampled_from(CallState), st.none() | st.sampled_from(Answerer), st.none() | st.sampled_from(Deed)
)


def told(events):
    return reduce(hear, events, Call())


def test_every_order_of_six_callbacks_each_twice_ends_in_one_call():
    expected = Call(CallState.COMPLETED, Answerer.MACHINE_END_BEEP, None, 31)
    for order in permutations(STORY):
        assert told([*order, *order]) == expected
        assert told([event for event in order for _ in range(2)]) == expected
        assert told([*order, *reversed(order)]) == expected


def test_every_order_of_three_callbacks_each_twice_however_mixed():
    three = (STORY[1], STORY[4], STORY[5])
    assert len({told(order) for order in set(permutations(three * 2))}) == 1


@given(st.lists(ANYTHING, max_size=6), st.randoms(use_true_random=False))
def test_any_callbacks_in_any_order_each_twice_end_in_one_call(events, chance):
    mixed = events * 2
    chance.shuffle(mixed)
    assert told(mixed) == told(events)


@given(CALLS, ANYTHING, ANYTHING)
def test_hearing_is_blind_to_order_and_repetition(call, one, other):
    assert hear(hear(call, one), other) == hear(hear(call, other), one)
    assert hear(hear(call, one), one) == hear(call, one)


@given(CALLS, ANYTHING)
def test_a_call_that_has_ended_stays_ended(call, heard):
    assert hear(call, heard).has_ended or not call.has_ended


@given(CALLS, ANYTHING, st.sampled_from([DROP, TALK]))
def test_a_call_is_told_one_thing_once(call, heard, plan):
    deed = next_deed(call, plan)
    if deed is not None:
        assert next_deed(hear(replace(call, deed=deed), heard), plan) is None


@pytest.mark.parametrize(
    ("answered_by", "drop", "talk"),
    [
        pytest.param(None, None, None, id="nobody yet: wait"),
        pytest.param(Answerer.HUMAN, Deed.HANG_UP, Deed.CONNECT, id="a person"),
        pytest.param(Answerer.UNKNOWN, Deed.HANG_UP, Deed.CONNECT, id="unsure: taken for a person"),
        pytest.param(
            Answerer.MACHINE_START, None, Deed.HANG_UP, id="a greeting: wait for its end, or hang up"
        ),
        pytest.param(Answerer.MACHINE_END_BEEP, Deed.LEAVE, Deed.HANG_UP, id="the beep"),
        pytest.param(Answerer.MACHINE_END_SILENCE, Deed.LEAVE, Deed.HANG_UP, id="silence after the greeting"),
        pytest.param(Answerer.MACHINE_END_OTHER, Deed.LEAVE, Deed.HANG_UP, id="another end"),
        pytest.param(Answerer.FAX, Deed.HANG_UP, Deed.HANG_UP, id="a fax"),
    ],
)
def test_what_an_answered_call_is_told(answered_by, drop, talk):
    call = Call(CallState.IN_PROGRESS, answered_by)
    assert (next_deed(call, DROP), next_deed(call, TALK)) == (drop, talk)


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(Call(CallState.COMPLETED, Answerer.MACHINE_END_BEEP), id="it is over"),
        pytest.param(
            Call(CallState.IN_PROGRESS, Answerer.MACHINE_END_BEEP, was_stopped=True), id="it was called off"
        ),
    ],
)
def test_a_call_that_is_to_be_told_nothing(call):
    assert next_deed(call, DROP) is None


@pytest.mark.parametrize(
    ("call", "came"),
    [
        (Call(CallState.RINGING), None),
        (Call(CallState.IN_PROGRESS, Answerer.HUMAN, Deed.READ), None),
        (Call(CallState.BUSY), Outcome.BUSY),
        (Call(CallState.NO_ANSWER), Outcome.NO_ANSWER),
        (Call(CallState.FAILED), Outcome.FAILED),
        (Call(CallState.CANCELED), Outcome.CANCELED),
        (Call(CallState.COMPLETED, Answerer.HUMAN, Deed.CONNECT, was_told=True), Outcome.IN_DOUBT),
        *(
            (Call(CallState.COMPLETED, who, Deed.CONNECT, was_told=told, put_through=of_us), came)
            for who in (Answerer.HUMAN, Answerer.UNKNOWN, None)
            for told in (True, None)
            for of_us, came in (
                (PutThrough.COMPLETED, Outcome.REACHED_HUMAN),
                (PutThrough.NO_ANSWER, Outcome.NOBODY_OF_US),
                (PutThrough.BUSY, Outcome.NOBODY_OF_US),
                (PutThrough.FAILED, Outcome.NOBODY_OF_US),
                (PutThrough.CANCELED, Outcome.NOBODY_OF_US),
            )
        ),
        (Call(CallState.IN_PROGRESS, Answerer.HUMAN, Deed.CONNECT, put_through=PutThrough.BUSY), None),
        (Call(CallState.COMPLETED, Answerer.HUMAN, Deed.CONNECT, was_told=False), Outcome.NOT_REACHED),
        (Call(CallState.COMPLETED, Answerer.HUMAN, Deed.CONNECT), Outcome.IN_DOUBT),
        (Call(CallState.COMPLETED, Answerer.HUMAN), Outcome.NOT_REACHED),
        (Call(CallState.COMPLETED, Answerer.UNKNOWN, Deed.READ, was_told=True), Outcome.REACHED_HUMAN),
        (Call(CallState.COMPLETED, Answerer.UNKNOWN, Deed.HANG_UP), Outcome.NOT_REACHED),
        (Call(CallState.COMPLETED, BEEP, Deed.LEAVE, was_told=True), Outcome.LEFT_MESSAGE),
        (Call(CallState.COMPLETED, BEEP, Deed.LEAVE, was_told=False), Outcome.NOT_REACHED),
        (Call(CallState.COMPLETED, BEEP, Deed.LEAVE), Outcome.IN_DOUBT),
        (Call(CallState.COMPLETED, Answerer.HUMAN, Deed.READ), Outcome.IN_DOUBT),
        (Call(CallState.COMPLETED, Answerer.HUMAN, Deed.READ, was_told=False), Outcome.NOT_REACHED),
        (Call(CallState.COMPLETED, Answerer.HUMAN, Deed.HANG_UP, was_told=True), Outcome.NOT_REACHED),
        (Call(CallState.CANCELED, was_stopped=True), Outcome.STOPPED),
        (Call(CallState.COMPLETED, Answerer.HUMAN, was_stopped=True), Outcome.STOPPED),
        (Call(CallState.COMPLETED, Answerer.MACHINE_END_BEEP), Outcome.NOT_REACHED),
        (Call(CallState.COMPLETED, Answerer.MACHINE_START, Deed.HANG_UP), Outcome.NOT_REACHED),
        (Call(CallState.COMPLETED, Answerer.FAX, Deed.HANG_UP), Outcome.FAX),
        (Call(CallState.COMPLETED), Outcome.NOT_REACHED),
    ],
)
def test_what_a_call_came_to(call, came):
    assert outcome(call, TALK) is came


@pytest.mark.parametrize("was_told", [True, False, None])
@pytest.mark.parametrize("deed", [Deed.HANG_UP, None])
def test_a_person_of_whom_only_machines_were_wanted_was_reached_whatever_was_said(deed, was_told):
    call = Call(CallState.COMPLETED, Answerer.HUMAN, deed, was_told=was_told)
    assert outcome(call, DROP) is Outcome.REACHED_HUMAN
    assert not call.has_spoken


@given(CALLS, st.none() | st.booleans(), st.sampled_from([TALK, Plan(Deed.READ, Deed.LEAVE)]))
def test_where_people_are_to_hear_something_nobody_counts_as_reached_who_heard_nothing(call, was_told, plan):
    call = replace(call, was_told=was_told)
    if outcome(call, plan) in {Outcome.REACHED_HUMAN, Outcome.LEFT_MESSAGE}:
        assert call.has_spoken


@pytest.mark.parametrize(
    ("came", "first", "last"),
    [
        pytest.param(Outcome.LEFT_MESSAGE, "sent", "sent", id="a message was left"),
        pytest.param(Outcome.REACHED_HUMAN, "sent", "sent", id="a person was reached"),
        pytest.param(
            Outcome.NOBODY_OF_US, "sent", "sent", id="our own phone rang in vain: a person calls back"
        ),
        pytest.param(Outcome.BUSY, "again", "busy", id="busy"),
        pytest.param(Outcome.NO_ANSWER, "again", "no_answer", id="nobody answered"),
        pytest.param(Outcome.NOT_REACHED, "again", "no_answer", id="nothing was left"),
        pytest.param(Outcome.FAILED, "again", "provider_error", id="it failed"),
        pytest.param(Outcome.FAX, "rejected_permanent", "rejected_permanent", id="a fax"),
        pytest.param(Outcome.CANCELED, "cancelled", "cancelled", id="somebody ended it at Twilio"),
        pytest.param(Outcome.IN_DOUBT, "doubt", "doubt", id="nobody knows what was said"),
    ],
)
def test_three_calls_in_all_four_hours_apart(came, first, last):
    assert [said(follow(came, tries)) for tries in (1, 2, 3)] == [first, first, last]


def said(follows):
    match follows:
        case Again():
            assert follows.after == APART == timedelta(hours=4)
            return "again"
        case Settled(TouchStatus.FAILED, reason):
            return reason
        case InDoubt():
            return "doubt"
        case _:
            return follows.status


def test_whom_our_own_phone_rang_in_vain_for_is_owed_a_call_and_nobody_else():
    assert [came for came in Outcome if calls_back(came)] == [Outcome.NOBODY_OF_US]


@pytest.mark.parametrize(
    ("call", "misses"),
    [
        (Call(deed=Deed.CONNECT, was_told=True), True),
        (Call(deed=Deed.CONNECT), True),
        (Call(deed=Deed.CONNECT, was_told=False), False),
        (Call(deed=Deed.CONNECT, was_told=True, put_through=PutThrough.BUSY), False),
        (Call(deed=Deed.READ, was_told=True), False),
        (Call(), False),
    ],
)
def test_whether_it_is_still_to_be_told_who_of_us_answered(call, misses):
    assert call.misses_put_through is misses


def test_retries_are_a_setting():
    assert follow(Outcome.BUSY, 1, retries=0) == Settled(TouchStatus.FAILED, FailureReason.BUSY)
    assert follow(Outcome.BUSY, 1, apart=timedelta(hours=1)) == Again(timedelta(hours=1), FailureReason.BUSY)


def test_what_was_called_off_is_called_again_at_once_when_that_is_lifted():
    assert follow(Outcome.STOPPED, 9) == Again(timedelta(), FailureReason.NO_ANSWER)


@pytest.mark.parametrize(
    ("call", "wait"),
    [
        pytest.param(Call(CallState.BUSY), 0, id="nobody answered: at once"),
        pytest.param(Call(CallState.COMPLETED, Answerer.HUMAN), 0, id="known who answered: at once"),
        pytest.param(Call(CallState.COMPLETED), 15, id="who answered may still be told"),
        pytest.param(Call(CallState.COMPLETED, was_stopped=True), 0, id="called off: at once"),
        pytest.param(
            Call(CallState.COMPLETED, BEEP, Deed.LEAVE), 60, id="that it was told may still be told"
        ),
        pytest.param(
            Call(CallState.COMPLETED, Answerer.HUMAN, Deed.READ),
            60,
            id="to a person no less than to a machine",
        ),
        pytest.param(
            Call(CallState.COMPLETED, Answerer.HUMAN, Deed.CONNECT, was_told=True),
            60,
            id="whether one of us answered may still be told",
        ),
        pytest.param(
            Call(CallState.COMPLETED, None, Deed.CONNECT, put_through=PutThrough.COMPLETED),
            15,
            id="who answered may still be told where one of us did",
        ),
    ],
)
def test_what_a_call_came_to_counts_when_no_callback_can_change_it(call, wait):
    assert settles_at(call, TALK, NOW) == NOW + timedelta(seconds=wait)


@pytest.mark.parametrize(
    ("call", "spoken"),
    [
        (Call(CallState.COMPLETED, BEEP, Deed.LEAVE, was_told=True), True),
        (Call(CallState.COMPLETED, BEEP, Deed.LEAVE, was_told=False), False),
        (Call(CallState.COMPLETED, BEEP, Deed.LEAVE), False),
        (Call(CallState.COMPLETED, Answerer.HUMAN, Deed.CONNECT, put_through=PutThrough.BUSY), True),
        (Call(CallState.COMPLETED, Answerer.HUMAN, Deed.HANG_UP, was_told=True), False),
        (Call(CallState.COMPLETED), False),
    ],
)
def test_whether_anything_was_heard_of_us(call, spoken):
    assert call.has_spoken is spoken


@pytest.mark.parametrize(
    ("step", "script", "somebody", "plan"),
    [
        pytest.param({}, True, True, (Deed.CONNECT, Deed.LEAVE), id="put through, or leave the script"),
        pytest.param({}, True, False, (Deed.READ, Deed.LEAVE), id="nobody to put through to: read"),
        pytest.param(
            {"job_type": JobType.INITIAL_OUTREACH, "on_machine": "hang_up"},
            False,
            False,
            (Deed.HANG_UP, Deed.HANG_UP),
            id="nothing to read either: hang up",
        ),
        pytest.param({"on_human": "read"}, True, True, (Deed.READ, Deed.LEAVE), id="read"),
        pytest.param({"on_human": "hang_up"}, True, True, (Deed.HANG_UP, Deed.LEAVE), id="only a machine"),
        pytest.param(
            {"on_machine": "hang_up"}, True, True, (Deed.CONNECT, Deed.LEAVE), id="a drop always leaves"
        ),
        pytest.param(
            {"on_machine": "hang_up", "job_type": JobType.INITIAL_OUTREACH},
            True,
            True,
            (Deed.CONNECT, Deed.HANG_UP),
            id="a call that wants people",
        ),
    ],
)
def test_what_a_step_wants_of_its_call(step, script, somebody, plan):
    assert plan_of(VoiceStep(key="call", **step), has_script=script, has_somebody=somebody) == Plan(*plan)


@pytest.mark.parametrize(
    ("facts", "speaks"),
    [
        ({}, True),
        ({"sender_down_until": NOW}, True),
        ({"emergency_stopped": True}, False),
        ({"sequence_state": SequenceState.PAUSED}, False),
        ({"waits_for_look": True}, False),
        ({"sender_enabled": False}, False),
        ({"unreachable": SkipReason.OPTED_OUT}, False),
        ({"compliance_retry_at": NOW}, False),
    ],
)
def test_whatever_stops_a_message_stops_a_call_before_it_speaks(facts, speaks):
    assert may_speak(GuardFacts(**facts)) is speaks
