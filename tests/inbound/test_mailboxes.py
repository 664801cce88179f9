"""Mailboxes as they are read: a real Dovecot, a thread that idles, and what a reply over IMAP brings about."""

import itertools
import threading
from datetime import UTC, datetime, timedelta

import pytest

from drumbeat.actions import mailboxes as acts
from drumbeat.channels.email.imap.folder import Folder
from drumbeat.channels.email.imap.server import parse_imap_url
from drumbeat.inbound import intake
from drumbeat.inbound import mailboxes as watching
from drumbeat.inbound.mailboxes import Mailboxes
from drumbeat.models import InboundMail, Mailbox, Message
from drumbeat.store import mailboxes as rows
from drumbeat.store.mailboxes import Position
from tests.support.arriving import is_stopped, message_id_of
from tests.support.dovecot import dovecot
from tests.support.letters import a_mail
from tests.support.outreach import ADDRESS, an_outreach
from tests.support.processes import until

pytest_plugins = ["tests.support.installed"]
pytestmark = [pytest.mark.usefixtures("installation"), pytest.mark.mail]

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PATIENCE = 60
"""Seconds; a Dovecot tells of mail within about one."""


@pytest.fixture(scope="module")
def server():
    with dovecot() as running:
        yield running


@pytest.fixture
def arrived():
    return threading.Semaphore(0)


@pytest.fixture
def outreach(installation):
    return an_outreach()


@pytest.fixture
def box(server, outreach, request):
    """A mailbox of its own for each test."""
    user = f"u{abs(hash(request.node.nodeid))}"
    server.deliver(a_mail("Old news.\n", message_id="old@example.com"), user)
    return a_box(server, outreach, user)


def a_box(server, outreach, user, **more):
    imap, folder = parse_imap_url(server.url(user))
    typed = acts.Typed(
        address="rep@ours.test",
        host=imap.host,
        port=imap.port,
        security="plain",
        username=user,
        folder=folder,
    )
    return acts.add(outreach.owner, typed, NOW, trusted=imap, **more)


@pytest.fixture
def reading(arrived, monkeypatch):
    """Return how to read until the end of a context, by a clock that ticks whenever it is asked."""
    monkeypatch.setattr(watching, "LISTEN_SECONDS", 0.1)
    ticks = itertools.count(1)
    return lambda: Mailboxes(arrived.release, lambda: NOW + timedelta(seconds=next(ticks)), every=0.05)


def has_caught_up(box):
    """Say whether it was read to its end after `box` was looked at last."""
    found = Mailbox.objects.get(id=box.pk)
    return found.fault == "" and found.uidvalidity is not None and found.read_at not in (None, box.read_at)


def begin(reading, box):
    """Read what is there, once."""
    box.refresh_from_db()
    with reading():
        until(lambda: has_caught_up(box))


def bring_in(reading, mails):
    """Read until so many mails were stored; a server may tell of one a moment after it was delivered."""
    with reading():
        until(lambda: InboundMail.objects.count() == mails)


def test_a_reply_stops_what_has_not_left_while_the_server_is_listened_to(
    server, outreach, box, reading, arrived
):
    answer = a_mail(answers=message_id_of(outreach))
    with reading():
        until(lambda: has_caught_up(box))
        server.deliver(answer, box.username)
        assert arrived.acquire(timeout=PATIENCE)

    (mail,) = InboundMail.objects.all()
    assert (bytes(mail.raw), mail.source) == (answer, f"imap:{box.pk}")
    assert intake.process_once(NOW) == 1
    assert is_stopped(outreach)
    assert Message.objects.get(direction="in").from_address == ADDRESS


def test_what_lay_there_before_is_left_alone_and_nothing_is_marked(server, box, reading):
    begin(reading, box)
    for number in (1, 2):
        server.deliver(a_mail(message_id=f"m{number}@example.com"), box.username)
    bring_in(reading, 2)
    assert server.flags(box.username) == set()
    assert server.mails(box.username) == 3


def test_a_mail_is_read_once_however_often_reading_begins(server, box, reading):
    begin(reading, box)
    server.deliver(a_mail(), box.username)
    bring_in(reading, 1)
    begin(reading, box)

    assert InboundMail.objects.count() == 1


def test_who_died_after_storing_reads_it_again_and_it_counts_once(server, box, reading, outreach):
    begin(reading, box)
    server.deliver(a_mail(answers=message_id_of(outreach)), box.username)
    bring_in(reading, 1)
    Mailbox.objects.filter(id=box.pk).update(last_uid=0)
    bring_in(reading, 2)  # the one that lay there, too; the other was known
    while intake.process_once(NOW):
        pass
    assert Message.objects.filter(direction="in", touch=outreach.sent).count() == 1


