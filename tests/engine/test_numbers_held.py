"""A number that Twilio says cannot send is held: it says why, and its messages wait."""

import pytest

from bench import world
from drumbeat.inbound.twilio import taking
from drumbeat.models import Touch
from drumbeat.store import phone_accounts
from tests.support import phoning
from tests.support.texts import TextOffice, a_number, an_sms, texting
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
