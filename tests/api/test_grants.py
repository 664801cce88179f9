"""Accounts that are connected in a browser: sent to the provider, back with a code, bound to who began."""

import json
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client as Browser

from drumbeat import cli
from drumbeat.actions import grants
from drumbeat.actions.grants import providers
from drumbeat.actions.members import keys
from drumbeat.api.grants import pending
from drumbeat.channels.oauth import client as web
from drumbeat.core.oauth import Client, Why, microsoft
from drumbeat.environment import read_environment
from drumbeat.models import Grant, Mailbox, SenderProfile
from tests.support.oauth import CLIENT, providing
from tests.support.office import another_owner

pytestmark = pytest.mark.django_db

ANN = "ann@ours.test"
START = {"provider": "custom", "address": ANN, "uses": ["sender", "mailbox"], "name": "Ann"}
SEND, READ = "https://outlook.office.com/SMTP.Send", "https://outlook.office.com/IMAP.AccessAsUser.All"
WORDS = Path(__file__).parents[2] / "web/src/dialogs/connect"


@pytest.fixture
def provider(monkeypatch):
    with providing() as running:
        known = read_environment(running.settings())
        monkeypatch.setattr(providers, "environment", lambda: known)
        yield running


def start(client, **change):
    return client.post("/api/grants/start", json.dumps(START | change), content_type="application/json")


def query_of(url):
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def say_yes(provider, started):
    """Allow it; return the address of ours that the browser is sent to."""
    return provider.allow(query_of(started.json()["url"])).replace("http://testserver", "")


def test_the_operators_providers_are_offered(client, owner, provider):
    assert client.get("/api/grants/providers").json() == [{"key": "custom", "name": "Stand-in"}]


def test_an_account_that_was_allowed_sends_and_is_read(client, owner, provider):
    came = client.get(say_yes(provider, start(client)))

    assert (came.status_code, came["Location"]) == (302, "/senders?connected=ann%40ours.test")
    assert came["Cache-Control"] == "no-store"
    grant = Grant.objects.get()
    assert (SenderProfile.objects.get(address=ANN).grant_id, Mailbox.objects.get().grant_id) == (
        grant.pk,
        grant.pk,
    )
    (shown,) = client.get("/api/grants").json()["items"]
    assert (shown["state"], shown["senders"], shown["mailboxes"]) == ("ok", [ANN], [ANN])
    assert shown["connected_by"] == owner.name
    assert not set(shown) & {"access_encrypted", "refresh_encrypted"}


@pytest.mark.parametrize(
    ("uses", "senders", "boxes", "room"),
    [
        pytest.param(["sender"], 1, 0, "/senders?", id="to send alone"),
        pytest.param(["mailbox"], 0, 1, "/settings/mailboxes?", id="to read alone"),
    ],
)
def test_an_account_is_used_for_what_was_asked(client, owner, provider, uses, senders, boxes, room):
    came = client.get(say_yes(provider, start(client, uses=uses)))
    assert came["Location"].startswith(room)
    assert SenderProfile.objects.filter(address=ANN).count() == senders
    assert Mailbox.objects.count() == boxes


def test_an_answer_counts_once_and_leads_where_it_led(client, owner, provider):
    back = say_yes(provider, start(client))
    first = client.get(back)["Location"]
    assert client.get(back)["Location"] == first == "/senders?connected=ann%40ours.test"
    assert len(provider.asked) == 1


def test_an_answer_that_comes_again_meanwhile_does_not_use_up_its_code(client, owner, provider, monkeypatch):
    back = say_yes(provider, start(client))
    again = []

    def ask_and_look(*about):
        again.append(client.get(back)["Location"])
        return ask(*about)

    ask = grants.ask_for
    monkeypatch.setattr(grants, "ask_for", ask_and_look)
    assert client.get(back)["Location"] == "/senders?connected=ann%40ours.test"
    assert again == ["/senders?connect_error=answer_twice"]
    assert len(provider.asked) == 1


