"""The listener as another mail server meets it: real sockets, smtplib on the other end."""

import smtplib
import socket
import threading
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError

from drumbeat.core.errors import DomainError
from drumbeat.environment import HostPort
from drumbeat.inbound import arrivals, intake, listener, sessions
from drumbeat.models import InboundMail, SenderProfile, Workspace
from tests.support.letters import a_mail
from tests.support.outreach import an_outreach

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MAIL = b"From: kim@example.com\r\nTo: rep@ours.test\r\nSubject: Hello\r\n\r\nYes, please.\r\n"


@pytest.fixture
def _rep():
    workspace = Workspace.objects.create(name="Ours", created_at=NOW)
    SenderProfile.objects.create(
        workspace=workspace, name="Rep", address="Rep@Ours.test", reply_to="answers@crm.test", created_at=NOW
    )


@pytest.fixture
def arrived():
    return threading.Semaphore(0)


@pytest.fixture(params=["smtp", "lmtp"])
def protocol(request):
    return request.param


@pytest.fixture
def door(_rep, arrived, protocol):
    started = listener.start(HostPort("127.0.0.1", 0), arrived.release, lambda: NOW, lmtp=protocol == "lmtp")
    with started:
        yield started


@pytest.fixture
def client(door, protocol):
    with connect(door, protocol) as session:
        yield session


def connect(door, protocol="smtp"):
    kind = smtplib.LMTP if protocol == "lmtp" else smtplib.SMTP
    session = kind("127.0.0.1", door.port, local_hostname="there.test")
    session.ehlo_or_helo_if_needed()
    return session


def send(client, raw=MAIL, sender="kim@example.com", to=("rep@ours.test",)):
    """Return the answers after the final dot, one per answer line."""
    client.mail(sender)
    for address in to:
        assert client.rcpt(address)[0] == 250
    client.putcmd("data")
    assert client.getreply()[0] == 354
    client.send(raw + b".\r\n")
    answers = len(to) if isinstance(client, smtplib.LMTP) else 1
    return [client.getreply()[0] for _ in range(answers)]


def test_a_mail_is_committed_before_it_is_acknowledged_and_wakes_the_worker(client, arrived, protocol):
    assert send(client) == [250]

    (mail,) = InboundMail.objects.all()
    assert bytes(mail.raw) == MAIL
    assert (mail.source, mail.envelope_from, mail.envelope_to) == (
        protocol,
        "kim@example.com",
        ["rep@ours.test"],
    )
    assert mail.received_at == NOW
    assert mail.processed_at is None
    assert arrived.acquire(blocking=False)


def test_a_redelivery_is_acknowledged_and_not_stored_again(client, arrived):
    assert send(client) == [250]
    assert send(client) == [250]

    assert InboundMail.objects.count() == 1
    assert arrived.acquire(blocking=False)
    assert not arrived.acquire(blocking=False)


def test_the_same_text_to_somebody_else_is_another_mail(client):
    send(client)
    send(client, to=("rep+r-abc@ours.test",))

    assert InboundMail.objects.count() == 2


def test_lmtp_answers_once_per_recipient_and_smtp_once(client, protocol):
    answers = send(client, to=("rep@ours.test", "office@ours.test", "answers@crm.test"))

    assert answers == ([250, 250, 250] if protocol == "lmtp" else [250])
    assert InboundMail.objects.count() == 1
    assert client.noop()[0] == 250


@pytest.mark.parametrize(
    ("recipient", "answer"),
    [
        pytest.param("rep@ours.test", 250, id="the address of a sender"),
        pytest.param("REP+r-abc@OURS.TEST", 250, id="its reply token, in capitals"),
        pytest.param("postmaster@ours.test", 250, id="postmaster of a sender's domain"),
        pytest.param("answers@crm.test", 250, id="where replies go"),
        pytest.param("rep@sub.ours.test", 550, id="a domain below ours is not ours"),
        pytest.param("rep@notours.test", 550, id="a domain that ends like ours is not ours"),
        pytest.param("somebody@elsewhere.test", 550, id="relaying"),
        pytest.param("rep@%.test", 550, id="a wildcard is only a character"),
        pytest.param("rep", 550, id="no domain at all"),
    ],
)
def test_only_our_domains_are_taken(client, recipient, answer):
    client.mail("kim@example.com")

    assert client.rcpt(recipient)[0] == answer


def test_a_bounce_has_no_return_path(client):
    assert send(client, sender="<>") == [250]

    assert InboundMail.objects.get().envelope_from == ""


def test_bytes_are_kept_as_they_came(client):
    raw = b"Subject: \xff\xfe\r\n\r\n..dots\r\n\x00 and \xe4 and " + b"x" * 5000 + b"\r\n"

    assert send(client, raw.replace(b"\r\n.", b"\r\n..")) == [250]

    assert bytes(InboundMail.objects.get().raw) == raw


