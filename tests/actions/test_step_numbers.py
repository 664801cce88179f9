"""The numbers at a step: who came, waits, was served, answered, was left out, and who went which way."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.actions import enrollments
from drumbeat.actions.enrollments import listing
from drumbeat.actions.sequences import step_numbers
from drumbeat.actions.sequences.step_numbers import StepNumbers
from drumbeat.core.document import read_document
from drumbeat.models import Contact, Message, Touch
from drumbeat.store import step_numbers as store
from drumbeat.store.enrollment_lists import EnrollmentQuery
from drumbeat.store.step_numbers import Fate
from tests.support import office
from tests.support.clockwork import Clockwork
from tests.support.office import NOW
from tests.support.outreach import a_member

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 6
MAIL = {"subject": "Hello", "text": "Hello there"}
FLOW = {
    "format": 1,
    "steps": [
        {"key": "hello", "kind": "email", "content": MAIL},
        {
            "key": "which",
            "kind": "condition",
            "delay": "1d",
            "branches": [
                {
                    "name": "at Alder",
                    "condition": {"rules": [{"field": "company", "operator": "equals", "value": "Alder"}]},
                    "next": "mark",
                }
            ],
            "next": "more",
        },
        {"key": "mark", "kind": "tag", "tag": "alder", "next": "more"},
        {
            "key": "more",
            "kind": "email",
            "content": MAIL,
            "only_if": {"rules": [{"field": "company", "operator": "is_not_empty"}]},
        },
        {"key": "last", "kind": "email", "delay": "9d", "content": MAIL},
    ],
}


@pytest.fixture
def owner():
    return office.an_owner()


@pytest.fixture
def sequence(owner):
    """Six people: two at Alder, three at Birch, one of no company; the first answered."""
    office.a_mailbox(owner)
    made = office.an_active_sequence(owner, read_document(FLOW))
    people = office.leads(owner, PEOPLE)
    for contact, company in zip(
        Contact.objects.order_by("id"), ["Alder"] * 2 + ["Birch"] * 3 + [""], strict=True
    ):
        contact.company = company
        contact.save()
    enrollments.enroll(owner, made.pk, people, NOW)
    clock = Clockwork()
    clock.run(NOW)
    an_answer(Touch.objects.filter(step="hello").order_by("id")[0])
    for hours in (24, 25):
        clock.run(NOW + timedelta(hours=hours))
    return made


def an_answer(touch):
    for _ in range(2):
        Message.objects.create(
            workspace=touch.workspace,
            contact=touch.enrollment.contact,
            enrollment=touch.enrollment,
            touch=touch,
            channel="email",
            direction="in",
            kind="reply",
            occurred_at=NOW,
        )


def test_each_person_counts_once_at_each_step(owner, sequence):
    assert step_numbers.of(sequence.pk, None) == {
        "hello": StepNumbers(came=6, done=6, replied=1),
        "last": StepNumbers(came=6, waiting=6),
        "mark": StepNumbers(came=2, done=2),
        "more": StepNumbers(came=6, done=5, skipped={"condition_false": 1}),
        "which": StepNumbers(came=6, ways={"else": 4, "at Alder": 2}),
    }


@pytest.mark.parametrize(
    ("met", "step", "reason", "count"),
    [
        ("came", "mark", "", 2),
        ("done", "hello", "", 6),
        ("done", "mark", "", 2),
        ("done", "more", "", 5),
        ("replied", "hello", "", 1),
        ("skipped", "more", "", 1),
        ("skipped", "more", "condition_false", 1),
        ("skipped", "more", "suppressed", 0),
        ("failed", "hello", "", 0),
        ("way", "which", "at Alder", 2),
        ("way", "which", "else", 4),
    ],
)
def test_every_number_lists_the_people_that_it_counts(owner, sequence, met, step, reason, count):
    asked = EnrollmentQuery(sequence_id=sequence.pk, met=met, met_step=step, met_reason=reason)
    assert listing.rows_of(owner, asked).count() == count


def test_of_one_member_only_their_contacts_are_counted(owner, sequence):
    rep = a_member(owner.workspace, "rep")
    Contact.objects.filter(id=Contact.objects.order_by("id")[0].pk).update(owner=rep)
    own = (sequence.pk, rep.pk)
    assert (store.done(*own)["hello"], store.came(*own)["hello"], store.replied(*own)["hello"]) == (1, 1, 1)
    assert store.waiting(*own) == {"last": 1}
    assert store.fates(*own) == [Fate("mark", "acted", "tag", 1), Fate("which", "branched", "at Alder", 1)]


def test_it_takes_as_many_statements_for_many_people(owner, sequence):
    with CaptureQueriesContext(connection) as queries:
        step_numbers.of(sequence.pk, None)
    assert len(queries) <= 6