def test_an_answer_without_a_question_is_nobodys(client, owner, provider):
    start(client)
    for query in ("", "?code=c", "?error=access_denied", "?state=&code=c", f"?state={'x' * 9000}&code=c"):
        came = client.get(f"/oauth/callback{query}")
        assert came["Location"] == "/senders?connect_error=answer_unknown"
    assert not provider.asked


def test_an_answer_that_another_browser_began_is_nobodys(client, owner, provider):
    back = say_yes(provider, start(client))
    other = Browser()
    other.force_login(another_owner().user)
    assert other.get(back)["Location"] == "/senders?connect_error=answer_unknown"
    assert not Grant.objects.exists()
    assert not provider.asked


def test_who_signed_out_meanwhile_gets_nothing(client, owner, provider):
    back = say_yes(provider, start(client))
    client.logout()
    assert client.get(back)["Location"] == "/senders?connect_error=answer_unknown"


def test_an_answer_that_comes_too_late_is_not_taken(client, owner, provider, monkeypatch):
    back = say_yes(provider, start(client))
    monkeypatch.setattr(pending, "LASTS", -pending.LASTS)
    assert client.get(back)["Location"] == "/senders?connect_error=answer_late"
    assert not provider.asked


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"error": "access_denied"}, "access_denied"),
        ({"error": "server_error"}, "provider_silent"),
        ({"error": "temporarily_unavailable"}, "provider_silent"),
        ({"error": "invalid_scope"}, "registration_refused"),
        ({"error": "unauthorized_client"}, "registration_refused"),
        ({"error": "redirect_uri_mismatch"}, "registration_refused"),
        ({"error": "consent_required"}, "consent_needed"),
        ({"error": "admin_policy_enforced"}, "consent_needed"),
        ({"error": "a_new_word"}, "grant_denied"),
        ({"error": "<script>alert(1)</script>\r\nSet-Cookie: a=b"}, "grant_denied"),
        ({"error": "x" * 9000}, "grant_denied"),
        ({}, "answer_empty"),
        ({"code": ""}, "answer_empty"),
        ({"error": "", "code": ""}, "answer_empty"),
        ({"error": "invalid_scope", "code": ""}, "registration_refused"),
    ],
)
def test_what_came_instead_of_a_code_is_told_truly(client, owner, provider, said, told):
    state = query_of(start(client).json()["url"])["state"]
    came = client.get("/oauth/callback", {"state": state, **said})
    assert came["Location"] == f"/senders?connect_error={told}"
    assert not provider.asked
    assert not Grant.objects.exists()


def test_the_log_tells_the_provider_s_codes_and_nothing_of_people(client, owner, provider, caplog):
    state = query_of(start(client).json()["url"])["state"]
    text = f"AADSTS65001: {ANN} has not consented"
    client.get("/oauth/callback", {"state": state, "error": "consent\n_required", "error_description": text})
    assert "consent_required AADSTS65001" in caplog.text
    assert ANN not in caplog.text


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        pytest.param(500, b'{"error": "server_error"}', "provider_silent", id="500"),
        pytest.param(502, b"<html>Bad gateway</html>", "provider_silent", id="a page of a proxy"),
        pytest.param(200, b"<html>Sign in to the network</html>", "provider_silent", id="a page all right"),
        pytest.param(200, b"", "provider_silent", id="nothing"),
        pytest.param(200, b"[" * 90_000, "provider_silent", id="far too much"),
        pytest.param(429, b'{"error": "slow_down"}', "provider_silent", id="too many asked"),
        pytest.param(401, b'{"error": "invalid_client"}', "registration_refused", id="an old secret"),
        pytest.param(400, b'{"error": "invalid_grant"}', "grant_denied", id="a used code"),
        pytest.param(400, b'{"error": "interaction_required"}', "consent_needed", id="a second factor"),
        pytest.param(
            200, b'{"access_token": "a", "expires_in": 3600}', "refresh_missing", id="no refresh token"
        ),
    ],
)
def test_a_code_that_brings_no_token_is_told_truly(client, owner, provider, status, body, told):
    back = say_yes(provider, start(client))
    provider.raw = (status, body)
    assert client.get(back)["Location"] == f"/senders?connect_error={told}"
    assert not Grant.objects.exists()


