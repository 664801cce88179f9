"""Answers that come in another spelling of a number, or that cannot be written yet: a STOP holds all the same."""

from datetime import timedelta

import pytest

from bench import world
from drumbeat.actions.numbers import findings
from drumbeat.inbound.twilio import messages, reading, taking
from drumbeat.models import (
    Contact,
    ContactFact,
    Conversation,
    Enrollment,
    Event,
    Message,
    Notification,
    PhoneAccount,
    PhoneCallback,
    Sequence,
    Suppression,
)
from drumbeat.store import phone_accounts, phone_callbacks
from tests.support import phoning
from tests.support.texts import TextOffice, a_number, an_sms, states, texting
from tests.support.twilio import calling as twilio_running

pytest_plugins = ["tests.support.installed"]

NOW = world.START
FOLLOW_UP = an_sms("again", text="Hi again.", delay="3d")
MONTH = timedelta(days=31)


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
def kim(owner, office):
    a_number(owner, phoning.an_account(owner))
    [kim] = texting(owner, [""], [an_sms(), FOLLOW_UP])
    office.go(NOW)
    return Contact.objects.get(id=kim)


@pytest.mark.parametrize("column", ["phone_normal", "whatsapp"])
@pytest.mark.parametrize(
    ("kept", "writes"),
    [
        ("+525512345678", "+5215512345678"),
        ("+5215512345678", "+525512345678"),
        ("+541123456789", "+5491123456789"),
        ("+5511987654321", "+551187654321"),
        ("+551187654321", "+5511987654321"),
    ],
)
@pytest.mark.parametrize("over_whatsapp", ["", "1"])
def test_an_answer_in_another_spelling_of_the_number_is_theirs(
    kim, office, column, kept, writes, over_whatsapp
):
    Contact.objects.filter(pk=kim.pk).update(**{column: kept})
    office.hear("Sounds good", NOW, sender=writes, over_whatsapp=over_whatsapp)
    assert Message.objects.get(direction="in").contact == kim
    assert states() == ["finished"]


DRIVING = "I’m driving with Driving Focus turned on. I’ll see your message when I get where I’m going."
NOTE = "Automatic reply: I am away until 2026-03-20. In my absence please call the office."


@pytest.mark.parametrize("over_whatsapp", ["", "1"])
@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        pytest.param(DRIVING, "auto_reply", "auto_replied", id="a phone whose owner drives"),
        pytest.param(NOTE, "out_of_office", "out_of_office", id="away, where nothing is to be postponed"),
    ],
)
def test_what_a_machine_answers_stops_nothing_and_waits_for_nobody(
    kim, office, text, word, kind, over_whatsapp
):
    office.hear(text, NOW, sender=kim.phone, over_whatsapp=over_whatsapp)
    assert Message.objects.get(direction="in").kind == word
    assert (Event.objects.get(contact=kim, kind=kind).touch is not None) is (over_whatsapp == "")
    assert ContactFact.objects.get(contact=kim, kind=kind, scope="").count == 1
    assert not Notification.objects.exists()
    assert Conversation.objects.get(contact=kim).needs_answer is False
    office.go(NOW + timedelta(days=3))
    assert len(office.sent) == 2


def test_who_is_away_is_written_to_a_day_after_they_are_back(kim, office):
    Sequence.objects.update(postpone_on_out_of_office=True)
    office.hear(NOTE, NOW, sender=kim.phone)
    office.go(NOW + timedelta(days=3))
    back = Enrollment.objects.get()
    assert (back.state, back.reason) == ("paused", "out_of_office")
    assert Event.objects.get(kind="out_of_office").payload["returns_on"] == "2026-03-20"
    assert len(office.sent) == 1


def test_what_may_be_typed_by_thumb_stops_and_is_for_a_person(kim, office):
    office.hear("I am out of the office until Monday", NOW, sender=kim.phone)
    message = Message.objects.get(direction="in")
    assert (message.kind, message.sentiment, message.is_doubtful) == ("reply", "out_of_office", True)
    assert states() == ["finished"]
    assert Conversation.objects.get(contact=kim).needs_answer is True


class TestAStopThatCannotBeWritten:
    @pytest.fixture(autouse=True)
    def broken(self, kim, monkeypatch):
        def fails(*_):
            raise ValueError("a defect")

        monkeypatch.setattr(messages, "_message", fails)

    def test_acts_at_once(self, kim, office):
        office.hear("STOP", NOW)
        assert Suppression.objects.filter(reason="stop", lifted_at=None).count() == 3
        assert states() == ["finished"]
        assert not Message.objects.filter(direction="in").exists()

    def test_holds_no_longer_than_until_a_later_start(self, kim, office):
        office.hear("STOP", NOW)
        Suppression.objects.update(lifted_at=NOW)  # as by START
        for wait in phone_callbacks.WAITS:
            reading.process_once(NOW + wait)
        assert not Suppression.objects.filter(lifted_at=None).exists()

    def test_an_answer_that_is_no_stop_suppresses_nothing(self, kim, office):
        office.hear("Tell me more", NOW)
        assert not Suppression.objects.exists()

    def test_is_kept_for_a_month_and_named_until_it_can_be_read(self, kim, office, owner, monkeypatch):
        office.hear("STOP", NOW)
        now = NOW
        for wait in phone_callbacks.WAITS:
            now += wait
            reading.process_once(now)
        [waiting] = PhoneCallback.objects.filter(look_at__isnull=False)
        assert ["Body", "STOP"] in waiting.form
        [found] = [one for one in findings.of(owner, now) if one.code == "phone_callbacks_unreadable"]
        assert found.count == 1
        monkeypatch.undo()
        reading.process_once(now + phone_callbacks.EVERY_DAY)
        assert Message.objects.get(direction="in").contact == kim
        assert "phone_callbacks_unreadable" not in [one.code for one in findings.of(owner, now)]
        assert not PhoneCallback.objects.filter(look_at__isnull=False).exists()

    def test_is_forgotten_after_a_month(self, kim, office):
        office.hear("STOP", NOW)
        now = NOW
        while now < NOW + MONTH:
            now += timedelta(hours=7)
            reading.process_once(now)
        phone_callbacks.forget(now)
        assert not PhoneCallback.objects.exists()


@pytest.mark.parametrize("method", ["get", "put"])
def test_a_number_that_is_set_to_another_method_than_post_is_refused_and_named(
    client, owner, kim, office, method
):
    url, signed = "/hooks/twilio/a-hook-token?Body=STOP", {"X-Twilio-Signature": "x"}
    assert client.get(url).status_code == 200  # a person who opens it
    asked = getattr(client, method)(url, headers=signed)
    assert (asked.status_code, asked.json()["code"]) == (405, "method_not_allowed")
    assert client.get("/hooks/twilio/nobody", headers=signed).status_code == 405
    account = PhoneAccount.objects.get()
    noted = account.hook_refused_at or NOW
    phone_accounts.note_heard(account.pk, noted + timedelta(hours=1))  # of what we sent
    assert [one.code for one in findings.of(owner, noted)] == ["phone_account_not_posted"]
    assert [one.code for one in findings.of(owner, noted + findings.RECENT)] == []
