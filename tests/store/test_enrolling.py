"""Enrolling many: a fixed number of statements, and the unique index decides what raced."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.actions import enrollments
from drumbeat.models import Enrollment
from drumbeat.store import enrolling
from drumbeat.store.enrolling import NewEnrollments
from tests.support.office import NOW, a_mailbox, an_active_sequence, an_owner, leads

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


def test_statements_do_not_grow_with_the_contacts(owner):
    def statements(name, count):
        sequence = an_active_sequence(owner, name=name)
        with CaptureQueriesContext(connection) as captured:
            answer = enrollments.enroll(owner, sequence.pk, ids[:count], NOW)
        assert len(answer.enrollment_ids) == count
        return len(captured)

    ids = leads(owner, 120)
    assert statements("few", 2) == statements("many", 120)


def test_what_another_process_enrolled_after_the_look_is_left_out(owner):
    sequence, ids = an_active_sequence(owner), leads(owner, 3)
    assert sequence.current_version is not None
    new = NewEnrollments(
        workspace_id=owner.workspace_id,
        sequence_id=sequence.pk,
        version_id=sequence.current_version.pk,
        start="hello",
        review=False,
        chosen_sender_id=None,
        enrolled_by_id=owner.pk,
        source="manual",
    )
    first = enrolling.insert(new, {ids[0]: {}}, NOW)
    second = enrolling.insert(new, {id_: {"replied": 1} for id_ in ids}, NOW)
    assert list(first) == ids[:1]
    assert sorted(second) == ids[1:]
    assert Enrollment.objects.count() == 3
    assert Enrollment.objects.get(contact_id=ids[0]).heard == {}


def test_the_answer_names_each_enrollment_by_its_contact(owner):
    sequence, ids = an_active_sequence(owner), leads(owner, 5)
    answer = enrollments.enroll(owner, sequence.pk, list(reversed(ids)), NOW)
    stored = dict(Enrollment.objects.values_list("contact_id", "id"))
    assert dict(answer.enrollment_ids) == stored


def test_rows_read_back_as_the_engine_reads_them(owner):
    from drumbeat.core.enrollment import EnrollmentState
    from drumbeat.store import enrollments as rows

    sequence, (kim,) = an_active_sequence(owner), leads(owner, 1)
    answer = enrollments.enroll(owner, sequence.pk, [kim], NOW)
    (locked,) = rows.read([answer.enrollment_ids[kim]])
    assert (locked.value.state, locked.value.visit, locked.value.next_step_at) == (
        EnrollmentState.ACTIVE,
        1,
        NOW,
    )
