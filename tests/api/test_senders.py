"""Senders over HTTP: their day and health; typed servers stay out of private networks, passwords never come out."""

import json
import socket
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.null_wire import NullWire
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.models import AuditEntry, Role, SenderProfile, Touch, Workspace
from drumbeat.store import secrets
from tests.support import board as swing
from tests.support.office import a_mailbox, another_owner

pytestmark = pytest.mark.django_db(transaction=True)
SERVER = {
    "host": "mail.example.com",
    "port": 587,
    "security": "starttls",
    "username": "me",
    "password": "s3cret",
}


def get(client, path):
    answer = client.get(f"/api{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def send(client, method, path, body=None):
    return getattr(client, method)(f"/api{path}", json.dumps(body or {}), content_type="application/json")


def a_new_one(client, **more):
    body = {"address": "ann@ours.test", "name": "Ann", "server": SERVER, **more}
    return send(client, "post", "/senders", body)


def test_a_fresh_sender_is_careful_and_keeps_its_password_to_itself(client, owner):
    answer = a_new_one(client)
    assert answer.status_code == 201
    made = answer.json()
    assert (made["cap_per_day"], made["health"] in ("ready", "window"), made["is_default"]) == (
        50,
        True,
        True,
    )
    assert (made["has_password"], made["host_trusted"]) == (True, False)
    assert "s3cret" not in answer.content.decode()
    assert "password_encrypted" not in made
    stored = SenderProfile.objects.get(id=made["id"]).password_encrypted
    assert secrets.decrypt(bytes(stored or b"")) == "s3cret"
    assert AuditEntry.objects.filter(act="sender.add").exists()


@pytest.mark.parametrize(
    ("host", "code"),
    [
        pytest.param("127.0.0.1", "host_not_allowed", id="this machine"),
        pytest.param("localhost", "host_not_allowed", id="this machine by name"),
        pytest.param("10.0.0.5", "host_not_allowed", id="a private network"),
        pytest.param("169.254.169.254", "host_not_allowed", id="the metadata of a cloud"),
        pytest.param("[::1]", "host_not_allowed", id="this machine, version 6"),
        pytest.param("mail.example.com/x", "host_invalid", id="a path"),
        pytest.param(" ", "host_invalid", id="nothing"),
    ],
)
def test_a_typed_server_does_not_lead_into_private_networks(client, owner, host, code):
    refused = a_new_one(client, server={**SERVER, "host": host})
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert not SenderProfile.objects.filter(kind="smtp").exists()


def test_a_typed_server_is_asked_where_mail_is_handed_in(client, owner):
    assert a_new_one(client, server={**SERVER, "port": 6379}).json()["code"] == "port_not_allowed"


def test_a_name_that_leads_into_a_private_network_is_found_out_when_it_is_tried(client, owner, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("10.1.2.3", 587))])
    tried = send(client, "post", "/senders/try", SERVER).json()
    assert (tried["ok"], tried["stage"]) == (False, "network")


def test_a_name_that_nobody_knows_is_called_so(client, owner, monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    tried = send(client, "post", "/senders/try", SERVER).json()
    assert (tried["stage"], tried["text"]) == (
        "dns",
        "mail.example.com cannot be found: Name or service not known",
    )


def test_a_server_that_nobody_answers_at_is_called_so(client, owner):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    sender = a_mailbox(owner, smtp=f"smtp://127.0.0.1:{port}", host_trusted=True)
    tried = send(client, "post", f"/senders/{sender.pk}/try").json()
    assert (tried["ok"], tried["stage"]) == (False, "tcp")


def test_the_stored_password_goes_to_no_other_server(client, owner):
    made = a_new_one(client).json()
    elsewhere = {key: value for key, value in SERVER.items() if key != "password"} | {
        "host": "evil.example.com"
    }
    for path, method in ((f"/senders/{made['id']}", "patch"), (f"/senders/{made['id']}/try", "post")):
        assert send(client, method, path, {"server": elsewhere}).json()["code"] == "password_missing"


def test_hours_caps_and_names_are_changed_and_told_in_the_audit_log(client, owner):
    made = a_new_one(client).json()
    body = {"name": "Ann Lee", "cap_per_day": 120, "window": {"saturday": [["10:00", "12:00"]]}}
    changed = send(client, "patch", f"/senders/{made['id']}", body).json()
    assert (changed["name"], changed["cap_per_day"]) == ("Ann Lee", 120)
    assert changed["window"] == {"saturday": [["10:00", "12:00"]]}
    entry = AuditEntry.objects.get(act="sender.change")
    assert (entry.before["cap_per_day"], entry.after["cap_per_day"]) == (50, 120)
    assert not AuditEntry.objects.filter(act="sender.secret").exists()


def test_a_warm_up_is_given_changed_and_taken_away(client, owner):
    ramp = {"start": 10, "step": 5, "per_days": 1, "top": 50}
    made = a_new_one(client, warm_up=ramp).json()
    assert (made["warm_up"], made["warm_up_started_at"], made["cap_today"]) == (ramp, None, 10)
    steeper = send(client, "patch", f"/senders/{made['id']}", {"warm_up": {**ramp, "start": 20}}).json()
    assert (steeper["warm_up"]["start"], steeper["cap_today"], steeper["cap_per_day"]) == (20, 20, 50)
    entry = AuditEntry.objects.get(act="sender.change")
    assert (entry.before["warm_up"]["start"], entry.after["warm_up"]["start"]) == (10, 20)
    without = send(client, "patch", f"/senders/{made['id']}", {"no_warm_up": True}).json()
    assert (without["warm_up"], without["cap_today"]) == (None, 50)
    assert (
        send(client, "patch", f"/senders/{made['id']}", {"no_cap_per_day": True}).json()["cap_today"] is None
    )


def test_the_time_between_two_messages_is_given_and_told_in_the_audit_log(client, owner):
    made = a_new_one(client, spacing_seconds=90).json()
    changed = send(client, "patch", f"/senders/{made['id']}", {"spacing_seconds": 0}).json()
    assert (made["spacing_seconds"], changed["spacing_seconds"]) == (90, 0)
    entry = AuditEntry.objects.get(act="sender.change")
    assert (entry.before["spacing_seconds"], entry.after["spacing_seconds"]) == (90, 0)


def test_an_address_with_a_plus_is_switched_on_by_a_person_and_told_in_the_audit_log(client, owner):
    made = a_new_one(client).json()
    changed = send(client, "patch", f"/senders/{made['id']}", {"plus_addressing": True}).json()
    renamed = send(client, "patch", f"/senders/{made['id']}", {"name": "Kim"}).json()
    assert [one["plus_addressing"] for one in (made, changed, renamed)] == [False, True, True]
    entry = AuditEntry.objects.filter(act="sender.change").earliest("id")
    assert (entry.before["plus_addressing"], entry.after["plus_addressing"]) == (False, True)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(
            {"warm_up": {"start": 10, "step": 1, "top": 9}}, "ramp_invalid", id="a warm-up that ends below"
        ),
        pytest.param({"window": {"someday": []}}, "window_invalid", id="hours that are none"),
        pytest.param({"time_zone": "Mars/Olympus"}, "time_zone_unknown", id="a zone that is none"),
        pytest.param({"reply_to": "nobody"}, "address_invalid", id="an address that is none"),
        pytest.param({"cap_per_day": 0}, "request_unreadable", id="a cap of nothing"),
        pytest.param({"spacing_seconds": 86_401}, "request_unreadable", id="more than a day between two"),
        pytest.param({"password": "x"}, "request_unreadable", id="a field that is none"),
    ],
)
def test_what_cannot_be_is_refused(client, owner, body, code):
    made = a_new_one(client).json()
    assert send(client, "patch", f"/senders/{made['id']}", body).json()["code"] == code


