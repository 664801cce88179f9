"""A worker is killed around a call: no webhook is lost, and only one that was under way is made twice, with its id."""

import signal
from collections import Counter

import pytest
from django.db import transaction
from django.utils import timezone

from bench import world
from drumbeat.core.document import read_document
from drumbeat.models import Contact, Enrollment, Sequence, Touch
from drumbeat.models import Worker as WorkerRow
from drumbeat.store import flows, leases
from tests.support import judge
from tests.support.crash_worker import Fate, crew, start
from tests.support.endpoint import listening
from tests.support.processes import until

pytest_plugins = ["tests.support.installed"]
pytestmark = pytest.mark.crash

PEOPLE, AT_ONCE = 12, 4

POINTS = [
    pytest.param("C1:1", False, id="C1 claimed, the call not yet written"),
    pytest.param("C4:3", False, id="C4 claimed, no connection yet"),
    pytest.param("C5:1", False, id="C5 connected, nothing said"),
    pytest.param("C7:3", True, id="C7 the request is written"),
    pytest.param("C8:3", True, id="C8 the answer is read, not recorded"),
    pytest.param("C9:2", True, id="C9 recorded, the next step not planned"),
]


def a_campaign(url: str) -> None:
    owner = world.a_workspace()
    row = Sequence.objects.create(
        workspace=owner.workspace,
        name="Calls",
        owner=owner,
        status="active",
        created_at=world.START,
        updated_at=world.START,
    )
    steps = [{"key": "call", "kind": "webhook", "url": url}, {"key": "done", "kind": "tag", "tag": "called"}]
    with transaction.atomic():
        version = flows.save_version(row, read_document({"format": 1, "steps": steps}), owner, world.START)
    world.enroll(version, sorted(world.contacts(owner.workspace, PEOPLE)), step="call")


def hurry() -> bool:
    """Spare the wait before a call is repeated; say whether all is done."""
    Touch.objects.filter(status="scheduled", settled_at=None).update(not_before=timezone.now())
    assert judge.forgotten() == []
    return judge.all_is_done()


@pytest.mark.parametrize(("point", "may_repeat"), POINTS)
def test_a_worker_that_dies_loses_no_call(installation, point, may_repeat):
    with listening() as endpoint, crew(installation) as workers:
        a_campaign(endpoint.url("/ok"))
        workers.append(start(installation, Fate.read(point, signal.SIGKILL)))
        dead = until(lambda: next((one for one in workers if one.ended is not None), None))
        assert dead.ended == -signal.SIGKILL, (installation.data / "worker.log").read_text()
        if installation.is_postgresql:
            leases.expire(WorkerRow.objects.get(pid=dead.pid).name)
        workers.append(start(installation))
        until(hurry)
        assert workers[-1].terminate() == 0
        made = Counter(headers["webhook-id"] for _, headers, _ in endpoint.calls)
    assert set(made) == {f"msg_{mark}" for mark in Touch.objects.values_list("mark", flat=True)}
    assert sum(made.values()) - PEOPLE <= (AT_ONCE if may_repeat else 0)
    assert set(Touch.objects.values_list("status", flat=True)) == {"sent"}
    assert set(Enrollment.objects.values_list("reason", flat=True)) == {"completed"}
    assert Contact.objects.filter(tags__tag__name="called").count() == PEOPLE
