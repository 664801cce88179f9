"""Senders are held before others block them: counted, warned of, held, released by a person, never passed over."""

from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.actions import enrollments, senders
from drumbeat.core.delivery import Verdict
from drumbeat.core.touch import TouchStatus
from drumbeat.engine import records
from drumbeat.models import (
    Attempt,
    Event,
    Message,
    Notification,
    SenderProfile,
    SenderRecord,
    Touch,
    Workspace,
)
from drumbeat.store import sender_health
from tests.support import flows, office
from tests.support.clockwork import Clockwork
from tests.support.office import NOW

pytestmark = pytest.mark.django_db(transaction=True)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
_number = count(1)


@pytest.fixture
def owner():
    return office.an_owner()


@pytest.fixture
def sender(owner):
    return office.a_mailbox(owner, "rep@ours.test", per_day=None)


@pytest.fixture
def lead(owner):
    return office.a_lead(owner)


def sent(sender, lead, many, at=NOW - HOUR):
    """Note so many messages as sent, as the dispatcher does."""
    touches = Touch.objects.bulk_create(
        Touch(
            workspace_id=sender.workspace_id,
            key=f"t{next(_number)}",
            mark=f"m{next(_number)}",
            kind="email",
            contact=lead,
            sender=sender,
            status=TouchStatus.SENT,
            due_at=at,
            not_before=at,
            handed_at=at,
            settled_at=at,
            created_at=at,
        )
        for _ in range(many)
    )
    Message.objects.bulk_create(
        Message(
            workspace_id=sender.workspace_id,
            contact=lead,
            sender=sender,
            touch=touch,
            channel="email",
            direction="out",
            occurred_at=at,
        )
        for touch in touches
    )
    return touches


def came(kind, touches, at=NOW - HOUR, source="mail", **payload):
    Event.objects.bulk_create(
        Event(
            workspace_id=touch.workspace_id,
            kind=kind,
            touch=touch,
            contact_id=touch.contact_id,
            source=source,
            external_id=f"e{next(_number)}",
            payload=payload,
            occurred_at=at,
            received_at=at,
        )
        for touch in touches
    )


def record_of(sender):
    return SenderRecord.objects.get(sender=sender)


def is_held(sender):
    return SenderProfile.objects.get(id=sender.pk).down_reason == "reputation"


def held(sender, lead):
    came("bounced", sent(sender, lead, 100)[:6], hard=True)
    records.judge_once(NOW)
    assert is_held(sender)


def test_what_came_back_is_counted_once_a_message(sender, lead):
    touches = sent(sender, lead, 60)
    came("bounced", touches[:2], hard=True)
    came("bounced", touches[:2], hard=True)
    came("bounced", touches[2:3], source="smtp")
    came("bounced", touches[3:9], hard=False)
    came("complained", touches[:1])
    Attempt.objects.bulk_create(
        Attempt(touch=touch, number=n, ended_at=NOW - HOUR, outcome="scheduled")
        for touch in touches[:4]
        for n in (1, 2)
    )
    records.judge_once(NOW)
    found = record_of(sender)
    assert (found.sent, found.bounced, found.complained, found.deferred) == (60, 3, 1, 4)


def test_what_is_older_than_the_window_counts_no_more(sender, lead):
    came("bounced", sent(sender, lead, 100, at=NOW - 8 * DAY), at=NOW - 8 * DAY, hard=True)
    records.judge_once(NOW)
    assert (record_of(sender).sent, is_held(sender)) == (0, False)


def test_one_of_three_holds_nobody(sender, lead):
    came("bounced", sent(sender, lead, 3)[:1], hard=True)
    records.judge_once(NOW)
    assert (record_of(sender).level, is_held(sender)) == ("quiet", False)


