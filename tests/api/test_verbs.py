"""What a person can press on the board: the emergency stop, and pause, resume, stop of one enrollment."""

import pytest
from django.utils import timezone

from drumbeat.models import Role, Workspace
from tests.support import board as swing
from tests.support.office import another_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrollment(owner):
    now = timezone.now()
    sequence = swing.a_sequence(owner, swing.five_steps(), now)
    return swing.an_enrollment(sequence, swing.a_person(owner, 1, now), now)


def test_the_emergency_stop_says_who_and_when_and_can_be_lifted(client, owner):
    stop = client.post("/api/emergency-stop").json()
    assert stop["by"] == owner.name
    assert client.get("/api/board").json()["stop"] == stop
    assert client.post("/api/emergency-stop").json() == stop
    assert client.delete("/api/emergency-stop").status_code == 204
    assert client.get("/api/board").json()["stop"] is None


def test_whoever_may_only_look_cannot_stop_or_lift(client, owner):
    owner.role = Role.VIEWER
    owner.save()
    assert client.post("/api/emergency-stop").json()["code"] == "not_permitted"
    assert client.delete("/api/emergency-stop").status_code == 403
    assert Workspace.objects.filter(stopped_at=None).exists()


def test_an_enrollment_is_paused_and_resumed(client, enrollment):
    paused = client.post(f"/api/enrollments/{enrollment.pk}/pause").json()
    assert (paused["state"], paused["reason"]) == ("paused", "manual")
    resumed = client.post(
        f"/api/enrollments/{enrollment.pk}/resume", {"shift": True}, content_type="application/json"
    )
    assert resumed.json()["state"] == "active"


def test_a_stop_says_what_will_not_be_sent(client, enrollment):
    stopped = client.post(f"/api/enrollments/{enrollment.pk}/stop").json()
    assert (stopped["state"], stopped["reason"]) == ("finished", "manual")
    assert stopped["not_sent"] == ["follow_up", "call", "connect", "last"]


def test_a_verb_that_changes_nothing_says_why(client, enrollment):
    client.post(f"/api/enrollments/{enrollment.pk}/stop")
    problem = client.post(f"/api/enrollments/{enrollment.pk}/pause")
    assert (problem.status_code, problem.json()["code"]) == (422, "enrollment_finished")


def test_an_enrollment_of_another_workspace_is_not_there(client, owner):
    now = timezone.now()
    other = another_owner()
    sequence = swing.a_sequence(other, swing.five_steps(), now)
    theirs = swing.an_enrollment(sequence, swing.a_person(other, 1, now), now)
    assert client.post(f"/api/enrollments/{theirs.pk}/stop").status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == "active"