def test_the_list_tells_how_the_day_goes(client, owner):
    now = timezone.now()
    sequence = swing.a_full_board(owner, now, people=4)
    (sender,) = get(client, "/senders")["items"]
    assert sequence.pk
    assert (sender["sent"] >= 1, sender["waiting"], sender["health"]) == (True, 1, "ready")


def test_a_sender_that_is_down_says_why_and_is_tried_again(client, owner):
    sender = a_mailbox(owner)
    until = timezone.now() + timedelta(minutes=20)
    SenderProfile.objects.filter(id=sender.pk).update(
        down_until=until, down_reason="sender_auth", down_text="535 no"
    )
    shown = get(client, f"/senders/{sender.pk}")
    assert (shown["health"], shown["down_reason"], shown["down_text"]) == ("down", "sender_auth", "535 no")
    assert send(client, "post", f"/senders/{sender.pk}/retry").json()["health"] == "ready"


def test_enabling_disabling_and_the_default(client, owner):
    first, second = a_mailbox(owner, "one@ours.test"), a_mailbox(owner, "two@ours.test")
    assert send(client, "post", f"/senders/{second.pk}/default").json()["is_default"]
    assert Workspace.objects.get().default_sender == second
    assert send(client, "post", f"/senders/{first.pk}/disable").json()["health"] == "disabled"
    assert send(client, "post", f"/senders/{first.pk}/default").json()["code"] == "sender_disabled"
    assert send(client, "post", f"/senders/{first.pk}/enable").json()["enabled"]


def test_a_test_mail_goes_to_whoever_asks(client, owner):
    sender = a_mailbox(owner)
    body = {"client_id": "test-mail-1"}
    asked = send(client, "post", f"/senders/{sender.pk}/test-mail", body).json()
    assert (asked["to"], asked["status"]) == (owner.user.get_username(), "planned")
    assert send(client, "post", f"/senders/{sender.pk}/test-mail", body).json()["id"] == asked["id"]
    dispatcher = Dispatcher("w", NullWire(), batch=10)
    for _ in range(4):
        dispatcher.turn(timezone.now())
    dispatcher.turn(timezone.now(), claim=False)
    assert get(client, f"/test-mails/{asked['id']}")["status"] == "sent"
    assert Touch.objects.get().contact_id is None


def test_the_list_costs_as_many_queries_for_many_as_for_one(client, owner):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            get(client, "/senders")
        return len(captured)

    a_mailbox(owner, "one@ours.test")
    before = queries()
    for number in range(4):
        a_mailbox(owner, f"more{number}@ours.test")
    assert queries() == before


def test_other_workspaces_and_viewers_change_nothing(client, owner):
    sender = a_mailbox(owner)
    other = another_owner()
    session = client.session
    session["workspace_id"] = other.workspace_id
    session.save()
    assert get(client, "/senders")["items"] == []
    for verb in ("disable", "retry", "default", "try"):
        assert send(client, "post", f"/senders/{sender.pk}/{verb}").status_code == 404
    session["workspace_id"] = owner.workspace_id
    session.save()
    owner.role = Role.VIEWER
    owner.save()
    for verb in ("disable", "retry", "default", "try"):
        assert send(client, "post", f"/senders/{sender.pk}/{verb}").status_code == 403
    assert get(client, "/senders")["items"]
