"""A stop means stop: once it is committed nothing leaves but what was handed over before."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from drumbeat.actions import emergency, opt_outs
from drumbeat.actions.enrollments import verbs
from drumbeat.channels.base import TemporaryRefusal
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.models import Workspace
from drumbeat.store import claims, leases, stops
from tests.support import racing
from tests.support.campaign import NOW, Campaign, a_campaign
from tests.support.hand_wire import HandWire
from tests.support.installation import Call
from tests.support.processes import until
from tests.support.racing import Engine, RacingWire, stopped

pytest_plugins = ["tests.support.installed"]


def verb(kind: VerbKind, campaign: Campaign, number: int) -> None:
    verbs.apply(campaign.owner, [campaign.enrollment(number).pk], Verb(kind=kind), NOW)


def reply(campaign: Campaign, number: int) -> None:
    with transaction.atomic():
        stops.stop_contacts(campaign.workspace_id, [campaign.contact_ids[number]], "replied", NOW)


def opt_out(campaign: Campaign, number: int) -> None:
    opt_outs.unsubscribe(campaign.workspace_id, campaign.contact_ids[number], NOW, source="link")


STOPS: dict[str, Callable[[Campaign, int], None]] = {
    "reply": reply,
    "pause": partial(verb, VerbKind.PAUSE),
    "stop": partial(verb, VerbKind.STOP),
    "opt-out": opt_out,
}


def race(people: int, seed: int, names: Sequence[str] = tuple(STOPS)) -> Counter[bool]:
    """Stop each person at the moment when the message is claimed; count how often the message was first."""
    campaign = a_campaign(people)
    wire = RacingWire(seed)
    engine = Engine(wire, NOW)
    running = Call(engine.run)
    saw: dict[int, set[int]] = {}
    chance = random.Random(seed)
    numbers = {contact_id: number for number, contact_id in enumerate(campaign.contact_ids)}
    try:
        while len(saw) < people and running.is_alive():
            contact_id = wire.claimed.get(timeout=30).contact_id or 0
            if contact_id not in saw:
                stop = partial(STOPS[chance.choice(names)], campaign, numbers[contact_id])
                wire.delay_stop()
                saw[contact_id] = stopped(stop, [contact_id])
                wire.balance(message_was_first=bool(saw[contact_id]))
        until(partial(wire.has_received, sum(map(len, saw.values()))))
    finally:
        engine.end()
        running.result()
    received = Counter(wire.received)
    assert {id_: n for id_, n in received.items() if n > 1} == {}
    assert [id_ for id_ in received if id_ not in saw[id_]] == []
    return Counter(contact_id in received for contact_id in campaign.contact_ids)


def test_a_stop_and_a_message_race_and_one_of_them_wins(installation):
    won = race(people=240, seed=1)
    assert won[True] > 40
    assert won[False] > 40


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_a_stop_and_a_message_race_many_times(installation, seed):
    race(people=1_000, seed=seed)


def test_of_500_replies_each_keeps_its_message_back_or_comes_after_it(installation):
    won = race(people=500, seed=2, names=["reply"])
    assert won[True] > 80
    assert won[False] > 80


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_10_000_replies_race_against_their_messages(installation, seed):
    race(people=1_000, seed=seed, names=["reply"])


def emergencies(rounds: int, seed: int) -> None:
    campaign = a_campaign(rounds * 12)
    wire = RacingWire(seed)
    engine = Engine(wire, NOW, batch=8)
    running = Call(engine.run)
    try:
        for _ in range(rounds):
            wire.claimed.get(timeout=30)
            handed = stopped(partial(emergency.stop_all, campaign.owner, NOW), campaign.contact_ids)
            until(partial(wire.has_received, len(handed)))
            engine.go_round(2)
            assert set(wire.received) == handed
            emergency.lift(campaign.owner, NOW)
    finally:
        engine.end()
        running.result()


def test_an_emergency_stop_in_full_flow_lets_nothing_more_out(installation):
    emergencies(rounds=12, seed=1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4))
def test_many_emergency_stops_in_full_flow(installation, seed):
    emergencies(rounds=500, seed=seed)


def test_a_claim_that_waited_for_an_emergency_stop_sees_it(installation):
    """The flag is set before the claim has the sender's row, and committed after it asked for it."""
    campaign = a_campaign(3)
    Planner().plan_once(NOW)
    sender_id = campaign.senders[0].pk
    claims.lease_senders("worker.1", 1, NOW)
    with transaction.atomic():
        emergency.stop_all(campaign.owner, NOW)
        asking = Call(claims.claim, sender_id, "worker.1", "worker.2", 10, NOW, NOW)
        if installation.is_postgresql:
            until(racing.waits_for_a_lock)
    assert list(asking.result().touches) == []
    assert Workspace.objects.get(id=campaign.workspace_id).stopped_at == NOW


@pytest.mark.parametrize("stop", STOPS.values(), ids=STOPS)
def test_a_message_that_is_deferred_after_a_stop_does_not_leave_later(installation, stop):
    """It was handed over when the stop came, so it was not recalled; the server said: come back later."""
    campaign = a_campaign(1)
    Planner().plan_once(NOW)
    wire = HandWire()
    dispatcher = Dispatcher("worker", wire)
    turns(dispatcher)
    assert len(wire.transmitted) == 1
    stop(campaign, 0)
    Planner().plan_once(NOW)

    wire.end(wire.transmitted[0], TemporaryRefusal("later"))
    turns(dispatcher)
    for days in range(4):
        Planner().plan_once(NOW + timedelta(days=days))
        turns(dispatcher, NOW + timedelta(days=days))

    assert len(wire.transmitted) == 1


def test_a_message_deferred_during_a_pause_leaves_when_it_is_resumed(installation):
    campaign = a_campaign(1)
    Planner().plan_once(NOW)
    wire = HandWire()
    dispatcher = Dispatcher("worker", wire)
    turns(dispatcher)
    verb(VerbKind.PAUSE, campaign, 0)
    wire.end(wire.transmitted[0], TemporaryRefusal("later"))
    turns(dispatcher)
    later = NOW + timedelta(days=1)
    turns(dispatcher, later)
    assert len(wire.transmitted) == 1

    verbs.apply(campaign.owner, [campaign.enrollment().pk], Verb(kind=VerbKind.RESUME), later)
    turns(dispatcher, later)
    assert len(wire.transmitted) == 2


@pytest.mark.parametrize("stop", STOPS.values(), ids=STOPS)
def test_a_stop_between_a_death_and_the_next_worker_holds(installation, stop):
    """Claimed, and the worker is dead; the stop comes; whoever takes over must not send."""
    campaign = a_campaign(1)
    Planner().plan_once(NOW)
    turns(Dispatcher("dead", HandWire(prompt=False)))
    stop(campaign, 0)
    leases.expire("dead")

    wire = HandWire()
    dispatcher = Dispatcher("next", wire)
    for _ in range(3):
        turns(dispatcher)
        Planner().plan_once(NOW)
    assert wire.transmitted == []


def turns(dispatcher: Dispatcher, now=NOW) -> None:
    for _ in range(4):
        dispatcher.turn(now, wait_seconds=0)
