"""The database fails at the worst moment: nothing leaves twice, nothing is forgotten by the worker that lives on."""

import pytest
from django.db import OperationalError

from drumbeat import crash
from drumbeat.channels.base import PermanentRefusal
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.models import Touch
from drumbeat.store import claims, leases, outcomes, stops
from tests.support import judge
from tests.support.campaign import NOW, a_campaign
from tests.support.hand_wire import HandWire

pytest_plugins = ["tests.support.installed"]

GONE = OperationalError("the connection is lost")


@pytest.fixture
def wire():
    return HandWire()


@pytest.fixture
def dispatcher(wire):
    return Dispatcher("worker", wire)


def turns(dispatcher: Dispatcher, count: int = 4) -> None:
    for _ in range(count):
        dispatcher.turn(NOW, wait_seconds=0)


def lost_after(function):
    """Do what is asked, and lose the connection before the answer to COMMIT, once."""
    calls = []

    def doing(*args, **more):
        result = function(*args, **more)
        calls.append(result)
        if len(calls) == 1:
            raise GONE
        return result

    return doing


def fails_once(function):
    calls = []

    def doing(*args, **more):
        calls.append(args)
        if len(calls) == 1:
            raise GONE
        return function(*args, **more)

    return doing


@pytest.mark.parametrize(
    ("module", "name"),
    [
        pytest.param(claims, "lease_senders", id="when a sender is leased"),
        pytest.param(claims, "claim", id="when touches are claimed"),
        pytest.param(outcomes, "wave", id="when a wave is handed over"),
    ],
)
def test_a_commit_without_an_answer_costs_nothing_but_a_moment(
    installation, wire, dispatcher, monkeypatch, module, name
):
    """The worker lives and goes on renewing its leases, those that it does not know of included."""
    campaign = a_campaign(3)
    Planner().plan_once(NOW)
    monkeypatch.setattr(module, name, lost_after(getattr(module, name)))
    with pytest.raises(OperationalError):
        turns(dispatcher)
    leases.renew("worker")

    turns(dispatcher, 8)
    wire.end_all()
    turns(dispatcher)

    assert sorted(wire.transmitted) == sorted(Touch.objects.values_list("id", flat=True))
    assert [campaign.touch(number).status for number in range(3)] == ["sent"] * 3
    assert judge.forgotten() == []


def test_what_happened_on_the_wire_survives_a_failure_to_write_some_of_it(
    installation, wire, dispatcher, monkeypatch
):
    """The address of the first is dead, which is written apart; the second was accepted in the same moment."""
    campaign = a_campaign(3)
    Planner().plan_once(NOW)
    turns(dispatcher)
    monkeypatch.setattr(stops, "hard_bounce", fails_once(stops.hard_bounce))
    first, second, third = sorted(wire.transmitting)
    wire.end(first, PermanentRefusal("no such user", suppress=True))
    wire.end(second)
    wire.end(third)
    with pytest.raises(OperationalError):
        turns(dispatcher, 1)

    turns(dispatcher)
    Planner().plan_once(NOW)

    assert [campaign.touch(number).status for number in range(3)] == ["failed", "sent", "sent"]
    assert campaign.enrollment(0).reason == "bounced"
    assert not dispatcher.busy


def test_a_worker_that_cannot_begin_a_touch_gives_it_back(installation, wire, dispatcher, monkeypatch):
    a_campaign(3)
    Planner().plan_once(NOW)
    monkeypatch.setattr(wire, "begin", fails_once(wire.begin))
    with pytest.raises(OperationalError):
        turns(dispatcher)
    leases.renew("worker")

    turns(dispatcher, 8)

    assert len(wire.transmitted) == 3


def test_nothing_is_handed_over_once_the_worker_stops(installation, wire, dispatcher):
    """What is on the wire ends; what only has its recipient accepted goes back without a death."""
    a_campaign(4)
    wire.prompt = False
    Planner().plan_once(NOW)
    turns(dispatcher, 1)
    first, second, third, fourth = sorted(wire.preparing)
    wire.ready(first)
    turns(dispatcher, 1)
    wire.ready(second)
    wire.ready(third)

    dispatcher.turn(NOW, wait_seconds=0, claim=False)
    assert dispatcher.transmitting
    wire.end(first)
    for _ in range(2):
        dispatcher.turn(NOW, wait_seconds=0, claim=False)
    assert not dispatcher.transmitting
    leases.release_all("worker")

    assert wire.transmitted == [first]
    rows = Touch.objects.filter(id__in=[second, third, fourth])
    assert set(rows.values_list("status", "handed_at", "lease_token", "deaths")) == {("planned", None, "", 0)}


@pytest.fixture(autouse=True)
def _no_hook():
    yield
    crash.install(None)
