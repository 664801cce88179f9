"""Sender profiles: fresh ones are careful, passwords stay secret, the first one is the default."""

from datetime import timedelta

import pytest

from drumbeat.actions import senders
from drumbeat.core.errors import DomainError
from drumbeat.models import Enrollment, Job, SenderProfile, Workspace
from drumbeat.store import secrets
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner, another_owner
from tests.support.outreach import a_touch

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=5)


def test_a_fresh_sender_is_careful():
    sender = senders.add(an_owner(), "Rep@Ours.test", NOW, name="Rep", smtp="smtp://127.0.0.1:2525")

    assert (sender.address, sender.host, sender.port) == ("Rep@Ours.test", "127.0.0.1", 2525)
    assert sender.cap_per_day == 50
    assert sender.window == {
        day: [["09:00", "17:00"]] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
    }
    assert not sender.host_trusted


def test_the_operator_may_lift_every_bound():
    sender = a_mailbox(an_owner(), per_day=None, always=True, host_trusted=True)
    assert (sender.cap_per_day, sender.window, sender.host_trusted) == (None, None, True)


def test_a_password_is_stored_encrypted():
    sender = a_mailbox(an_owner(), smtp="smtps://me:s%C3%BCcret@127.0.0.1:465")

    stored = bytes(SenderProfile.objects.get(id=sender.pk).password_encrypted or b"")
    assert "sücret".encode() not in stored
    assert secrets.decrypt(stored) == "sücret"
    assert sender.username == "me"


def test_a_password_of_another_installation_cannot_be_read():
    with pytest.raises(DomainError) as refused:
        secrets.decrypt(secrets.encrypt("x")[:-4] + b"AAAA")
    assert refused.value.code == "secret_unreadable"


def test_the_first_sender_becomes_the_default():
    owner = an_owner()
    first = a_mailbox(owner, "one@ours.test")
    a_mailbox(owner, "two@ours.test")
    assert Workspace.objects.get().default_sender == first


@pytest.mark.parametrize(
    ("address", "more", "code"),
    [
        pytest.param("no address", {}, "address_invalid", id="an address that is none"),
        pytest.param("a@ours.test", {"smtp": "http://x"}, "smtp_url_invalid", id="a server that is none"),
        pytest.param("a@ours.test", {"per_day": 0}, "cap_invalid", id="a cap of nothing"),
        pytest.param("rep@ours.test", {}, "sender_exists", id="an address that is there"),
    ],
)
def test_what_cannot_send_is_refused(address, more, code):
    owner = an_owner()
    a_mailbox(owner, "rep@ours.test")
    with pytest.raises(DomainError) as refused:
        a_mailbox(owner, address, **more)
    assert refused.value.code == code


def test_disabling_withholds_what_has_not_left_and_makes_it_choose_again():
    owner = an_owner()
    sender = a_mailbox(owner)
    sequence = an_active_sequence(owner)
    enrollment = _an_enrollment(sequence, a_lead(owner))
    touch = a_touch(enrollment, sender, "hello")

    senders.disable(owner, sender.pk, NOW)

    sender.refresh_from_db()
    touch.refresh_from_db()
    enrollment.refresh_from_db()
    assert (sender.enabled, touch.vetoed_at, enrollment.woken_at) == (False, NOW, NOW)


def test_a_new_or_enabled_sender_lets_go_on_what_was_blocked_for_want_of_one():
    owner = an_owner()
    sender = a_mailbox(owner)
    senders.disable(owner, sender.pk, NOW)
    senders.enable(owner, sender.pk, NOW)

    sender.refresh_from_db()
    assert sender.enabled
    jobs = Job.objects.filter(kind="wake_enrollments").values_list("arguments", flat=True)
    assert list(jobs) == [{"only": {"state": "blocked", "reason": "sender_unavailable"}}] * 2


class TestChange:
    @pytest.fixture
    def owner(self):
        return an_owner()

    @pytest.fixture
    def sick(self, owner):
        sender = a_mailbox(owner, smtp="smtp://me:old@127.0.0.1:2525", per_day=40)
        SenderProfile.objects.filter(id=sender.pk).update(
            down_until=NOW, down_reason="sender_auth", down_text="535", failures=2, full_until=NOW
        )
        return sender

    def test_a_corrected_password_is_tried_at_once(self, owner, sick):
        changed = senders.change(owner, sick.pk, NOW, smtp="smtp://me:new@127.0.0.1:2525")
        assert changed.password_encrypted
        assert secrets.decrypt(bytes(changed.password_encrypted)) == "new"
        assert (changed.down_until, changed.down_reason, changed.failures) == (None, "", 0)
        assert (changed.name, changed.cap_per_day, changed.window, changed.host_trusted) == (
            "Rep",
            40,
            None,
            False,
        )

    def test_a_raised_cap_holds_at_once(self, owner, sick):
        changed = senders.change(owner, sick.pk, NOW, per_day=80)
        assert (changed.cap_per_day, changed.full_until, changed.host) == (80, None, "127.0.0.1")

    def test_other_hours_let_go_what_waits_for_the_former_ones(self, owner, sick):
        enrollment = _an_enrollment(an_active_sequence(owner), a_lead(owner))
        held = a_touch(enrollment, sick, "hello", hold_reason="window")
        handed = a_touch(enrollment, sick, "other", hold_reason="window", handed_at=NOW)
        senders.change(owner, sick.pk, LATER, always=False)
        held.refresh_from_db()
        assert (held.not_before, held.hold_reason) == (LATER, "")
        assert handed.not_before != LATER
        (job,) = Job.objects.filter(arguments={"only": {"step_sender_id": sick.pk}})
        assert job.kind == "wake_enrollments"

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            pytest.param({"smtp": "http://x"}, "smtp_url_invalid", id="a server that is none"),
            pytest.param({"per_day": 0}, "cap_invalid", id="a cap of nothing"),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_changes(self, owner, sick, given, code):
        before = SenderProfile.objects.filter(id=sick.pk).values().get()
        with pytest.raises(DomainError) as refused:
            senders.change(owner, sick.pk, NOW, **{"name": "Kim"} | given)
        assert refused.value.code == code
        assert SenderProfile.objects.filter(id=sick.pk).values().get() == before

    def test_a_sender_of_another_workspace_is_not_found(self, sick):
        with pytest.raises(DomainError, match="There is no sender"):
            senders.change(another_owner(), sick.pk, NOW, name="Kim")


def _an_enrollment(sequence, contact):
    return Enrollment.objects.create(
        workspace=sequence.workspace,
        sequence=sequence,
        version=sequence.current_version,
        contact=contact,
        state="awaiting",
        step="hello",
        origin_at=NOW,
        created_at=NOW,
        updated_at=NOW,
    )
