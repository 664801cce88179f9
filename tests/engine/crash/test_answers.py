"""A worker is killed while an agent drafts an answer: none is lost or kept twice, each call is in the account."""

import signal

import pytest

from drumbeat.models import AnswerDraft, Touch, Writing
from drumbeat.models import Worker as WorkerRow
from drumbeat.store import leases
from tests.support.answered import ANSWER, Talk, answering
from tests.support.crash_worker import MODEL, Fate, crew, start
from tests.support.model import a_model
from tests.support.processes import until

pytest_plugins = ["tests.support.installed"]
pytestmark = pytest.mark.crash

POINTS = [
    pytest.param("D4:1", 1, 2, id="D4 claimed, the model is not asked yet"),
    pytest.param("D5:1", 2, 2, id="D5 the model has answered, nothing is stored"),
    pytest.param("D6:1", 1, 1, id="D6 the answer is stored"),
]


@pytest.mark.parametrize(("point", "calls", "booked"), POINTS)
def test_a_worker_that_dies_while_it_drafts_an_answer_loses_nothing(installation, point, calls, booked):
    """Who dies may have asked the model: its place in the agent's day stays taken."""
    with a_model(answering()) as model, crew(installation) as workers:
        (installation.data / MODEL).write_text(model.url)
        talk = Talk(model)
        talk.hears()
        workers.append(start(installation, Fate.read(point, signal.SIGKILL)))
        assert workers[0].join() == -signal.SIGKILL, (installation.data / "worker.log").read_text()
        if installation.is_postgresql:
            leases.expire(WorkerRow.objects.get(pid=workers[0].pid).name)
        workers.append(start(installation))
        until(AnswerDraft.objects.filter(state="waiting").exists)
        assert workers[-1].terminate() == 0
        assert (talk.draft.text, AnswerDraft.objects.count()) == (ANSWER, 1)
        assert len(model.calls) == calls
        assert Writing.objects.filter(agent=talk.agent).count() == booked
        assert Writing.objects.filter(tokens_in=100).count() == 1
        assert not Touch.objects.filter(enrollment=None).exists()
