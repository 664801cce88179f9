"""A mailbox whose login is refused asks a person for help once, and no more when it can be read again."""

from datetime import UTC, datetime, timedelta

import pytest

from drumbeat.models import Grant, Mailbox, Notification, Touch
from drumbeat.store import mailboxes
from tests.support.office import a_mailbox, an_owner

pytest_plugins = ["tests.support.installed"]
pytestmark = pytest.mark.usefixtures("installation")
NOW, MINUTE = datetime(2026, 3, 2, 9, tzinfo=UTC), timedelta(minutes=1)


@pytest.fixture
def owner(installation):
    return an_owner()


@pytest.fixture
def box(owner):
    return Mailbox.objects.create(
        workspace=owner.workspace,
        sender=a_mailbox(owner),
        address="rep@ours.test",
        host="imap.example.com",
        port=993,
        security="tls",
        username="rep",
        created_at=NOW,
    )


def told():
    return list(Notification.objects.order_by("id").values_list("kind", "read_at"))


def test_a_refused_login_is_told_once_in_the_app_and_by_mail(box, owner):
    for minutes in range(5):
        mailboxes.faulty(box.pk, "auth", "the login was refused: no", NOW + minutes * MINUTE)
    line = Notification.objects.get()
    assert (line.member_id, line.kind) == (owner.pk, "mailbox_needs_attention")
    assert line.text.startswith("The mailbox rep@ours.test (INBOX) cannot be read: the login was refused: no")
    assert Touch.objects.get().recipient == owner.user.email


def test_a_refusal_between_lost_connections_is_the_same_bout(box):
    for minutes, fault in enumerate(["auth", "lost", "auth", "tcp", "auth"]):
        mailboxes.faulty(box.pk, fault, "no", NOW + minutes * MINUTE)
    assert len(told()) == 1


@pytest.mark.parametrize("fault", ["dns", "tcp", "tls", "greeting", "lost"])
def test_what_may_pass_by_itself_is_nobodys_errand(box, fault):
    mailboxes.faulty(box.pk, fault, "no", NOW)
    assert told() == []


def test_a_mailbox_that_is_read_again_takes_its_line_back_and_asks_anew_next_time(box):
    mailboxes.faulty(box.pk, "auth", "no", NOW)
    mailboxes.well(box.pk, NOW + MINUTE)
    assert told() == [("mailbox_needs_attention", NOW + MINUTE)]
    mailboxes.faulty(box.pk, "auth", "no", NOW + 2 * MINUTE)
    assert [read_at for _, read_at in told()] == [NOW + MINUTE, None]


def test_a_line_about_another_mailbox_stays(box, owner):
    Notification.objects.create(
        workspace=owner.workspace,
        member=owner,
        kind="mailbox_needs_attention",
        text="The mailbox rep@ours.test (Replies) cannot be read",
        created_at=NOW,
    )
    mailboxes.faulty(box.pk, "auth", "no", NOW)
    mailboxes.well(box.pk, NOW + MINUTE)
    assert [read_at for _, read_at in told()] == [None, NOW + MINUTE]


def test_a_lost_account_is_told_by_the_account_alone(box, owner):
    box.grant = Grant.objects.create(
        workspace=owner.workspace,
        provider="google",
        address="rep@ours.test",
        state="revoked",
        connected_at=NOW,
        created_at=NOW,
    )
    box.save()
    mailboxes.faulty(box.pk, "auth", "Google refuses.", NOW)
    assert told() == []
