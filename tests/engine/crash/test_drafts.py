"""A worker is killed while an agent writes: no draft is lost, none is paid for more than twice, none leaves unseen."""

import signal

import pytest

from bench import world
from drumbeat.core.flow import EmailStep
from drumbeat.models import Agent, Draft, Enrollment, Sequence, Touch, Writing
from drumbeat.models import Worker as WorkerRow
from drumbeat.store import flows, leases
from tests.support.campaign import a_campaign
from tests.support.crash_worker import MODEL, Fate, crew, start
from tests.support.drafting import TEXT, written
from tests.support.flows import a_flow
from tests.support.model import a_model
from tests.support.processes import until

pytest_plugins = ["tests.support.installed"]
pytestmark = pytest.mark.crash

POINTS = [
    pytest.param("D1:1", 1, id="D1 claimed, the model is not asked yet"),
    pytest.param("D2:1", 2, id="D2 the model has answered, nothing is stored"),
    pytest.param("D3:1", 1, id="D3 the draft is stored"),
]


def is_written():
    return Touch.objects.filter(status="in_approval").exists() and not Enrollment.objects.filter(
        woken_at__isnull=False
    )


@pytest.mark.parametrize(("point", "calls"), POINTS)
def test_a_worker_that_dies_while_it_writes_loses_nothing(installation, point, calls):
    with a_model(written()) as model, crew(installation) as workers:
        (installation.data / MODEL).write_text(model.url)
        campaign = a_campaign(1)
        sequence = Sequence.objects.get(pk=campaign.sequence_id)
        flow = a_flow(EmailStep(key="mail_0", written_by="agent"))
        version = flows.save_version(sequence, flow, campaign.owner, world.START)
        Enrollment.objects.update(version=version)
        Agent.objects.create(
            workspace=campaign.owner.workspace,
            name="Robin",
            is_default=True,
            created_at=world.START,
            updated_at=world.START,
        )
        workers.append(start(installation, Fate.read(point, signal.SIGKILL)))
        assert workers[0].join() == -signal.SIGKILL, (installation.data / "worker.log").read_text()
        if installation.is_postgresql:
            leases.expire(WorkerRow.objects.get(pid=workers[0].pid).name)
        workers.append(start(installation))
        until(is_written)
        assert workers[-1].terminate() == 0
        assert len(model.calls) == calls
        assert Draft.objects.get().text == TEXT
        assert Writing.objects.count() == 1
        assert Touch.objects.get().handed_at is None
