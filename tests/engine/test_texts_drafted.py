"""What an agent drafts as the answer to a text: a person says yes, and it goes out by the number they wrote to."""

import threading
from datetime import timedelta

import pytest

from bench import world
from drumbeat.actions import agents
from drumbeat.actions.conversations import suggesting
from drumbeat.actions.conversations.writing import UNDO
from drumbeat.agents.named import drafter_of
from drumbeat.core.errors import DomainError
from drumbeat.engine.answering import Answering
from drumbeat.environment import read_environment
from drumbeat.inbound.twilio import taking
from drumbeat.models import AnswerDraft, Contact, Conversation, Touch
from drumbeat.store import phone_accounts
from tests.support import phoning
from tests.support.answered import ANSWERS, answering
from tests.support.drafting import settings_of
from tests.support.model import a_model
from tests.support.texts import TextOffice, a_number, a_whatsapp, an_sms, texting
from tests.support.twilio import calling as twilio_running

pytest_plugins = ["tests.support.installed"]

NOW = world.START
SAID = "Thank you, Kim. Thursday at ten suits us well; I will ring you then and bring the list of parts."
OVER = {"sms": "", "whatsapp": "1"}
STEP = {"sms": an_sms, "whatsapp": a_whatsapp}


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
def model():
    with a_model(answering(SAID)) as listening:
        yield listening


@pytest.fixture(params=["sms", "whatsapp"])
def talk(request, installation, office, model):
    owner = world.a_workspace()
    agents.add(owner, {"name": "Scout", **ANSWERS}, NOW)
    a_number(owner, phoning.an_account(owner), channel=request.param)
    texting(owner, [""], [STEP[request.param]()])
    office.go(NOW)
    return Talk(
        owner, office, request.param, Answering("test", drafter_of(read_environment(settings_of(model))))
    )


class Talk:
    def __init__(self, owner, office, channel, answering):
        self.owner, self.office, self.channel, self._answering = owner, office, channel, answering

    def hears(self, text, now):
        self.office.hear(text, now, over_whatsapp=OVER[self.channel])
        for _ in range(2):
            self._answering.turn(now)
            for thread in threading.enumerate():
                if thread.name.startswith("answer-"):
                    thread.join(20)

    @property
    def draft(self):
        return AnswerDraft.objects.latest("id")


def test_a_yes_sends_it_by_the_number_that_was_written_to(talk, office, model):
    talk.hears("Would Thursday at ten suit you?", NOW)
    assert (talk.draft.state, talk.draft.text, len(office.sent)) == ("waiting", SAID, 1)
    assert "Thursday at ten suit you" in model.calls[-1].user
    touch = suggesting.send(talk.owner, talk.draft.pk, NOW)
    office.go(NOW)
    assert len(office.sent) == 1, "it can still be taken back"
    office.go(NOW + UNDO)
    assert [one["Body"] for one in office.sent[1:]] == [SAID]
    assert office.sent[1]["To"] == office.sent[0]["To"]
    touch.refresh_from_db()
    assert (touch.kind, touch.status, talk.draft.outcome) == (talk.channel, "sent", "sent")
    assert not Conversation.objects.get().needs_answer


@pytest.mark.parametrize("talk", ["whatsapp"], indirect=True)
def test_after_a_day_whatsapp_needs_a_template_and_the_draft_waits_on(talk, office):
    talk.hears("Would Thursday at ten suit you?", NOW)
    with pytest.raises(DomainError, match="approved template") as refused:
        suggesting.send(talk.owner, talk.draft.pk, NOW + timedelta(hours=24))
    assert refused.value.code == "whatsapp_window_closed"
    assert (talk.draft.state, Touch.objects.filter(enrollment=None).count()) == ("waiting", 0)
    suggesting.send(talk.owner, talk.draft.pk, NOW + timedelta(hours=23))
    assert talk.draft.outcome == "sent"


def test_who_texts_stop_is_told_to_no_model(talk, model):
    talk.hears("STOP", NOW)
    assert (AnswerDraft.objects.count(), model.calls) == (0, [])


@pytest.mark.parametrize("talk", ["sms"], indirect=True)
def test_a_stop_that_comes_before_the_yes_keeps_it_from_leaving(talk, office):
    talk.hears("Would Thursday at ten suit you?", NOW)
    office.hear("STOP", NOW + timedelta(minutes=1))
    with pytest.raises(DomainError) as refused:
        suggesting.send(talk.owner, talk.draft.pk, NOW + timedelta(minutes=2))
    assert (refused.value.code, talk.draft.outcome) == ("answer_not_waiting", "withdrawn")
    office.go(NOW + timedelta(hours=1))
    assert len(office.sent) == 1


def test_it_goes_nowhere_without_a_number(talk, office):
    talk.hears("Would Thursday at ten suit you?", NOW)
    Contact.objects.update(phone="", phone_normal="", whatsapp="")
    with pytest.raises(DomainError) as refused:
        suggesting.send(talk.owner, talk.draft.pk, NOW)
    assert (refused.value.code, talk.draft.state) == ("contact_unreachable", "waiting")
