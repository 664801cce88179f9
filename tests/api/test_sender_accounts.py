"""Senders behind a provider over HTTP: typed by field, tried for real, and nothing secret ever comes out."""

import json

import pytest
from django.utils import timezone

from drumbeat.actions import doctor
from drumbeat.environment import environment
from drumbeat.models import AuditEntry, SenderProfile, Touch
from drumbeat.store import accounts
from tests.support.provider import ACCOUNTS, KEY, providing

pytestmark = pytest.mark.django_db(transaction=True)

ACCOUNT = {"provider": "postmark", "values": {"server_token": KEY, "message_stream": "outreach"}}
SERVER = {"host": "mail.example.com", "port": 587, "security": "starttls", "username": "me", "password": "pw"}


@pytest.fixture
def provider(monkeypatch):
    with providing() as running:
        monkeypatch.setenv("DRUMBEAT_PROVIDER_API_URL", running.base)
        environment.cache_clear()
        yield running
    environment.cache_clear()


def row_of():
    return SenderProfile.objects.get(address="ann@ours.test")


def ask(client, method, path, body=None):
    return getattr(client, method)(f"/api{path}", json.dumps(body or {}), content_type="application/json")


def made(client, account=ACCOUNT):
    answer = ask(client, "post", "/senders", {"address": "ann@ours.test", "account": account})
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_an_account_is_shown_without_its_secrets(client, owner):
    sender = made(client)
    assert (sender["kind"], sender["is_default"], sender["cap_per_day"]) == ("esp", True, 50)
    assert sender["account"] == {
        "provider": "postmark",
        "title": "Postmark",
        "options": {"message_stream": "outreach"},
        "secrets": ["server_token"],
    }
    everything = client.get(f"/api/senders/{sender['id']}").content + client.get("/api/senders").content
    assert KEY not in everything.decode()
    assert KEY.encode() not in bytes(
        SenderProfile.objects.get(id=sender["id"]).provider_secrets_encrypted or b""
    )
    assert KEY not in json.dumps(list(AuditEntry.objects.values("before", "after")))


def test_what_is_typed_wrong_is_said_by_field(client, owner):
    answer = ask(
        client,
        "post",
        "/senders",
        {"address": "a@ours.test", "account": {"provider": "mailgun", "values": {}}},
    )
    assert answer.status_code == 422
    assert answer.json()["code"] == "provider_field_invalid"
    assert answer.json()["fields"].keys() == {"api_key", "sender_domain"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param({}, "sender_way_missing", id="neither"),
        pytest.param({"server": SERVER, "account": ACCOUNT}, "sender_way_twice", id="both"),
        pytest.param(
            {"account": {"provider": "ses", "values": {}}}, "provider_unknown", id="no such provider"
        ),
    ],
)
def test_a_sender_sends_in_one_way(client, owner, body, code):
    answer = ask(client, "post", "/senders", {"address": "ann@ours.test", **body})
    assert answer.json()["code"] == code


def test_an_address_sends_once_whatever_carries_it(client, owner):
    made(client)
    answer = ask(client, "post", "/senders", {"address": "ann@ours.test", "server": SERVER})
    assert answer.json()["code"] == "sender_exists"


def test_a_change_keeps_what_is_left_out_and_the_address_at_which_the_provider_tells(client, owner):
    sender = made(client)
    token = row_of().hook_token
    changed = ask(
        client,
        "patch",
        f"/senders/{sender['id']}",
        {"account": {"provider": "postmark", "values": {"message_stream": "other"}}},
    ).json()
    assert changed["account"]["options"] == {"message_stream": "other"}
    row = row_of()
    assert accounts.account_of(row).secrets == {"server_token": KEY}
    assert row.hook_token == token
    entry = AuditEntry.objects.get(act="sender.change")
    assert (entry.before, entry.after) == (
        {"provider_options": {"message_stream": "outreach"}},
        {"provider_options": {"message_stream": "other"}},
    )


def test_a_server_takes_the_place_of_an_account_and_the_other_way_round(client, owner):
    sender = made(client)
    by_server = ask(client, "patch", f"/senders/{sender['id']}", {"server": SERVER}).json()
    assert (by_server["kind"], by_server["account"], by_server["host"]) == ("smtp", None, "mail.example.com")
    row = row_of()
    assert (row.provider_secrets_encrypted, row.hook_token) == (None, "")
    back = ask(client, "patch", f"/senders/{sender['id']}", {"account": ACCOUNT}).json()
    assert (back["kind"], back["host"], back["has_password"]) == ("esp", "", False)


