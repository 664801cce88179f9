"""That a WhatsApp message was read: told in any order, kept once, and never taken back."""

from itertools import permutations

import pytest

from bench import world
from drumbeat.inbound.twilio import taking
from drumbeat.models import Contact, Event, Message, PhoneAccount
from drumbeat.store import phone_accounts, sent_texts
from tests.support import phoning
from tests.support.texts import APPROVED, TextOffice, a_number, a_whatsapp, texting, the_touch
from tests.support.twilio import calling as twilio_running

pytest_plugins = ["tests.support.installed"]

NOW = world.START


@pytest.fixture
def office(monkeypatch):
    with twilio_running() as twilio:
        surroundings = phoning.public()
        for module in (phone_accounts, taking):
            monkeypatch.setattr(module, "environment", lambda: surroundings)
        opened = TextOffice.opened(twilio)
        yield opened
        opened.close()
        assert twilio.faults == []


@pytest.fixture
def owner(installation):
    made = world.a_workspace()
    phoning.an_account(made)
    return made


def test_that_it_was_read_is_shown_in_whatever_order_it_is_told(owner, office):
    PhoneAccount.objects.update(templates=[APPROVED])
    a_number(owner, PhoneAccount.objects.get(), "whatsapp")
    for order in permutations([0, 1, 2]):
        Contact.objects.update(phone="", phone_normal="")
        [kim] = texting(owner, ["seen"], [a_whatsapp()])
        office.go(NOW)
        touch, sid = the_touch(kim), list(office.twilio.messages)[-1]
        life = office.twilio.life(sid)
        for news in (*(life[at] for at in order), *life):
            office.tell(sid, NOW, **news)
        office.go(NOW)
        touch.refresh_from_db()
        row = Message.objects.select_related(sent_texts.REPORT).get(touch=touch)
        assert (touch.status, sent_texts.standing_of(row)) == ("delivered", "read")
        assert Event.objects.filter(touch=touch, kind="delivered").count() == 1
