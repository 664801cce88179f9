"""What is planned between the wake and the veto of a stop: withheld, and looked at all the same."""

import pytest
from django.db import transaction

from drumbeat.actions import enrollments, suppressions
from drumbeat.engine import jobs
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, SenderProfile, Touch
from drumbeat.store import stops
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


def plan():
    while Planner().plan_once(NOW):
        pass


def a_planner_in_between(monkeypatch):
    """Let the wake see the first enrollment alone: a planner commits the second one's touch right after it."""
    wake = stops.wake

    def of_the_first(rows, now):
        monkeypatch.setattr(stops, "wake", wake)
        return wake(rows.filter(id=Enrollment.objects.earliest("id").pk), now)

    monkeypatch.setattr(stops, "wake", of_the_first)


def suppressed(member, lead):
    suppressions.add(member, lead.email, NOW)


def domain_suppressed(member, lead):
    suppressions.add(member, "@example.com", NOW)


def replied(member, lead):
    stops.stop_contacts(member.workspace_id, [lead.pk], "replied", NOW)


def sender_disabled(member, lead):
    stops.disable_sender(SenderProfile.objects.get(kind="smtp").pk, NOW)


@pytest.mark.parametrize("stop", [suppressed, domain_suppressed, replied, sender_disabled])
def test_no_enrollment_is_left_waiting_for_a_touch_that_nobody_releases(owner, monkeypatch, stop):
    lead = a_lead(owner)
    enrollments.enroll(owner, an_active_sequence(owner).pk, [lead.pk], NOW)
    enrollments.enroll(owner, an_active_sequence(owner, name="Second").pk, [lead.pk], NOW)
    plan()
    a_planner_in_between(monkeypatch)
    with transaction.atomic():
        stop(owner, lead)
    assert not Touch.objects.filter(vetoed_at=None).exists()

    while jobs.run_once(NOW):
        pass
    plan()
    assert not Enrollment.objects.filter(state="awaiting").exists()
