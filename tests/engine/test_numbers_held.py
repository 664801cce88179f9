"""A number that Twilio says cannot send is held: it says why, and its messages wait."""

import pytest

from bench import world
from drumbeat.actions import senders
from drumbeat.inbound.twilio import taking
from drumbeat.models import Touch
from drumbeat.store import phone_accounts
from tests.support import phoning
from tests.support.texts import TextOffice, a_number, an_sms, texting, the_touch
from tests.support.twilio import calling as twilio_running

pytest_plugins = ["tests.support.installed"]

NOW = world.START


@pytest.fixture
def office(monkeypatch):
    surroundings = phoning.public()
    for module in (phone_accounts, taking):
        monkeypatch.setattr(module, "environment", lambda: surroundings)
    with twilio_running() as twilio:
        opened = TextOffice.opened(twilio)
        yield opened
        opened.close()
        assert twilio.faults == []


@pytest.fixture
def owner(installation):
    return world.a_workspace()


@pytest.fixture
def number(owner, office):
    return a_number(owner, phoning.an_account(owner))


def test_one_that_twilio_refuses_at_once_as_not_registered_says_so(owner, number, office):
    texting(owner, ["unregistered"], [an_sms()])
    office.go(NOW)
    number.refresh_from_db()
    assert (number.registration, number.down_until > NOW) == ("refused", True)
    assert "30034" in number.down_text
    assert Touch.objects.get().status == "planned"


def test_what_a_number_is_refused_for_is_tried_after_all_that_is_due(owner, number, office):
    [first] = texting(owner, ["unregistered"], [an_sms()])
    office.go(NOW)
    [second] = texting(owner, [""], [an_sms()])
    office.go(NOW)
    refused, other = the_touch(first), the_touch(second)
    number.refresh_from_db()
    assert (refused.status, other.status) == ("planned", "planned")
    assert refused.not_before == number.down_until > other.not_before
    office.go(number.down_until)
    refused.refresh_from_db()
    other.refresh_from_db()
    assert (refused.status, other.status) == ("planned", "sent")


def test_a_number_that_somebody_mended_sends_at_once_what_it_was_refused(owner, number, office):
    [id_] = texting(owner, ["unregistered"], [an_sms()])
    office.go(NOW)
    senders.enable(owner, number.pk, NOW)
    touch = the_touch(id_)
    assert (touch.not_before, touch.hold_reason) == (NOW, "sender_down")
    office.go(NOW)
    assert len(office.twilio.asked) == 2
