"""A worker is killed around a call to a provider: no mail twice, none lost, what may have been taken is said."""

import signal

import pytest

from drumbeat.core.providers import account_of
from drumbeat.models import SenderProfile, Touch
from drumbeat.models import Worker as WorkerRow
from drumbeat.store import accounts, leases
from tests.support import judge
from tests.support.campaign import a_campaign
from tests.support.crash_worker import PROVIDER, Fate, crew, start
from tests.support.processes import until
from tests.support.provider import ACCOUNTS, providing

pytest_plugins = ["tests.support.installed"]
pytestmark = pytest.mark.crash

PEOPLE, CONNECTIONS = 12, 4
POINTS = [
    pytest.param("C4:3", 0, id="C4 claimed, nothing written"),
    pytest.param("C5:2", 0, id="C5 written, nothing handed over"),
    pytest.param("C7:3", 1, id="C7 handed over, about to be said"),
    pytest.param("C8:3", 1, id="C8 the answer is read, not recorded"),
    pytest.param("C9:2", 0, id="C9 recorded"),
]


def carried(installation, provider, **campaign):
    """Let a campaign be carried by the provider of the tests."""
    (installation.data / PROVIDER).write_text(provider.base)
    made = a_campaign(PEOPLE, **campaign)
    account = account_of("postmark", ACCOUNTS["postmark"])
    for sender in made.senders:
        SenderProfile.objects.filter(id=sender.pk).update(kind="esp", **accounts.columns_of(account))
    return made


@pytest.mark.parametrize(("point", "least_doubt"), POINTS)
def test_a_worker_that_dies_loses_nothing_and_repeats_nothing(installation, tmp_path, point, least_doubt):
    log = tmp_path / "judge"
    log.touch()
    with providing(log) as provider, crew(installation) as workers:
        carried(installation, provider)
        workers.append(start(installation, Fate.read(point, signal.SIGKILL)))
        dead = until(lambda: next((one for one in workers if one.ended is not None), None))
        assert dead.ended == -signal.SIGKILL, (installation.data / "worker.log").read_text()
        if installation.is_postgresql:
            leases.expire(WorkerRow.objects.get(pid=dead.pid).name)
        workers.append(start(installation))
        until(judge.all_is_done)
        assert workers[-1].terminate() == 0
    most_doubt = CONNECTIONS if least_doubt or point.startswith("C9") else 0
    assert judge.faults(log, enrolled=PEOPLE, steps=1, doubt_at_most=most_doubt) == []
    assert judge.Account.read().interrupted >= least_doubt


def test_an_answer_that_is_lost_leaves_a_doubt_and_one_copy(installation, tmp_path):
    log = tmp_path / "judge"
    with providing(log) as provider, crew(installation) as workers:
        campaign = carried(installation, provider, scripts=["lost"])
        workers.append(start(installation))
        until(lambda: Touch.objects.filter(status="interrupted").exists())
        assert campaign.touch(0).status == "interrupted"
        mark = campaign.touch(0).mark
        assert judge.delivered(log)[mark] == 1
        assert workers[0].terminate() == 0
    assert judge.delivered(log)[mark] == 1


def test_a_wrong_key_holds_the_sender_and_gives_up_no_mail(installation, tmp_path):
    log = tmp_path / "judge"
    log.touch()
    with providing(log) as provider, crew(installation) as workers:
        campaign = carried(installation, provider, scripts=["key401"] * PEOPLE)
        sender = SenderProfile.objects.filter(id=campaign.senders[0].pk)
        workers.append(start(installation))
        until(lambda: sender.get().down_reason)
        assert workers[0].terminate() == 0
        assert sender.get().down_reason == "sender_auth"
    assert judge.Account.read().by_status == {"planned": PEOPLE}
