"""Listening to a server: what it tells is heard, what it is silent about is found by the next look."""

import pytest

from drumbeat.channels.email.imap.folder import Folder
from drumbeat.channels.email.imap.server import ImapServer
from drumbeat.channels.email.imap.session import session
from tests.support.dovecot import PASSWORD, dovecot
from tests.support.letters import a_mail

pytestmark = pytest.mark.mail


@pytest.fixture(scope="module")
def server():
    with dovecot() as running:
        running.deliver(a_mail())
        yield running


@pytest.fixture
def folder(server):
    with session(ImapServer("127.0.0.1", server.port, "plain", "rep", PASSWORD)) as client:
        yield Folder(client, "INBOX")


def test_the_next_look_finds_what_the_server_may_be_silent_about(server, folder):
    """Dovecot tells nothing of mail that came between a look and the IDLE."""
    before = folder.uids_after(0)
    server.deliver(a_mail(message_id="second@example.com"))
    with folder.idling() as heard:
        heard(0.1)

    assert len(folder.uids_after(before[-1])) == 1


def test_without_news_nothing_is_heard(folder):
    last = folder.opened.uidnext - 1
    assert folder.uids_after(last) == []
    with folder.idling() as heard:
        assert not heard(0.2)
