"""A worker is killed at each named point: no message twice, none lost, doubt bounded and said."""

import signal

import pytest

from drumbeat.models import Worker as WorkerRow
from drumbeat.store import leases
from tests.support import judge
from tests.support.campaign import a_campaign
from tests.support.crash_worker import Fate, Worker, crew, start
from tests.support.installation import Installation
from tests.support.processes import until
from tests.support.smtp import serving

pytest_plugins = ["tests.support.installed"]
pytestmark = pytest.mark.crash

PEOPLE, STEPS, SENDERS, CONNECTIONS = 16, 2, 2, 4

POINTS = [
    pytest.param("C0:1", 0, id="C0 before the claim"),
    pytest.param("C1:1", 0, id="C1 claimed, the message not yet written"),
    pytest.param("C2:3", 0, id="C2 while a message is written"),
    pytest.param("C3:1", 0, id="C3 before the claim is committed"),
    pytest.param("C4:3", 0, id="C4 claimed, no connection yet"),
    pytest.param("C5:1", 0, id="C5 the recipient is accepted"),
    pytest.param("C6:5", 1, id="C6 in the middle of the message"),
    pytest.param("C7:5", 1, id="C7 after the final dot"),
    pytest.param("C8:5", 1, id="C8 the answer is read, not recorded"),
    pytest.param("C9:3", 0, id="C9 recorded, the next step not planned"),
]


@pytest.mark.parametrize(("point", "least_doubt"), POINTS)
def test_a_worker_that_dies_loses_nothing_and_repeats_nothing(installation, tmp_path, point, least_doubt):
    log = tmp_path / "judge"
    with serving(log) as server:
        a_campaign(PEOPLE, port=server.port, steps=STEPS, senders=SENDERS, cap_per_day=100)
        fate = Fate.read(point, signal.SIGKILL)
        with crew(installation, 0) as workers:
            die_and_recover(installation, fate, workers)
    most_doubt = SENDERS * CONNECTIONS if least_doubt or point.startswith("C9") else 0
    assert judge.faults(log, enrolled=PEOPLE, steps=STEPS, doubt_at_most=most_doubt) == []
    assert judge.Account.read().interrupted >= least_doubt


def die_and_recover(installation: Installation, fate: Fate, workers: list[Worker]) -> None:
    """One worker dies; on SQLite the next one takes over, on PostgreSQL those that are there."""
    count = 4 if installation.is_postgresql else 1
    fate = Fate(fate.name, fate.passage, fate.deed, once=installation.data / "died")
    workers += [start(installation, fate) for _ in range(count)]
    dead = until(lambda: next((one for one in workers if one.ended is not None), None))
    assert dead.ended == -signal.SIGKILL, (installation.data / "worker.log").read_text()
    if installation.is_postgresql:
        leases.expire(WorkerRow.objects.get(pid=dead.pid).name)
    else:
        workers.append(start(installation))
    until(done_or_forgotten)
    for one in workers:
        if one.ended is None:
            assert one.terminate() == 0


def done_or_forgotten() -> bool:
    assert judge.forgotten() == []
    return judge.all_is_done()
