"""Connected accounts: tokens renewed by one at a time, taken back, lost, and what waits for them."""

import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection

from drumbeat.actions import grants
from drumbeat.actions.grants import providers, tokens, using
from drumbeat.channels.oauth.tokens import TokenFault
from drumbeat.core.errors import DomainError
from drumbeat.engine.senders import channel_of
from drumbeat.environment import read_environment
from drumbeat.models import AuditEntry, Grant, Mailbox, Notification, SenderProfile
from drumbeat.store import grants as rows
from drumbeat.store.mailbox_servers import server_of
from tests.support.oauth import providing
from tests.support.office import a_mailbox, an_owner

pytest_plugins = ["tests.support.installed"]
pytestmark = pytest.mark.usefixtures("installation")

NOW = datetime.now(UTC)
ANN = "ann@ours.test"
BACK = "http://127.0.0.1:8000/oauth/callback"


@pytest.fixture
def provider(monkeypatch):
    with providing() as running:
        known = read_environment(running.settings())
        monkeypatch.setattr(providers, "environment", lambda: known)
        yield running


@pytest.fixture
def owner(installation):
    return an_owner()


def connected(owner, provider, address=ANN, now=NOW):
    asked = grants.ask(owner, "custom", address, BACK)
    back = provider.allow(_query(asked.url))
    code = _query(back)["code"]
    return grants.give(owner, "custom", address, code, asked.verifier, BACK, now)


def _query(url):
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def ended(grant, left=timedelta(0)):
    """Let the access token end in `left`, by the clock of the database."""
    Grant.objects.filter(id=grant.pk).update(access_until=rows._db_now() + left)


def test_a_code_becomes_a_grant_whose_tokens_are_encrypted(owner, provider):
    grant = connected(owner, provider)
    assert (grant.address, grant.state, grant.scopes, grant.member_id) == (ANN, "ok", "mail.all", owner.pk)
    stored = bytes(grant.access_encrypted) + bytes(grant.refresh_encrypted)
    for token in (*provider.access, *provider.refresh):
        assert token.encode() not in stored
    assert AuditEntry.objects.get().act == "grant.connect"


def test_a_code_with_another_verifier_is_refused(owner, provider):
    asked = grants.ask(owner, "custom", ANN, BACK)
    code = _query(provider.allow(_query(asked.url)))["code"]
    with pytest.raises(DomainError, match="Bad code"):
        grants.give(owner, "custom", ANN, code, "x" * 43, BACK, NOW)
    assert not Grant.objects.exists()


def test_access_for_an_hour_alone_is_not_enough(owner, provider):
    provider.gives_refresh = False
    with pytest.raises(DomainError, match="for an hour only"):
        connected(owner, provider)


def test_a_provider_that_nobody_registered_with_says_how(owner, monkeypatch):
    monkeypatch.setattr(providers, "environment", lambda: read_environment({}))
    with pytest.raises(DomainError, match=r"Accounts of Google.*connect-google-or-microsoft"):
        grants.ask(owner, "google", ANN, BACK)


def test_a_provider_that_keeps_silent_is_told(owner, provider, monkeypatch):
    asked = grants.ask(owner, "custom", ANN, BACK)
    known = read_environment(provider.settings(DRUMBEAT_OAUTH_TOKEN_URL="http://127.0.0.1:1/token"))
    monkeypatch.setattr(providers, "environment", lambda: known)
    with pytest.raises(DomainError, match="does not answer"):
        grants.give(owner, "custom", ANN, "c", asked.verifier, BACK, NOW)


def test_a_token_that_holds_is_used_without_a_question(owner, provider):
    grant = connected(owner, provider)
    assert provider.takes(ANN, tokens.token(grant.pk))
    assert provider.questions("refresh_token") == 0


def test_a_token_that_ends_soon_is_renewed(owner, provider):
    grant = connected(owner, provider)
    first = tokens.token(grant.pk)
    ended(grant, timedelta(minutes=4))
    second = tokens.token(grant.pk)
    assert second != first
    assert tokens.token(grant.pk) == second
    assert provider.questions("refresh_token") == 1


