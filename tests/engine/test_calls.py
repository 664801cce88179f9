"""Calls through the whole engine, over the vendor's client to the tests' own Twilio: placed, steered, settled."""

from datetime import timedelta
from itertools import permutations

import pytest

from bench import world
from drumbeat.models import (
    Attempt,
    Call,
    Enrollment,
    Message,
    PhoneAccount,
    SenderProfile,
    Sequence,
    Touch,
)
from drumbeat.store import phone_accounts
from tests.support import phoning
from tests.support.phoning import OURS, SPOKEN, calling, logged, placed, the_touch

pytest_plugins = ["tests.support.installed", "tests.support.phoning"]

NOW = world.START
LATER = timedelta(hours=4)
BEEP = {"AnsweredBy": "machine_end_beep"}
LEFT = f'<Pause length="1" /><Say language="en-US">{SPOKEN}</Say><Hangup />'


def test_a_voicemail_is_dropped_after_the_beep_and_the_sequence_goes_on(owner, office):
    (contact_id,) = calling(owner, ["machine"])
    sid = placed(office)
    touch = the_touch()
    assert (touch.status, touch.settled_at, touch.lease_until) == ("sending", None, None)
    assert office.twilio.calls[sid]["said"]["StatusCallback"].endswith(f"/{touch.mark}.1")

    office.live(sid, NOW)

    assert office.said(sid) == LEFT
    touch = the_touch()
    assert (touch.status, touch.attempts) == ("sent", 1)
    call = Call.objects.get()
    assert (call.sid, call.outcome, call.deed, call.was_told, call.seconds) == (
        sid, "left_message", "leave", True, 31,
    )  # fmt: skip
    attempt = Attempt.objects.get()
    assert (attempt.outcome, attempt.code, attempt.provider_id) == ("sent", "left_message", sid)
    message = Message.objects.get()
    assert (message.contact_id, message.channel, message.direction) == (contact_id, "voice", "out")
    assert (message.text, message.from_address) == (SPOKEN, OURS)
    assert Enrollment.objects.get().reason == "completed"
    assert not logged().exists()


def test_nothing_is_said_before_the_greeting_has_ended(owner, office):
    calling(owner, ["machine"])
    sid = placed(office)
    office.tell(sid, NOW, CallStatus="in-progress")
    office.tell(sid, NOW, AnsweredBy="machine_start")
    office.go(NOW)
    assert len(office.twilio.calls[sid]["twiml"]) == 1


def test_without_a_number_to_put_through_to_a_person_hears_the_script(owner, office):
    calling(owner, ["human"])
    sid = placed(office)
    office.live(sid, NOW)
    assert office.said(sid) == f'<Say language="en-US">{SPOKEN}</Say><Hangup />'
    assert Message.objects.get().text == SPOKEN
    assert logged().count() == 1


def test_a_person_who_answers_a_drop_for_machines_hears_nothing_and_is_not_called_again(owner, office):
    calling(owner, ["human"], on_human="hang_up")
    sid = placed(office)
    office.live(sid, NOW)
    assert office.said(sid) == "<Hangup />"
    assert the_touch().status == "sent"
    assert not Message.objects.exists() and not logged().exists()


def test_a_call_that_counts_ends_what_is_to_end_by_a_call(owner, office):
    steps = [
        {"key": "call", "kind": "voice", "script": "Hi", "on_human": "read"},
        {"key": "again", "kind": "voice", "script": "Hi", "delay": "1d"},
    ]
    calling(owner, ["human"], steps)
    Sequence.objects.update(exit_on_call="finish")
    office.live(placed(office), NOW)
    assert (Enrollment.objects.get().state, Enrollment.objects.get().reason) == ("finished", "called")


@pytest.mark.parametrize(
    ("script", "outcome", "reason"),
    [
        ("no_answer", "no_answer", "no_answer"),
        ("busy_line", "busy", "busy"),
        ("gone", "not_reached", "no_answer"),
    ],
)
def test_who_was_not_reached_is_called_twice_more_four_hours_apart(owner, office, script, outcome, reason):
    calling(owner, [script])
    now = NOW
    for number in (1, 2, 3):
        sid = placed(office, now)
        assert len(office.sids) == number
        office.live(sid, now)
        now += timedelta(seconds=15)  # until then it may be told who answered
        office.go(now)
        touch = the_touch()
        if number < 3:
            assert (touch.status, touch.handed_at) == ("scheduled", None)
            assert timedelta() <= now + LATER - touch.not_before <= timedelta(seconds=15)
            office.go(touch.not_before - timedelta(seconds=1))
            assert len(office.sids) == number
            now = touch.not_before
    assert (touch.status, touch.reason, touch.attempts) == ("failed", reason, 3)
    assert list(Call.objects.values_list("number", "outcome")) == [(1, outcome), (2, outcome), (3, outcome)]
    assert list(Attempt.objects.order_by("id").values_list("outcome", flat=True)) == [
        "scheduled", "scheduled", "failed",
    ]  # fmt: skip
    assert not Message.objects.exists()


def test_retries_keep_the_quiet_hours_of_the_recipient(owner, office):
    calling(owner, ["no_answer"])
    evening = NOW.replace(hour=19)
    office.live(placed(office, evening), evening)
    office.go(evening + LATER)
    assert len(office.sids) == 1
    assert (the_touch().hold_reason, the_touch().not_before) == (
        "quiet_hours", (NOW + timedelta(days=1)).replace(hour=8),
    )  # fmt: skip
    office.go(the_touch().not_before)
    assert len(office.sids) == 2


