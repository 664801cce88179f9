"""Unfinished enrollments moved to another version: foreseen, carried out in chunks, held by what is out."""

from datetime import timedelta

import pytest

from drumbeat.actions import enrollments, sequences
from drumbeat.actions.enrollments import explaining, moving
from drumbeat.core.document import write_document
from drumbeat.core.errors import DomainError
from drumbeat.engine import jobs
from drumbeat.engine.planner import Planner
from drumbeat.models import AuditEntry, Enrollment, Job, JournalEntry, SequenceDraft, Task, Touch
from tests.support.flows import a_line, an_email
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner, another_owner, leads

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TWO = a_line(an_email("hello", after="2d"), an_email("follow_up", after="3d"))
LATER = a_line(
    an_email("hello", after="5d"), an_email("between", after="1d"), an_email("follow_up", after="3d")
)
RENAMED = a_line(an_email("welcome", after="1d"), an_email("follow_up", after="3d"))


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


def run_jobs(now):
    while jobs.run_once(now):
        pass


def publish(owner, sequence, flow, now=NOW):
    revision = SequenceDraft.objects.get(sequence=sequence).revision
    sequences.save_draft(owner, sequence.pk, write_document(flow), now, revision=revision)
    return sequences.publish(owner, sequence.pk, now)


def move(owner, sequence, now, number=None, **steps):
    target = moving.target_of(owner, sequence.pk, number, steps)
    moving.start(owner, target, now)
    run_jobs(now)
    return Job.objects.get(kind=moving.KIND).result


@pytest.fixture
def sequence(owner):
    """Three people wait for the first mail of version 1, and version 2 is there."""
    made = an_active_sequence(owner, TWO)
    enrollments.enroll(owner, made.pk, leads(owner, 3), NOW)
    Planner().plan_once(NOW)
    publish(owner, made, LATER)
    return made


def test_everybody_goes_on_with_what_was_waited(owner, sequence):
    target = moving.target_of(owner, sequence.pk, None)
    seen = moving.preview(owner, target)
    assert (seen.version, seen.people, seen.at_once, seen.when_settled, seen.stay) == (2, 3, 3, 0, 0)
    (part,) = seen.parts
    assert (part.version, part.step, part.people, part.to) == (1, "hello", 3, "hello")
    rows = list(moving.rows_of(owner, target).order_by("id"))
    assert [(one.course, one.to, one.due_at) for one in moving.foreseen(target, rows, NOW + DAY)] == [
        ("at_once", "hello", NOW + 5 * DAY)
    ] * 3
    assert Enrollment.objects.filter(version__number=1).count() == 3
    assert move(owner, sequence, NOW + DAY) == {"moved": 3}
    assert set(Enrollment.objects.values_list("version__number", "due_at", "next_step_at")) == {
        (2, NOW + 5 * DAY, NOW + 5 * DAY)
    }
    assert (
        list(JournalEntry.objects.filter(rule="moved").values_list("facts", flat=True))
        == [{"from": 1, "version": 2, "to": "hello"}] * 3
    )
    assert AuditEntry.objects.get(act="enrollments.move").after == {"version": 2, "steps": {}}
    assert moving.movable(sequence.pk, target.version.pk) == 0


def test_a_mail_that_has_not_left_is_planned_anew(owner, sequence):
    Planner().plan_once(NOW + 2 * DAY)
    assert set(Touch.objects.values_list("status", flat=True)) == {"planned"}
    move(owner, sequence, NOW + 2 * DAY)
    assert set(Touch.objects.values_list("status", flat=True)) == {"cancelled"}
    Planner().plan_once(NOW + 5 * DAY)
    assert set(Touch.objects.values_list("status", "due_at")) == {("planned", NOW + 5 * DAY)}
    assert Touch.objects.count() == 3


def test_what_is_on_the_wire_holds_the_move_until_it_has_settled(owner, sequence):
    Planner().plan_once(NOW + 2 * DAY)
    Touch.objects.update(handed_at=NOW + 2 * DAY, status="sending")
    assert moving.preview(owner, moving.target_of(owner, sequence.pk, 2)).when_settled == 3
    assert move(owner, sequence, NOW + 2 * DAY) == {"waits": 3}
    assert JournalEntry.objects.filter(rule="move_waits").count() == 3
    assert not Enrollment.objects.filter(version__number=2).exists()
    Touch.objects.update(status="sent", settled_at=NOW + 2 * DAY)
    Enrollment.objects.update(next_step_at=NOW + 2 * DAY, woken_at=NOW + 2 * DAY)
    Planner().plan_once(NOW + 2 * DAY)
    assert set(Enrollment.objects.values_list("version__number", "step", "due_at")) == {
        (2, "between", NOW + 3 * DAY)
    }
    assert not Enrollment.objects.filter(move__isnull=False).exists()
    told = [line.sentence for line in explaining.why(owner, Enrollment.objects.earliest("id").pk, NOW).lines]
    assert "To move to version 2 when hello has settled." in told
    assert "Moved to version 2." in told


