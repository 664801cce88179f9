"""Accounts that are connected in a browser: sent to the provider, back with a code, bound to who began."""

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from drumbeat import cli
from drumbeat.actions.grants import providers
from drumbeat.actions.members import keys
from drumbeat.api.grants import pending
from drumbeat.environment import read_environment
from drumbeat.models import Grant, Mailbox, SenderProfile
from tests.support.oauth import providing
from tests.support.office import an_owner, another_owner

pytestmark = pytest.mark.django_db

ANN = "ann@ours.test"
START = {"provider": "custom", "address": ANN, "uses": ["sender", "mailbox"], "name": "Ann"}


@pytest.fixture
def provider(monkeypatch):
    with providing() as running:
        known = read_environment(running.settings())
        monkeypatch.setattr(providers, "environment", lambda: known)
        yield running


@pytest.fixture
def owner(client):
    member = an_owner()
    client.force_login(member.user)
    return member


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


def test_an_answer_counts_once(client, owner, provider):
    back = say_yes(provider, start(client))
    client.get(back)
    assert client.get(back)["Location"] == "/senders?connect_error=answer_unknown"
    assert len(provider.asked) == 1


def test_an_answer_that_another_browser_began_is_nobodys(client, owner, provider):
    back = say_yes(provider, start(client))
    other = Client()
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
    assert client.get(back)["Location"] == "/senders?connect_error=answer_unknown"


def test_a_no_is_said_plainly(client, owner, provider):
    state = query_of(start(client).json()["url"])["state"]
    came = client.get(f"/oauth/callback?error=access_denied&state={state}")
    assert came["Location"] == "/senders?connect_error=access_denied"


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
    asked = Client().post(
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
        other = Client()
        other.force_login(owner.user)
        assert other.get("/api/grants/held").json() == []
        assert self.settle(other, held, "typed").status_code == 404

    def test_the_same_address_in_other_letters_is_the_same(self, client, owner, provider):
        provider.signs_in = ANN.upper()
        client.get(say_yes(provider, start(client)))
        assert Grant.objects.get().address == ANN