def test_each_call_counts_against_the_cap(owner, office):
    SenderProfile.objects.filter(channel="voice").update(cap_per_day=1)
    calling(owner, ["no_answer"])
    office.live(placed(office), NOW)
    office.go(NOW + LATER)
    assert len(office.sids) == 1
    office.go(NOW + timedelta(days=1))
    assert len(office.sids) == 2


def test_every_order_of_callbacks_each_twice_ends_alike(owner, office):
    """The machine's life without the moment in which it could be steered: what is heard, not what is said."""
    life = [
        {"CallStatus": "ringing"},
        {"CallStatus": "in-progress"},
        {"AnsweredBy": "human"},
        {"CallStatus": "completed", "CallDuration": "7"},
    ]
    orders = list(permutations(life))
    calling(owner, ["human"] + [""] * (len(orders) - 1), on_human="hang_up")
    office.go(NOW)
    for sid, order in zip(office.sids, orders, strict=True):
        for news in (*order, *order):
            office.tell(sid, NOW, **news)
    office.go(NOW)
    ends = set(Call.objects.values_list("state", "answered_by", "seconds", "outcome"))
    assert ends == {("completed", "human", 7, "reached_human")}
    assert set(Touch.objects.values_list("status", "attempts")) == {("sent", 1)}
    assert Attempt.objects.count() == len(orders)


@pytest.mark.parametrize(
    ("on_human", "status", "outcome"),
    [("hang_up", "sent", "reached_human"), ("read", "scheduled", "not_reached")],
)
def test_word_of_who_answered_may_come_after_the_end(owner, office, on_human, status, outcome):
    calling(owner, ["human"], on_human=on_human)
    sid = placed(office)
    office.tell(sid, NOW, CallStatus="completed", CallDuration="3")
    office.go(NOW)
    assert the_touch().status == "sending"
    office.tell(sid, NOW + timedelta(seconds=5), AnsweredBy="human")
    office.go(NOW + timedelta(seconds=5))
    assert (the_touch().status, Call.objects.get().outcome) == (status, outcome)


def test_a_call_that_ended_before_it_could_be_told_is_tried_again(owner, office):
    calling(owner, ["machine"])
    sid = placed(office)
    office.twilio.calls[sid]["status"] = "completed"  # and nobody has told us yet
    office.tell(sid, NOW, **BEEP)
    office.go(NOW)
    assert Call.objects.get().was_told is False
    office.tell(sid, NOW, CallStatus="completed")
    office.go(NOW)
    assert (the_touch().status, Call.objects.get().outcome) == ("scheduled", "not_reached")


def test_what_twilio_may_or_may_not_have_heard_is_for_a_person(owner, office):
    calling(owner, ["machine"])
    sid = placed(office)
    office.tell(sid, NOW, **BEEP)
    office.twilio.says = (500, {"code": 20500, "message": "oops"})
    office.go(NOW)
    office.twilio.says = None
    assert (Call.objects.get().deed, Call.objects.get().was_told) == ("leave", None)
    office.tell(sid, NOW, CallStatus="completed", CallDuration="30")
    office.go(NOW + timedelta(seconds=59))
    assert the_touch().status == "sending"
    office.go(NOW + timedelta(seconds=60))
    assert (the_touch().status, Enrollment.objects.get().reason) == ("interrupted", "interrupted")
    office.go(NOW + timedelta(days=2))
    assert len(office.sids) == 1


def test_a_call_of_which_nobody_tells_is_asked_for(owner, office):
    calling(owner, ["no_answer"])
    sid = placed(office)
    office.twilio.calls[sid]["status"] = "no-answer"
    office.go(NOW + timedelta(minutes=1))
    assert the_touch().status == "sending"
    office.go(NOW + timedelta(minutes=2))
    assert (the_touch().status, Call.objects.get().outcome) == ("scheduled", "no_answer")


def test_a_refused_call_leaves_no_trace_of_a_call(owner, office):
    calling(owner, ["21211"])
    office.go(NOW)
    assert (the_touch().status, the_touch().reason) == ("failed", "rejected_permanent")
    assert not Call.objects.exists()


@pytest.mark.parametrize("script", ["lost", "oops"])
def test_a_call_in_doubt_is_cleared_up_by_its_first_callback(owner, office, script):
    calling(owner, [script])
    office.go(NOW)
    assert (the_touch().status, Enrollment.objects.get().reason) == ("interrupted", "interrupted")
    address = phone_accounts.hook_url(PhoneAccount.objects.get(), f"{the_touch().mark}.1")
    phoning.post(address, {"CallSid": "CA1", "CallStatus": "ringing"}, NOW)
    office.go(NOW)
    assert (the_touch().status, Enrollment.objects.get().state) == ("sending", "awaiting")
    phoning.post(address, {"CallSid": "CA1", "CallStatus": "busy"}, NOW)
    office.go(NOW)
    assert (the_touch().status, Call.objects.get().outcome) == ("scheduled", "busy")


def test_a_callback_about_another_attempt_or_nobody_changes_nothing(owner, office):
    calling(owner, ["machine"])
    sid = placed(office)
    account = PhoneAccount.objects.get()
    for mark in (f"{the_touch().mark}.2", f"{'x' * 32}.1", the_touch().mark, "x"):
        phoning.post(phone_accounts.hook_url(account, mark), {"CallSid": sid, "CallStatus": "busy"}, NOW)
    office.go(NOW)
    assert (the_touch().status, Call.objects.get().state) == ("sending", "queued")


def test_what_cannot_be_said_is_not_called_for(owner, office):
    calling(owner, ["machine"], script="x" * 4_001)
    office.go(NOW)
    assert not office.sids
    assert (the_touch().status, the_touch().reason) == ("failed", "render_error")