def test_the_last_request_wins(owner, sequence):
    Planner().plan_once(NOW + 2 * DAY)
    Touch.objects.update(handed_at=NOW + 2 * DAY, status="sending")
    publish(owner, sequence, TWO)
    for number in (2, 3):
        moving.start(owner, moving.target_of(owner, sequence.pk, number), NOW + 2 * DAY)
    run_jobs(NOW + 2 * DAY)
    assert set(Enrollment.objects.values_list("move__version__number", flat=True)) == {3}


def test_whoever_stands_at_a_step_that_vanished_stays_or_goes_where_it_is_said(owner, sequence):
    publish(owner, sequence, RENAMED)
    assert moving.preview(owner, moving.target_of(owner, sequence.pk, 3)).stay == 3
    assert moving.preview(owner, moving.target_of(owner, sequence.pk, 3, {"hello": "welcome"})).at_once == 3
    Planner().plan_once(NOW + 2 * DAY)
    assert move(owner, sequence, NOW + 2 * DAY, hello="welcome") == {"moved": 3}
    assert set(Enrollment.objects.values_list("version__number", "step")) == {(3, "welcome")}
    assert set(Touch.objects.values_list("step", "status")) == {
        ("hello", "cancelled"),
        ("welcome", "planned"),
    }


def test_a_move_is_refused_when_nobody_could_carry_it_out(owner, sequence):
    for steps, path in (({"hello": "nowhere"}, "hello"), ({"follow_up": "hello"}, "follow_up")):
        with pytest.raises(DomainError, match=path) as refused:
            moving.target_of(owner, sequence.pk, 2, steps)
        assert refused.value.code == "mapping_invalid"
    with pytest.raises(DomainError, match="version 9"):
        moving.target_of(owner, sequence.pk, 9)
    with pytest.raises(DomainError, match="There is no sequence"):
        moving.target_of(another_owner(), sequence.pk, 2)


def test_a_cancelled_job_leaves_done_what_it_did(owner, sequence):
    job_id, total = moving.start(owner, moving.target_of(owner, sequence.pk, 2), NOW)
    assert total == 3
    assert moving.cancel(owner, job_id, NOW).state == "cancelled"
    run_jobs(NOW)
    assert not Enrollment.objects.filter(version__number=2).exists()


def test_some_are_moved_by_name_and_later_ones_are_not_meant(owner, sequence):
    first, *_ = Enrollment.objects.order_by("id")
    moving.start(owner, moving.target_of(owner, sequence.pk, 2), NOW, ids=[first.pk])
    enrollments.enroll(owner, sequence.pk, [a_lead(owner).pk], NOW)
    run_jobs(NOW)
    moved = Enrollment.objects.filter(version__number=2).exclude(contact__email="kim@example.com")
    assert list(moved) == [first]


def test_a_task_that_somebody_has_stays_theirs(owner):
    from drumbeat.core.flow import TaskStep

    made = an_active_sequence(
        owner, a_line(TaskStep(key="call", title="Call"), an_email("follow_up", after="3d"))
    )
    enrollments.enroll(owner, made.pk, leads(owner, 1), NOW)
    Planner().plan_once(NOW)
    publish(owner, made, a_line(TaskStep(key="call", title="Call twice"), an_email("follow_up", after="1d")))
    assert move(owner, made, NOW) == {"waits": 1}
    assert Task.objects.get().settled_at is None


def test_the_number_of_statements_does_not_grow_with_the_people(
    owner, sequence, django_assert_max_num_queries
):
    target = moving.target_of(owner, sequence.pk, 2)
    with django_assert_max_num_queries(4):
        moving.preview(owner, target)
    run_jobs(NOW)
    moving.start(owner, target, NOW)
    with django_assert_max_num_queries(40):
        jobs.run_once(NOW)
