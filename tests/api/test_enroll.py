"""Enrolling over HTTP: what would happen, doing it once, taking it back."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drumbeat.actions import enrollments, lists, suppressions
from drumbeat.models import Enrollment, Member, Message, Role, SenderProfile, SequenceStatus, Touch, Workspace
from tests.support.office import (
    NOW,
    a_draft,
    a_lead,
    a_mailbox,
    an_active_sequence,
    another_owner,
    leads,
)

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def sequence(owner):
    a_mailbox(owner, per_day=2)
    return an_active_sequence(owner)


def post(client, path, body, **headers):
    return client.post(f"/api/enroll{path}", body, content_type=JSON, **headers)


def test_the_options_are_what_takes_people(client, owner, sequence):
    a_draft(owner, name="Draft")
    told = client.get("/api/enroll/options").json()
    assert [each["name"] for each in told["sequences"]] == ["Hello"]
    assert [each["address"] for each in told["senders"]] == ["rep@ours.test"]
    assert told["limit"] == 500


class TestBefore:
    def test_everybody_has_an_answer_and_the_names_are_behind_it(self, client, owner, sequence):
        ids = leads(owner, 3)
        post(client, "", {"sequence_id": sequence.pk, "contact_ids": [ids[0]]})
        suppressions.add(owner, "lead1@example.com", NOW)
        body = {"sequence_id": sequence.pk, "contact_ids": [*ids, 999]}
        seen = post(client, "/preflight", body).json()
        assert seen["counts"] == {"enrolled": 1, "already_enrolled": 1, "suppressed": 1, "not_found": 1}
        assert seen["joins"] == 1
        behind = post(client, "/preflight/contacts", {**body, "answer": "suppressed"}).json()
        assert [each["email"] for each in behind["items"]] == ["lead1@example.com"]
        assert Enrollment.objects.count() == 1

    def test_it_says_when_the_first_and_the_last_hear_from_us(self, client, owner, sequence):
        SenderProfile.objects.update(window=None)
        seen = post(client, "/preflight", {"sequence_id": sequence.pk, "contact_ids": leads(owner, 5)}).json()
        assert (seen["days"], seen["later"]) == (3, 3)
        assert seen["first_at"] < seen["last_at"]
        assert seen["senders"] == [
            {
                "id": SenderProfile.objects.get(kind="smtp").pk,
                "name": "Rep",
                "address": "rep@ours.test",
                "count": 5,
            }
        ]

    def test_the_workspaces_cap_is_counted_in(self, client, owner, sequence):
        SenderProfile.objects.update(window=None, cap_per_day=None)
        Workspace.objects.update(cap_per_day=1)
        seen = post(client, "/preflight", {"sequence_id": sequence.pk, "contact_ids": leads(owner, 3)}).json()
        assert (seen["days"], seen["later"]) == (3, 2)

    def test_so_is_the_time_between_two_messages(self, client, owner, sequence):
        SenderProfile.objects.update(window=None, cap_per_day=None, spacing_seconds=60)
        seen = post(client, "/preflight", {"sequence_id": sequence.pk, "contact_ids": leads(owner, 3)}).json()
        first, last = (datetime.fromisoformat(seen[name]) for name in ("first_at", "last_at"))
        assert last - first >= timedelta(minutes=2)

    def test_whom_the_frequency_cap_makes_wait_is_told(self, client, owner, sequence):
        SenderProfile.objects.update(window=None, cap_per_day=None)
        Workspace.objects.update(frequency_cap=1, frequency_cap_days=3)
        had, fresh = leads(owner, 2)
        left_at = timezone.now().replace(microsecond=0) - timedelta(days=1)
        other = an_active_sequence(owner, name="Other")
        enrollments.enroll(owner, other.pk, [had], NOW)
        Message.objects.create(
            workspace=owner.workspace,
            contact_id=had,
            enrollment=Enrollment.objects.get(),
            direction="out",
            channel="email",
            occurred_at=left_at,
        )
        seen = post(client, "/preflight", {"sequence_id": sequence.pk, "contact_ids": [had, fresh]}).json()
        assert seen["had_enough"] == 1
        assert datetime.fromisoformat(seen["last_at"]) == left_at + timedelta(days=3)

    def test_a_list_and_a_filter_are_looked_at_too(self, client, owner, sequence):
        ids = leads(owner, 3)
        fair = lists.create(owner, "Fair", NOW)
        lists.join(owner, fair.pk, ids[:2], NOW)
        for chosen, asked in (({"list_id": fair.pk}, 2), ({"filter": {"q": "lead"}}, 3)):
            assert post(client, "/preflight", {"sequence_id": sequence.pk, **chosen}).json()["asked"] == asked

    def test_above_the_limit_both_numbers_are_told(self, client, owner, sequence):
        Workspace.objects.update(sequence_batch_limit=2)
        body = {"sequence_id": sequence.pk, "contact_ids": leads(owner, 3)}
        seen = post(client, "/preflight", body).json()
        assert (seen["asked"], seen["limit"], seen["counts"]) == (3, 2, {})
        refused = post(client, "", body).json()
        assert refused["code"] == "over_batch_limit"
        assert refused["fields"] == {"contacts": "3", "sequence_batch_limit": "2"}
        assert post(client, "/preflight/contacts", {**body, "answer": "enrolled"}).status_code == 422

    def test_a_draft_takes_nobody_and_a_paused_one_lets_them_wait(self, client, owner, sequence):
        ids = leads(owner, 1)
        draft = a_draft(owner, name="Draft")
        seen = post(client, "/preflight", {"sequence_id": draft.pk, "contact_ids": ids}).json()
        assert seen["counts"] == {"sequence_not_active": 1}
        sequence.status = SequenceStatus.PAUSED
        sequence.save()
        seen = post(client, "/preflight", {"sequence_id": sequence.pk, "contact_ids": ids}).json()
        assert (seen["joins"], seen["first_at"], seen["status"]) == (1, None, "paused")

    def test_without_a_sender_it_says_for_how_many(self, client, owner, sequence):
        SenderProfile.objects.filter(kind="smtp").update(enabled=False)
        seen = post(client, "/preflight", {"sequence_id": sequence.pk, "contact_ids": leads(owner, 2)}).json()
        assert (seen["without_sender"], seen["first_at"]) == (2, None)

    def test_it_costs_the_same_for_many(self, client, owner, sequence):
        ids = leads(owner, 12)

        def queries(count):
            with CaptureQueriesContext(connection) as seen:
                post(client, "/preflight", {"sequence_id": sequence.pk, "contact_ids": ids[:count]})
            return len(seen)

        queries(1)
        assert queries(2) == queries(12)


class TestDoing:
    def test_each_gets_an_answer_and_a_repeated_request_is_an_echo(self, client, owner, sequence):
        body = {"sequence_id": sequence.pk, "contact_ids": [*leads(owner, 2), 999]}
        once = post(client, "", body, headers={"Idempotency-Key": "k"})
        again = post(client, "", body, headers={"Idempotency-Key": "k"})
        assert once.json() == again.json()
        assert once.json()["counts"] == {"enrolled": 2, "not_found": 1}
        assert Enrollment.objects.count() == 2

    def test_a_limited_rep_enrolls_only_their_own(self, client, owner, sequence):
        mine, theirs = leads(owner, 2)
        Workspace.objects.update(reps_see_own_contacts=True)
        Member.objects.filter(pk=owner.pk).update(role=Role.REP)
        from drumbeat.models import Contact

        Contact.objects.filter(pk=mine).update(owner=owner)
        body = {"sequence_id": sequence.pk, "contact_ids": [mine, theirs]}
        assert post(client, "/preflight", body).json()["counts"] == {"enrolled": 1, "not_found": 1}
        assert post(client, "", body).json()["counts"] == {"enrolled": 1, "not_found": 1}

    def test_a_viewer_may_not(self, client, owner, sequence):
        ids = leads(owner, 1)
        Member.objects.filter(pk=owner.pk).update(role=Role.VIEWER)
        for path in ("", "/preflight"):
            assert post(client, path, {"sequence_id": sequence.pk, "contact_ids": ids}).status_code == 403
        assert client.get("/api/enroll/options").status_code == 403

    def test_contacts_and_sequences_of_others_are_not_there(self, client, owner, sequence):
        theirs = a_lead(another_owner(), "kim@elsewhere.test").pk
        answered = post(client, "", {"sequence_id": sequence.pk, "contact_ids": [theirs]}).json()
        assert answered["counts"] == {"not_found": 1}
        assert post(client, "", {"sequence_id": 999, "contact_ids": [theirs]}).status_code == 404


class TestUndoing:
    def enrolled(self, client, owner, sequence, count=2):
        body = {"sequence_id": sequence.pk, "contact_ids": leads(owner, count)}
        return post(client, "", body).json()["enrollment_ids"]

    def test_those_just_enrolled_stop_and_nothing_leaves(self, client, owner, sequence):
        ids = self.enrolled(client, owner, sequence)
        done = post(client, "/undo", {"enrollment_ids": ids}).json()
        assert done == {"stopped": 2, "not_recalled": [], "left_alone": {}}
        assert set(Enrollment.objects.values_list("state", "reason")) == {("finished", "manual")}

    def test_what_had_left_is_told(self, client, owner, sequence):
        first, _ = self.enrolled(client, owner, sequence)
        sender = SenderProfile.objects.get(kind="smtp")
        contact_id = Enrollment.objects.get(pk=first).contact_id
        Touch.objects.create(
            workspace=owner.workspace,
            key=f"step:{first}:hello:1",
            mark="m",
            kind="email",
            enrollment_id=first,
            contact_id=contact_id,
            step="hello",
            visit=1,
            sender=sender,
            status="sent",
            due_at=NOW,
            not_before=NOW,
            handed_at=NOW,
            settled_at=NOW,
            created_at=NOW,
        )
        done = post(client, "/undo", {"enrollment_ids": [first]}).json()
        assert done["not_recalled"] == [{"enrollment_id": first, "steps": ["hello"]}]

    def test_others_and_old_ones_are_left_alone(self, client, owner, sequence):
        mine, old = self.enrolled(client, owner, sequence)
        long_ago = timezone.now() - enrollments.UNDO_WITHIN * 2
        Enrollment.objects.filter(pk=old).update(created_at=long_ago)
        Enrollment.objects.filter(pk=mine).update(enrolled_by=None)
        done = post(client, "/undo", {"enrollment_ids": [mine, old, 999]}).json()
        assert done == {"stopped": 0, "not_recalled": [], "left_alone": {"not_found": 2, "too_late": 1}}
