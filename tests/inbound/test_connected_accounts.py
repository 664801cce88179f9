"""Accounts in real use: a provider over HTTP, a Dovecot that asks it about tokens, an SMTP server that asks it too."""

import os
import threading
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from drumbeat.actions import enrollments, grants, mailboxes
from drumbeat.actions.grants import providers, using
from drumbeat.channels.oauth import client as web
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.engine.senders import channel_of
from drumbeat.engine.wire import NetworkWire
from drumbeat.environment import read_environment
from drumbeat.inbound import mailboxes as watching
from drumbeat.inbound.mailboxes import Mailboxes
from drumbeat.models import Grant, InboundMail, Mailbox, Notification, SenderProfile, Touch
from drumbeat.store import grants as rows
from tests.support import flows, office
from tests.support.dovecot import dovecot
from tests.support.letters import a_mail
from tests.support.oauth import providing
from tests.support.processes import until
from tests.support.smtp import serving

pytest_plugins = ["tests.support.installed"]
pytestmark = [pytest.mark.usefixtures("installation"), pytest.mark.filterwarnings("ignore:Requiring AUTH")]

ANN = "ann@ours.test"
BACK = "http://127.0.0.1:8000/oauth/callback"
PATIENCE = 60
MORE_THAN_THREADS_OF_A_LOOP = min(32, (os.cpu_count() or 1) + 4) + 2


def now():
    return datetime.now(UTC)


@pytest.fixture
def owner(installation):
    return office.an_owner()


@pytest.fixture
def provider():
    with providing(rotates=True) as running:
        yield running


@pytest.fixture
def registered(provider, monkeypatch):
    """Return how to register with the provider, whose mail servers are at these ports."""

    def register(smtp=2525, imap=1143):
        known = read_environment(
            provider.settings(
                DRUMBEAT_OAUTH_SMTP=f"smtp://127.0.0.1:{smtp}", DRUMBEAT_OAUTH_IMAP=f"imap://127.0.0.1:{imap}"
            )
        )
        monkeypatch.setattr(providers, "environment", lambda: known)

    return register


def connect(owner, provider, address=ANN):
    def query(url):
        return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}

    asked = grants.ask(owner, "custom", address, BACK)
    code = query(provider.allow(query(asked.url)))["code"]
    return grants.give(owner, "custom", address, code, asked.verifier, BACK, now())


@pytest.fixture
def box_server(provider):
    with dovecot(provider.url("/introspect")) as running:
        yield running


@pytest.mark.mail
def test_a_real_server_is_read_by_tokens_that_are_renewed_meanwhile(
    owner, provider, registered, box_server, monkeypatch
):
    monkeypatch.setattr(watching, "LISTEN_SECONDS", 0.1)
    registered(imap=box_server.port)
    box_server.deliver(a_mail("Old news.\n", message_id="old@example.com"), "ann")
    grant = connect(owner, provider)
    box = using.by_mailbox(owner, grant, now())
    tried = mailboxes.try_stored(owner, box.pk)
    assert (tried.stage, tried.mails) == ("ok", 1)

    provider.forget_access()
    assert mailboxes.try_stored(owner, box.pk).stage == "ok"
    assert provider.questions("refresh_token") == 1

    arrived = threading.Semaphore(0)
    Mailbox.objects.filter(id=box.pk).update(keeps_strangers=True)
    with Mailboxes(arrived.release, now, every=0.05):
        until(lambda: Mailbox.objects.get(id=box.pk).uidvalidity is not None, PATIENCE)
        box_server.deliver(a_mail("Hello.\n", message_id="new@example.com"), "ann")
        assert arrived.acquire(timeout=PATIENCE)
    assert InboundMail.objects.count() == 1


@pytest.mark.mail
def test_a_real_server_that_hears_of_a_lost_account_is_told_to_a_person(
    owner, provider, registered, box_server
):
    registered(imap=box_server.port)
    grant = connect(owner, provider)
    box = using.by_mailbox(owner, grant, now())
    provider.revoke(ANN)
    tried = mailboxes.try_stored(owner, box.pk)
    assert (tried.stage, "Connect the account again" in tried.text) == ("auth", True)
    assert Notification.objects.get().kind == "grant_lost"


@pytest.fixture
def mail_server(provider, tmp_path, monkeypatch):
    with serving(tmp_path / "log", token=("nobody", "none")) as running:
        monkeypatch.setattr(running.handler, "takes_token", provider.takes)
        yield running


@pytest.fixture
def carry(installation):
    """Return how to plan and send until something is so: one worker, who keeps its senders."""
    dispatcher, planner = Dispatcher("w", NetworkWire(channel_of)), Planner()

    def until_so(is_so, seconds=PATIENCE):
        ends_at = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < ends_at
            planner.plan_once(now())
            dispatcher.turn(now(), wait_seconds=0.05)

    yield until_so
    dispatcher.wire.stop()


def pass_the_hold():
    """Let the moment be over for which a sender rests, and what it was refused with it."""
    SenderProfile.objects.update(down_until=None)
    Touch.objects.update(not_before=now())


def enrolled(owner, sender, address="kim@example.com"):
    flow = flows.a_line(flows.an_email("hello"))
    sequence = office.an_active_sequence(owner, flow, name=address, sender_id=sender.pk)
    enrollments.enroll(owner, sequence.pk, [office.a_lead(owner, address).pk], now())