def test_too_many_bounces_hold_the_sender_and_its_owner_is_told_once(sender, lead, owner):
    held(sender, lead)
    records.judge_once(NOW + HOUR)
    line = Notification.objects.get()
    assert line.member_id == owner.pk
    assert "6 of 100 messages" in line.text
    assert "drumbeat sender enable rep@ours.test" in line.text


def test_nothing_leaves_a_held_sender_and_nothing_by_another_one_in_its_place(sender, lead, owner):
    other = office.a_mailbox(owner, "other@ours.test", per_day=None)
    sequence = office.an_active_sequence(owner, flows.a_line(flows.an_email("hello")), sender_id=sender.pk)
    held(sender, lead)
    enrollments.enroll(owner, sequence.pk, [office.a_lead(owner, "new@example.com").pk], NOW)
    clock = Clockwork()
    for hours in range(0, 72, 12):
        records.judge_once(NOW + hours * HOUR)
        left = clock.run(NOW + hours * HOUR)
        assert not [claimed for claimed in left if claimed.kind == "email"]
    assert not Touch.objects.filter(sender=other).exists()


def test_the_notice_of_a_hold_leaves_by_mail_though_the_sender_is_held(sender, lead, owner):
    Workspace.objects.update(default_sender=sender)
    held(sender, lead)
    (left,) = Clockwork().run(NOW)
    assert (left.kind, left.recipient) == ("notice", owner.user.email)


def test_a_hold_outlasts_the_window_and_what_was_on_its_way(sender, lead):
    held(sender, lead)
    sender_health.recovered(sender.pk)
    verdict = Verdict(status=TouchStatus.PLANNED, sender_down_until=NOW + HOUR)
    sender_health.hold(sender.pk, verdict, "timeout", "slow", NOW)
    for days in range(0, 30, 1):
        records.judge_once(NOW + days * DAY)
        until = SenderProfile.objects.get(id=sender.pk).down_until
        assert until is not None
        assert until > NOW + days * DAY + HOUR
    assert is_held(sender)
    assert record_of(sender).level == "hold"


def test_a_released_sender_is_counted_anew(sender, lead, owner):
    held(sender, lead)
    senders.enable(owner, sender.pk, NOW + HOUR)
    records.judge_once(NOW + 2 * HOUR)
    assert (is_held(sender), record_of(sender).sent, record_of(sender).level) == (False, 0, "quiet")
    later = NOW + 3 * HOUR
    came("bounced", sent(sender, lead, 100, at=later)[:6], at=later, hard=True)
    records.judge_once(later + HOUR)
    assert is_held(sender)
    assert Notification.objects.count() == 2


def test_a_change_of_something_else_releases_nobody(sender, lead, owner):
    held(sender, lead)
    senders.change(owner, sender.pk, NOW, name="Another name")
    assert is_held(sender)


def test_a_warning_is_told_once_and_again_after_better_days(sender, lead):
    came("bounced", sent(sender, lead, 100)[:3], hard=True)
    for minutes in (0, 5, 10):
        records.judge_once(NOW + timedelta(minutes=minutes))
    assert (record_of(sender).level, is_held(sender), Notification.objects.count()) == ("warning", False, 1)
    records.judge_once(NOW + 8 * DAY)
    again = NOW + 9 * DAY
    came("bounced", sent(sender, lead, 100, at=again)[:3], at=again, hard=True)
    records.judge_once(again + HOUR)
    assert Notification.objects.count() == 2


def test_a_sender_counts_for_itself_alone(sender, lead, owner):
    other = office.a_mailbox(owner, "other@ours.test", per_day=None)
    sent(other, lead, 100)
    held(sender, lead)
    assert (record_of(other).level, is_held(other)) == ("good", False)


def test_more_senders_cost_no_more_statements(sender, lead, owner):
    def statements():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            records.judge_once(NOW)
        return len(asked)

    sent(sender, lead, 60)
    statements()
    few = statements()
    for n in range(9):
        sent(office.a_mailbox(owner, f"more{n}@ours.test"), lead, 60)
    statements()
    assert statements() == few
