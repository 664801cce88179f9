"""Webhooks through the whole engine to a real endpoint: planned, claimed, called, tried again, settled."""

import json
import time
from datetime import timedelta

import pytest
from django.db import transaction
from standardwebhooks import Webhook

from bench import world
from drumbeat.actions import emergency, webhooks
from drumbeat.actions.enrollments import explaining
from drumbeat.channels.base import Receipt
from drumbeat.channels.webhook.channel import Patience, WebhookChannel
from drumbeat.core.document import read_document
from drumbeat.core.hosts import read_network
from drumbeat.core.retry import MOST_ATTEMPTS
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.engine.wire import NetworkWire
from drumbeat.models import (
    Attempt,
    Budget,
    Contact,
    Enrollment,
    Message,
    SenderKind,
    SenderProfile,
    Sequence,
    Touch,
    Workspace,
)
from drumbeat.store import flows, leases, outcomes, stops
from tests.support.endpoint import listening

pytest_plugins = ["tests.support.installed"]

NOW = world.START
INNER = (read_network("127.0.0.0/8"),)


@pytest.fixture
def endpoint():
    with listening() as running:
        yield running


@pytest.fixture
def owner(installation):
    return world.a_workspace()


class Instantly:
    """A mailbox that takes everything at once."""

    async def prepare(self, outbound):
        return self

    async def transmit(self):
        return Receipt(code="250")

    async def abandon(self):
        pass

    async def close(self):
        pass


def channel_of(sender_id):
    if SenderProfile.objects.get(pk=sender_id).kind == SenderKind.WEBHOOK:
        return WebhookChannel(INNER, patience=Patience(connect=1, answer=1, silent=0))
    return Instantly()


@pytest.fixture
def wire():
    made = NetworkWire(channel_of)
    yield made
    made.stop()


@pytest.fixture
def dispatcher(wire):
    return Dispatcher("worker", wire)


def calling(owner, url, *, people=1, **own):
    """Enroll people in a flow that calls `url`."""
    row = Sequence.objects.create(
        workspace=owner.workspace, name="Calls", owner=owner, status="active", created_at=NOW, updated_at=NOW
    )
    steps = [{"key": "call", "kind": "webhook", "url": url, **own}]
    with transaction.atomic():
        version = flows.save_version(row, read_document({"format": 1, "steps": steps}), owner, NOW)
    ids = sorted(world.contacts(owner.workspace, people, Contact.objects.count()))
    world.enroll(version, ids, step="call")
    return ids


def go(dispatcher, now=NOW, *, patience=10.0):
    """Plan and send until nothing is under way."""
    while Planner().plan_once(now):
        pass
    ends_at = time.monotonic() + patience
    while dispatcher.turn(now, wait_seconds=0.02) or dispatcher.busy:
        assert time.monotonic() < ends_at
    while Planner().plan_once(now):
        pass


def the_touch():
    return Touch.objects.get(kind="webhook")


def test_a_call_is_signed_delivered_and_recorded(owner, endpoint, dispatcher):
    (contact_id,) = calling(owner, endpoint.url("/ok"))
    go(dispatcher)

    ((_, headers, body),) = endpoint.calls
    touch = the_touch()
    assert headers["webhook-id"] == f"msg_{touch.mark}"
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    signer = Webhook(webhooks.secrets(owner, NOW).current)
    assert headers["webhook-signature"] == signer.sign(headers["webhook-id"], NOW, body.decode())
    data = json.loads(body)["data"]
    assert (data["contact"]["id"], data["step"]["key"]) == (contact_id, "call")
    assert (touch.status, touch.attempts) == ("sent", 1)
    assert Attempt.objects.get().code == "200"
    assert not Message.objects.exists()
    assert Enrollment.objects.get().reason == "completed"


def test_calls_take_no_place_in_what_the_workspace_may_send_a_day(owner, endpoint, dispatcher):
    Workspace.objects.filter(pk=owner.workspace_id).update(cap_per_day=1)
    calling(owner, endpoint.url("/ok"), people=3)
    go(dispatcher)
    assert len(endpoint.calls) == 3
    assert not Budget.objects.exists()