def test_a_token_that_a_server_refused_is_renewed_though_it_holds(owner, provider):
    grant = connected(owner, provider)
    first = tokens.token(grant.pk)
    assert provider.takes(ANN, tokens.token(grant.pk, refused=first))
    assert provider.questions("refresh_token") == 1


def test_many_that_need_a_token_at_once_ask_once(owner, provider):
    provider.rotates, provider.slow = True, 0.3
    grant = connected(owner, provider)
    ended(grant)
    got, faults = [], []

    def ask():
        with closing(connection):
            try:
                got.append(tokens.token(grant.pk))
            except Exception as fault:
                faults.append(fault)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not faults
    assert len(set(got)) == 1
    assert provider.questions("refresh_token") == 1
    assert provider.most_at_once == 1


def test_a_renewed_refresh_token_takes_the_place_of_the_old_one(owner, provider):
    provider.rotates = True
    grant = connected(owner, provider)
    for _ in range(3):
        ended(grant)
        tokens.token(grant.pk)
    assert len(provider.refresh) == 1


def test_a_lost_lease_keeps_nothing(owner, provider):
    grant = connected(owner, provider)
    lease = rows.lease(grant.pk) or ""
    assert rows.lease(grant.pk) is None
    rows.give_back(grant.pk, lease)
    later = rows.lease(grant.pk)
    rows.failed(grant.pk, lease, "late word")
    grant.refresh_from_db()
    assert (grant.state, grant.lease_token) == ("ok", later)


def test_a_provider_that_is_ill_is_no_reason_to_stop_while_the_token_holds(owner, provider):
    grant = connected(owner, provider)
    first = tokens.token(grant.pk)
    ended(grant, timedelta(minutes=3))
    provider.status = 500
    assert tokens.token(grant.pk) == first
    grant.refresh_from_db()
    assert grant.state == "error"
    provider.status = 200
    assert tokens.token(grant.pk) != first
    grant.refresh_from_db()
    assert (grant.state, grant.fault) == ("ok", "")


def test_a_provider_that_is_ill_gives_no_token_once_the_last_has_ended(owner, provider):
    grant = connected(owner, provider)
    ended(grant)
    provider.status = 503
    with pytest.raises(TokenFault, match="Come back later") as fault:
        tokens.token(grant.pk)
    assert not fault.value.lost


def test_an_account_that_was_taken_back_is_lost_and_its_owner_told_once(owner, provider):
    grant = connected(owner, provider)
    provider.revoke(ANN)
    ended(grant)
    for _ in range(3):
        with pytest.raises(TokenFault, match="Connect the account again") as fault:
            tokens.token(grant.pk)
        assert fault.value.lost
    grant.refresh_from_db()
    assert (grant.state, grant.access_encrypted, grant.refresh_encrypted) == ("revoked", None, None)
    assert provider.questions("refresh_token") == 1
    line = Notification.objects.get()
    assert (line.member_id, line.kind) == (owner.pk, "grant_lost")
    assert "expired or revoked" in line.text


def test_an_account_that_is_connected_again_lets_what_waited_go_on(owner, provider):
    grant = connected(owner, provider)
    sender = using.by_sender(owner, grant, NOW)
    box = using.by_mailbox(owner, grant, NOW)
    provider.revoke(ANN)
    ended(grant)
    with pytest.raises(TokenFault):
        tokens.token(grant.pk)
    SenderProfile.objects.filter(id=sender.pk).update(
        down_until=NOW + timedelta(hours=1), down_reason="sender_auth", failures=3
    )
    Mailbox.objects.filter(id=box.pk).update(fault="auth", fault_text="No", fault_since=NOW)

    again = connected(owner, provider)

    assert again.pk == grant.pk
    sender.refresh_from_db()
    box.refresh_from_db()
    assert (sender.down_until, sender.failures, box.fault) == (None, 0, "")
    assert Notification.objects.get().read_at is not None
    assert provider.takes(ANN, tokens.token(grant.pk))