def test_a_folder_made_anew_brings_nothing_twice_and_loses_nothing(server, box, reading, outreach):
    begin(reading, box)
    server.deliver(a_mail(answers=message_id_of(outreach), message_id="first@example.com"), box.username)
    bring_in(reading, 1)
    known = rows.position(box.pk)
    Mailbox.objects.filter(id=box.pk).update(uidvalidity=1)  # what was known is no more
    server.deliver(a_mail(answers=message_id_of(outreach), message_id="second@example.com"), box.username)
    bring_in(reading, 3)
    while intake.process_once(NOW):
        pass

    found = Message.objects.filter(direction="in", touch=outreach.sent).values_list("message_id", flat=True)
    assert sorted(found) == ["first@example.com", "second@example.com"]
    assert rows.position(box.pk).uidvalidity == known.uidvalidity


def test_a_fault_is_shown_by_its_stage_and_goes_when_it_is_mended(server, outreach, reading):
    box = a_box(server, outreach, "wrong")
    right = bytes(box.password_encrypted)
    acts.change(outreach.owner, box.pk, typed(box, password="no"), NOW)
    with reading():
        until(lambda: fault_of(box) == "auth")
    assert "no" not in box.fault_text.split()
    Mailbox.objects.filter(id=box.pk).update(password_encrypted=right)
    begin(reading, box)
    assert (fault_of(box), box.fault_text, box.fault_since) == ("", "", None)


def typed(box, **more):
    given = {
        name: getattr(box, name) for name in ("address", "host", "port", "security", "username", "folder")
    }
    return acts.Typed(**(given | more))


def test_what_we_stumble_over_is_shown_at_the_mailbox_too(box, reading, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(Folder, "uids_after", lambda *_: 1 / 0)
        with reading():
            until(lambda: fault_of(box) == "lost")
    assert "its log says more" in box.fault_text
    begin(reading, box)


def fault_of(box):
    box.refresh_from_db()
    return box.fault


def test_a_disabled_one_is_let_go_and_read_on_from_where_it_was_left(server, outreach, box, reading, arrived):
    with reading():
        until(lambda: has_caught_up(box))
        acts.disable(outreach.owner, box.pk, NOW)
        until(lambda: all(thread.name != f"mailbox-{box.pk}" for thread in threading.enumerate()))
        server.deliver(a_mail(), box.username)
        acts.enable(outreach.owner, box.pk, NOW)
        assert arrived.acquire(timeout=PATIENCE)
    assert InboundMail.objects.count() == 1


def test_two_readers_share_the_mailboxes_and_none_is_read_by_both(server, outreach, box):
    first, second = rows.claim("one", 10), rows.claim("two", 10)
    assert (first, second) == ([box.pk], [])
    rows.release("one")
    assert rows.claim("two", 10) == [box.pk]
    assert rows.renew("one") == []


def test_another_folder_begins_with_what_comes_from_now_on(server, outreach, box, reading):
    begin(reading, box)
    acts.change(outreach.owner, box.pk, typed(box, folder="Archive"), NOW)
    assert rows.position(box.pk) == Position(None, 0)


def test_mail_of_strangers_is_kept_only_where_that_is_wanted(server, outreach, box, reading):
    Mailbox.objects.filter(id=box.pk).update(keeps_strangers=False)
    begin(reading, box)
    server.deliver(a_mail("Private.\n", sender="friend@else.test", message_id="p@else.test"), box.username)
    server.deliver(a_mail(answers=message_id_of(outreach)), box.username)
    bring_in(reading, 2)
    while intake.process_once(NOW):
        pass

    assert list(Message.objects.filter(direction="in").values_list("from_address", flat=True)) == [ADDRESS]
    assert sorted(bytes(mail.raw) == b"" for mail in InboundMail.objects.all()) == [False, True]


def test_many_mailboxes_take_few_connections(server, outreach, reading, monkeypatch):
    """The engine shares a small pool with them."""
    boxes = [a_box(server, outreach, f"crowd{number}") for number in range(8)]
    together, most, wait = [0], [0], threading.Lock()
    really = rows.well

    def well(*about):
        with wait:
            together[0] += 1
            most[0] = max(most[0], together[0])
        really(*about)
        with wait:
            together[0] -= 1

    monkeypatch.setattr(rows, "well", well)
    with reading():
        until(lambda: not Mailbox.objects.filter(read_at=None).exists() and most[0])
    assert 1 <= most[0] <= watching.AT_THE_DATABASE
    assert Mailbox.objects.filter(fault="").count() == len(boxes)
