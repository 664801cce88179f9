"""The way to a mailbox: addresses, names, encryption, login. Whatever is in the way is named by its stage."""

import socket
import threading
from contextlib import closing
from dataclasses import replace

import pytest

from drumbeat.channels.email.imap import session as sessions
from drumbeat.channels.email.imap.folder import Folder
from drumbeat.channels.email.imap.server import ImapServer, parse_imap_url
from drumbeat.channels.email.imap.session import MailboxFault, session
from drumbeat.core.errors import DomainError
from tests.support.dovecot import PASSWORD, dovecot
from tests.support.letters import a_mail

mail = pytest.mark.mail


@pytest.fixture(scope="module")
def office():
    with dovecot() as running:
        running.deliver(a_mail())
        yield running


@pytest.mark.parametrize(
    ("url", "server", "folder"),
    [
        pytest.param(
            "imaps://rep%40x.test:p%2Fw@imap.example.com",
            ImapServer("imap.example.com", 993, "tls", "rep@x.test", "p/w"),
            "INBOX",
            id="TLS at its usual port, with reserved characters",
        ),
        pytest.param(
            "imap://rep:pw@imap.example.com/Replies%20here",
            ImapServer("imap.example.com", 143, "starttls", "rep", "pw"),
            "Replies here",
            id="another machine must encrypt, and a folder",
        ),
        pytest.param(
            "imap://rep:pw@127.0.0.1:1143",
            ImapServer("127.0.0.1", 1143, "plain", "rep", "pw"),
            "INBOX",
            id="this machine may stay plain",
        ),
    ],
)
def test_an_address_says_all(url, server, folder):
    assert parse_imap_url(url) == (server, folder)


@pytest.mark.parametrize(
    "url",
    [
        "smtp://rep:pw@host",
        "imaps://host",
        "imaps://rep@host",
        "imaps://rep:pw@",
        "imaps://rep:pw@host:0",
        "imaps://rep:pw@host:99999",
        "imaps://rep:pw@host/INBOX?x=1",
        "imaps://rep:pw@ho st",
    ],
)
def test_an_address_that_is_none_is_refused_without_its_password(url):
    with pytest.raises(DomainError) as refused:
        parse_imap_url(url)
    assert refused.value.code == "imap_url_invalid"
    assert "pw" not in refused.value.message


def test_a_password_never_travels_readably():
    with pytest.raises(DomainError):
        ImapServer("imap.example.com", 143, "plain", "rep", "pw")


def fault_of(server, resolving=sessions.resolve, folder="INBOX"):
    with pytest.raises(MailboxFault) as found, session(server, resolving) as client:
        Folder(client, folder)
    assert PASSWORD not in found.value.text.split()
    return found.value.stage


def at(office, **more):
    return replace(ImapServer("127.0.0.1", office.port, "plain", "rep", PASSWORD), **more)


def test_a_name_that_is_none_is_a_matter_of_names():
    def nowhere(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert fault_of(ImapServer("imap.example.com", 993, "tls", "rep", PASSWORD), nowhere) == "dns"


def test_a_closed_port_is_a_matter_of_the_network():
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        free = taken.getsockname()[1]
    assert fault_of(ImapServer("127.0.0.1", free, "plain", "rep", PASSWORD)) == "tcp"


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["93.184.215.14", "10.0.0.7"], ["::ffff:127.0.0.1"]])
def test_a_typed_server_leads_to_no_inner_address_and_is_asked_for_once(answers):
    asked = []

    def rebinding(host, port):
        asked.append(host)
        return answers if len(asked) == 1 else ["127.0.0.1"]

    with closing(socket.create_server(("127.0.0.1", 0))) as inner:
        inner.setblocking(False)
        typed = ImapServer("imap.example.com", inner.getsockname()[1], "tls", "rep", PASSWORD, trusted=False)
        assert fault_of(typed, rebinding) == "network"
        with pytest.raises(BlockingIOError):
            inner.accept()
    assert asked == ["imap.example.com"]


def test_what_speaks_no_imap_is_said_so():
    with closing(socket.create_server(("127.0.0.1", 0))) as strange:
        port = strange.getsockname()[1]

        def answered(host, number):
            return ["127.0.0.1"]

        def talk():
            line, _ = strange.accept()
            with line:
                line.sendall(b"220 smtp.example.com ESMTP\r\n")

        talker = threading.Thread(target=talk)
        talker.start()
        assert fault_of(ImapServer("127.0.0.1", port, "plain", "rep", PASSWORD), answered) == "greeting"
        talker.join()


@mail
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_of_nobody_ends_it_before_the_login(office, security):
    port = office.tls_port if security == "tls" else office.port
    assert fault_of(at(office, security=security, port=port)) == "tls"


@mail
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_an_encrypted_way_is_used(office, security, monkeypatch):
    monkeypatch.setattr(sessions, "_tls", office.certificate.client_side)
    port = office.tls_port if security == "tls" else office.port
    with session(at(office, security=security, port=port)) as client:
        assert Folder(client, "INBOX").opened.mails == 1


@mail
def test_a_wrong_password_and_an_absent_folder_are_named(office):
    assert fault_of(at(office, password="wrong")) == "auth"
    assert fault_of(at(office), folder="Nowhere") == "folder"


@mail
def test_a_folder_is_only_looked_at(office):
    with session(at(office)) as client:
        folder = Folder(client, "INBOX")
        (uid,) = folder.uids_after(0)
        (fetched,) = folder.fetch([uid, uid + 100])

    assert fetched.raw == a_mail()
    assert folder.opened.uidnext == uid + 1
    assert office.flags() == set()


@mail
def test_above_the_last_mail_there_is_none(office):
    with session(at(office)) as client:
        folder = Folder(client, "INBOX")
        assert folder.uids_after(folder.opened.uidnext - 1) == []
