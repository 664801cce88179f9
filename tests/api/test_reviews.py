"""Review before execution: nothing runs before a yes; the list, the counts, one, some, all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from drumbeat.actions import enrollments, suppressions
from drumbeat.engine import jobs
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, JournalEntry, Sequence, Touch
from drumbeat.store import stops
from tests.support.flows import a_line, an_email
from tests.support.office import NOW, a_mailbox, an_active_sequence, another_owner, leads

pytestmark = pytest.mark.django_db
FLOW = a_line(an_email("hello", after="2d"), an_email("again", after="3d"))


@pytest.fixture
def owner(owner):
    a_mailbox(owner)
    return owner


@pytest.fixture
def sequence(owner):
    """Three people wait for review since Monday."""
    made = an_active_sequence(owner, FLOW, name="Reviewed", review=True)
    enrollments.enroll(owner, made.pk, leads(owner, 3), NOW)
    return made


def ask(client, path, body=None):
    return client.post(f"/api/reviews/{path}", body or {}, content_type="application/json")


def states():
    return sorted(Enrollment.objects.values_list("state", "reason"))


def test_nothing_runs_before_somebody_says_yes(client, owner, sequence):
    Planner().plan_once(NOW + timedelta(days=30))
    assert states() == [("pending_review", "")] * 3
    assert not Touch.objects.exists()
    listed = client.get("/api/reviews", {"sequence_id": sequence.pk}).json()["items"]
    assert [one["contact"]["name"] or one["id"] for one in listed]
    assert {(one["state"], one["enrolled_by"], one["source"]) for one in listed} == {
        ("pending_review", owner.name, "manual")
    }
    assert len(client.get("/api/reviews").json()["items"]) == 3
    assert client.get("/api/reviews/counts").json() == {
        "people": 3,
        "sequences": [{"sequence_id": sequence.pk, "sequence": "Reviewed", "people": 3}],
    }
    assert client.get("/api/today").json()["review_count"] == 3


def test_the_first_delay_counts_from_the_approval(client, owner, sequence):
    first, *_ = Enrollment.objects.order_by("id")
    before = timezone.now()
    answer = ask(client, "approve", {"ids": [first.pk]}).json()
    assert (answer["counts"], answer["answers"][0]["state"]) == ({"done": 1}, "active")
    first.refresh_from_db()
    assert first.approved_at is not None
    assert first.due_at is not None
    assert first.due_at - first.approved_at == timedelta(days=2)
    assert first.approved_at >= before
    assert ask(client, "approve", {"ids": [first.pk]}).json()["counts"] == {"not_in_review": 1}


def test_all_that_fit_are_answered_by_a_job(client, owner, sequence):
    other = an_active_sequence(owner, FLOW, name="Other", review=True)
    enrollments.enroll(
        owner, other.pk, list(sequence.enrollment_set.values_list("contact_id", flat=True)), NOW
    )
    rejected = ask(client, "reject", {"all": {"sequence_id": sequence.pk}}).json()
    assert rejected["total"] == 3
    while jobs.run_once(timezone.now()):
        pass
    assert states() == [("finished", "rejected")] * 3 + [("pending_review", "")] * 3
    assert ask(client, "approve", {"all": {}}).json()["total"] == 3
    while jobs.run_once(timezone.now()):
        pass
    assert states() == [("active", "")] * 3 + [("finished", "rejected")] * 3
    assert not Touch.objects.exists()


def test_approving_reads_the_suppressions_again(client, owner, sequence):
    row = Enrollment.objects.select_related("contact").earliest("id")
    suppressions.add(owner, row.contact.email, NOW)
    answer = ask(client, "approve", {"ids": [row.pk]}).json()
    assert (answer["answers"][0]["state"], answer["answers"][0]["reason"]) == ("finished", "suppressed")


def test_a_reply_or_an_opt_out_ends_who_waits(owner, sequence):
    first, second, _ = Enrollment.objects.order_by("id")
    stops.stop_contacts(owner.workspace_id, [first.contact_id], "replied", NOW)
    stops.stop_contacts(owner.workspace_id, [second.contact_id], "opted_out", NOW)
    Planner().plan_once(NOW)
    assert states() == [("finished", "opted_out"), ("finished", "replied"), ("pending_review", "")]


def test_whoever_was_paused_before_a_yes_waits_for_one_again(client, owner, sequence):
    row = Enrollment.objects.earliest("id")
    for act in ("pause", "resume"):
        client.post(f"/api/enrollments/{row.pk}/{act}", {}, content_type="application/json")
    row.refresh_from_db()
    assert (row.state, row.approved_at) == ("pending_review", None)
    assert list(JournalEntry.objects.filter(enrollment=row).values_list("rule", flat=True)) == [
        "paused",
        "resumed",
    ]


def test_switching_it_off_leaves_who_waits_waiting(client, owner, sequence):
    Sequence.objects.filter(pk=sequence.pk).update(review=False)
    Planner().plan_once(NOW + timedelta(days=1))
    assert states() == [("pending_review", "")] * 3


def test_it_takes_ids_or_a_filter(client, owner, sequence):
    for body in ({}, {"ids": [1], "all": {}}):
        assert ask(client, "approve", body).json()["code"] == "selection_invalid"
    stranger = another_owner()
    client.force_login(stranger.user)
    session = client.session
    session["workspace_id"] = stranger.workspace_id
    session.save()
    ids = list(Enrollment.objects.values_list("pk", flat=True))
    assert client.get("/api/reviews").json()["items"] == []
    assert ask(client, "approve", {"ids": ids}).json()["counts"] == {"not_found": 3}
