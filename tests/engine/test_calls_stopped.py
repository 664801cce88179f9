"""Stops that come while a call is under way: whatever commits before a word is said wins."""

from dataclasses import replace

import pytest
from django.db import transaction

from bench import world
from drumbeat.actions import emergency
from drumbeat.channels.twilio.outbound import CallOutbound
from drumbeat.core.touch import TouchStatus
from drumbeat.models import Call, Message, Sequence, Touch
from drumbeat.store import calls, new_calls, stops
from drumbeat.store.outcomes import Outcome
from tests.support.phoning import OURS, REP, calling, placed, the_touch

pytest_plugins = ["tests.support.installed", "tests.support.phoning"]

NOW = world.START
BEEP = {"AnsweredBy": "machine_end_beep"}


def stop_everything(owner, contact_id):
    emergency.stop_all(owner, NOW)


def pause_the_sequence(owner, contact_id):
    with transaction.atomic():
        stops.pause_sequence(Sequence.objects.get().pk, NOW)


def reply(owner, contact_id):
    with transaction.atomic():
        stops.stop_contacts(owner.workspace_id, [contact_id], "replied", NOW)


@pytest.mark.parametrize(
    ("stop", "status"),
    [(stop_everything, "scheduled"), (pause_the_sequence, "scheduled"), (reply, "cancelled")],
)
@pytest.mark.parametrize("answered", [False, True], ids=["ringing", "the beep is heard"])
def test_a_stop_ends_a_call_that_has_said_nothing_yet(owner, office, stop, status, answered):
    (contact_id,) = calling(owner, ["machine"])
    sid = placed(office)
    office.tell(sid, NOW, CallStatus="ringing")
    if answered:
        office.tell(sid, NOW, **BEEP)
    stop(owner, contact_id)
    office.go(NOW)
    call = office.twilio.calls[sid]
    assert (call["status"], len(call["twiml"])) == ("completed", 1)
    office.tell(sid, NOW, CallStatus="completed", CallDuration="0")
    office.go(NOW)
    assert (the_touch().status, Call.objects.get().outcome) == (status, "stopped")
    assert not Message.objects.exists()


def test_what_was_called_off_calls_again_when_the_stop_is_lifted(owner, office):
    calling(owner, ["machine"], retries=0)
    sid = placed(office)
    emergency.stop_all(owner, NOW)
    office.go(NOW)
    office.tell(sid, NOW, CallStatus="completed")
    office.go(NOW)
    assert len(office.sids) == 1
    emergency.lift(owner, NOW)
    office.go(NOW)
    assert len(office.sids) == 2
    office.live(office.sids[1], NOW)
    assert the_touch().status == "sent"


def test_who_opts_out_while_it_rings_hears_nothing(owner, office):
    calling(owner, ["machine"])
    sid = placed(office)
    with transaction.atomic():
        touch = the_touch()
        Touch.objects.filter(pk=touch.pk).update(base_address="")  # only the guard can see it now
        stops.suppress(
            owner.workspace_id,
            channel="voice",
            base_address=touch.recipient,
            reason="stop",
            source="t",
            now=NOW,
        )
    office.tell(sid, NOW, **BEEP)
    office.go(NOW)
    assert (office.twilio.calls[sid]["status"], Call.objects.get().was_stopped) == ("completed", True)
    assert len(office.twilio.calls[sid]["twiml"]) == 1


def test_a_stop_before_the_call_has_a_name_ends_it_as_soon_as_it_has_one(owner, office):
    calling(owner, ["machine"])
    sid = placed(office)
    Call.objects.update(sid="")  # the answer to the request is under way
    emergency.stop_all(owner, NOW)
    office.go(NOW)
    assert Call.objects.get().was_stopped
    office.tell(sid, NOW, CallStatus="ringing")
    office.go(NOW)
    office.go(NOW)
    assert office.twilio.calls[sid]["status"] == "completed"


def test_a_stop_while_the_call_is_being_placed_ends_it_when_it_is(owner, office):
    calling(owner, ["machine"])
    sid = placed(office)
    Call.objects.update(sid="")
    emergency.stop_all(owner, NOW)
    office.go(NOW)
    claimed = replace(
        calls._claimed(the_touch()), outbound=CallOutbound(touch_key="k", recipient=REP, sender=OURS)
    )
    new_calls.follow([Outcome(claimed=claimed, status=TouchStatus.SENDING, at=NOW, provider_id=sid)])
    office.go(NOW)
    assert office.twilio.calls[sid]["status"] == "completed"