def test_a_new_sender_and_a_mailbox_use_the_providers_servers(owner, provider):
    grant = connected(owner, provider)
    sender = using.by_sender(owner, grant, NOW, name="Ann")
    box = using.by_mailbox(owner, grant, NOW)
    assert (sender.host, sender.port, sender.username, sender.grant_id) == ("127.0.0.1", 2525, ANN, grant.pk)
    assert (sender.name, sender.cap_per_day, sender.password_encrypted) == ("Ann", 50, None)
    assert (box.host, box.port, box.username, box.grant_id) == ("127.0.0.1", 1143, ANN, grant.pk)
    assert (box.keeps_strangers, box.sender_id) == (False, sender.pk)
    assert server_of(box, tokens.within(box.grant_id)).token is not None


def test_a_sender_with_a_password_changes_over_and_keeps_what_people_set(owner, provider):
    sender = a_mailbox(owner, ANN, smtp="smtp://u:p@127.0.0.1:25", per_day=7)
    grant = connected(owner, provider)
    changed = using.by_sender(owner, grant, NOW)
    assert changed.pk == sender.pk
    assert (changed.password_encrypted, changed.cap_per_day, changed.grant_id) == (None, 7, grant.pk)


def test_connecting_twice_adds_nothing_twice(owner, provider):
    grant = connected(owner, provider)
    for _ in range(2):
        using.by_sender(owner, grant, NOW)
        using.by_mailbox(owner, grant, NOW)
    assert (SenderProfile.objects.filter(address=ANN).count(), Mailbox.objects.count()) == (1, 1)


def test_a_removed_account_is_revoked_there_and_forgotten_here(owner, provider):
    grant = connected(owner, provider)
    sender = using.by_sender(owner, grant, NOW)
    box = using.by_mailbox(owner, grant, NOW)

    assert grants.remove(owner, grant.pk, NOW) is True

    assert not provider.refresh
    assert not Grant.objects.exists()
    with pytest.raises(DomainError, match="connected no more"):
        channel_of(sender.pk)
    box.refresh_from_db()
    with pytest.raises(DomainError, match="connected no more"):
        server_of(box, tokens.within(box.grant_id))


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"DRUMBEAT_OAUTH_REVOKE_URL": ""}, id="it has no address for that"),
        pytest.param({"DRUMBEAT_OAUTH_REVOKE_URL": "http://127.0.0.1:1/revoke"}, id="it does not answer"),
    ],
)
def test_an_account_is_forgotten_though_the_provider_cannot_take_it_back(owner, provider, monkeypatch, more):
    grant = connected(owner, provider)
    known = read_environment(provider.settings(**more))
    monkeypatch.setattr(providers, "environment", lambda: known)
    assert grants.remove(owner, grant.pk, NOW) is False
    assert not Grant.objects.exists()


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        pytest.param(
            {"DRUMBEAT_OAUTH_TOKEN_URL": ""}, "DRUMBEAT_OAUTH_TOKEN_URL is missing", id="no address"
        ),
        pytest.param(
            {"DRUMBEAT_OAUTH_TOKEN_URL": "http://id.example.com/t"}, "begin with https", id="an open way"
        ),
        pytest.param({"DRUMBEAT_OAUTH_SMTP": "mail"}, "DRUMBEAT_OAUTH_SMTP is not usable", id="no server"),
    ],
)
def test_a_half_registered_provider_is_a_setting_to_mend(owner, provider, monkeypatch, change, wrong):
    known = read_environment(provider.settings(**change))
    monkeypatch.setattr(providers, "environment", lambda: known)
    with pytest.raises(DomainError, match=wrong):
        grants.ask(owner, "custom", ANN, BACK)


def test_servers_elsewhere_are_reached_over_an_encrypted_way(provider, monkeypatch):
    known = read_environment(
        provider.settings(
            DRUMBEAT_OAUTH_SMTP="smtps://m.example.com", DRUMBEAT_OAUTH_IMAP="imap://m.example.com"
        )
    )
    monkeypatch.setattr(providers, "environment", lambda: known)
    found = providers.named("custom").provider
    assert (found.smtp.port, found.smtp.security) == (465, "tls")
    assert (found.imap.port, found.imap.security) == (143, "starttls")


def test_a_mailbox_of_another_address_is_read_by_the_account(owner, provider):
    box = using.by_mailbox(owner, connected(owner, provider), NOW, address="Sales@ours.test")
    assert (box.address, box.username) == ("Sales@ours.test", ANN)
