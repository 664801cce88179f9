"""A worker has written, by itself, what rested with its sequence or its workspace; it looks for that now and then."""

from datetime import timedelta

import pytest

from drumbeat.actions import emergency
from drumbeat.engine import worker
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.drafting import ROUSE_EVERY
from drumbeat.engine.planner import Planner
from drumbeat.engine.renewal import Renewal
from drumbeat.store import answer_drafts, drafts
from tests.support.answered import Talk, answering
from tests.support.hand_wire import HandWire
from tests.support.model import a_model
from tests.support.outreach import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def looked(monkeypatch):
    """What was looked for, and when."""
    found = []
    for kind in (drafts, answer_drafts):

        def looking(now, kind=kind, rouse=kind.rouse):
            found.append((kind, now))
            return rouse(now)

        monkeypatch.setattr(kind, "rouse", looking)
    return found


def test_a_worker_rouses_drafts_and_answers_now_and_then(looked):
    with a_model(answering()) as model:
        talk = Talk(model)
        talk.hears()
        emergency.stop_all(talk.owner, NOW)
        talk.write()
    emergency.lift(talk.owner, NOW)
    assert talk.draft.because == "rests"
    looked.clear()
    loop = worker.Loop("test", Planner(), Dispatcher("test", HandWire()), Renewal(lambda: None))
    later = NOW + ROUSE_EVERY
    for now in (NOW, NOW + timedelta(seconds=1), later):
        loop.round(now)
    assert looked == [(kind, now) for now in (NOW, later) for kind in (drafts, answer_drafts)]
    assert (talk.draft.because, talk.draft.not_before) == ("", NOW)
