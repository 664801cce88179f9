"""Calls at Twilio: how they begin, how they are steered past whatever else waits, how they end."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace

import pytest

from drumbeat import crash
from drumbeat.channels.base import PermanentRefusal, Scope
from drumbeat.channels.twilio.finding import heard_of
from drumbeat.channels.twilio.twiml import Script, telling
from drumbeat.core.calls import Answerer, CallState, Deed, Heard, Plan
from tests.channels.texting import CALL, TEXT, asked, outcome, through
from tests.support.twilio import calling


@pytest.fixture
def twilio():
    with calling() as running:
        yield running
    assert running.faults == []


def test_a_call_waits_in_silence_until_it_is_known_who_answered(twilio):
    receipt = outcome(twilio, CALL)
    assert receipt.provider_id.startswith("CA")
    path, form = asked(twilio)
    assert path.endswith("/Calls.json")
    assert form["MachineDetection"] == "DetectMessageEnd"
    assert (form["AsyncAmd"], form["AsyncAmdStatusCallback"]) == ("true", CALL.answered_url)
    assert form["StatusCallbackEvent"] == ["initiated", "ringing", "answered", "completed"]
    assert (form["Timeout"], form["TimeLimit"]) == ("25", "1800")
    assert form["Twiml"].endswith('<Response><Pause length="45" /><Hangup /></Response>')


@pytest.mark.parametrize(("on_human", "seconds"), [(Deed.CONNECT, "14400"), (Deed.READ, "1800")])
def test_people_who_talk_to_each_other_are_not_cut_off_like_a_script(twilio, on_human, seconds):
    outcome(twilio, replace(CALL, plan=Plan(on_human, Deed.LEAVE)))
    assert asked(twilio)[1]["TimeLimit"] == seconds


def test_a_call_needs_no_word_of_how_it_stands(twilio):
    outcome(twilio, replace(CALL, status_url=""))
    assert "StatusCallback" not in asked(twilio)[1]


def test_nobody_is_called_who_could_be_told_nothing(twilio):
    refused = outcome(twilio, replace(CALL, answered_url=""))
    assert isinstance(refused, PermanentRefusal)
    assert refused.scope is Scope.SENDER
    assert "DRUMBEAT_PUBLIC_URL" in refused.text
    assert not twilio.calls


def test_a_call_says_how_it_stands(twilio):
    async def work(channel):
        sid = (await (await channel.prepare(CALL)).transmit()).provider_id
        before = await channel.look_up(sid)
        await channel.end(sid)
        return before, await channel.look_up(sid)

    before, after = through(twilio, work)
    assert (before.state, after.state) == (CallState.QUEUED, CallState.COMPLETED)


@pytest.mark.parametrize(
    ("told", "heard"),
    [
        (("completed", "human", "31"), Heard(CallState.COMPLETED, Answerer.HUMAN, 31)),
        (("in-progress", None, None), Heard(CallState.IN_PROGRESS)),
        (("unheard-of", "an elephant", "-1"), Heard()),
        ((None, None, "9" * 40), Heard()),
    ],
)
def test_what_a_call_says_of_itself_is_read_as_far_as_it_is_known(told, heard):
    status, answered_by, duration = told
    assert heard_of(SimpleNamespace(status=status, answered_by=answered_by, duration=duration)) == heard


def test_a_machine_is_left_the_message_after_its_beep(twilio):
    script = Script(text="Hi, this is Ann. Please call me back.")

    async def work(channel):
        receipt = await (await channel.prepare(CALL)).transmit()
        await channel.steer(receipt.provider_id, telling(Deed.LEAVE, script))
        return receipt.provider_id

    sid = through(twilio, work)
    assert twilio.calls[sid]["twiml"][-1].endswith(
        '<Response><Pause length="1" /><Say language="en-US">Hi, this is Ann. Please call me back.</Say>'
        "<Hangup /></Response>"
    )


def test_a_call_can_be_ended_and_then_not_steered(twilio):
    async def work(channel):
        sid = (await (await channel.prepare(CALL)).transmit()).provider_id
        await channel.end(sid)
        with pytest.raises(PermanentRefusal, match="not in-progress"):
            await channel.steer(sid, telling(Deed.HANG_UP, Script()))
        with pytest.raises(PermanentRefusal):
            await channel.end("CA" + "f" * 32)
        return sid

    assert twilio.calls[through(twilio, work)]["status"] == "completed"


def test_a_call_is_steered_past_messages_that_wait(twilio):
    async def work(channel):
        sid = (await (await channel.prepare(CALL)).transmit()).provider_id
        held = await channel.prepare(TEXT)
        waiting = asyncio.create_task(channel.prepare(TEXT))
        await asyncio.wait_for(channel.steer(sid, telling(Deed.HANG_UP, Script())), 5)
        await held.abandon()
        await (await waiting).abandon()

    through(twilio, work, connections=1)
    assert not twilio.messages


@pytest.mark.parametrize("outbound", [TEXT, CALL], ids=["text", "call"])
def test_the_points_of_a_crash_are_passed_in_order(twilio, outbound):
    passed: list[str] = []
    crash.install(passed.append)
    try:
        outcome(twilio, outbound)
    finally:
        crash.install(None)
    assert passed == ["C5", "C7", "C8"]
