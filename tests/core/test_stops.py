"""Which new fact ends or pauses what, setting by setting; and when nobody can be reached any more."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from drumbeat.core.advance import look
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.facts import WEAK_MEETING, WEAK_OPT_OUT, WEAK_REPLY
from drumbeat.core.flow import Branch, ConditionStep, SmsStep, Way, WayKind
from drumbeat.core.stops import STOP_RULES, new_stop
from tests.support.flows import a_condition, a_flow, a_line, an_email
from tests.support.standing import (
    MONDAY,
    a_task,
    a_touch,
    after,
    an_enrollment,
    journal,
    some_facts,
    standing,
)

FLOW = a_line(an_email("hello", after="1d"), an_email("again", after="2d"))
STATES = ("active", "awaiting", "paused", "blocked")
WAITS = ("active", "", "hello", after(1))
ALL_OFF = dict.fromkeys(
    ("exit_on_reply", "exit_on_meeting", "exit_on_call", "exit_on_conversion", "exit_on_company_reply"), "off"
)


def heard(facts, state="active", **more):
    reason = {"paused": "manual", "blocked": "interrupted"}.get(state, "")
    return look(an_enrollment(state=state, reason=reason, **more), FLOW, facts, MONDAY)


@pytest.mark.parametrize("state", (*STATES, "pending_review"))
@pytest.mark.parametrize("kind", ["complained", "opted_out", "bounced"])
def test_some_facts_end_whatever_the_settings_say(kind, state):
    taken = heard(some_facts(counts={kind: 1}, sequence=ALL_OFF), state)
    assert standing(taken.enrollment)[:2] == ("finished", kind)
    assert journal(taken) == [("finished", kind, "hello")]


@pytest.mark.parametrize(
    ("kind", "name", "finish", "pause", "usual"),
    [
        pytest.param("replied", "exit_on_reply", "replied", "reply", "finish", id="reply"),
        pytest.param("meeting_booked", "exit_on_meeting", "meeting_booked", "meeting", "pause", id="meeting"),
        pytest.param("call_logged", "exit_on_call", "called", "call", "off", id="call"),
        pytest.param("converted", "exit_on_conversion", "converted", "conversion", "finish", id="conversion"),
        pytest.param(
            "company_reply",
            "exit_on_company_reply",
            "replied",
            "company_reply",
            "off",
            id="a colleague's reply",
        ),
    ],
)
def test_a_setting_says_what_a_fact_does(kind, name, finish, pause, usual):
    made = {"finish": ("finished", finish), "pause": ("paused", pause), "off": ("active", "")}
    for setting, expected in made.items():
        facts = some_facts(counts={kind: 1}, sequence={name: setting})
        assert standing(heard(facts).enrollment)[:2] == expected
    by_default = heard(some_facts(counts={kind: 1})).enrollment
    assert standing(by_default)[:2] == made[usual]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        pytest.param("replied", {}, id="the contact's own needs no word more"),
        pytest.param("company_reply", {"fact": "company_reply"}, id="a colleague's is named"),
    ],
)
def test_the_journal_says_whose_reply_it_was(kind, told):
    facts = some_facts(counts={kind: 1}, sequence={"exit_on_company_reply": "finish"})
    (entry,) = heard(facts).entries
    assert (entry.rule, entry.reason, entry.facts) == ("finished", "replied", told)


@pytest.mark.parametrize("kind", ["out_of_office", "auto_replied", "opened", "meeting_cancelled", "sent"])
def test_other_facts_stop_nothing(kind):
    taken = heard(some_facts(counts={kind: 3}))
    assert standing(taken.enrollment) == WAITS
    assert taken.enrollment.heard == {kind: 3}


@pytest.mark.parametrize(
    ("counts", "sequence", "expected"),
    [
        pytest.param({"replied": 1, "opted_out": 1}, {}, ("finished", "opted_out"), id="an opt-out first"),
        pytest.param({"bounced": 1, "complained": 1}, {}, ("finished", "complained"), id="a complaint first"),
        pytest.param(
            {"replied": 1, "converted": 1}, {}, ("finished", "replied"), id="a reply before the rest"
        ),
        pytest.param(
            {"meeting_booked": 1, "converted": 1}, {}, ("finished", "converted"), id="an end beats a pause"
        ),
        pytest.param(
            {"replied": 1, "meeting_booked": 1},
            {"exit_on_reply": "pause"},
            ("paused", "reply"),
            id="of two pauses the first",
        ),
        pytest.param(
            {"replied": 1, "meeting_booked": 1},
            {"exit_on_reply": "off"},
            ("paused", "meeting"),
            id="what is off does not hide the next",
        ),
        pytest.param({WEAK_REPLY: 1, "replied": 1}, {}, ("finished", "replied"), id="proof beats a guess"),
        pytest.param(
            {WEAK_OPT_OUT: 1, "replied": 1},
            {"exit_on_reply": "off"},
            ("paused", "reply"),
            id="what may be an opt-out pauses though replies do not",
        ),
        pytest.param(
            {WEAK_OPT_OUT: 1, "replied": 1}, {}, ("finished", "replied"), id="and hinders no end by the reply"
        ),
        pytest.param(
            {WEAK_MEETING: 1, "meeting_booked": 1},
            {"exit_on_meeting": "finish"},
            ("paused", "meeting"),
            id="a meeting that anybody may have told ends nothing",
        ),
        pytest.param(
            {WEAK_MEETING: 1, "meeting_booked": 2},
            {"exit_on_meeting": "finish"},
            ("finished", "meeting_booked"),
            id="one that is sure ends it",
        ),
    ],
)
def test_of_several_facts_one_decides(counts, sequence, expected):
    taken = heard(some_facts(counts=counts, sequence=sequence))
    assert standing(taken.enrollment)[:2] == expected
    assert len(taken.entries) == 1


@pytest.mark.parametrize("kind", [rule.kind for rule in STOP_RULES])
def test_what_was_heard_stops_nothing(kind):
    facts = some_facts(counts={kind: 2}, sequence=dict.fromkeys(ALL_OFF, "finish"))
    assert standing(heard(facts, heard={kind: 2}).enrollment) == WAITS
    assert heard(facts, heard={kind: 1}).enrollment.is_finished


def test_a_setting_never_acts_backwards():
    quiet = heard(some_facts(counts={"replied": 1}, sequence={"exit_on_reply": "off"})).enrollment
    strict = look(quiet, FLOW, some_facts(counts={"replied": 1}), MONDAY)
    assert standing(strict.enrollment) == WAITS


@pytest.mark.parametrize("state", [*STATES, "pending_review"])
def test_a_guessed_reply_pauses_and_never_ends(state):
    taken = heard(some_facts(counts={WEAK_REPLY: 1}), state)
    reason = "manual" if state == "paused" else "reply"
    assert standing(taken.enrollment) == ("paused", reason, "hello", None)


def test_a_guessed_reply_does_nothing_where_replies_do_nothing():
    facts = some_facts(counts={WEAK_REPLY: 1}, sequence={"exit_on_reply": "off"})
    assert standing(heard(facts).enrollment) == WAITS


@pytest.mark.parametrize("setting", ["pause", "finish"])
@pytest.mark.parametrize("kind", ["replied", "meeting_booked", "call_logged", "converted"])
def test_a_fact_ends_what_waits_for_review(kind, setting):
    facts = some_facts(counts={kind: 1}, sequence=dict.fromkeys(ALL_OFF, setting))
    assert heard(facts, "pending_review").enrollment.is_finished


# Out of office

AWAY = {"out_of_office": 1}
POSTPONES = {"postpone_on_out_of_office": True}


def away(returns_on, **more):
    returns_at = datetime.fromisoformat(returns_on).replace(tzinfo=UTC) if returns_on else None
    sequence = POSTPONES | more.pop("sequence", {})
    return some_facts(**{"counts": AWAY, "sequence": sequence, "returns_at": returns_at} | more)


@pytest.mark.parametrize(
    ("returns_on", "zone", "back"),
    [
        pytest.param("2026-03-10", "UTC", "2026-03-11T00:00+00:00", id="one business day after the return"),
        pytest.param("2026-03-13", "UTC", "2026-03-16T00:00+00:00", id="a Friday leads to Monday"),
        pytest.param("2026-03-15", "UTC", "2026-03-16T00:00+00:00", id="and so does a Sunday"),
        pytest.param("2026-03-10", "Asia/Kolkata", "2026-03-11T00:00+05:30", id="in the contact's zone"),
        pytest.param("2026-03-10", "America/New_York", "2026-03-11T00:00-04:00", id="west of it too"),
    ],
)
def test_an_absence_postpones(returns_on, zone, back):
    taken = heard(away(returns_on, zone=ZoneInfo(zone)))
    until = datetime.fromisoformat(back).astimezone(UTC)
    assert standing(taken.enrollment) == ("paused", "out_of_office", "hello", until)
    assert taken.enrollment.resume_at == until


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(away("2026-03-10", sequence={"postpone_on_out_of_office": False}), id="not asked for"),
        pytest.param(away(None), id="no date was given"),
        pytest.param(away("2026-02-20"), id="it is over"),
        pytest.param(away("2026-02-26"), id="it is over with its business day"),
    ],
)
def test_an_absence_that_does_not_postpone_is_only_heard(facts):
    taken = heard(facts)
    assert standing(taken.enrollment) == WAITS
    assert taken.enrollment.heard == AWAY


def test_after_the_absence_it_goes_on_by_itself():
    facts = away("2026-03-10")
    paused = heard(facts).enrollment
    assert look(paused, FLOW, facts, after(5)).enrollment == paused
    back = look(paused, FLOW, facts, after(9))
    assert journal(back) == [("resumed", "out_of_office", "hello"), ("planned", "email", "hello")]


@pytest.mark.parametrize(
    ("counts", "more", "expected"),
    [
        pytest.param({"replied": 1}, {}, ("finished", "replied", None), id="a reply that ends"),
        pytest.param(
            {"replied": 1}, {"exit_on_reply": "pause"}, ("paused", "reply", None), id="a reply that pauses"
        ),
        pytest.param({WEAK_REPLY: 1}, {}, ("paused", "reply", None), id="a guessed reply"),
        pytest.param({"opened": 1}, {}, ("paused", "out_of_office", "2026-03-11"), id="anything else"),
        pytest.param({"out_of_office": 2}, {}, ("paused", "out_of_office", "2026-03-18"), id="a new date"),
    ],
)
def test_what_is_heard_during_an_absence(counts, more, expected):
    paused = heard(away("2026-03-10")).enrollment
    returns_on = "2026-03-17" if counts.get("out_of_office") == 2 else "2026-03-10"
    facts = away(returns_on, counts=AWAY | counts, sequence=more)
    taken = look(paused, FLOW, facts, after(2)).enrollment
    state, reason, day = expected
    assert (taken.state, taken.reason) == (state, reason)
    assert taken.next_step_at == (datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None)
    assert taken.paused_at == (MONDAY if state == "paused" else None)


def test_an_absence_does_not_shorten_the_pause_of_a_person():
    taken = heard(away("2026-03-10"), "paused")
    assert standing(taken.enrollment) == ("paused", "manual", "hello", None)


def test_an_absence_leaves_a_review_to_people():
    taken = heard(away("2026-03-10"), "pending_review")
    assert standing(taken.enrollment) == ("pending_review", "", "hello", None)
    assert taken.enrollment.heard == AWAY


# Nobody to reach

EMAIL_ONLY = {"email": "suppressed"}
NO_PHONE = {"sms": "no_address"}
NOBODY = {"email": "suppressed", "sms": "no_address"}


def texting(key="text"):
    return SmsStep(key=key, text="Hi")


@pytest.mark.parametrize(
    ("flow", "unreachable", "finished"),
    [
        pytest.param(FLOW, EMAIL_ONLY, True, id="no channel ahead reaches the contact"),
        pytest.param(FLOW, {"email": "opted_out"}, True, id="an opt-out counts as well"),
        pytest.param(FLOW, {"email": "no_address"}, False, id="a missing address is skipped step by step"),
        pytest.param(FLOW, {"email": "no_consent"}, False, id="missing consent too"),
        pytest.param(FLOW, NO_PHONE, False, id="a channel that is not used does not matter"),
        pytest.param(a_line(an_email("hello"), texting()), EMAIL_ONLY, False, id="another channel is left"),
        pytest.param(a_line(an_email("hello"), texting()), NOBODY, True, id="the other one has no address"),
        pytest.param(a_line(an_email("hello"), a_task()), EMAIL_ONLY, False, id="a task can still be done"),
        pytest.param(
            a_line(ConditionStep(key="hello")), EMAIL_ONLY, False, id="nothing would be sent anyway"
        ),
        pytest.param(
            a_flow(an_email("hello", on_failure=Way(WayKind.STEP, "call")), a_task()),
            EMAIL_ONLY,
            False,
            id="a task on the way after a failure",
        ),
        pytest.param(
            a_flow(
                ConditionStep(
                    key="hello", branches=(Branch(name="b", condition=a_condition(), next="call"),)
                ),
                a_task(next="hello"),
            ),
            EMAIL_ONLY,
            False,
            id="a task in a circle",
        ),
    ],
)
@pytest.mark.parametrize("state", ["active", "pending_review", "paused"])
def test_a_suppression_ends_what_cannot_reach_anybody(flow, unreachable, finished, state):
    facts = some_facts(unreachable=unreachable)
    taken = look(an_enrollment(state=state), flow, facts, MONDAY - timedelta(days=1)).enrollment
    assert taken.is_finished is finished
    assert taken.reason == ("suppressed" if finished else "")


@pytest.mark.parametrize(
    ("touch", "expected"),
    [
        pytest.param(a_touch("planned"), ("finished", "suppressed"), id="what has not left is ahead"),
        pytest.param(a_touch("cancelled"), ("finished", "suppressed"), id="what was cancelled too"),
        pytest.param(a_touch("sent", handed=True), ("finished", "completed"), id="what was sent is behind"),
        pytest.param(a_touch("sending", handed=True), ("awaiting", ""), id="what is on the wire is awaited"),
        pytest.param(a_touch("interrupted", handed=True), ("blocked", "interrupted"), id="what is in doubt"),
    ],
)
def test_the_step_at_hand_is_ahead_until_it_is_handed_over(touch, expected):
    facts = some_facts(unreachable=EMAIL_ONLY, touch=touch)
    taken = look(an_enrollment(state="awaiting"), a_line(an_email("hello")), facts, MONDAY).enrollment
    assert (taken.state, taken.reason) == expected


def test_behind_the_last_step_nobody_needs_to_be_reached():
    taken = look(an_enrollment(None), FLOW, some_facts(unreachable=EMAIL_ONLY), MONDAY)
    assert taken.enrollment.reason == "completed"


def test_nothing_new_asks_for_nothing():
    assert new_stop(an_enrollment(), some_facts(), MONDAY) is None
    for state in EnrollmentState:
        assert new_stop(an_enrollment(state=state), some_facts(counts={"replied": 0}), MONDAY) is None
