"""A contact who lives in another zone than was thought: what waits for its hours is planned anew, at once."""

from datetime import timedelta
from typing import Any

import pytest

from drumbeat.actions import contacts, enrollments, imports
from drumbeat.actions.contacts import merging
from drumbeat.core.flow import SetFieldStep
from drumbeat.core.window import OFFICE_HOURS
from drumbeat.engine.planner import Planner
from drumbeat.models import Contact, Enrollment, Sequence, Touch
from drumbeat.store.contacts import OnDuplicate
from tests.support import office
from tests.support.clockwork import Clockwork
from tests.support.flows import a_line, an_email
from tests.support.office import NOW

pytestmark = pytest.mark.django_db(transaction=True)
BERLIN, LOS_ANGELES = "Europe/Berlin", "America/Los_Angeles"  # 11:00 and 2:00
HOUR = timedelta(hours=1)
HOURS: dict[str, Any] = {"window": OFFICE_HOURS.to_json()}
"""The window is the sequence's, so it is laid over the contact's zone."""


@pytest.fixture
def owner():
    member = office.an_owner()
    office.a_mailbox(member)
    return member


def waiting(owner, zone=LOS_ANGELES, *, held=False, flow=None):
    """Enroll a contact who waits for nine o'clock: before its message is written, or (`held`) after."""
    sequence = office.an_active_sequence(owner, flow or a_line(an_email("hello")), **({} if held else HOURS))
    lead = office.a_lead(owner, "kim@example.com", time_zone=zone)
    enrollments.enroll(owner, sequence.pk, [lead.pk], NOW)
    if held:
        Planner().plan_once(NOW)
        Sequence.objects.update(**HOURS)
    clock = Clockwork()
    assert clock.run(NOW) == []
    assert Touch.objects.filter(hold_reason="window").count() == held
    return lead, clock


def by_hand(owner, lead, tmp_path):
    contacts.change(owner, lead.pk, {"time_zone": BERLIN}, NOW)


def by_an_import(owner, lead, tmp_path):
    file = tmp_path / "contacts.csv"
    file.write_text(f"email,time_zone\nkim@example.com,{BERLIN}\n")
    imports.start(owner, file, NOW, on_duplicate=OnDuplicate.UPDATE)


def by_a_merge(owner, lead, tmp_path):
    other = office.a_lead(owner, "kim@home.test", time_zone=BERLIN)
    merging.merge(owner, lead.pk, other.pk, NOW, chosen={"time_zone": "other"})


def as_the_one_merged_away(owner, lead, tmp_path):
    survivor = office.a_lead(owner, "kim@home.test", time_zone=BERLIN)
    merging.merge(owner, survivor.pk, lead.pk, NOW)


def by_another_sequence(owner, lead, tmp_path):
    step = SetFieldStep(key="zone", field="time_zone", value=BERLIN)
    other = office.an_active_sequence(owner, a_line(step), name="Other")
    enrollments.enroll(owner, other.pk, [lead.pk], NOW)


WAYS = [by_hand, by_an_import, by_a_merge, as_the_one_merged_away, by_another_sequence]


@pytest.mark.parametrize("held", [False, True], ids=["before it is written", "held"])
@pytest.mark.parametrize("move", WAYS)
def test_where_it_is_office_hours_now_it_leaves_at_once(owner, move, held, tmp_path):
    lead, clock = waiting(owner, held=held)
    move(owner, lead, tmp_path)
    assert len(clock.run(NOW)) == 1


def test_where_it_is_night_now_it_waits_for_the_morning(owner):
    sequence = office.an_active_sequence(owner, a_line(an_email("hello", after="1h")), **HOURS)
    lead = office.a_lead(owner, "kim@example.com", time_zone=BERLIN)
    enrollments.enroll(owner, sequence.pk, [lead.pk], NOW)
    clock = Clockwork()
    clock.run(NOW)
    contacts.change(owner, lead.pk, {"time_zone": LOS_ANGELES}, NOW)
    assert [len(clock.run(NOW + hours * HOUR)) for hours in (0, 1, 6, 7)] == [0, 0, 0, 1]


def test_a_change_of_another_field_wakes_nobody(owner):
    lead, _ = waiting(owner)
    before = Enrollment.objects.get()
    contacts.change(owner, lead.pk, {"title": "CEO"}, NOW)
    assert Enrollment.objects.get().next_step_at == before.next_step_at
    assert Enrollment.objects.get().woken_at is None


def test_the_due_time_follows_too(owner):
    lead, clock = waiting(owner)
    contacts.change(owner, lead.pk, {"time_zone": "America/New_York"}, NOW)
    clock.run(NOW)
    assert Contact.objects.get().time_zone == "America/New_York"
    assert Enrollment.objects.get().next_step_at == NOW + 4 * HOUR