@pytest.fixture
def sender(owner, provider, registered, mail_server):
    registered(smtp=mail_server.port)
    found = using.by_sender(owner, connect(owner, provider), now())
    SenderProfile.objects.filter(id=found.pk).update(window=None)
    return found


def test_a_sequence_leaves_by_a_token_and_by_the_next_one_after_the_first_has_ended(
    carry, owner, provider, mail_server, sender
):
    enrolled(owner, sender)
    carry(lambda: Touch.objects.filter(status="sent").exists())
    provider.forget_access()
    mail_server.drop_connections()
    Grant.objects.update(access_until=rows._db_now())
    enrolled(owner, sender, "lee@example.com")
    carry(lambda: len(mail_server.messages) == 2)
    assert [message["rcpt_tos"] for message in mail_server.messages] == [
        ["kim@example.com"],
        ["lee@example.com"],
    ]
    assert provider.questions("refresh_token") == 1


def test_an_account_that_was_taken_back_holds_its_sender_until_it_is_connected_again(
    carry, owner, provider, mail_server, sender
):
    provider.revoke(ANN)
    enrolled(owner, sender)
    carry(lambda: SenderProfile.objects.get(id=sender.pk).down_until is not None)
    held = SenderProfile.objects.get(id=sender.pk)
    assert held.down_reason == "sender_auth"
    assert "Connect the account again" in held.down_text
    assert [line.kind for line in Notification.objects.all()] == ["grant_lost"]
    assert not mail_server.messages
    assert Touch.objects.get(kind="email").settled_at is None

    connect(owner, provider)

    carry(lambda: mail_server.messages)
    assert SenderProfile.objects.get(id=sender.pk).down_until is None
    assert Notification.objects.get().read_at is not None


def test_a_provider_that_is_away_holds_the_sender_for_a_moment_and_tells_nobody(
    carry, owner, provider, mail_server, sender
):
    Grant.objects.update(access_until=rows._db_now() - timedelta(hours=1))
    provider.status = 503
    enrolled(owner, sender)
    carry(lambda: SenderProfile.objects.get(id=sender.pk).down_until is not None)
    assert SenderProfile.objects.get(id=sender.pk).down_reason == "provider_error"
    assert not Notification.objects.exists()
    provider.status = 200
    pass_the_hold()
    carry(lambda: mail_server.messages)


def test_an_account_that_is_taken_back_between_two_mails_holds_the_second(
    carry, owner, provider, registered, tmp_path, monkeypatch
):
    with serving(tmp_path / "log", token=("nobody", "none"), goodbye_after=1) as server:
        monkeypatch.setattr(server.handler, "takes_token", provider.takes)
        registered(smtp=server.port)
        sender = using.by_sender(owner, connect(owner, provider), now())
        SenderProfile.objects.filter(id=sender.pk).update(window=None, connections=1)
        people = [office.a_lead(owner, f"{name}@example.com").pk for name in ("kim", "lee", "max")]
        sequence = office.an_active_sequence(
            owner, flows.a_line(flows.an_email("hello")), sender_id=sender.pk
        )
        enrollments.enroll(owner, sequence.pk, people, now())

        def record_and_revoke(*about, **more):
            record(*about, **more)
            provider.revoke(ANN)

        record = server.handler.record
        monkeypatch.setattr(server.handler, "record", record_and_revoke)
        carry(
            lambda: (
                SenderProfile.objects.get(id=sender.pk).down_until is not None
                and Touch.objects.filter(status="sent").count() == 1
            )
        )
        assert len(server.messages) == 1
        assert SenderProfile.objects.get(id=sender.pk).down_reason == "sender_auth"
        assert Grant.objects.get().state == "revoked"
        assert [line.kind for line in Notification.objects.all()] == ["grant_lost"]
        assert Touch.objects.filter(kind="email", settled_at=None).count() == 2

        monkeypatch.setattr(server.handler, "record", record)
        connect(owner, provider)
        carry(lambda: Touch.objects.filter(status="sent").count() == 3)
        reached = sorted(message["rcpt_tos"][0] for message in server.messages)
        assert reached == ["kim@example.com", "lee@example.com", "max@example.com"]


def test_the_mails_of_others_leave_while_a_provider_is_silent(
    carry, owner, provider, registered, mail_server, tmp_path, monkeypatch
):
    monkeypatch.setattr(web.post, "__defaults__", (60.0,))
    registered(smtp=mail_server.port)
    names = [f"rep{number}@ours.test" for number in range(MORE_THAN_THREADS_OF_A_LOOP)]
    senders = [using.by_sender(owner, connect(owner, provider, name), now()) for name in names]
    Grant.objects.update(access_until=rows._db_now() - timedelta(hours=1))
    with serving(tmp_path / "other") as other:
        well = office.a_mailbox(owner, "well@ours.test", smtp=f"smtp://127.0.0.1:{other.port}")
        SenderProfile.objects.update(window=None, host_trusted=True)
        provider.silent = True
        for number, each in enumerate((*senders, well)):
            enrolled(owner, each, f"lead{number}@example.com")
        held = SenderProfile.objects.exclude(down_until=None)
        carry(lambda: other.messages)
        assert not held.exists()
        provider.over.set()
        carry(lambda: held.count() == len(senders))
    assert set(held.values_list("down_reason", flat=True)) == {"provider_error"}
    assert Touch.objects.filter(kind="email", settled_at=None).count() == len(senders)
    assert not Touch.objects.filter(status="interrupted").exists()
    assert not mail_server.messages
