"""What a move between versions leaves in the tables, so that the step in the new one runs as if it had begun there."""

from datetime import timedelta

import pytest
from django.db import transaction

from drumbeat.actions import enrollments
from drumbeat.actions.events import log_event
from drumbeat.core.delay import parse_delay
from drumbeat.core.flow import EndStep, WaitForStep, WebhookStep
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, JournalEntry, SenderKind, Touch
from drumbeat.store import flows, moves, version_moves
from tests.support.flows import a_flow, an_email
from tests.support.office import NOW, a_mailbox, an_active_sequence, an_owner, leads

pytestmark = pytest.mark.django_db

MAIL = a_flow(an_email("hello"))
CALL = a_flow(WebhookStep(key="hello", url="https://example.com/hook"))
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


def begin(member, flow, **settings):
    sequence = an_active_sequence(member, flow, **settings)
    enrollments.enroll(member, sequence.pk, leads(member, 1), NOW)
    look(NOW)
    return Enrollment.objects.get()


def look(now):
    while Planner().plan_once(now):
        pass


def move(row, flow, now):
    """Publish `flow` and ask the enrollment to go over."""
    with transaction.atomic():
        version = flows.save_version(row.sequence, flow, None, now)
        asked = version_moves.write(row.workspace_id, version.pk, {}, None, now)
        moves.ask_over([row.pk], asked.pk, version.number, now)
    look(now)


@pytest.mark.parametrize(
    ("before", "after", "kind", "sender"),
    [
        pytest.param(CALL, MAIL, "email", SenderKind.SMTP, id="a call that becomes a mail"),
        pytest.param(MAIL, CALL, "webhook", SenderKind.WEBHOOK, id="a mail that becomes a call"),
    ],
)
def test_a_touch_that_is_planned_anew_is_of_the_new_steps_kind(owner, before, after, kind, sender):
    row = begin(owner, before)
    move(row, after, LATER)
    touch = Touch.objects.get()
    assert (touch.kind, touch.sender.kind, touch.status) == (kind, sender, "planned")
    assert bool(touch.base_address) is (kind == "email")


def test_what_came_before_the_last_message_is_no_event_of_a_wait_that_only_the_new_version_has(owner):
    row = begin(owner, MAIL, exit_on_meeting="off")
    log_event(owner, row.contact, "meeting_booked", NOW + timedelta(minutes=1))
    Touch.objects.update(status="sent", handed_at=NOW, settled_at=NOW + timedelta(minutes=2))
    wait = WaitForStep(key="wait", event="meeting_booked", time_limit=parse_delay("3d"), next="came")
    move(row, a_flow(an_email("hello", next="wait"), wait, EndStep(key="came", goal=True)), LATER)
    assert Enrollment.objects.get().step == "wait"
    assert not JournalEntry.objects.filter(rule="waited").exists()