def test_a_provider_that_hangs_is_waited_for_a_short_time(client, owner, provider, monkeypatch):
    monkeypatch.setattr(web.post, "__defaults__", (0.3,))
    back = say_yes(provider, start(client))
    provider.silent = True
    began = time.monotonic()
    assert client.get(back)["Location"] == "/senders?connect_error=provider_silent"
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("scopes", "uses", "went"),
    [
        pytest.param((SEND, READ), ["sender", "mailbox"], "connected=ann%40ours.test", id="all"),
        pytest.param((READ,), ["sender", "mailbox"], "connect_error=scope_missing", id="reading alone"),
        pytest.param((SEND,), ["sender", "mailbox"], "connect_error=scope_missing", id="sending alone"),
        pytest.param((SEND,), ["sender"], "connected=ann%40ours.test", id="no more is needed"),
        pytest.param(("openid",), ["sender"], "connect_error=scope_missing", id="no mail"),
    ],
)
def test_who_did_not_tick_mail_is_told_so(client, owner, provider, monkeypatch, scopes, uses, went):
    there = replace(
        microsoft("x"), authorize_url=provider.url("/authorize"), token_url=provider.url("/token")
    )
    registered = {"microsoft": providers.Registered(there, Client(*CLIENT))}
    monkeypatch.setattr(providers, "registered", lambda: registered)
    provider.scopes = scopes
    back = say_yes(provider, start(client, provider="microsoft", uses=uses))
    assert client.get(back)["Location"] == f"/senders?{went}"
    assert Grant.objects.exists() == went.startswith("connected")


def test_whatever_goes_wrong_has_words_of_its_own():
    ours = [
        "answer_empty",
        "answer_late",
        "answer_twice",
        "answer_unknown",
        "scope_missing",
        "refresh_missing",
    ]
    for language in ("en", "de"):
        words = (WORDS / f"messages.{language}.ts").read_text("utf-8")
        assert [code for code in (*ours, *Why) if f"    {code}:" not in words] == []


def test_a_code_that_the_provider_refuses_changes_nothing(client, owner, provider):
    state = query_of(start(client).json()["url"])["state"]
    came = client.get(f"/oauth/callback?code=made-up&state={state}")
    assert came["Location"] == "/senders?connect_error=grant_denied"
    assert not Grant.objects.exists()


def test_a_session_keeps_few_open_questions(client, owner, provider):
    first = say_yes(provider, start(client))
    for _ in range(pending.MOST):
        start(client)
    assert client.get(first)["Location"] == "/senders?connect_error=answer_unknown"


