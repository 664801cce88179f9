"""When nobody can know whether a message arrived, it is said, not sent again; a stop in good order leaves no doubt."""

import asyncio
import signal
from dataclasses import dataclass

import pytest
from django.db import transaction

from drumbeat.actions import opt_outs
from drumbeat.core.facts import EventKind
from drumbeat.core.touch import Resolution
from drumbeat.engine import worker as worker_module
from drumbeat.models import Enrollment, Touch
from drumbeat.models import Worker as WorkerRow
from drumbeat.store import doubt, leases
from tests.support import judge
from tests.support.campaign import NOW, a_campaign
from tests.support.crash_worker import Fate, crew, start
from tests.support.processes import until
from tests.support.smtp import Handler, serving

pytest_plugins = ["tests.support.installed"]
pytestmark = pytest.mark.crash


@pytest.mark.parametrize(
    ("script", "copies"),
    [
        pytest.param("lost250", 1, id="the answer is swallowed"),
        pytest.param("cutdot", 0, id="the server never accepted"),
    ],
)
def test_a_connection_lost_after_the_final_dot_leaves_a_doubt_and_one_copy_at_most(
    installation, tmp_path, script, copies
):
    log = tmp_path / "judge"
    with serving(log) as server, crew(installation) as workers:
        campaign = a_campaign(4, port=server.port, scripts=[script])
        workers.append(start(installation))
        until(judge.all_is_done)
        assert workers[0].terminate() == 0
        mark = campaign.touch(0).mark

        assert campaign.touch(0).status == "interrupted"
        assert (campaign.enrollment(0).state, campaign.enrollment(0).reason) == ("blocked", "interrupted")
        assert judge.delivered(log)[mark] == copies
        assert judge.faults(log, enrolled=4, steps=1, doubt_at_most=1) == []


def test_sent_again_by_a_person_it_is_the_same_message(installation, tmp_path):
    log = tmp_path / "judge"
    with serving(log) as server, crew(installation) as workers:
        campaign = a_campaign(1, port=server.port, scripts=["lost250"])
        workers.append(start(installation))
        until(judge.all_is_done)
        with transaction.atomic():
            doubt.resolve(Touch.objects.all(), Resolution.SEND_AGAIN, doubt.BY_PERSON, NOW)
        until(lambda: judge.delivered(log)[campaign.touch().mark] == 2)
        until(judge.all_is_done)
        assert workers[0].terminate() == 0


@dataclass
class Slow(Handler):
    """Thinks before it answers the final dot."""

    seconds: float = 0.4

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.seconds)
        return await super().handle_DATA(server, session, envelope)


@pytest.mark.parametrize("passage", [1, 12])
def test_a_graceful_stop_under_load_leaves_no_doubt(installation, tmp_path, passage):
    """SIGTERM at some acceptance; the next worker goes on."""
    log = tmp_path / "judge"
    with serving(log) as server, crew(installation) as workers:
        server.handler = Slow(server.handler.settings, server.judge, seconds=0.03)
        a_campaign(60, port=server.port, cap_per_day=100)
        workers.append(start(installation, Fate("C5", passage, signal.SIGTERM)))
        assert workers[0].join() == 0
        assert len(judge.delivered(log)) < 60
        assert list(judge.leases()) == []
        workers.append(start(installation))
        until(judge.all_is_done)
        assert workers[1].terminate() == 0
    assert judge.faults(log, enrolled=60, steps=1, doubt_at_most=0) == []


def test_a_graceful_stop_does_not_wait_for_a_slow_server_to_take_all_that_is_claimed(installation, tmp_path):
    log = tmp_path / "judge"
    with serving(log) as server, crew(installation) as workers:
        server.handler = Slow(server.handler.settings, server.judge)
        a_campaign(60, port=server.port)
        workers.append(start(installation, Fate("C7", 2, signal.SIGTERM)))
        assert workers[0].join(patience=5) == 0
    assert 2 <= len(judge.delivered(log)) <= 8
    assert judge.Account.read().interrupted == 0
    assert judge.Account.read().by_status["planned"] == 60 - len(judge.delivered(log))


def test_who_unsubscribes_while_the_worker_is_down_gets_nothing(installation, tmp_path):
    log = tmp_path / "judge"
    with serving(log) as server, crew(installation) as workers:
        campaign = a_campaign(6, port=server.port)
        workers.append(start(installation, Fate("C4", 1)))
        assert workers[0].join() == -signal.SIGKILL
        opt_outs.unsubscribe(campaign.workspace_id, campaign.contact_ids[2], NOW, source="link")
        leases.expire(WorkerRow.objects.get(pid=workers[0].pid).name)
        workers.append(start(installation))
        until(judge.all_is_done)
        assert workers[1].terminate() == 0
    assert campaign.touch(2).mark not in judge.delivered(log)
    assert len(judge.delivered(log)) == 5
    assert campaign.enrollment(2).reason == EventKind.OPTED_OUT
    assert Enrollment.objects.filter(reason="completed").count() == 5


def test_lease_tokens_fit_their_column_under_a_long_host_name(monkeypatch):
    monkeypatch.setattr("socket.gethostname", lambda: "drumbeat-worker-7d9f8b6c5d-x2x4z.some-namespace")
    monkeypatch.setattr("os.getpid", lambda: 4_194_304)
    longest = Touch._meta.get_field("lease_token").max_length or 0
    assert len(f"{worker_module._name()}.{10**9}") <= longest
