"""Mail that comes between the last look and the idling is not slept through."""

import pytest

from drumbeat.channels.email.imap.folder import Folder
from drumbeat.channels.email.imap.server import ImapServer
from drumbeat.channels.email.imap.session import session
from tests.support.dovecot import PASSWORD, dovecot
from tests.support.letters import a_mail
from tests.support.processes import until

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


def test_what_came_before_the_idling_is_heard_at_once(server, folder):
    before = folder.uids_after(0)
    server.deliver(a_mail(message_id="second@example.com"))
    # The server's own look at the folder may be a second old.
    until(lambda: server.mails() == len(before) + 1)
    with folder.idling() as heard:
        assert any(heard(1.0) for _ in range(10))

    assert len(folder.uids_after(before[-1])) == 1


def test_without_news_nothing_is_heard(folder):
    last = folder.opened.uidnext - 1
    assert folder.uids_after(last) == []
    with folder.idling() as heard:
        assert not heard(0.2)
