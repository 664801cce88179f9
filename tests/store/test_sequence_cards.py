"""What the cards read stays on its indexes however many enrollments there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drumbeat.models import Enrollment
from drumbeat.store import sequence_cards
from tests.support import board as swing
from tests.support.office import a_mailbox, an_owner, two_mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def full():
    owner, now = an_owner(), timezone.now()
    sender = a_mailbox(owner)
    sequence = swing.a_sequence(owner, two_mails(), now)
    for number in range(30):
        person = swing.an_enrollment(sequence, swing.a_person(owner, number, now), now)
        swing.a_touch(person, sender, now)
    return owner, sequence, sender, now


@pytest.fixture
def crowded(full):
    """As many enrollments of other sequences as make an index worth its reading, counted by the database."""
    owner, first, _, now = full
    people = [row.contact for row in first.enrollment_set.all()]
    for _ in range(12):
        other = swing.a_sequence(owner, two_mails(), now)
        a_row = swing.an_enrollment(other, people[0], now)
        Enrollment.objects.bulk_create(copy_of(a_row, person) for person in people[1:])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return full


def copy_of(enrollment, contact):
    fields = {field.attname: getattr(enrollment, field.attname) for field in Enrollment._meta.concrete_fields}
    return Enrollment(**{**fields, "id": None, "contact_id": contact.pk})


def plan_of(ask):
    """Return the plan of the first statement that `ask` sends."""
    with CaptureQueriesContext(connection) as queries:
        ask()
    asked = queries.captured_queries[0]["sql"]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {asked}")
        else:
            # So few rows fit into a few pages: reading them all would be right.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {asked}")
        return " ".join(str(row[-1]) for row in cursor.fetchall())


def finds_the_sequence(plan: str, index: str) -> bool:
    """Of so few rows PostgreSQL reads another index of the sequence as cheaply, by chance of its statistics."""
    return index in plan or ("Index Cond: (" in plan and "sequence_id = " in plan)


def test_counts_and_looks_are_answered_by_indexes(crowded):
    owner, sequence, _, now = crowded
    assert finds_the_sequence(
        plan_of(lambda: sequence_cards.groups([sequence.pk], None)), "enrollment_by_state"
    )
    assert finds_the_sequence(
        plan_of(lambda: sequence_cards.looks([sequence.pk], now, None)), "enrollment_due"
    )
    reached = plan_of(lambda: sequence_cards.reach(owner.workspace_id, None)).lower()
    assert "scan drumbeat_message" not in reached
    assert "scan on drumbeat_message" not in reached


def test_a_member_who_sees_own_contacts_counts_those_alone(full):
    owner, sequence, sender, now = full
    enrollment = sequence.enrollment_set.first()
    enrollment.contact.owner = owner
    enrollment.contact.save()
    assert [group.count for group in sequence_cards.groups([sequence.pk], owner.pk)] == [1]
    assert [queue.count for queue in sequence_cards.queues([sender.pk], now, owner.pk)] == [1]
    assert sequence_cards.running(owner.workspace_id, owner.pk) == 1
    assert sequence_cards.running(owner.workspace_id, None) == 30
