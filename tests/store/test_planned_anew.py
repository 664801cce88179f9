"""A touch that is planned anew: for another sender it begins without a place in any budget."""

import pytest
from django.db import transaction

from drumbeat.actions import enrollments
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, Touch, Workspace
from drumbeat.store import stops
from tests.support.office import NOW, a_mailbox, an_active_sequence, an_owner, leads

pytest_plugins = ["tests.support.installed"]


@pytest.fixture
def senders(installation):
    """Two mailboxes, and a mail of the first that was claimed once, got its place in the day and did not leave."""
    owner = an_owner()
    first, second = (a_mailbox(owner, f"{name}@ours.test").pk for name in ("first", "second"))
    Workspace.objects.update(default_sender=second)
    sequence = an_active_sequence(owner, sender_id=first)
    enrollments.enroll(owner, sequence.pk, leads(owner, 1), NOW)
    plan()
    assert Touch.objects.update(reserved_at=NOW, reserved="dD", sender_id=first) == 1
    return first, second


def plan():
    while Planner().plan_once(NOW):
        pass


def test_what_was_reserved_with_a_sender_is_not_free_with_the_next(senders):
    first, second = senders
    with transaction.atomic():
        stops.disable_sender(first, NOW)
    plan()
    touch = Touch.objects.get()
    assert (touch.sender_id, touch.status, touch.reserved) == (second, "planned", "")


def test_with_the_same_sender_it_keeps_its_place(senders):
    first, _ = senders
    Touch.objects.update(status="cancelled", settled_at=NOW)
    with transaction.atomic():
        stops.wake(Enrollment.objects.all(), NOW)
    plan()
    touch = Touch.objects.get()
    assert (touch.sender_id, touch.status, touch.reserved) == (first, "planned", "dD")
