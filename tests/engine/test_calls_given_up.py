"""Calls of which nothing more is heard: a person says what became of them, and they hold nothing up for ever."""

from datetime import timedelta

import pytest

from bench import world
from drumbeat.channels.base import PermanentRefusal
from drumbeat.models import Attempt, Call, Enrollment
from drumbeat.store import steering
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
