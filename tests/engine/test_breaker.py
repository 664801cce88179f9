"""A sender whose server is ill: pauses that grow, one message that tries it again, no storm of logins."""

from datetime import timedelta

import pytest

from drumbeat.actions import enrollments
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.engine.senders import channel_of
from drumbeat.engine.wire import NetworkWire
from drumbeat.models import SenderProfile
from tests.support import flows, office
from tests.support.office import NOW
from tests.support.smtp import serving

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.filterwarnings("ignore:Requiring AUTH")]
PEOPLE = 30


@pytest.fixture
def server(tmp_path):
    with serving(tmp_path / "log", login=("rep", "right")) as running:
        yield running


@pytest.fixture
def sender(server):
    owner = office.an_owner()
    found = office.a_mailbox(owner, smtp=f"smtp://rep:right@127.0.0.1:{server.port}", per_day=None)
    SenderProfile.objects.filter(id=found.pk).update(host_trusted=True)
    sequence = office.an_active_sequence(owner, flows.a_line(flows.an_email("hello")), sender_id=found.pk)
    ids = [office.a_lead(owner, f"lead{n}@example.com").pk for n in range(PEOPLE)]
    enrollments.enroll(owner, sequence.pk, ids, NOW)
    Planner().plan_once(NOW)
    return found


@pytest.fixture
def dispatcher(sender):
    made = Dispatcher("w", NetworkWire(channel_of))
    yield made
    made.wire.stop()


def work(dispatcher, now):
    """Work until nothing is under way and nothing more is begun."""
    quiet = 0
    while quiet < 5:
        worked = dispatcher.turn(now, wait_seconds=0.05)
        quiet = 0 if worked or dispatcher.busy or dispatcher._has_claimed else quiet + 1


def down_until(sender):
    return SenderProfile.objects.get(id=sender.pk).down_until


def test_a_refused_login_is_tried_once_a_connection_and_not_for_each_message(dispatcher, sender, server):
    server.refuse_logins()
    work(dispatcher, NOW)
    assert server.handler.logins <= sender.connections
    assert down_until(sender) == NOW + timedelta(minutes=15)


def test_after_the_pause_one_message_tries_it(dispatcher, sender, server):
    server.refuse_logins()
    work(dispatcher, NOW)
    before = server.handler.logins
    work(dispatcher, NOW + timedelta(minutes=15))
    assert server.handler.logins == before + 1


def test_once_it_is_well_again_all_leave(dispatcher, sender, server):
    server.refuse_logins()
    work(dispatcher, NOW)
    server.handler.refuse_logins = False
    work(dispatcher, NOW + timedelta(minutes=15))
    assert len(server.messages) == PEOPLE
    assert (down_until(sender), SenderProfile.objects.get(id=sender.pk).failures) == (None, 0)


def test_pauses_grow_while_nobody_answers(dispatcher, sender, server):
    SenderProfile.objects.update(port=1)
    now, pauses = NOW, []
    for _ in range(4):
        work(dispatcher, now)
        until = down_until(sender)
        pauses.append((until - now) // timedelta(minutes=1))
        now = until
    assert pauses == [1, 2, 4, 8]
