"""Servers and accounts that are not as usual: a person is told what it is, and nothing else is thought of it."""

import base64
import socket
import threading
from contextlib import closing

import pytest

from drumbeat.channels.email.imap.folder import Folder
from drumbeat.channels.email.imap.server import ImapServer
from drumbeat.channels.email.imap.session import MailboxFault, session
from drumbeat.core.errors import DomainError
from tests.support.dovecot import PASSWORD, dovecot

USUAL = {
    "CAPABILITY": [b"* CAPABILITY IMAP4rev1 IDLE", b"TAG OK done"],
    "EXAMINE": [b"* 3 EXISTS", b"* OK [UIDVALIDITY 7] valid", b"* OK [UIDNEXT 9] next", b"TAG OK done"],
}


@pytest.fixture
def server():
    """Serve IMAP that answers some commands in a way of its own; return how to begin, and what was heard."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        threads, heard = [], []

        def begin(**odd):
            def talk():
                line, _ = listener.accept()
                with line, line.makefile("rwb", buffering=0) as said:
                    said.write(b"* OK ready\r\n")
                    while asked := said.readline().strip():
                        tag, _, rest = asked.partition(b" ")
                        heard.append(rest)
                        words = rest.decode("latin-1").upper().removeprefix("UID ").split(" ")
                        if words[0] == "AUTHENTICATE":
                            said.write(b"+ \r\n")
                            heard.append(base64.b64decode(said.readline()))
                        for part in ({**USUAL, **odd}).get(words[0], [b"TAG OK done"]):
                            said.write(part.replace(b"TAG", tag) + b"\r\n")

            threads.append(threading.Thread(target=talk, daemon=True))
            threads[-1].start()
            return listener.getsockname()[1], heard

        yield begin
        for thread in threads:
            thread.join(5)


def at(port, username="rep", password=PASSWORD):
    return ImapServer("127.0.0.1", port, "plain", username, password)


@pytest.mark.parametrize(
    ("username", "password"),
    [
        pytest.param("rep", "pässwörd", id="password"),
        pytest.param("jürgen@ours.test", PASSWORD, id="user"),
        pytest.param("rep", "密码🔑", id="other scripts"),
    ],
)
def test_letters_of_any_script_log_in(server, username, password):
    port, heard = server()
    with session(at(port, username, password)):
        pass
    assert f"\0{username}\0{password}".encode() in heard


@pytest.mark.mail
def test_a_real_server_refuses_letters_that_are_not_the_password_s():
    with (
        dovecot() as running,
        pytest.raises(MailboxFault) as fault,
        session(at(running.port, password="pässwörd")),
    ):
        pass
    assert fault.value.stage == "auth"


@pytest.mark.parametrize("field", ["username", "password"])
@pytest.mark.parametrize("bad", ["a\r\nb", "a\n", "a\0b", "\x7f"])
def test_no_line_end_of_a_password_becomes_a_command(field, bad):
    with pytest.raises(DomainError, match="control character") as refused:
        at(143, **{field: bad})
    assert refused.value.fields == {field: "control_character"}
    assert bad not in refused.value.message


@pytest.mark.parametrize(
    ("said", "stage"),
    [
        pytest.param(b"* BYE Too many simultaneous connections", "lost", id="bye"),
        pytest.param(b"TAG NO [UNAVAILABLE] Try later", "lost", id="unavailable"),
        pytest.param(b"TAG NO [limit] Too many connections", "lost", id="limit"),
        pytest.param(b"TAG NO [INUSE] Locked", "lost", id="in use"),
        pytest.param(b"TAG NO [AUTHENTICATIONFAILED] Wrong", "auth", id="wrong"),
        pytest.param(b"TAG NO Wrong", "auth", id="wrong without a code"),
        pytest.param(b"TAG BAD What", "auth", id="not understood"),
    ],
)
def test_only_a_refused_login_is_one(server, said, stage):
    port, _ = server(LOGIN=[said])
    with pytest.raises(MailboxFault) as fault, session(at(port)):
        pass
    assert fault.value.stage == stage


FOUND = [b"* SEARCH 5", b"TAG OK done"]


@pytest.mark.parametrize(
    ("odd", "stage"),
    [
        pytest.param({"CAPABILITY": [b"* CAPABILITY \xff IMAP4rev1", b"TAG OK x"]}, "greeting", id="no text"),
        pytest.param({"EXAMINE": [b"* 3 EXISTS", b"TAG OK x"]}, "folder", id="no lasting numbers"),
        pytest.param(
            {"EXAMINE": [b"* OK [UIDVALIDITY abc] x", b"TAG OK x"]}, "folder", id="letters for numbers"
        ),
        pytest.param({"EXAMINE": [b"TAG NO [NONEXISTENT] Gone"]}, "folder", id="gone"),
        pytest.param({"SEARCH": [b"TAG NO [UNAVAILABLE] Later"]}, "lost", id="no search now"),
        pytest.param({"SEARCH": FOUND, "FETCH": [b"* 1 FETCH ((((", b"TAG OK x"]}, "lost", id="brackets"),
        pytest.param({"SEARCH": FOUND, "FETCH": [b"* 1 FETCH (UID x)", b"TAG OK x"]}, "lost", id="no id"),
    ],
)
def test_what_a_server_says_amiss_has_a_stage(server, odd, stage):
    port, _ = server(**odd)
    with pytest.raises(MailboxFault) as fault, session(at(port)) as client:
        folder = Folder(client, "INBOX")
        list(folder.fetch(folder.uids_after(1)))
    assert fault.value.stage == stage
    assert fault.value.text
