"""The frequency cap over all sequences of a contact: counted, held, let go."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.actions import enrollments, settings
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, Message, SenderProfile, Touch
from drumbeat.store import claims, leases
from tests.support import flows, office
from tests.support.clockwork import Clockwork
from tests.support.office import NOW

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def capped(owner, most, days=7):
    settings.change_all(owner, {"frequency_cap": most, "frequency_cap_days": days}, NOW)


def enrolled_in(owner, count, contact_id):
    """Enroll one contact in so many sequences, each by a sender of its own and with one mail."""
    flow = flows.a_line(flows.an_email("hello"))
    for number in range(count):
        sender = office.a_mailbox(owner, f"rep{number}@ours.test")
        sequence = office.an_active_sequence(owner, flow, name=f"Hello {number}", sender=sender)
        enrollments.enroll(owner, sequence.pk, [contact_id], NOW)


@pytest.fixture
def owner():
    return office.an_owner()


def test_over_all_sequences_a_contact_gets_no_more_within_the_days(owner):
    capped(owner, 2)
    enrolled_in(owner, 5, office.a_lead(owner).pk)
    clock = Clockwork()
    left = [len(clock.run(NOW + days * DAY)) for days in (0, 1, 6)]
    assert left == [2, 0, 0]
    held = Touch.objects.filter(settled_at=None)
    assert {(touch.hold_reason, touch.due_at) for touch in held} == {("frequency_cap", NOW)}
    assert [len(clock.run(NOW + days * DAY)) for days in (7, 8, 14)] == [2, 0, 1]
    assert set(Touch.objects.values_list("status", flat=True)) == {"sent"}


def test_a_held_message_is_looked_at_again_when_it_may_go_and_not_before(owner):
    capped(owner, 1)
    enrolled_in(owner, 2, office.a_lead(owner).pk)
    clock = Clockwork()
    clock.run(NOW)
    clock.run(NOW + timedelta(minutes=1))  # what was under way has left
    assert Touch.objects.get(settled_at=None).not_before == NOW + 7 * DAY


def test_the_end_of_the_hold_is_moved_into_the_window(owner):
    capped(owner, 1, days=5)
    enrolled_in(owner, 2, office.a_lead(owner).pk)
    SenderProfile.objects.update(window={"monday": [["09:00", "17:00"]]})
    clock = Clockwork()
    clock.run(NOW)
    clock.run(NOW + timedelta(minutes=1))
    assert Touch.objects.get(settled_at=None).not_before == NOW + 7 * DAY - timedelta(hours=1)


def test_mail_by_hand_neither_counts_nor_waits(owner):
    capped(owner, 1)
    lead = office.a_lead(owner)
    Message.objects.create(
        workspace=owner.workspace, contact=lead, channel="email", direction="out", occurred_at=NOW - DAY
    )
    enrolled_in(owner, 1, lead.pk)
    assert len(Clockwork().run(NOW)) == 1


def test_other_contacts_are_not_held(owner):
    capped(owner, 1)
    enrolled_in(owner, 2, office.a_lead(owner).pk)
    second = office.a_lead(owner, "kim2@example.com")
    sequence_id = Enrollment.objects.order_by("id")[0].sequence_id
    enrollments.enroll(owner, sequence_id, [second.pk], NOW)
    assert Counter(one.contact_id for one in Clockwork().run(NOW))[second.pk] == 1


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param({"frequency_cap": None}, id="switched off"),
        pytest.param({"frequency_cap": 9}, id="raised"),
        pytest.param({"frequency_cap_days": 1}, id="fewer days"),
    ],
)
def test_a_change_of_the_cap_holds_at_once(owner, wanted):
    capped(owner, 1)
    enrolled_in(owner, 3, office.a_lead(owner).pk)
    clock = Clockwork()
    clock.run(NOW)
    clock.run(NOW + timedelta(minutes=1))
    later = NOW + 2 * DAY
    assert clock.run(later) == []
    settings.change_all(owner, wanted, later)
    assert len(clock.run(later)) >= 1


def test_what_may_have_arrived_counts(owner):
    capped(owner, 1)
    enrolled_in(owner, 2, office.a_lead(owner).pk)
    Planner().plan_once(NOW)
    first = Touch.objects.order_by("id")[0]
    Touch.objects.filter(pk=first.pk).update(status="interrupted", handed_at=NOW, lease_until=None)
    assert [one.touch_id for one in Clockwork().run(NOW)] == []


def test_without_a_cap_nothing_is_asked(owner):
    enrolled_in(owner, 2, office.a_lead(owner).pk)
    with CaptureQueriesContext(connection) as asked:
        assert len(Clockwork().run(NOW)) == 2
    questions = [one["sql"] for one in asked]
    assert not [sql for sql in questions if "advisory" in sql or 'occurred_at" >' in sql]


def test_a_batch_is_asked_about_in_as_many_questions_as_one_message(owner):
    capped(owner, 3)
    sender = office.a_mailbox(owner)
    sequence = office.an_active_sequence(owner, flows.a_line(flows.an_email("hello")))
    counts = []
    for size in (1, 40):
        people = [office.a_lead(owner, f"p{size}-{n}@example.com").pk for n in range(size)]
        enrollments.enroll(owner, sequence.pk, people, NOW)
        Planner().plan_once(NOW)
        claims.lease_senders("me.lease", 1, NOW)
        with CaptureQueriesContext(connection) as asked:
            found = claims.claim(sender.pk, "me.lease", f"me.{size}", 100, NOW, NOW)
        assert len(found.touches) == size
        counts.append(len(asked))
        leases.release("me.lease")
    assert counts[0] == counts[1]
