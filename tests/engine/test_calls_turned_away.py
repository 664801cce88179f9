"""What Twilio turns away at the door is decided anew; a call with a fault of its own keeps no other from its turn."""

from concurrent.futures import Future
from datetime import timedelta

import pytest
from django.db import transaction

from bench import world
from drumbeat.actions import emergency
from drumbeat.channels.base import TemporaryRefusal, Unclear
from drumbeat.engine import calls as engine
from drumbeat.inbound.twilio import reading
from drumbeat.models import Call, Sequence
from drumbeat.store import calls, steering, stops
from drumbeat.store.new_calls import LOOK_UP_AFTER
from drumbeat.store.steering import AGAIN_AFTER, UNTOLD_FOR
from tests.support import installation as installations
from tests.support.installation import ON_POSTGRESQL
from tests.support.phoning import calling, placed, the_touch
from tests.support.processes import until
from tests.support.racing import waits_for_a_lock

pytest_plugins = ["tests.support.installed", "tests.support.phoning"]

NOW = world.START
BEEP = {"AnsweredBy": "machine_end_beep"}


class Crowded:
    """A Twilio that hears nothing of the first requests."""

    def __init__(self, times, fault=TemporaryRefusal):
        self.left = times
        self.fault = fault
        self.asked = []
        self.told = []

    async def steer(self, sid, twiml):
        self._do("steer", sid)

    async def end(self, sid):
        self._do("end", sid)

    async def look_up(self, sid):
        self._do("look_up", sid)

    def _do(self, what, sid):
        self.asked.append(what)
        self.left -= 1
        if self.left >= 0:
            raise self.fault("Too Many Requests")
        self.told.append((what, sid))

    async def close(self):
        pass


def crowded(office, times, fault=TemporaryRefusal):
    found = Crowded(times, fault)
    office.caller.channel_of = lambda _: found
    return found


def beeping(owner, office):
    """Let a machine's beep be heard on a call; return its sid."""
    calling(owner, ["machine"])
    sid = placed(office)
    office.tell(sid, NOW, **BEEP)
    return sid


def go_for(office, seconds):
    for second in range(0, seconds + 1, 2):
        office.go(NOW + timedelta(seconds=second))


def test_what_was_turned_away_is_told_again_every_two_seconds(owner, office):
    sid = beeping(owner, office)
    twilio = crowded(office, 5)
    go_for(office, 8)
    assert (Call.objects.get().deed, Call.objects.get().was_told, twilio.told) == ("", None, [])
    go_for(office, 10)
    assert (Call.objects.get().deed, Call.objects.get().was_told) == ("leave", True)
    assert twilio.told == [("steer", sid)]


def test_it_is_told_no_more_when_the_call_is_over_for_sure(owner, office):
    beeping(owner, office)
    twilio = crowded(office, 99)
    late = NOW + UNTOLD_FOR
    office.go(late)
    assert (Call.objects.get().deed, Call.objects.get().was_told) == ("leave", False)
    office.go(late + AGAIN_AFTER)
    assert twilio.asked.count("steer") == 1


def test_a_stop_between_two_tries_wins(owner, office):
    sid = beeping(owner, office)
    twilio = crowded(office, 1)
    office.go(NOW)
    emergency.stop_all(owner, NOW)
    go_for(office, 2)
    assert twilio.told == [("end", sid)]
    assert (Call.objects.get().deed, Call.objects.get().was_stopped) == ("", True)


@pytest.mark.parametrize("fault", [TemporaryRefusal, Unclear])
def test_an_end_that_was_not_heard_is_asked_for_again_in_seconds(owner, office, fault):
    calling(owner, ["machine"])
    sid = placed(office)
    emergency.stop_all(owner, NOW)
    twilio = crowded(office, 1, fault)
    office.go(NOW)
    assert twilio.told == []
    office.go(NOW + AGAIN_AFTER)
    assert twilio.told == [("end", sid)]


def test_a_look_at_a_call_is_not_repeated_at_once(owner, office):
    calling(owner, ["machine"])
    placed(office)
    twilio = crowded(office, 99)
    go_for(office, int(LOOK_UP_AFTER.total_seconds()) + 10)
    assert twilio.asked == ["look_up"]


@pytest.mark.parametrize("broken", ["look", "hear"])
def test_a_call_with_a_fault_keeps_no_other_from_its_turn(owner, office, monkeypatch, broken):
    calling(owner, ["machine", ""])
    office.go(NOW)
    bad = min(Call.objects.values_list("id", flat=True))
    module = steering if broken == "look" else calls
    true = getattr(module, broken)

    def faulty(call_id, *args):
        if call_id == bad:
            raise ValueError("a defect")
        return true(call_id, *args)

    monkeypatch.setattr(module, broken, faulty)
    for sid in office.sids:
        office.twilio.calls[sid]["status"] = "no-answer"
    later = NOW + LOOK_UP_AFTER
    office.steer(later)
    office.steer(later)
    assert list(Call.objects.order_by("id").values_list("outcome", flat=True)) == ["", "no_answer"]
    assert Call.objects.get(pk=bad).look_at == later + LOOK_UP_AFTER
    monkeypatch.undo()
    office.steer(later + LOOK_UP_AFTER)
    assert Call.objects.get(pk=bad).outcome == "no_answer"


def test_calls_that_are_only_asked_for_leave_room_for_somebody_on_the_line(owner, office, monkeypatch):
    calling(owner, [""] * (engine.AT_ONCE + 2))
    office.go(NOW)
    later = NOW + LOOK_UP_AFTER
    asked = []

    def go(caller, errand, _):
        asked.append((errand.wish, errand.sid))
        caller._asked[errand.call_id] = (errand, Future())

    monkeypatch.setattr(engine.Caller, "_go", go)
    office.caller.turn(later)
    assert len(asked) == engine.AT_ONCE - engine.KEPT_FREE
    sid = office.sids[-1]
    office.tell(sid, later, **BEEP)
    reading.process_once(later)
    office.caller.turn(later)
    assert asked[-1] == (steering.Wish.STEER, sid)
    assert len(asked) == engine.AT_ONCE - engine.KEPT_FREE + 1
    office.caller._asked.clear()


def stop_everything(owner):
    stops.emergency_stop(owner.workspace_id, "Ann", NOW)


def pause_the_sequence(owner):
    stops.pause_sequence(Sequence.objects.get().pk, NOW)


def disable_the_number(owner):
    stops.disable_sender(the_touch().sender_id, NOW)


@pytest.mark.parametrize("installation", ON_POSTGRESQL, indirect=True)
@pytest.mark.parametrize("stop", [stop_everything, pause_the_sequence, disable_the_number])
def test_what_is_said_waits_for_a_stop_that_is_about_to_commit(owner, office, stop):
    calling(owner, ["machine"])
    sid = placed(office)
    Call.objects.update(answered_by="machine_end_beep")
    with transaction.atomic():
        stop(owner)
        looking = installations.Call(steering.look, Call.objects.get().pk, NOW)
        until(lambda: waits_for_a_lock() or not looking.is_alive())
    errand = looking.result()
    assert (errand.wish, errand.sid) == (steering.Wish.END, sid)
    assert (Call.objects.get().deed, Call.objects.get().was_stopped) == ("", True)
