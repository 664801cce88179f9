"""Enrolling: every contact gets its own answer, nobody runs twice, a request above the limit does nothing."""

import pytest

from drumbeat.actions import contacts, enrollments, lists, sequences, settings
from drumbeat.actions.contacts.selection import Selection
from drumbeat.core.enroll_answers import Answer
from drumbeat.core.errors import DomainError
from drumbeat.models import ContactFact, Enrollment
from drumbeat.store import stops, suppressions
from tests.support.flows import a_line, an_email
from tests.support.office import (
    NOW,
    a_draft,
    a_lead,
    a_mailbox,
    an_active_sequence,
    an_owner,
    another_owner,
    leads,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


def enroll(owner, sequence, *contact_ids, **more):
    return enrollments.enroll(owner, sequence.pk, contact_ids, NOW, **more)


def test_an_enrollment_begins_at_the_first_step_and_is_due_at_once(owner):
    sequence, kim = an_active_sequence(owner), a_lead(owner)
    answer = enroll(owner, sequence, kim.pk)

    assert answer.answers == {kim.pk: Answer.ENROLLED}
    row = Enrollment.objects.get()
    assert answer.enrollment_ids == {kim.pk: row.pk}
    assert (row.state, row.step, row.visits, row.version) == (
        "active",
        "hello",
        {"hello": 1},
        sequence.current_version,
    )
    assert (row.origin_at, row.next_step_at, row.woken_at) == (NOW, NOW, None)
    assert (row.enrolled_by, row.source, row.reason, row.heard) == (owner, "manual", "", {})


def test_what_happened_before_does_not_stop_it(owner):
    sequence, kim = an_active_sequence(owner), a_lead(owner)
    stops.record_fact(owner.workspace_id, [kim.pk], "replied", NOW, count=2)
    stops.record_fact(owner.workspace_id, [kim.pk], "opted_out", NOW, scope=f"sequence:{sequence.pk}")
    stops.record_fact(owner.workspace_id, [kim.pk], "opted_out", NOW, scope="sequence:999999")
    enroll(owner, sequence, kim.pk)
    assert Enrollment.objects.get().heard == {"replied": 2, "opted_out": 1}


def test_with_review_it_waits_for_a_person(owner):
    sequence, kim = an_active_sequence(owner, review=True), a_lead(owner)
    assert enroll(owner, sequence, kim.pk).answers == {kim.pk: Answer.WAITING_FOR_REVIEW}
    row = Enrollment.objects.get()
    assert (row.state, row.next_step_at, row.approved_at) == ("pending_review", None, None)


def test_a_paused_sequence_takes_contacts_that_wait(owner):
    sequence, kim = an_active_sequence(owner), a_lead(owner)
    sequences.pause(owner, sequence.pk, NOW)
    assert enroll(owner, sequence, kim.pk).answers == {kim.pk: Answer.ENROLLED}


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_what_does_not_run_takes_nobody(owner, status):
    sequence, kim = a_draft(owner), a_lead(owner)
    if status == "archived":
        sequences.archive(owner, sequence.pk, NOW)
    assert enroll(owner, sequence, kim.pk).answers == {kim.pk: Answer.SEQUENCE_NOT_ACTIVE}
    assert not Enrollment.objects.exists()


def test_nobody_runs_twice_at_once_and_anybody_again_by_hand_after_the_end(owner):
    sequence, kim = an_active_sequence(owner), a_lead(owner)
    enroll(owner, sequence, kim.pk)
    assert enroll(owner, sequence, kim.pk).answers == {kim.pk: Answer.ALREADY_ENROLLED}
    Enrollment.objects.update(state="finished", next_step_at=None, finished_at=NOW)
    assert enroll(owner, sequence, kim.pk).answers == {kim.pk: Answer.ENROLLED}
    assert Enrollment.objects.count() == 2


def test_a_contact_asked_twice_in_one_request_is_enrolled_once(owner):
    sequence, kim = an_active_sequence(owner), a_lead(owner)
    assert len(enroll(owner, sequence, kim.pk, kim.pk).enrollment_ids) == 1


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        pytest.param(False, False, Answer.ENROLLED, id="several at once are allowed"),
        pytest.param(False, True, Answer.PARALLEL_NOT_ALLOWED, id="unless this one tolerates no other"),
        pytest.param(True, False, Answer.PARALLEL_NOT_ALLOWED, id="or the other one does not"),
    ],
)
def test_several_sequences(owner, first, second, answer):
    kim = a_lead(owner)
    one = an_active_sequence(owner, name="One", one_at_a_time=first)
    two = an_active_sequence(owner, name="Two", one_at_a_time=second)
    enroll(owner, one, kim.pk)
    assert enroll(owner, two, kim.pk).answers == {kim.pk: answer}


