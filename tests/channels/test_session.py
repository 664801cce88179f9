"""The way to a session: names, greetings, encryption, login. Whatever goes wrong there concerns the sender."""

import asyncio
import socket
import threading
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult

from drumbeat.channels.base import Receipt, Scope, TemporaryRefusal
from drumbeat.channels.email.smtp import EmailChannel, SmtpServer
from tests.channels.sending import HASTY, MAIL, outcome, send, through, told
from tests.support.smtp import serving

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")


@pytest.fixture
def server(tmp_path):
    with serving(tmp_path / "log", keep_raw=True) as running:
        yield running


def test_a_refused_connection_concerns_the_sender(server):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        free = taken.getsockname()[1]
    refusal = through(SmtpServer("127.0.0.1", free), lambda channel: send(channel, MAIL))
    assert told(refusal) == (TemporaryRefusal, Scope.SENDER, "provider_error", "")


@pytest.mark.parametrize("host", ["a" * 70 + ".test", "bad..name"])
def test_a_host_that_cannot_exist_concerns_the_sender(host):
    refusal = through(SmtpServer(host, 25), lambda channel: send(channel, MAIL), patience=HASTY)
    assert told(refusal)[:2] == (TemporaryRefusal, Scope.SENDER)


def test_a_server_that_hangs_up_is_named_as_that():
    with closing(socket.create_server(("127.0.0.1", 0))) as door:

        def hang_up():
            door.accept()[0].close()

        thread = threading.Thread(target=hang_up, daemon=True)
        thread.start()
        server = SmtpServer("127.0.0.1", door.getsockname()[1])
        refusal = through(server, lambda channel: send(channel, MAIL), patience=HASTY)
        thread.join()
    assert told(refusal)[:2] == (TemporaryRefusal, Scope.SENDER)
    assert refusal.text.startswith("the connection fails: ")


def test_a_failed_lookup_concerns_the_sender(monkeypatch):
    def nowhere(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    refusal = through(SmtpServer("mail.example.com", 25), lambda channel: send(channel, MAIL))
    assert told(refusal) == (TemporaryRefusal, Scope.SENDER, "provider_error", "")


ANCIENT = {"EHLO": "502 5.5.1 What", "DATA": "354 Go on", ".": "250 Ok", "QUIT": "221 Bye"}


def test_a_server_that_knows_only_helo_is_good_enough():
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 ancient\r\n")
        while line := await reader.readline():
            word = line.split()[0].decode() if line.split() else ""
            if word in ANCIENT or word in {"HELO", "MAIL", "RCPT"}:
                writer.write(f"{ANCIENT.get(word, '250 Ok')}\r\n".encode())
        writer.close()

    async def run() -> Any:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server, EmailChannel(SmtpServer(*server.sockets[0].getsockname())) as channel:
            return await send(channel, MAIL)

    assert asyncio.run(run()) == Receipt(code="250", text="Ok")


@pytest.mark.parametrize(
    ("greeting", "patience", "reason"),
    [
        ("554 5.7.1 No service for you", HASTY, "provider_error"),
        ("421 4.3.2 Come back later", HASTY, "provider_error"),
        ("SSH-2.0-OpenSSH_9.2", HASTY, "provider_error"),
        ("hang", replace(HASTY, greeting=0.2), "timeout"),
    ],
)
def test_an_unfriendly_greeting_concerns_the_sender(tmp_path, greeting, patience, reason):
    with serving(tmp_path / "log", greeting=greeting) as running:
        refusal = outcome(running, MAIL, patience=patience)
    assert told(refusal)[:3] == (TemporaryRefusal, Scope.SENDER, reason)
    assert "SSH" not in str(refusal)


LOGIN = ("ann", "pass word")


@pytest.mark.parametrize(("tls", "security"), [("starttls", "starttls"), ("tls", "tls"), ("", "plain")])
def test_a_login_over_each_way(tmp_path, tls, security):
    with serving(tmp_path / "log", tls=tls, login=LOGIN) as running:
        trust = running.certificate.client_side() if running.certificate else None
        server = SmtpServer("localhost", running.port, security, *LOGIN)
        receipt = through(server, lambda channel: send(channel, MAIL), tls=trust)
        assert isinstance(receipt, Receipt)
        assert [(m["tls"], m["login"]) for m in running.messages] == [(bool(tls), "True")]


def test_starttls_when_offered_encrypts_without_checking_the_certificate(tmp_path):
    with serving(tmp_path / "log", tls="starttls") as running:
        assert isinstance(outcome(running, MAIL), Receipt)
        assert running.messages[0]["tls"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_untrusted_certificate_concerns_the_sender(tmp_path, security):
    with serving(tmp_path / "log", tls=security) as running:
        server = SmtpServer("127.0.0.1", running.port, security)
        refusal = through(server, lambda channel: send(channel, MAIL), patience=HASTY)
    assert told(refusal)[:2] == (TemporaryRefusal, Scope.SENDER)
    assert "certificate" in refusal.text
    assert running.messages == []


def test_stripped_starttls_stops_the_sender(server):
    demanding = SmtpServer("127.0.0.1", server.port, "starttls")
    refusal = through(demanding, lambda channel: send(channel, MAIL))
    assert told(refusal)[:2] == (TemporaryRefusal, Scope.SENDER)


def test_a_wrong_password_holds_the_sender_after_one_try(tmp_path):
    with serving(tmp_path / "log", tls="tls", login=LOGIN) as running:
        assert running.certificate
        server = SmtpServer("localhost", running.port, "tls", "ann", "wrong")
        refusal = through(server, lambda c: send(c, MAIL), tls=running.certificate.client_side())
    assert told(refusal) == (TemporaryRefusal, Scope.SENDER, "sender_auth", "535 5.7.8")
    assert running.handler.logins == 1


def test_a_revoked_login_and_a_missing_one_hold_the_sender(tmp_path):
    with serving(tmp_path / "log", login=LOGIN) as running:
        unknown = outcome(running, MAIL)
        running.refuse_logins()
        server = SmtpServer("127.0.0.1", running.port, "plain", *LOGIN)
        revoked = through(server, lambda channel: send(channel, MAIL))
    for refusal in (unknown, revoked):
        assert told(refusal)[:3] == (TemporaryRefusal, Scope.SENDER, "sender_auth")


def test_a_login_that_is_not_offered_holds_the_sender(server):
    asking = SmtpServer("127.0.0.1", server.port, "plain", *LOGIN)
    refusal = through(asking, lambda channel: send(channel, MAIL))
    assert told(refusal) == (TemporaryRefusal, Scope.SENDER, "sender_auth", "")


def test_a_server_that_cannot_look_at_logins_now_refused_no_password(tmp_path, monkeypatch):
    busy = AuthResult(success=False, handled=False, message="454 4.7.0 Too many login attempts, try later")
    with serving(tmp_path / "log", login=("rep", "secret")) as running:
        monkeypatch.setattr(running.handler, "authenticate", lambda *_: busy)
        server = SmtpServer("127.0.0.1", running.port, username="rep", password="secret")
        refusal = through(server, lambda channel: send(channel, MAIL))
    assert told(refusal) == (TemporaryRefusal, Scope.SENDER, "provider_error", "454 4.7.0")