def test_a_lone_line_feed_does_not_end_a_mail(client):
    smuggled = b"\n.\r\nMAIL FROM:<x@example.com>\r\n"

    assert send(client, MAIL + smuggled) == [250]

    assert smuggled in bytes(InboundMail.objects.get().raw)


def test_a_mail_above_the_limit_is_refused_for_each_recipient(client, protocol, monkeypatch):
    monkeypatch.setattr(sessions, "SIZE_LIMIT", 1000)
    with connect(client_port(client), protocol) as small:
        assert set(send(small, MAIL + b"x" * 998 + b"\r\n", to=("rep@ours.test", "b@ours.test"))) == {552}
        assert small.noop()[0] == 250

    assert not InboundMail.objects.exists()


def client_port(client):
    class Door:
        port = client.sock.getpeername()[1]

    return Door


def test_the_limit_is_announced_and_there_is_no_login(client):
    assert client.esmtp_features["size"] == str(25 * 1024 * 1024)
    assert "auth" not in client.esmtp_features
    assert client.docmd("AUTH", "PLAIN AGEAYg==")[0] >= 500


def test_a_fault_of_the_database_is_a_temporary_answer(client, monkeypatch, caplog):
    def broken(*_):
        raise DatabaseError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(sessions, "keep", broken)
        assert send(client) == [451]
    assert "try again" in caplog.text

    assert send(client) == [250]
    assert InboundMail.objects.count() == 1


def test_a_fault_while_looking_up_the_domain_is_a_temporary_answer(client, monkeypatch):
    def broken(_):
        raise DatabaseError("no connection")

    monkeypatch.setattr(sessions, "takes", broken)
    client.mail("kim@example.com")

    assert client.rcpt("rep@ours.test")[0] == 451


def test_a_worker_that_cannot_be_woken_does_not_undo_the_acknowledgement(_rep):
    def broken():
        raise RuntimeError("gone")

    with listener.start(HostPort("127.0.0.1", 0), broken, lambda: NOW) as door, connect(door) as client:
        assert send(client) == [250]

    assert InboundMail.objects.count() == 1


def test_more_recipients_than_the_limit_wait_for_the_next_transaction(client, monkeypatch):
    monkeypatch.setattr(sessions, "MOST_RECIPIENTS", 2)
    client.mail("kim@example.com")

    answers = [client.rcpt(f"{name}@ours.test")[0] for name in "abc"]

    assert answers == [250, 250, 452]


def test_too_many_sessions_are_turned_away_for_now(door, protocol, monkeypatch):
    monkeypatch.setattr(listener, "MOST_SESSIONS", 1)
    with connect(door, protocol), socket.create_connection(("127.0.0.1", door.port)) as turned:
        assert turned.recv(200).startswith(b"421 4.3.2")


def test_an_envelope_that_no_database_could_store_is_made_storable():
    assert arrivals.plain("a\udcff\0b@example.com") == "a\ufffdb@example.com"
    assert len(arrivals.plain("x" * 1000 + "@example.com")) == 320


def test_stopping_lets_the_mail_at_hand_end_and_frees_the_port(_rep, monkeypatch):
    entered, may_go_on = threading.Event(), threading.Event()
    real = arrivals.keep

    def slow(arrival, now):
        entered.set()
        may_go_on.wait(5)
        return real(arrival, now)

    monkeypatch.setattr(sessions, "keep", slow)
    door = listener.start(HostPort("127.0.0.1", 0), lambda: None, lambda: NOW)
    client = connect(door)
    answers = []
    sender = threading.Thread(target=lambda: answers.extend(send(client)))
    sender.start()
    assert entered.wait(5)
    stopper = threading.Thread(target=door.stop)
    stopper.start()
    may_go_on.set()
    sender.join(5)
    stopper.join(5)

    assert answers == [250]
    assert InboundMail.objects.count() == 1
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", door.port))
    door.stop()


def test_a_port_in_use_is_said_in_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(DomainError) as refused:
            listener.start(HostPort("127.0.0.1", port), lambda: None, lambda: NOW)

    assert refused.value.code == "port_in_use"
    assert f"127.0.0.1:{port}" in refused.value.message


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(DomainError) as refused:
        listener.start(HostPort("192.0.2.1", 2525), lambda: None, lambda: NOW)

    assert refused.value.code == "host_unknown"


def test_a_reply_over_the_wire_stops_what_has_not_left(arrived, protocol):
    outreach = an_outreach()
    with listener.start(
        HostPort("127.0.0.1", 0), arrived.release, lambda: NOW, lmtp=protocol == "lmtp"
    ) as door:
        with connect(door, protocol) as client:
            answer = a_mail(answers=f"{outreach.sent.mark}@ours.test")
            assert send(client, answer, sender=outreach.contact.email) == [250]
        assert arrived.acquire(timeout=5)
        assert intake.process_once(NOW) == 1

    outreach.planned.refresh_from_db()
    assert outreach.planned.vetoed_at == NOW
