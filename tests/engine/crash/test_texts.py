"""A worker is killed around a text: nobody is texted twice, and what nobody can know is said, then found out."""

import signal
from datetime import UTC, datetime

import pytest

from bench import world
from drumbeat.inbound.twilio import taking
from drumbeat.models import Contact, PhoneCallback, Touch
from drumbeat.models import Worker as WorkerRow
from drumbeat.store import leases, phone_accounts
from tests.support import phoning
from tests.support.crash_worker import PROVIDER, Fate, crew, start
from tests.support.processes import until
from tests.support.texts import TextOffice, a_number, an_sms, texting
from tests.support.twilio import calling

pytest_plugins = ["tests.support.installed"]
pytestmark = pytest.mark.crash

POINTS = [
    pytest.param("C1:1", 1, "delivered", id="C1 claimed"),
    pytest.param("C5:1", 1, "delivered", id="C5 written, nothing handed over"),
    pytest.param("C7:1", 0, "interrupted", id="C7 handed over, about to be asked"),
    pytest.param("C8:1", 1, "delivered", id="C8 taken, not recorded: what Twilio reports resolves it"),
    pytest.param("C13:1", 1, "delivered", id="C13 the report is read, not committed"),
]


def now():
    return datetime.now(UTC)


def daytime():
    """Return a zone in which it is day."""
    ahead = 12 - now().hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "UTC"


@pytest.mark.parametrize(("point", "texts", "status"), POINTS)
def test_a_worker_that_dies_texts_nobody_twice(installation, monkeypatch, point, texts, status):
    surroundings = phoning.public()
    for module in (phone_accounts, taking):
        monkeypatch.setattr(module, "environment", lambda: surroundings)
    with calling() as twilio, crew(installation) as workers:
        (installation.data / PROVIDER).write_text(twilio.base)
        owner = world.a_workspace()
        a_number(owner, phoning.an_account(owner))
        texting(owner, [""], [an_sms()])
        Contact.objects.update(time_zone=daytime())
        office, told = TextOffice.opened(twilio), set()

        def reported():
            for sid in list(twilio.messages):
                if sid not in told:
                    told.add(sid)
                    for news in twilio.life(sid):
                        office.tell(sid, now(), **news)
            return False

        workers.append(start(installation, Fate.read(point, signal.SIGKILL)))
        until(lambda: reported() or workers[0].ended is not None)
        assert workers[0].ended == -signal.SIGKILL, (installation.data / "worker.log").read_text()
        if installation.is_postgresql:
            leases.expire(WorkerRow.objects.get(pid=workers[0].pid).name)
        workers.append(start(installation))
        until(lambda: reported() or has_ended(status))
        assert workers[-1].terminate() == 0
        assert (len(twilio.messages), len(twilio.asked)) == (texts, texts)
        assert twilio.faults == []
        office.close()


def has_ended(status):
    """Say whether the text came to its end, and nothing that was reported waits."""
    ends = Touch.objects.filter(kind="sms", status=status).exists()
    return ends and not PhoneCallback.objects.filter(look_at__isnull=False).exists()
