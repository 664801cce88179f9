"""A mail server that falls silent in the middle holds up its own sender and nobody else's."""

from dataclasses import replace

import pytest

from bench import world
from drumbeat.channels.email.server import SmtpServer
from drumbeat.channels.email.smtp import EmailChannel, Patience
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.engine.wire import NetworkWire
from drumbeat.models import Contact, SenderProfile, Touch
from tests.support.mute import PHASES, mute
from tests.support.office import NOW
from tests.support.smtp import serving

pytest_plugins = ["tests.support.installed"]
pytestmark = pytest.mark.usefixtures("installation")

PATIENT = Patience(quit=0.2)
"""As in real life: minutes; no test waits for their end."""
HASTY = Patience(connect=0.3, greeting=0.3, command=0.3, data=0.3, block=0.3, dot=0.3, quit=0.2)
MAILS = 20
DOUBTFUL = {"BODY", "."}
"""A short message is written whole, its end included, before anybody notices that it is not read."""
BEFORE_THE_END = [phase for phase in PHASES if phase != "QUIT"]


@pytest.fixture
def owner(installation):
    return world.a_workspace()


@pytest.fixture
def dispatcher_over():
    """Return how to make a dispatcher of channels by sender; its wire stops after the servers did."""
    wires = []

    def made(channels):
        wires.append(NetworkWire(lambda sender_id: channels[sender_id]()))
        return Dispatcher("worker", wires[-1])

    yield made
    for wire in wires:
        wire.stop()


@pytest.fixture
def healthy(tmp_path):
    with serving(tmp_path / "log") as running:
        yield running


def a_sender(owner, address):
    sender = world.a_sender(owner.workspace)
    SenderProfile.objects.filter(id=sender.pk).update(address=address, cap_per_minute=None)
    return sender


def mailed_by(owner, sender, people):
    """Plan a mail to so many new people."""
    version = world.a_sequence(owner, sender)
    ids = sorted(world.contacts(owner.workspace, people, Contact.objects.count()))
    world.enroll(version, ids)
    while Planner().plan_once(NOW):
        pass
    return Touch.objects.filter(sender=sender)


def a_channel(server, patience):
    login = ("rep", "secret") if server.until == "AUTH" else ("", "")
    return lambda: EmailChannel(
        SmtpServer("127.0.0.1", server.port, server.security, *login), patience=patience
    )


@pytest.mark.parametrize("phase", BEFORE_THE_END)
def test_the_mails_of_others_leave_while_it_is_silent(owner, healthy, dispatcher_over, phase):
    with mute(phase) as silent:
        quiet, loud = a_sender(owner, "quiet@ours.test"), a_sender(owner, "loud@ours.test")
        well = SmtpServer("127.0.0.1", healthy.port)
        dispatcher = dispatcher_over(
            {quiet.pk: a_channel(silent, PATIENT), loud.pk: lambda: EmailChannel(well)}
        )
        stuck = mailed_by(owner, quiet, 6)
        while not silent.silences.acquire(blocking=False):
            dispatcher.turn(NOW, wait_seconds=0.01)
        others = mailed_by(owner, loud, MAILS)
        while others.filter(status="sent").count() < MAILS:
            dispatcher.turn(NOW, wait_seconds=0.01)

        assert not stuck.exclude(settled_at=None).exists()
        assert len(healthy.messages) == MAILS


@pytest.mark.parametrize("phase", BEFORE_THE_END)
def test_silence_ends_with_patience_and_is_doubtful_only_after_the_dot(owner, dispatcher_over, phase):
    with mute(phase) as silent:
        quiet = a_sender(owner, "quiet@ours.test")
        dispatcher = dispatcher_over({quiet.pk: a_channel(silent, HASTY)})
        (touch,) = mailed_by(owner, quiet, 1)
        dispatcher.turn(NOW)
        while dispatcher.busy:
            dispatcher.turn(NOW, wait_seconds=0.05)

        touch.refresh_from_db()
        assert (touch.status == "interrupted") == (phase in DOUBTFUL)
        assert (touch.handed_at is None) == (phase not in DOUBTFUL)


def test_a_server_that_does_not_say_goodbye_costs_nothing(owner, dispatcher_over):
    with mute("QUIT") as silent:
        quiet = a_sender(owner, "quiet@ours.test")
        dispatcher = dispatcher_over({quiet.pk: a_channel(silent, replace(HASTY, dot=5))})
        mails = mailed_by(owner, quiet, 3)
        while mails.filter(status="sent").count() < 3:
            dispatcher.turn(NOW, wait_seconds=0.05)
        dispatcher.wire.close_sender(quiet.pk)
        assert silent.silences.acquire(timeout=5)
