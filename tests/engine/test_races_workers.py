"""Workers that meet: one that comes back too late, two at the same work, more than a cap allows."""

from datetime import timedelta

import pytest

from drumbeat.channels.base import PermanentRefusal, TemporaryRefusal
from drumbeat.engine import reaper
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.models import SenderProfile
from drumbeat.store import leases
from tests.support.campaign import NOW, a_campaign
from tests.support.hand_wire import HandWire

pytest_plugins = ["tests.support.installed"]

LATER = TemporaryRefusal("later")
GONE = PermanentRefusal("no such user", suppress=False)


def plan() -> None:
    planner = Planner()
    while planner.plan_once(NOW):
        pass


def turns(dispatcher: Dispatcher, count: int = 3, now=NOW) -> None:
    for _ in range(count):
        dispatcher.turn(now, wait_seconds=0)


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param(None, id="gives its claim back"),
        pytest.param(LATER, id="was told to come later"),
        pytest.param(GONE, id="was told that nobody lives there"),
    ],
)
def test_a_worker_back_from_a_long_stop_does_not_undo_what_another_handed_over(installation, refusal):
    """The other one handed the message over and died: nobody knows whether it arrived."""
    campaign = a_campaign(1)
    plan()
    slow, other = HandWire(prompt=False), HandWire()
    zombie, second = Dispatcher("zombie", slow), Dispatcher("second", other)
    turns(zombie)
    touch_id = slow.preparing[0]
    leases.expire("zombie")
    turns(second)
    assert other.transmitted == [touch_id]
    leases.expire("second")
    reaper.reap_once(NOW)
    assert campaign.touch().status == "interrupted"

    if refusal is None:
        slow.ready(touch_id)
    else:
        slow.refuse(touch_id, refusal)
    turns(zombie)

    assert campaign.touch().status == "interrupted"
    for later in range(5):
        turns(Dispatcher("third", third := HandWire()), now=NOW + timedelta(days=later))
        assert third.transmitted == []


def test_a_worker_back_from_a_long_stop_may_say_what_became_of_its_own_message(installation):
    campaign = a_campaign(1)
    plan()
    slow = HandWire()
    zombie = Dispatcher("zombie", slow)
    turns(zombie)
    leases.expire("zombie")
    reaper.reap_once(NOW)
    assert campaign.touch().status == "interrupted"

    slow.end_all()
    turns(zombie)

    assert campaign.touch().status == "sent"
    assert campaign.touch().tries.count() == 2  # the death and the answer


def test_a_worker_that_lost_its_lease_serves_the_sender_on_as_if_nothing_had_happened(installation):
    """It leases its own sender anew while the first claim is still being prepared."""
    campaign = a_campaign(1)
    plan()
    wire = HandWire(prompt=False)
    dispatcher = Dispatcher("worker", wire)
    turns(dispatcher)
    leases.expire("worker")
    while not SenderProfile.objects.filter(lease_token__gt="", lease_until__gt=NOW).exists():
        turns(dispatcher)

    wire.ready(campaign.touch().pk)
    while not wire.preparing:
        turns(dispatcher)
    wire.ready(campaign.touch().pk)
    turns(dispatcher)
    wire.end_all()
    turns(dispatcher)

    assert wire.transmitted == wire.given_back == [campaign.touch().pk]
    assert campaign.touch().status == "sent"
    assert not dispatcher.busy