def test_for_a_day_the_secret_before_signs_too(owner, endpoint, dispatcher):
    before = webhooks.secrets(owner, NOW).current
    after = webhooks.replace_secret(owner, NOW)
    assert after.previous == before
    calling(owner, endpoint.url("/ok"), people=1)
    go(dispatcher)
    ((_, headers, body),) = endpoint.calls
    signed = [Webhook(s).sign(headers["webhook-id"], NOW, body.decode()) for s in (after.current, before)]
    assert headers["webhook-signature"].split() == signed
    assert webhooks.secrets(owner, NOW + timedelta(days=1)).previous == ""


def test_a_call_that_was_planned_waits_while_its_sequence_is_paused(owner, endpoint, dispatcher):
    calling(owner, endpoint.url("/ok"))
    Planner().plan_once(NOW)
    sequence_id = Sequence.objects.get().pk
    with transaction.atomic():
        stops.pause_sequence(sequence_id, NOW)
    go(dispatcher)
    assert endpoint.calls == []

    with transaction.atomic():
        stops.resume_sequence(sequence_id, NOW)
    go(dispatcher)
    assert len(endpoint.calls) == 1


def test_a_call_waits_for_a_fact_that_came_in_after_it_was_planned(owner, endpoint, dispatcher):
    calling(owner, endpoint.url("/ok"))
    Planner().plan_once(NOW)
    Enrollment.objects.update(woken_at=NOW)
    while dispatcher.turn(NOW, wait_seconds=0.02) or dispatcher.busy:
        pass
    assert endpoint.calls == []
    go(dispatcher)
    assert len(endpoint.calls) == 1


@pytest.mark.parametrize("path", ["/broken", "/silent", "/reset", "/busy"])
def test_what_did_not_arrive_for_sure_is_called_again_with_the_same_id(owner, endpoint, dispatcher, path):
    calling(owner, endpoint.url(path))
    go(dispatcher)
    first = the_touch()
    assert (first.status, first.handed_at) == ("scheduled", None)
    assert first.not_before > NOW + timedelta(minutes=1)
    assert Enrollment.objects.get().state == "awaiting"

    go(dispatcher, first.not_before)

    (_, one, body), (_, two, again) = endpoint.calls
    assert one["webhook-id"] == two["webhook-id"]
    assert one["webhook-timestamp"] < two["webhook-timestamp"]
    assert body == again
    assert the_touch().attempts == 2


def test_after_two_days_it_is_given_up_and_the_flow_goes_its_way(owner, endpoint, dispatcher):
    calling(owner, endpoint.url("/broken"), on_failure={"kind": "finish"})
    now = NOW
    for _ in range(MOST_ATTEMPTS):
        go(dispatcher, now)
        now = the_touch().not_before
    assert (the_touch().status, the_touch().reason) == ("failed", "rejected_temporary")
    assert len(endpoint.calls) == MOST_ATTEMPTS
    assert now < NOW + timedelta(days=3)
    assert Enrollment.objects.get().reason == "failed"


def test_a_refusal_for_good_says_why(owner, endpoint, dispatcher):
    calling(owner, endpoint.url("/gone"))
    go(dispatcher)
    assert (the_touch().status, the_touch().reason) == ("failed", "rejected_permanent")
    lines = explaining.why(owner, Enrollment.objects.get().pk, NOW).lines
    assert "It said: 410 left" in next(line.sentence for line in lines if line.rule == "failed")


@pytest.mark.parametrize(
    "own",
    [
        pytest.param({"url": "http://127.0.0.1/{{ contact.title }}"}, id="an address that lacks a value"),
        pytest.param({"body": '["{{ contact.first_name | nope }}x"]'}, id="a body that cannot be merged"),
        pytest.param({"body": "no JSON"}, id="a body that is no JSON"),
    ],
)
def test_a_call_that_cannot_be_written_fails_alone(owner, endpoint, dispatcher, own):
    calling(owner, **{"url": endpoint.url("/ok"), **own})
    calling(owner, endpoint.url("/ok"))
    go(dispatcher)
    touches = Touch.objects.order_by("id").values_list("status", "reason")
    assert list(touches) == [("failed", "render_error"), ("sent", "")]