def test_a_trial_names_what_is_wrong_and_sends_nothing(client, owner, provider):
    sender = made(client)
    assert ask(client, "post", f"/senders/{sender['id']}/try").json() == {
        "ok": True,
        "stage": "ok",
        "text": "",
    }
    wrong = {"provider": "postmark", "values": {"server_token": "wrong"}}
    tried = ask(client, "post", f"/senders/{sender['id']}/try", {"account": wrong}).json()
    assert (tried["ok"], tried["stage"]) == (False, "auth")
    assert tried["text"] == "Postmark does not accept this account: 401 The API key is not valid."
    assert ask(client, "post", "/senders/try-account", ACCOUNT).json()["ok"]
    assert provider.mails == []


@pytest.mark.parametrize("name", ["brevo", "mailgun", "mandrill", "sparkpost", "sendgrid", "mailjet"])
def test_a_trial_knows_a_good_key_from_a_bad_one(client, owner, provider, name):
    good = {"provider": name, "values": ACCOUNTS[name]}
    assert ask(client, "post", "/senders/try-account", good).json()["ok"]
    bad = {"provider": name, "values": {**ACCOUNTS[name], "api_key": "bad"}}
    assert ask(client, "post", "/senders/try-account", bad).json()["stage"] == "auth"


def test_a_provider_that_is_away_is_named(client, owner, monkeypatch):
    monkeypatch.setenv("DRUMBEAT_PROVIDER_API_URL", "http://127.0.0.1:1")
    environment.cache_clear()
    tried = ask(client, "post", "/senders/try-account", ACCOUNT).json()
    environment.cache_clear()
    assert (tried["stage"], tried["text"].startswith("Postmark cannot be reached")) == ("tcp", True)


def test_the_address_to_paste_holds_a_password_where_nothing_is_signed(client, owner):
    sender = made(client)
    told = client.get(f"/api/senders/{sender['id']}/webhook").json()
    row = row_of()
    password = accounts.hook_password_of(row)
    assert told["events"] == f"http://drumbeat:{password}@testserver/hooks/esp/postmark/{row.hook_token}"
    assert told["inbound"] == f"{told['events']}/inbound"
    assert (told["missing"], told["heard_at"]) == ([], None)


def test_who_only_signs_is_told_the_address_before_the_key_is_known(client, owner):
    sender = made(client, {"provider": "mailersend", "values": {"api_token": KEY}})
    told = client.get(f"/api/senders/{sender['id']}/webhook").json()
    assert "@" not in told["events"]
    assert told["missing"] == ["signing_secret"]
    signed = {"provider": "mailersend", "values": {"signing_secret": "s"}}
    ask(client, "patch", f"/senders/{sender['id']}", {"account": signed})
    assert client.get(f"/api/senders/{sender['id']}/webhook").json()["missing"] == []


def test_a_sender_that_nobody_tells_of_has_no_such_address(client, owner):
    sender = made(client, {"provider": "scaleway", "values": {"secret_key": "k", "project_id": "p"}})
    assert client.get(f"/api/senders/{sender['id']}/webhook").json()["code"] == "provider_tells_nothing"


def test_each_provider_is_offered_with_its_fields(client, owner):
    offered = {one["name"]: one for one in client.get("/api/senders/providers").json()}
    assert len(offered) == 14
    [key, domain, region, signing] = offered["mailgun"]["fields"]
    assert (key["secret"], domain["secret"], region["choices"]) == (True, False, ["us", "eu"])
    assert (key["required"], signing["required"]) == (True, False)


def test_the_doctor_says_when_mail_leaves_without_a_way_to_unsubscribe_in_its_header(client, owner):
    keys = {"api_token": "k", "signing_secret": "s"}
    sender = made(client, {"provider": "mailersend", "values": keys})

    def said():
        found = doctor.examine(owner, timezone.now())
        return [one.object_id for one in found if one.code == "provider_no_unsubscribe"]

    assert said() == [sender["id"]]
    account = {"provider": "mailersend", "values": {"own_unsubscribe": "yes"}}
    ask(client, "patch", f"/senders/{sender['id']}", {"account": account})
    assert said() == []


def test_the_doctor_says_when_a_provider_tells_nothing(client, owner):
    sender_id = made(client)["id"]

    def silent():
        return [one for one in doctor.examine(owner, timezone.now()) if one.code == "provider_silent"]

    for number in range(5):
        assert silent() == []
        Touch.objects.create(
            workspace=owner.workspace,
            key=f"k{number}",
            mark=f"m{number}",
            kind="email",
            sender_id=sender_id,
            status="sent",
            due_at=timezone.now(),
            not_before=timezone.now(),
            created_at=timezone.now(),
        )
    [finding] = silent()
    assert (finding.count, finding.object_id) == (5, sender_id)
    SenderProfile.objects.update(hook_heard_at=timezone.now())
    assert silent() == []
