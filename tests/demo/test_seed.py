"""What the demo workspace is furnished with, and which data folders it leaves alone."""

import pytest

from drumbeat.actions import senders, workspaces
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.demo import programme, seed
from drumbeat.models import (
    Contact,
    ContactList,
    Enrollment,
    Member,
    PhoneAccount,
    SenderKind,
    SenderProfile,
    Sequence,
    SequenceStatus,
    Tag,
    Workspace,
)
from drumbeat.store import phone_accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return SystemClock().now()


def mailboxes():
    return SenderProfile.objects.filter(kind=SenderKind.SMTP).order_by("id")


def test_the_demo_has_people_lists_mailboxes_and_sequences(now):
    owner = seed.furnish(now, 2525)
    assert (owner.workspace.name, owner.is_owner) == ("Demo", True)
    assert Contact.objects.count() == seed.PEOPLE
    assert Tag.objects.count() == 5
    assert set(ContactList.objects.values_list("name", flat=True)) == {
        *("Everybody", "Partners", "Trade fair", "Webinar guests"),
    }
    assert dict(Sequence.objects.values_list("name", "status")) == {
        "Cold Outreach": SequenceStatus.ACTIVE,
        "Follow-Up Series": SequenceStatus.ACTIVE,
        "Re-Engagement": SequenceStatus.PAUSED,
        "Meeting Request": SequenceStatus.DRAFT,
        "Voicemail + Email Combo": SequenceStatus.ACTIVE,
        "Webinar by text": SequenceStatus.ACTIVE,
        "Written by an agent": SequenceStatus.ACTIVE,
        programme.TRIAL: SequenceStatus.ACTIVE,
    }
    assert Member.objects.count() == 3


def test_its_mailboxes_send_at_any_hour_and_know_which_mail_is_answered(now):
    seed.furnish(now, 2525)
    for box in mailboxes():
        assert (box.host, box.port, box.window, box.cap_per_day) == ("127.0.0.1", 2525, None, 5_000)
        assert box.plus_addressing
    assert len(mailboxes()) == 3


def test_furnishing_again_adds_nothing_and_follows_the_outside_world(now):
    first = seed.furnish(now, 2525)
    counted = [model.objects.count() for model in (Contact, Sequence, Enrollment, Member, SenderProfile)]
    assert seed.furnish(now, 2626) == first
    assert [
        model.objects.count() for model in (Contact, Sequence, Enrollment, Member, SenderProfile)
    ] == counted
    assert {box.port for box in mailboxes()} == {2626}


def test_an_installation_that_nobody_used_becomes_the_demo(now):
    owner, _ = workspaces.create_installation(now)
    assert seed.furnish(now, 2525) == owner
    assert Workspace.objects.count() == 1


def test_a_workspace_with_contacts_stays_as_it_is(now):
    owner, _ = workspaces.create_installation(now)
    Contact.objects.create(workspace=owner.workspace, email="a@example.com", created_at=now, updated_at=now)
    assert seed.furnish(now, 2525).workspace_id != owner.workspace_id
    assert set(Workspace.objects.values_list("name", flat=True)) == {"My workspace", "Demo"}


def test_a_folder_with_a_real_mailbox_is_refused(now):
    owner, _ = workspaces.create_installation(now)
    senders.add(owner, "rep@ours.test", now, name="Rep", smtp="smtp://mail.example.com:587")
    with pytest.raises(DomainError, match=r"sends through mail\.example\.com"):
        seed.furnish(now, 2525)
    assert not Workspace.objects.filter(name="Demo").exists()


def test_a_folder_with_a_real_account_at_twilio_is_refused(now):
    owner, _ = workspaces.create_installation(now)
    PhoneAccount.objects.create(
        workspace=owner.workspace,
        name="Twilio",
        sid="AC" + "f" * 32,
        secrets_encrypted=phone_accounts.sealed("token"),
        hook_token="hook",
        created_at=now,
    )
    with pytest.raises(DomainError, match="an account at Twilio"):
        seed.furnish(now, 2525)