def test_an_inner_host_is_not_called(owner, endpoint):
    """Without the operator's word this machine is out of bounds."""
    calling(owner, endpoint.url("/ok"))
    wire = NetworkWire(lambda sender_id: WebhookChannel())
    try:
        go(Dispatcher("worker", wire))
    finally:
        wire.stop()
    assert (the_touch().status, the_touch().reason) == ("failed", "rejected_permanent")
    assert endpoint.connections == 0


class TestGates:
    def test_who_must_not_be_written_to_is_still_told_about(self, owner, endpoint, dispatcher):
        (one,) = calling(owner, endpoint.url("/ok"))
        with transaction.atomic():
            stops.suppress(
                owner.workspace_id,
                channel="",
                base_address=Contact.objects.get(pk=one).email_normal,
                reason="manual",
                source="",
                now=NOW,
            )
        go(dispatcher)
        assert len(endpoint.calls) == 1

    def test_a_reply_that_comes_first_wins(self, owner, endpoint, dispatcher):
        (one,) = calling(owner, endpoint.url("/ok"))
        Planner().plan_once(NOW)
        with transaction.atomic():
            stops.stop_contacts(owner.workspace_id, [one], "replied", NOW)
        go(dispatcher)
        assert endpoint.calls == []
        assert the_touch().status == "cancelled"
        assert Enrollment.objects.get().reason == "replied"

    def test_nothing_is_called_in_an_emergency(self, owner, endpoint, dispatcher):
        calling(owner, endpoint.url("/ok"))
        emergency.stop_all(owner, NOW)
        go(dispatcher)
        assert endpoint.calls == []
        emergency.lift(owner, NOW)
        go(dispatcher)
        assert len(endpoint.calls) == 1


def test_a_silent_endpoint_holds_up_no_mail(owner, endpoint):
    patient = WebhookChannel(INNER, patience=Patience(connect=5, answer=5, silent=0))
    wire = NetworkWire(lambda id_: Instantly() if id_ == sender.pk else patient)
    dispatcher, sender = Dispatcher("worker", wire), world.a_sender(owner.workspace)
    calling(owner, endpoint.url("/silent"), people=3)
    Planner().plan_once(NOW)
    while len(endpoint.calls) < 3:
        dispatcher.turn(NOW, wait_seconds=0.01)
    mail = world.a_sequence(owner, sender)
    world.enroll(mail, sorted(world.contacts(owner.workspace, 20, Contact.objects.count())))
    Planner().plan_once(NOW)
    while Touch.objects.filter(kind="email", status="sent").count() < 20:
        dispatcher.turn(NOW, wait_seconds=0.005)
        assert Touch.objects.filter(kind="webhook", status="sending").count() == 3
    go(dispatcher)
    wire.stop()


def test_a_worker_given_up_for_dead_changes_nothing_when_it_speaks(owner, endpoint, dispatcher):
    """Its call is repeated under another claim; what it says about the first one counts no more."""
    calling(owner, endpoint.url("/slow"))
    Planner().plan_once(NOW)
    while not endpoint.calls:
        dispatcher.turn(NOW, wait_seconds=0.01)
    leases.expire("worker")
    assert outcomes.repeat_abandoned(10, NOW) == 1
    assert outcomes.interrupt_abandoned(10, NOW) == 0
    go(dispatcher)
    assert (the_touch().status, the_touch().attempts) == ("scheduled", 1)
    assert Attempt.objects.get().text == "the worker died; the call may have arrived"
    later = the_touch().not_before
    go(Dispatcher("heir", dispatcher.wire), later)
    assert the_touch().status == "sent"
    assert len({headers["webhook-id"] for _, headers, _ in endpoint.calls}) == 1
    assert Enrollment.objects.get().reason == "completed"
