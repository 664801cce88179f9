"""Tasks over HTTP: what is due, the person's context, done, skipped, put off, handed on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drumbeat.actions import enrollments
from drumbeat.core.flow import TaskStep
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, Event, JournalEntry, Role, Task
from tests.support.flows import a_line, an_email
from tests.support.office import NOW, a_mailbox, an_active_sequence, another_owner, leads

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls(owner):
    """Three people whose first step is a call."""
    a_mailbox(owner)
    flow = a_line(
        TaskStep(key="call", task_kind="call", title="Call {{ contact.email }}"),
        an_email("after", after="1d"),
    )
    sequence = an_active_sequence(owner, flow)
    enrollments.enroll(owner, sequence.pk, leads(owner, 3), NOW)
    Planner().plan_once(NOW)
    now = timezone.now()
    for number, task in enumerate(Task.objects.order_by("id")):
        Task.objects.filter(id=task.pk).update(due_at=now + timedelta(days=(-1, 0, 3)[number], seconds=60))
    return list(Task.objects.order_by("id"))


def get(client, path, **query):
    answer = client.get(f"/api{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def post(client, path, body=None):
    return client.post(f"/api{path}", body or {}, content_type="application/json")


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        pytest.param("overdue", [0], id="overdue"),
        pytest.param("today", [0, 1], id="today, with what is overdue"),
        pytest.param("upcoming", [2], id="later"),
        pytest.param("open", [0, 1, 2], id="all that is open"),
        pytest.param("done", [], id="done"),
    ],
)
def test_what_is_due_comes_first(client, calls, when, expected):
    zone = "Etc/GMT+12" if timezone.now().hour >= 12 else "Etc/GMT-12"
    items = get(client, "/tasks", when=when, zone=zone if when in ("today", "upcoming") else "")["items"]
    assert [item["id"] for item in items] == [calls[number].pk for number in expected]


def test_counts_say_how_much_there_is(client, calls):
    counts = get(client, "/tasks/counts")
    assert counts["overdue"] == 1
    assert counts["today"] + counts["upcoming"] == 3


def test_mine_are_those_assigned_to_me(client, owner, calls):
    assert len(get(client, "/tasks", mine=True)["items"]) == 3
    post(client, f"/tasks/{calls[0].pk}/reassign", {"member_id": None})
    assert len(get(client, "/tasks", mine=True)["items"]) == 2


def test_a_task_opens_with_what_one_must_know_to_do_it(client, calls):
    task = get(client, f"/tasks/{calls[0].pk}")
    assert task["title"] == "Call lead0@example.com"
    assert task["outcomes"] == ["reached", "left_message", "no_answer", "busy", "wrong_number"]
    assert [mark["mark"] for mark in task["strip"]] == ["now", "ahead"]


def test_a_completed_task_lets_its_enrollment_go_on_at_once(client, calls):
    answer = post(client, f"/tasks/{calls[0].pk}/complete", {"outcome": "no_answer"}).json()
    assert (answer["code"], answer["state"], answer["call_logged"]) == ("done", "active", False)
    enrollment = Enrollment.objects.get(id=calls[0].touch.enrollment_id)
    assert enrollment.step == "after"
    assert JournalEntry.objects.filter(enrollment=enrollment, rule="settled", reason="completed").exists()
    (done,) = get(client, "/tasks", when="done")["items"]
    assert (done["status"], done["outcome"]) == ("completed", "no_answer")


def test_a_call_that_reached_the_person_is_logged_once(client, calls):
    assert post(client, f"/tasks/{calls[0].pk}/complete", {"outcome": "reached"}).json()["call_logged"]
    assert Event.objects.filter(kind="call_logged", contact_id=calls[0].contact_id).count() == 1


def test_a_skipped_task_says_that_a_person_skipped_it(client, calls):
    assert post(client, f"/tasks/{calls[0].pk}/skip", {"note": "Left the firm"}).json()["code"] == "done"
    assert get(client, f"/tasks/{calls[0].pk}")["note"] == "Left the firm"
    calls[0].touch.refresh_from_db()
    assert (calls[0].touch.status, calls[0].touch.reason) == ("skipped", "by_person")


def test_what_is_settled_stays_settled(client, calls):
    post(client, f"/tasks/{calls[0].pk}/skip")
    again = post(client, f"/tasks/{calls[0].pk}/complete")
    assert (again.status_code, again.json()["code"]) == (422, "task_settled")


def test_an_unknown_outcome_is_refused(client, calls):
    refused = post(client, f"/tasks/{calls[0].pk}/complete", {"outcome": "maybe"})
    assert refused.json()["code"] == "outcome_unknown"


def test_a_task_is_put_off_but_not_into_the_past(client, calls):
    later = timezone.now() + timedelta(hours=3)
    body = {"until": later.isoformat(), "note": "In a meeting"}
    assert post(client, f"/tasks/{calls[0].pk}/snooze", body).json()["note"] == "In a meeting"
    assert post(client, f"/tasks/{calls[0].pk}/snooze", {**body, "note": "x" * 10_001}).status_code == 422
    assert get(client, "/tasks", when="overdue")["items"] == []
    past = {"until": (timezone.now() - timedelta(hours=1)).isoformat()}
    assert post(client, f"/tasks/{calls[0].pk}/snooze", past).json()["code"] == "moment_invalid"


def test_what_was_done_by_mistake_is_taken_back_within_its_seconds(client, calls):
    body = {"outcome": "reached", "note": "Wants a demo", "undo_within": 10}
    assert post(client, f"/tasks/{calls[0].pk}/complete", body).json()["state"] == "awaiting"
    done = get(client, f"/tasks/{calls[0].pk}")
    assert (done["can_take_back"], done["settled_by"]["name"], done["note"]) == (
        True, "Owner", "Wants a demo"
    )  # fmt: skip
    again = post(client, f"/tasks/{calls[0].pk}/take-back").json()
    assert (again["settled_at"], again["outcome"], again["status"]) == (None, "", "scheduled")


def test_a_call_that_reached_nobody_is_due_again(client, calls):
    until = (timezone.now() + timedelta(hours=2)).isoformat()
    path = f"/tasks/{calls[0].pk}/again"
    again = post(client, path, {"outcome": "busy", "until": until}).json()
    assert (again["tries"], again["outcome"], again["overdue"]) == (1, "busy", False)
    assert get(client, f"/tasks/{calls[0].pk}")["again"] == ["left_message", "no_answer", "busy"]


def test_a_to_do_is_written_by_hand_once(client, owner, calls):
    body = {"contact_id": calls[0].contact_id, "title": "Send the offer", "text": "With the discount"}
    made = [
        client.post("/api/tasks", body, content_type="application/json", headers={"Idempotency-Key": "k"})
        for _ in range(2)
    ]
    assert [answer.status_code for answer in made] == [201, 201]
    task = made[0].json()
    assert (made[1].json()["id"], task["created_by"]["id"], task["sequence"]) == (task["id"], owner.pk, "")
    assert Task.objects.filter(title="Send the offer").count() == 1


@pytest.mark.parametrize("body", [{}, {"title": ""}, {"title": "x", "kind": "visit"}, {"title": "x" * 301}])
def test_a_to_do_says_what_is_to_do(client, calls, body):
    assert post(client, "/tasks", {"contact_id": calls[0].contact_id, **body}).status_code == 422


def test_who_had_a_task_that_was_handed_on_is_told(client, owner, calls):
    Task.objects.filter(id=calls[0].pk).update(escalated_at=NOW, escalated_from=owner)
    assert get(client, f"/tasks/{calls[0].pk}")["escalated_from"] == {"id": owner.pk, "name": owner.name}


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        pytest.param("snooze", {"until": "LATER"}, id="put off"),
        pytest.param("reassign", {"member_id": None}, id="handed on"),
        pytest.param("skip", {"undo_within": 10}, id="skipped"),
    ],
)
def test_many_are_changed_at_once(client, calls, verb, body):
    later = (timezone.now() + timedelta(hours=3)).isoformat()
    wanted = {key: later if value == "LATER" else value for key, value in body.items()}
    answer = post(client, f"/tasks/{verb}", {"ids": [call.pk for call in calls], **wanted}).json()
    assert answer["counts"] == {"done": 3}


def test_many_are_taken_back(client, calls):
    ids = [calls[0].pk, calls[1].pk]
    post(client, "/tasks/complete", {"ids": ids, "undo_within": 10})
    assert post(client, "/tasks/take-back", {"ids": ids}).json()["counts"] == {"done": 2}
    assert len(get(client, "/tasks")["items"]) == 3


def test_the_tasks_of_somebody_who_is_away_are_found(client, owner, calls):
    assert len(get(client, "/tasks", assignee_id=owner.pk)["items"]) == 3
    assert get(client, "/tasks", assignee_id=owner.pk + 1)["items"] == []


def test_many_are_done_with_an_answer_each(client, calls):
    ids = [calls[0].pk, calls[1].pk, 999_999]
    answer = post(client, "/tasks/complete", {"ids": ids}).json()
    assert answer["counts"] == {"done": 2, "not_found": 1}


def test_a_page_costs_as_many_queries_for_many_as_for_few(client, calls):
    def queries(limit):
        with CaptureQueriesContext(connection) as captured:
            get(client, "/tasks", limit=limit)
        return len(captured)

    assert queries(1) == queries(2)


def test_other_workspaces_see_and_settle_nothing(client, owner, calls):
    other = another_owner()
    session = client.session
    session["workspace_id"] = other.workspace_id
    session.save()
    assert get(client, "/tasks")["items"] == []
    assert client.get(f"/api/tasks/{calls[0].pk}").status_code == 404
    assert post(client, f"/tasks/{calls[0].pk}/complete").status_code == 404
    assert Task.objects.filter(settled_at=None).count() == 3


def test_a_task_is_not_handed_to_a_member_of_another_workspace(client, owner, calls):
    other = another_owner()
    assert post(client, f"/tasks/{calls[0].pk}/reassign", {"member_id": other.pk}).status_code == 404


def test_whoever_may_only_look_settles_nothing(client, owner, calls):
    owner.role = Role.VIEWER
    owner.save()
    for verb in ("complete", "skip"):
        assert post(client, f"/tasks/{calls[0].pk}/{verb}").status_code == 403
    assert get(client, "/tasks")["items"]
