"""Tokens instead of passwords: asked for over HTTP, shown to mail servers, shown anew once when one is refused."""

import asyncio
import base64
import socket
import threading
from contextlib import closing, contextmanager

import pytest

from drumbeat.channels.base import Receipt, Scope, TemporaryRefusal
from drumbeat.channels.email.imap.server import ImapServer
from drumbeat.channels.email.imap.session import MailboxFault, session
from drumbeat.channels.email.server import SmtpServer
from drumbeat.channels.email.trying import try_server
from drumbeat.channels.oauth import client as web
from drumbeat.channels.oauth.tokens import TokenFault
from drumbeat.core.errors import DomainError
from tests.channels.sending import MAIL, send, through, told
from tests.support.endpoint import listening
from tests.support.oauth import CLIENT, providing
from tests.support.smtp import serving

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")


class Source:
    """Gives its tokens one after the other; `asked` holds which it was told were refused."""

    def __init__(self, *tokens: str) -> None:
        self.tokens, self.asked = list(tokens), list[str]()

    def __call__(self, refused: str) -> str:
        self.asked.append(refused)
        return self.tokens[min(len(self.asked), len(self.tokens)) - 1]


@pytest.fixture
def server(tmp_path):
    with serving(tmp_path / "log", token=("ann@ours.test", "right")) as running:
        yield running


def by(running, source):
    return SmtpServer("127.0.0.1", running.port, username="ann@ours.test", token=source)


def test_a_mail_leaves_by_a_token(server):
    source = Source("right")
    result = through(by(server, source), lambda channel: send(channel, MAIL))
    assert isinstance(result, Receipt)
    assert source.asked == [""]
    assert server.handler.logins == 1


def test_a_refused_token_is_renewed_once_and_the_mail_leaves(server):
    source = Source("stale", "right")
    result = through(by(server, source), lambda channel: send(channel, MAIL))
    assert isinstance(result, Receipt)
    assert source.asked == ["", "stale"]


def test_a_second_refusal_holds_the_sender_and_nobody_tries_on(server):
    source = Source("stale", "wrong")
    refusal = through(by(server, source), lambda channel: send(channel, MAIL))
    assert told(refusal)[:3] == (TemporaryRefusal, Scope.SENDER, "sender_auth")
    assert source.asked == ["", "stale"]
    assert server.handler.logins == 2


def test_the_servers_word_against_a_token_is_answered_with_an_empty_line(server):
    through(by(server, Source("stale", "wrong")), lambda channel: send(channel, MAIL))
    assert server.handler.heard == ["", ""]


def test_a_server_without_xoauth2_gets_no_token(tmp_path):
    with serving(tmp_path / "plain", login=("ann@ours.test", "pw")) as running:
        refusal = through(by(running, Source("right")), lambda channel: send(channel, MAIL))
    assert told(refusal)[:3] == (TemporaryRefusal, Scope.SENDER, "sender_auth")
    assert running.handler.logins == 0


@pytest.mark.parametrize(
    ("lost", "reason"),
    [
        pytest.param(True, "sender_auth", id="until a person connects it again"),
        pytest.param(False, "provider_error", id="for now"),
    ],
)
def test_no_token_holds_the_sender(server, lost, reason):
    def none(_: str) -> str:
        raise TokenFault("Stand-in refuses.", lost=lost)

    refusal = through(by(server, none), lambda channel: send(channel, MAIL))
    assert told(refusal)[:3] == (TemporaryRefusal, Scope.SENDER, reason)
    assert refusal.text == "Stand-in refuses."


def test_trying_a_sender_tells_that_its_token_is_refused(server):
    tried = asyncio.run(try_server(by(server, Source("wrong")), "ours.test"))
    assert tried.stage == "auth"


def test_a_token_needs_an_encrypted_way():
    with pytest.raises(DomainError, match="encrypted"):
        SmtpServer("mail.example.com", 25, "plain", "ann", token=Source("right"))


@contextmanager
def imap(*tokens):
    """Serve IMAP far enough to log in; what the clients said is in the list."""
    heard: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_serve, args=(listener, tokens, heard), daemon=True)
        thread.start()
        yield listener.getsockname()[1], heard
        with closing(socket.create_connection(listener.getsockname())) as last:
            last.sendall(b"x STOP\r\n")
            thread.join(5)


