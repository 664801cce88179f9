"""A worker is killed around a call: no call twice, no script twice, and what nobody can know is said."""

import signal
from datetime import UTC, datetime, timedelta

import pytest

from bench import world
from drumbeat.inbound.twilio import taking
from drumbeat.models import Call, Contact, Touch
from drumbeat.models import Worker as WorkerRow
from drumbeat.store import leases, phone_accounts
from tests.support import phoning
from tests.support.crash_worker import PROVIDER, Fate, crew, start
from tests.support.phoning import Office
from tests.support.processes import until
from tests.support.twilio import calling

pytest_plugins = ["tests.support.installed"]
pytestmark = pytest.mark.crash

POINTS = [
    pytest.param("C5:1", 1, 1, "sent", id="C5 written, nothing handed over"),
    pytest.param("C7:1", 0, 0, "interrupted", id="C7 handed over, about to be placed"),
    pytest.param("C8:1", 1, 1, "sent", id="C8 placed, not recorded"),
    pytest.param("V1:1", 1, 1, "sent", id="V1 the deed is not committed"),
    pytest.param("V2:1", 1, 0, "interrupted", id="V2 the deed is written, not told"),
    pytest.param("V3:1", 1, 1, "interrupted", id="V3 the call was told, that is not recorded"),
]


class Line:
    """The far end of the calls: it rings, a machine answers, it hears what it is told, it ends."""

    def __init__(self, office):
        self.office = office
        self.answered = set()

    def lives(self):
        for sid in self.office.sids:
            if sid not in self.answered:
                self.answered.add(sid)
                for news in ({"CallStatus": "ringing"}, {"AnsweredBy": "machine_end_beep"}):
                    self.office.tell(sid, now(), **news)

    @property
    def scripts(self):
        """Return what was said to the machine."""
        return [
            twiml for one in self.office.twilio.calls.values() for twiml in one["twiml"] if "<Say" in twiml
        ]


def now():
    return datetime.now(UTC)


def daytime():
    """Return a zone in which it is day."""
    ahead = 12 - now().hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "UTC"


@pytest.mark.parametrize(("point", "placed", "said", "status"), POINTS)
def test_a_worker_that_dies_calls_nobody_twice(installation, monkeypatch, point, placed, said, status):
    surroundings = phoning.public()
    for module in (phone_accounts, taking):
        monkeypatch.setattr(module, "environment", lambda: surroundings)
    with calling() as twilio, crew(installation) as workers:
        (installation.data / PROVIDER).write_text(twilio.base)
        owner = world.a_workspace()
        phoning.a_number(owner, phoning.an_account(owner))
        phoning.calling(owner, ["machine"])
        Contact.objects.update(time_zone=daytime())
        office = Office.opened(twilio)
        line = Line(office)
        workers.append(start(installation, Fate.read(point, signal.SIGKILL)))
        until(lambda: line.lives() or workers[0].ended is not None)
        assert workers[0].ended == -signal.SIGKILL, (installation.data / "worker.log").read_text()
        if installation.is_postgresql:
            leases.expire(WorkerRow.objects.get(pid=workers[0].pid).name)
        workers.append(start(installation))
        until(lambda: line.lives() or comes_to_rest(office))
        assert workers[-1].terminate() == 0
        for sid in office.sids:
            office.tell(sid, now(), CallStatus="completed", CallDuration="20")
        office.go(now())
        office.go(now() + timedelta(minutes=2))
        assert (len(office.sids), len(line.scripts)) == (placed, said)
        assert Touch.objects.get(kind="voice").status == status
        office.close()


def comes_to_rest(office):
    """Say whether no worker has anything to do until the line tells more."""
    touch = Touch.objects.filter(kind="voice").first()
    if touch is None or touch.handed_at is None or touch.lease_until is not None:
        return False
    return not office.sids or Call.objects.filter(deed="leave").exists()
