"""When the next messages leave for a contact: told by draft and holding settings, and kept by the engine."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from drumbeat.actions import enrollments
from drumbeat.actions.sequences import settings, times
from drumbeat.actions.sequences.times import Asked
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Flow
from drumbeat.models import SenderProfile
from tests.support import office
from tests.support.clockwork import Clockwork
from tests.support.office import NOW

pytestmark = pytest.mark.django_db(transaction=True)
EARLY = {"tuesday": [["06:00", "07:00"]]}


@pytest.fixture
def owner():
    return office.an_owner()


def test_the_engine_sends_when_it_was_foreseen(owner):
    office.a_mailbox(owner)
    sequence = office.an_active_sequence(owner, jitter_seconds=900, window={"monday": [["15:00", "16:00"]]})
    lead = office.a_lead(owner, time_zone="America/New_York")
    enrollments.enroll(owner, sequence.pk, [lead.pk], NOW)
    settings.change(owner, sequence.pk, {"holidays": {"days": ["2026-03-02"]}}, NOW)
    found = times.foresee(owner, sequence.pk, Asked(contact_id=lead.pk), NOW)
    first = found.times[0]
    assert (found.zone, found.zone_of) == ("America/New_York", "contact")
    assert first.at.astimezone(ZoneInfo("America/New_York")).strftime("%a %d %H") == "Mon 09 15"
    assert first.moved_by == ("window", "holiday", "jitter")
    clock = Clockwork()
    clock.run(NOW)
    assert clock.run(first.at - timedelta(seconds=1)) == []
    assert len(clock.run(first.at)) == 1


def test_a_sender_that_rests_moves_the_first_moment(owner):
    sender = office.a_mailbox(owner, spacing_seconds=600)
    sequence = office.an_active_sequence(owner)
    first, second = office.leads(owner, 2)
    enrollments.enroll(owner, sequence.pk, [first], NOW)
    Clockwork().run(NOW)
    sender.refresh_from_db()
    told = times.foresee(owner, sequence.pk, Asked(contact_id=second), NOW).times[0]
    assert (told.at, told.moved_by) == (sender.full_until, ("spacing",))


def test_drafted_settings_stand_in_for_those_that_hold(owner):
    first = office.a_mailbox(owner)
    second = office.a_mailbox(owner, "second@ours.test")
    SenderProfile.objects.filter(pk=second.pk).update(time_zone="Asia/Tokyo")
    sequence = office.an_active_sequence(owner)
    lead = office.a_lead(owner).pk
    held = times.foresee(owner, sequence.pk, Asked(contact_id=lead), NOW)
    drafted = times.foresee(
        owner, sequence.pk, Asked(contact_id=lead, draft={"window": EARLY, "sender_id": second.pk}), NOW
    )
    assert held.sender is not None and drafted.sender is not None
    assert (held.sender.id, held.zone, held.zone_of, held.times[0].at) == (first.pk, "UTC", "workspace", NOW)
    assert (drafted.sender.id, drafted.zone, drafted.zone_of) == (second.pk, "Asia/Tokyo", "sender")
    assert drafted.times[0].moved_by == ("window",)
    assert settings.values(sequence)["window"] is None


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        pytest.param(
            {"draft": {"window": {"someday": []}}}, "setting_invalid", id="a window that cannot be read"
        ),
        pytest.param({"draft": {"sender_id": 10**9}}, "setting_invalid", id="an unknown sender"),
        pytest.param({"step": "none"}, "not_found", id="an unknown step"),
    ],
)
def test_what_cannot_be_foreseen_is_refused(owner, asked, code):
    sequence = office.a_draft(owner)
    with pytest.raises(DomainError) as refused:
        times.foresee(owner, sequence.pk, Asked(contact_id=office.a_lead(owner).pk, **asked), NOW)
    assert refused.value.code == code


def test_a_flow_that_writes_to_nobody_has_no_times(owner):
    sequence = office.a_draft(owner, Flow(start=None, steps={}))
    with pytest.raises(DomainError, match="writes to nobody"):
        times.foresee(owner, sequence.pk, Asked(contact_id=office.a_lead(owner).pk), NOW)