def test_a_program_is_sent_to_a_browser(owner, provider):
    _, secret = keys.create(owner, "Robot", owner.created_at)
    asked = Browser().post(
        "/api/grants/start",
        json.dumps(START),
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert asked.json()["code"] == "browser_needed"


def test_a_removed_account_is_told_whether_it_was_taken_back(client, owner, provider):
    client.get(say_yes(provider, start(client)))
    removed = client.delete(f"/api/grants/{Grant.objects.get().pk}")
    assert removed.json() == {"revoked": True}
    assert not provider.refresh


def test_a_server_that_is_typed_anew_never_sees_the_token(client, owner, provider):
    client.get(say_yes(provider, start(client)))
    sender, box = SenderProfile.objects.get(address=ANN), Mailbox.objects.get()
    server = {"host": "evil.example.com", "port": 587, "security": "starttls", "username": ANN}
    client.patch(f"/api/senders/{sender.pk}", json.dumps({"server": server}), content_type="application/json")
    sender.refresh_from_db()
    assert (sender.host, sender.grant_id) == ("evil.example.com", None)
    read = {"address": ANN, "host": "evil.example.com", "username": ANN}
    asked = client.put(f"/api/mailboxes/{box.pk}", json.dumps(read), content_type="application/json")
    assert asked.json()["code"] == "password_missing"


def test_a_sender_goes_on_by_its_account_when_something_else_is_changed(client, owner, provider):
    client.get(say_yes(provider, start(client)))
    sender = SenderProfile.objects.get(address=ANN)
    server = {"host": "127.0.0.1", "port": 2525, "security": sender.security, "username": ANN}
    body = json.dumps({"name": "Ann L.", "server": server})
    client.patch(f"/api/senders/{sender.pk}", body, content_type="application/json")
    sender.refresh_from_db()
    assert (sender.name, sender.grant_id) == ("Ann L.", Grant.objects.get().pk)


def test_a_password_takes_the_place_of_an_account(client, owner, provider):
    client.get(say_yes(provider, start(client)))
    box = Mailbox.objects.get()
    Mailbox.objects.update(port=993, security="tls")
    read = {
        "address": ANN,
        "host": box.host,
        "port": 993,
        "security": "tls",
        "username": ANN,
        "password": "pw",
    }
    client.put(f"/api/mailboxes/{box.pk}", json.dumps(read), content_type="application/json")
    box.refresh_from_db()
    assert (box.grant_id, box.password_encrypted is not None) == (None, True)


def test_from_a_shell_a_mailbox_is_read_by_an_account(client, owner, provider):
    client.get(say_yes(provider, start(client, uses=["sender"])))
    assert cli.main(["mailbox", "add", "sales@ours.test", "--grant", ANN]) == 0
    box = Mailbox.objects.get()
    assert (box.address, box.username, box.grant_id) == ("sales@ours.test", ANN, Grant.objects.get().pk)
    assert cli.main(["mailbox", "add", "sales@ours.test", "--grant", "nobody@ours.test"]) == 1


class TestAnotherAccount:
    """Who signs in with another account than the one that was typed is asked which is meant."""

    BOB = "bob@ours.test"

    @pytest.fixture
    def held(self, client, owner, provider):
        provider.signs_in = self.BOB
        came = client.get(say_yes(provider, start(client)))
        assert came["Location"] == "/senders?connect_error=other_account"
        assert not Grant.objects.exists()
        (one,) = client.get("/api/grants/held").json()
        return one

    def settle(self, client, held, use):
        path = f"/api/grants/held/{held['id']}"
        return client.post(path, json.dumps({"use": use}), content_type="application/json")

    def test_both_addresses_are_told_and_no_token(self, client, held):
        assert held | {"id": ""} == {
            "id": "",
            "provider_name": "Stand-in",
            "typed": ANN,
            "signed_in": self.BOB,
        }
        assert "access" not in str(dict(client.session))

    @pytest.mark.parametrize(("use", "address"), [("signed_in", BOB), ("typed", ANN)])
    def test_the_choice_is_the_person_s(self, client, held, use, address):
        assert self.settle(client, held, use).json() == {"address": address}
        grant = Grant.objects.get()
        assert (grant.address, grant.state) == (address, "ok")
        assert SenderProfile.objects.get(address=address).username == address
        assert Mailbox.objects.get().username == address
        assert client.get("/api/grants/held").json() == []
        assert self.settle(client, held, use).status_code == 404

    def test_given_up_nothing_is_connected(self, client, held):
        assert client.delete(f"/api/grants/held/{held['id']}").status_code == 204
        assert client.get("/api/grants/held").json() == []
        assert not Grant.objects.exists()

    def test_it_waits_for_a_while_alone(self, client, held, monkeypatch):
        monkeypatch.setattr(pending, "LASTS", timedelta(0))
        assert client.get("/api/grants/held").json() == []
        assert self.settle(client, held, "typed").status_code == 404

    def test_another_browser_of_the_same_person_knows_nothing_of_it(self, owner, held):
        other = Browser()
        other.force_login(owner.user)
        assert other.get("/api/grants/held").json() == []
        assert self.settle(other, held, "typed").status_code == 404

    def test_the_same_address_in_other_letters_is_the_same(self, client, owner, provider):
        provider.signs_in = ANN.upper()
        client.get(say_yes(provider, start(client)))
        assert Grant.objects.get().address == ANN
