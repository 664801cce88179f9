"""A worker has written, by itself, what rested with its sequence or its workspace; it looks for that now and then."""

from datetime import timedelta

import pytest

from drumbeat.actions import emergency, sequences
from drumbeat.engine import worker
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.drafting import ROUSE_EVERY
from drumbeat.engine.planner import Planner
from drumbeat.engine.renewal import Renewal
from drumbeat.environment import read_environment
from drumbeat.models import AnswerDraft, Draft
from drumbeat.store import answer_drafts
from tests.support.answered import Talk, answering
from tests.support.drafting import Desk, settings_of
from tests.support.hand_wire import HandWire
from tests.support.model import a_model
from tests.support.office import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _published(monkeypatch):
    env = read_environment({"DRUMBEAT_MODEL_URL": "http://127.0.0.1:1/v1"})
    monkeypatch.setattr("drumbeat.actions.sequences.checking.environment", lambda: env)


@pytest.fixture
def model():
    with a_model(answering()) as listening:
        yield listening


def test_a_worker_rouses_drafts_and_answers(model):
    desk = Desk(settings_of(model))
    desk.round(NOW, drafts=False)
    sequences.pause(desk.owner, desk.sequence.pk, NOW)
    desk.write(NOW)
    sequences.activate(desk.owner, desk.sequence.pk, NOW)
    loop = a_loop()
    assert Draft.objects.get().because == "rests"
    loop.round(NOW)
    assert (Draft.objects.get().because, Draft.objects.get().not_before) == ("", NOW)


def test_a_worker_looks_for_them_now_and_then(model, monkeypatch):
    talk = Talk(model)
    talk.hears()
    emergency.stop_all(talk.owner, NOW)
    talk.write()
    emergency.lift(talk.owner, NOW)
    looked = []
    rouse = answer_drafts.rouse

    def looking(now):
        looked.append(now)
        return rouse(now)

    monkeypatch.setattr(answer_drafts, "rouse", looking)
    loop = a_loop()
    soon = NOW + timedelta(seconds=1)
    for now in (NOW, soon, NOW + ROUSE_EVERY):
        loop.round(now)
    assert looked == [NOW, NOW + ROUSE_EVERY]
    assert AnswerDraft.objects.get().because == ""


def a_loop():
    return worker.Loop("test", Planner(), Dispatcher("test", HandWire()), Renewal(lambda: None))