def test_who_cannot_be_reached_is_not_enrolled(owner):
    sequence = an_active_sequence(owner)
    kim = a_lead(owner, "kim@example.com")
    lee = a_lead(owner, "lee@example.com")
    ann = a_lead(owner, "ann@example.com")
    zoe = contacts.add(owner, {"phone": "+442079460958"}, NOW)
    _suppress(owner, "lee@example.com")
    ann.consent = {"email": False}
    ann.save()
    assert enroll(owner, sequence, kim.pk, lee.pk, ann.pk, zoe.pk, 999_999).answers == {
        kim.pk: Answer.ENROLLED,
        lee.pk: Answer.SUPPRESSED,
        ann.pk: Answer.SUPPRESSED,
        zoe.pk: Answer.NO_ADDRESS,
        999_999: Answer.NOT_FOUND,
    }


def test_suppression_for_another_sequence_does_not_count(owner):
    sequence, kim = an_active_sequence(owner), a_lead(owner, "kim@example.com")
    _suppress(owner, "kim@example.com", scope="sequence:999999")
    assert enroll(owner, sequence, kim.pk).answers == {kim.pk: Answer.ENROLLED}


def test_an_address_is_suppressed_in_all_its_spellings(owner):
    sequence, kim = an_active_sequence(owner), a_lead(owner, "K.im+news@example.com")
    _suppress(owner, "kim@example.com")
    assert enroll(owner, sequence, kim.pk).answers == {kim.pk: Answer.SUPPRESSED}


def test_when_the_suppression_list_does_not_answer_the_claim_decides(owner, monkeypatch):
    def away(*_):
        raise suppressions.SuppressionUnavailable("away")

    monkeypatch.setattr(enrollments, "unreachable", away)
    sequence, kim = an_active_sequence(owner), a_lead(owner)
    assert enroll(owner, sequence, kim.pk).answers == {kim.pk: Answer.ENROLLED}


def _suppress(owner, address, scope=""):
    stops.suppress(
        owner.workspace_id,
        channel="email",
        base_address=address,
        reason="unsubscribe",
        source="test",
        now=NOW,
        scope=scope,
    )


def test_above_the_limit_the_whole_request_is_refused_with_both_numbers(owner):
    settings.change(owner, "sequence_batch_limit", "3", NOW)
    sequence, ids = an_active_sequence(owner), leads(owner, 4)
    with pytest.raises(DomainError) as refused:
        enroll(owner, sequence, *ids)
    assert refused.value.code == "over_batch_limit"
    assert dict(refused.value.fields) == {"contacts": "4", "sequence_batch_limit": "3"}
    assert "4" in refused.value.message and "3" in refused.value.message
    assert not Enrollment.objects.exists()
    assert len(enroll(owner, sequence, *ids[:3]).enrollment_ids) == 3


def test_a_list_is_enrolled_under_the_same_limit(owner):
    sequence, ids = an_active_sequence(owner), leads(owner, 3)
    fair = lists.create(owner, "Fair", NOW)
    lists.join(owner, fair.pk, ids, NOW)
    answer = enrollments.enroll_chosen(owner, sequence.pk, Selection(list_id=fair.pk), NOW)
    assert answer.counts() == {"enrolled": 3}
    assert set(Enrollment.objects.values_list("source", flat=True)) == {"list"}
    settings.change(owner, "sequence_batch_limit", "2", NOW)
    with pytest.raises(DomainError) as refused:
        enrollments.enroll_chosen(owner, sequence.pk, Selection(list_id=fair.pk), NOW)
    assert refused.value.code == "over_batch_limit"


def test_a_sender_can_be_chosen(owner):
    sequence, kim = an_active_sequence(owner), a_lead(owner)
    other = a_mailbox(owner, "other@ours.test")
    enroll(owner, sequence, kim.pk, sender_id=other.pk)
    assert Enrollment.objects.get().chosen_sender == other


def test_contacts_of_another_workspace_are_not_found(owner):
    sequence, theirs = an_active_sequence(owner), a_lead(another_owner())
    assert enroll(owner, sequence, theirs.pk).answers == {theirs.pk: Answer.NOT_FOUND}


def test_a_sequence_with_a_task_takes_contacts_without_an_address(owner):
    from drumbeat.core.flow import TaskStep

    flow = a_line(an_email("hello"), TaskStep(key="call", title="Call"))
    sequence = an_active_sequence(owner, flow)
    zoe = contacts.add(owner, {"phone": "+442079460958"}, NOW)
    assert enroll(owner, sequence, zoe.pk).answers == {zoe.pk: Answer.ENROLLED}


def test_facts_are_left_as_they_are(owner):
    enroll(owner, an_active_sequence(owner), a_lead(owner).pk)
    assert not ContactFact.objects.exists()