def _serve(listener, tokens, heard):
    while True:
        line, _ = listener.accept()
        with line, line.makefile("rwb", buffering=0) as talk:
            talk.write(b"* OK ready\r\n")
            while said := talk.readline():
                tag, _, rest = said.strip().partition(b" ")
                heard.append(rest.decode().split(" ")[0])
                if rest == b"STOP":
                    return
                if rest.startswith(b"AUTHENTICATE"):
                    _judge(talk, tag, tokens, heard)
                elif rest.startswith(b"CAPABILITY"):
                    talk.write(b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n" + tag + b" OK done\r\n")
                else:
                    talk.write(tag + b" OK done\r\n")


def _judge(talk, tag, tokens, heard):
    talk.write(b"+ \r\n")
    words = base64.b64decode(talk.readline()).decode()
    heard.append(words)
    if any(words == f"user=ann@ours.test\1auth=Bearer {token}\1\1" for token in tokens):
        talk.write(tag + b" OK logged in\r\n")
        return
    talk.write(b"+ " + base64.b64encode(b'{"status":"400"}') + b"\r\n")
    heard.append(f"then:{talk.readline().decode().strip()}")
    talk.write(tag + b" NO [AUTHENTICATIONFAILED] Invalid credentials\r\n")


def at(port, source):
    return ImapServer("127.0.0.1", port, "plain", "ann@ours.test", token=source)


def test_a_mailbox_is_opened_by_a_token():
    source = Source("right")
    with imap("right") as (port, heard), session(at(port, source)):
        pass
    assert "user=ann@ours.test\1auth=Bearer right\1\1" in heard
    assert source.asked == [""]


def test_a_mailbox_that_refuses_a_token_is_shown_another_one_after_an_empty_line():
    source = Source("stale", "right")
    with imap("right") as (port, heard), session(at(port, source)):
        pass
    assert source.asked == ["", "stale"]
    assert "then:" in heard


def test_a_mailbox_that_refuses_both_is_refused_like_a_wrong_password():
    with (
        imap() as (port, _),
        pytest.raises(MailboxFault) as fault,
        session(at(port, Source("stale", "wrong"))),
    ):
        pass
    assert fault.value.stage == "auth"
    assert "Invalid credentials" in fault.value.text


@pytest.mark.parametrize(("lost", "stage"), [(True, "auth"), (False, "lost")])
def test_a_mailbox_without_a_token_is_not_called(lost, stage):
    def none(_: str) -> str:
        raise TokenFault("Stand-in refuses.", lost=lost)

    with pytest.raises(MailboxFault) as fault, session(at(1, none)):
        pass
    assert fault.value.stage == stage


def test_a_form_is_posted_and_the_answer_read():
    with providing() as provider:
        provider.refresh["r"] = "ann@ours.test"
        form = {"grant_type": "refresh_token", "refresh_token": "r", "client_id": CLIENT[0]}
        answer = web.post(provider.url("/token"), form | {"client_secret": CLIENT[1]})
    assert answer.status == 200
    assert b"access_token" in answer.body


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param("/broken", 500, id="an error"),
        pytest.param("/moved", 302, id="a redirect, which is not followed"),
        pytest.param("/gone?x=1", 410, id="a path with a query"),
    ],
)
def test_every_status_is_an_answer(path, status):
    with listening() as endpoint:
        assert web.post(endpoint.url(path), {}).status == status
        assert len(endpoint.calls) == 1


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/silent", id="silence"),
        pytest.param("/short-body", id="half an answer"),
        pytest.param("/smtp", id="another protocol"),
        pytest.param("/body-hangs", id="a body that does not end"),
        pytest.param("/reset", id="a cut connection"),
    ],
)
def test_without_a_whole_answer_the_provider_is_unreachable(path):
    with listening() as endpoint, pytest.raises(web.Unreachable, match=r"127\.0\.0\.1 does not answer"):
        web.post(endpoint.url(path), {}, 0.3)


def test_an_endless_answer_is_not_read(monkeypatch):
    monkeypatch.setattr(web, "LONGEST_ANSWER", 1000)
    with listening() as endpoint, pytest.raises(web.Unreachable, match="too long"):
        web.post(endpoint.url("/long-body"), {})
