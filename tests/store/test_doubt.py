"""What becomes of a message in doubt: it arrived, it is sent again, it is skipped; said once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.actions import enrollments
from drumbeat.core.touch import Resolution
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, JournalEntry, Message, Suppression, Touch
from drumbeat.store import claims, doubt, stops
from tests.support.flows import a_line, an_email
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner, leads

pytestmark = pytest.mark.django_db

HANDED_AT = NOW + timedelta(seconds=1)
LATER = NOW + timedelta(hours=5)
ARRIVED, SEND_AGAIN, SKIP = Resolution


@pytest.fixture
def sender():
    return a_mailbox(an_owner())


@pytest.fixture
def doubtful(sender):
    """A first mail that was handed over by a worker that died; its enrollment is blocked."""
    in_doubt(an_owner_s_sequence(), 1)
    return Touch.objects.get()


def an_owner_s_sequence():
    return an_active_sequence(an_owner())


def in_doubt(sequence, people):
    owner = an_owner()
    enrollments.enroll(owner, sequence.pk, leads(owner, people), NOW)
    look(NOW)
    Touch.objects.update(status="interrupted", handed_at=HANDED_AT, lease_token="dead.1", attempts=1)
    Touch.objects.update(reserved_at=NOW, reserved="d")
    Enrollment.objects.update(next_step_at=NOW)
    look(NOW)
    assert set(Enrollment.objects.values_list("state", "reason")) == {("blocked", "interrupted")}


def look(now):
    while Planner().plan_once(now):
        pass


def resolve(resolution, now=LATER):
    return doubt.resolve(Touch.objects.all(), resolution, doubt.BY_PERSON, now)


def claim(sender, now=LATER):
    claims.lease_senders("w.1", 1, now)
    return claims.claim(sender.pk, "w.1", "w.2", 10, now, now).touches


def journal():
    return [(entry.rule, entry.reason) for entry in JournalEntry.objects.order_by("id")]


def test_what_arrived_counts_from_its_hand_over_and_the_sequence_goes_on(doubtful):
    assert resolve(ARRIVED) == [doubtful.pk]
    look(LATER)

    doubtful.refresh_from_db()
    row = Enrollment.objects.get()
    assert (doubtful.status, doubtful.settled_at, doubtful.lease_token) == ("sent", HANDED_AT, "")
    assert (row.state, row.step, row.origin_at) == ("active", "follow_up", HANDED_AT)
    assert journal()[-3:] == [("resolved", "arrived"), ("unblocked", "interrupted"), ("settled", "sent")]
    assert JournalEntry.objects.get(rule="resolved").facts == {"by": "person"}


def test_what_arrived_is_in_the_conversation_so_that_the_follow_up_continues_it(doubtful):
    resolve(ARRIVED)
    message = Message.objects.get()
    assert (message.touch_id, message.direction, message.occurred_at) == (doubtful.pk, "out", HANDED_AT)
    assert message.message_id == f"{doubtful.mark}@ours.test"
    assert message.subject


def test_what_is_sent_again_is_the_same_touch_with_the_same_message_id(doubtful, sender):
    resolve(SEND_AGAIN)
    look(LATER)

    row = Enrollment.objects.get()
    again = Touch.objects.get()
    assert (again.pk, again.mark, again.key) == (doubtful.pk, doubtful.mark, doubtful.key)
    assert (again.status, again.handed_at, again.settled_at) == ("planned", None, None)
    assert (row.state, row.reason) == ("awaiting", "")
    (claimed,) = claim(sender)
    assert claimed.outbound.message_id == f"{doubtful.mark}@ours.test"
    assert journal()[-2:] == [("resolved", "send_again"), ("unblocked", "interrupted")]


def test_what_is_sent_again_uses_its_budget_again(doubtful):
    resolve(SEND_AGAIN)
    again = Touch.objects.get()
    assert (again.reserved, again.reserved_at) == ("", None)


def test_what_is_skipped_lets_the_sequence_go_on(doubtful):
    resolve(SKIP)
    look(LATER)

    doubtful.refresh_from_db()
    row = Enrollment.objects.get()
    assert (doubtful.status, doubtful.reason, doubtful.settled_at) == ("skipped", "by_person", LATER)
    assert (row.state, row.step) == ("active", "follow_up")
    assert not Message.objects.exists()


@pytest.mark.parametrize("resolution", Resolution)
def test_it_is_said_once(doubtful, resolution):
    resolve(resolution)
    look(LATER)
    before = (Touch.objects.values().get(), journal())
    assert resolve(resolution) == []
    assert (Touch.objects.values().get(), journal()) == before


def test_a_reply_that_came_meanwhile_wins_over_sending_again(doubtful, sender):
    contact = doubtful.contact
    stops.stop_contacts(contact.workspace_id, [contact.pk], "replied", NOW)
    resolve(SEND_AGAIN)
    assert not claim(sender)  # the look that the reply woke is still to come
    look(LATER)
    assert (Enrollment.objects.get().reason, Touch.objects.get().status) == ("replied", "cancelled")


def test_what_is_suppressed_meanwhile_is_not_sent_again(doubtful, sender):
    stops.suppress(
        doubtful.workspace_id,
        channel="email",
        base_address="lead0@example.com",
        reason="unsubscribe",
        source="test",
        now=NOW,
    )
    assert Suppression.objects.count() == 1
    resolve(SEND_AGAIN)
    look(LATER)
    assert not claim(sender)
    assert Enrollment.objects.get().state == "finished"


@pytest.mark.parametrize(
    "status", ["planned", "sending", "sent", "failed", "skipped"], ids=lambda status: f"one that is {status}"
)
def test_what_is_not_in_doubt_is_left_alone(doubtful, status):
    Touch.objects.update(status=status)
    before = Touch.objects.values().get()
    assert resolve(SEND_AGAIN) == []
    assert Touch.objects.values().get() == before


def test_a_contact_whose_text_cannot_be_told_any_more_is_resolved_all_the_same(sender):
    flow = a_line(an_email("hello", text="Hi {{ contact.first_name }}"), an_email("follow_up", after="3d"))
    owner = an_owner()
    sequence = an_active_sequence(owner, flow)
    lead = a_lead(owner, "lee@example.com", first_name="Lee")
    enrollments.enroll(owner, sequence.pk, [lead.pk], NOW)
    look(NOW)
    Touch.objects.update(status="interrupted", handed_at=HANDED_AT)
    lead.first_name = ""
    lead.save()
    assert len(resolve(ARRIVED)) == 1
    assert Touch.objects.get().status == "sent"


@pytest.mark.parametrize("resolution", Resolution)
def test_many_cost_as_many_queries_as_few(sender, resolution):
    in_doubt(an_owner_s_sequence(), 31)
    last = Touch.objects.order_by("-id").values("id")[:1]

    def cost(touches):
        with CaptureQueriesContext(connection) as queries:
            doubt.resolve(touches, resolution, doubt.BY_PERSON, LATER)
        return len(queries)

    assert cost(Touch.objects.exclude(id__in=last)) == cost(Touch.objects.all())
    assert not Touch.objects.filter(status="interrupted").exists()
