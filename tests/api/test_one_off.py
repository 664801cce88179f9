"""A mail without a sequence passes the checks of every mail (CH-8); a person may say that it waits for no hours."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from bench.null_wire import NullWire
from drumbeat.actions import emergency, suppressions
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.models import Contact, SenderProfile, Touch, Workspace
from tests.support.office import a_lead, a_mailbox

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def contact(owner):
    a_mailbox(owner)
    return a_lead(owner)


def write(client, contact, **more):
    body = {"client_id": uuid.uuid4().hex, "subject": "Good morning", "text": "Hello Kim", **more}
    return client.post(f"/api/conversations/{contact.pk}/messages", body, content_type="application/json")


def leave(after=timedelta(minutes=1)):
    """Let what may leave do so; return status and reason, or what holds it, of the last one."""
    now = timezone.now() + after
    dispatcher = Dispatcher("w", NullWire(), batch=10)
    for _ in range(5):
        dispatcher.turn(now)
    dispatcher.turn(now, claim=False)
    touch = Touch.objects.latest("id")
    return touch.status, touch.reason or touch.hold_reason


def test_it_leaves_under_the_name_that_its_writer_gave_it(client, owner, contact):
    body = {"client_id": "a-client-id-1"}
    assert write(client, contact, **body).json()["id"] == write(client, contact, **body).json()["id"]
    assert Touch.objects.get().key == f"oneoff:{owner.pk}:a-client-id-1"
    assert leave() == ("sent", "")


def opts_out(owner, contact):
    suppressions.add(owner, contact.email, timezone.now(), reason="manual")


def withdraws(owner, contact):
    Contact.objects.filter(id=contact.pk).update(consent={"email": False})


def is_stopped(owner, contact):
    emergency.stop_all(owner, timezone.now())


def is_held(owner, contact):
    until = timezone.now() + timedelta(hours=1)
    SenderProfile.objects.filter(kind="smtp").update(down_until=until, down_reason="sender_auth")


def is_disabled(owner, contact):
    SenderProfile.objects.filter(kind="smtp").update(enabled=False)


@pytest.mark.parametrize(
    ("happens", "status"),
    [
        pytest.param(opts_out, "skipped", id="the address is suppressed"),
        pytest.param(withdraws, "skipped", id="consent is withdrawn"),
        pytest.param(is_stopped, "planned", id="everything is stopped"),
        pytest.param(is_held, "planned", id="the sender is held"),
        pytest.param(is_disabled, "planned", id="the sender is disabled"),
    ],
)
@pytest.mark.parametrize("at_once", [False, True], ids=["in its hours", "at once"])
def test_what_happens_before_it_leaves_is_heeded(client, owner, contact, happens, status, at_once):
    assert write(client, contact, at_once=at_once).status_code == 200
    happens(owner, contact)
    assert leave()[0] == status


def test_the_caps_of_the_workspace_hold_it(client, owner, contact):
    Workspace.objects.update(cap_per_day=1)
    write(client, contact)
    assert leave()[0] == "sent"
    write(client, contact, at_once=True)
    assert leave()[0] == "planned"


def test_the_senders_hours_hold_it_unless_a_person_says_now(client, owner, contact):
    SenderProfile.objects.filter(kind="smtp").update(window=shut())
    write(client, contact)
    assert leave() == ("planned", "window")
    assert write(client, contact, at_once=True).json()["hold"] == ""
    assert leave() == ("sent", "")


def shut():
    """A window that is open for an hour, two days from now."""
    day = (timezone.now() + timedelta(days=2)).strftime("%A").lower()
    return {day: [["03:00", "04:00"]]}
