"""Calls of which nothing more is heard: a person says what became of them, and they hold nothing up for ever."""

from datetime import timedelta

import pytest
from django.db import transaction

from bench import world
from drumbeat.channels.base import PermanentRefusal
from drumbeat.core.touch import Resolution
from drumbeat.models import Attempt, Call, Enrollment, PhoneAccount, Touch
from drumbeat.store import doubt, frequency, phone_accounts, steering
from tests.support import phoning
from tests.support.phoning import calling, placed, the_touch

pytest_plugins = ["tests.support.installed", "tests.support.phoning"]

NOW = world.START
A_DAY = steering.NOT_ASKED_FOR_AFTER


class Forgetful:
    """A Twilio that knows nothing of any call."""

    async def look_up(self, sid):
        raise PermanentRefusal("The requested resource was not found")

    end = look_up

    async def close(self):
        pass


@pytest.fixture
def unheard(owner, office):
    """A call of which nobody tells anything, a day later."""
    calling(owner, ["machine"])
    sid = placed(office)
    channel_of, office.caller.channel_of = office.caller.channel_of, lambda _: Forgetful()
    office.go(NOW + timedelta(hours=1))
    assert (the_touch().status, Call.objects.get().settled_at) == ("sending", None)
    office.go(NOW + A_DAY)
    office.caller.channel_of = channel_of
    return sid


def test_a_call_whose_end_nobody_tells_is_for_a_person_after_a_day(unheard, office):
    assert (the_touch().status, Call.objects.get().outcome) == ("interrupted", "in_doubt")
    assert Call.objects.get().settled_at == NOW + A_DAY
    assert Attempt.objects.get().outcome == "interrupted"
    assert (Enrollment.objects.get().state, Enrollment.objects.get().reason) == ("blocked", "interrupted")


def test_what_is_heard_of_it_later_counts_all_the_same(unheard, office):
    later = NOW + A_DAY + timedelta(hours=1)
    office.tell(unheard, later, CallStatus="no-answer")
    office.go(later)
    assert Call.objects.get().outcome == "no_answer"
    assert the_touch().status == "scheduled"


def decide(resolution):
    with transaction.atomic():
        doubt.resolve(Touch.objects.all(), resolution, doubt.BY_PERSON, NOW)


@pytest.fixture
def unplaced(owner, office):
    """A call of which Twilio's answer never came: it is in doubt, and may never have been placed."""
    calling(owner, ["oops"])
    office.go(NOW)
    assert (the_touch().status, Call.objects.get().sid) == ("interrupted", "")
    return the_touch()


def under_way(touch):
    return frequency._under_way([touch.contact_id], ())[touch.contact_id]


def test_a_call_in_doubt_counts_as_a_doubt_and_not_once_more_as_under_way(unplaced):
    assert under_way(unplaced) == 0


@pytest.mark.parametrize("resolution", [Resolution.SKIP, Resolution.ARRIVED])
def test_a_call_that_a_person_has_decided_about_is_waited_for_no_more(unplaced, resolution):
    decide(resolution)
    call = Call.objects.get()
    assert (call.outcome, call.settled_at, call.look_at) == ("in_doubt", NOW, None)
    assert under_way(unplaced) == 0


def test_what_is_heard_of_it_after_that_is_kept_and_changes_the_decision_no_more(unplaced, office):
    decide(Resolution.SKIP)
    address = phone_accounts.hook_url(PhoneAccount.objects.get(), f"{unplaced.mark}.1")
    phoning.post(address, {"CallSid": "CA1", "CallStatus": "busy"}, NOW)
    office.go(NOW)
    assert (the_touch().status, Call.objects.get().outcome) == ("skipped", "busy")
    assert under_way(unplaced) == 0
