"""Moving unfinished enrollments to a version over HTTP: seen before, started once, cancelled, shown while it waits."""

import pytest
from django.utils import timezone

from drumbeat.actions import enrollments, sequences
from drumbeat.core.document import write_document
from drumbeat.engine import jobs
from drumbeat.models import Enrollment, Job, SequenceDraft, Touch
from tests.support.flows import a_line, an_email
from tests.support.office import NOW, a_mailbox, an_active_sequence, leads

pytestmark = pytest.mark.django_db
FIRST = a_line(an_email("hello", after="2d"), an_email("again", after="3d"))
SECOND = a_line(an_email("welcome", after="9d"), an_email("again", after="3d"))
MAPPED = {"steps": {"hello": "welcome"}}


@pytest.fixture
def owner(owner):
    a_mailbox(owner)
    return owner


@pytest.fixture
def at(client, owner):
    """Two people are on their way through version 1, and version 2 is published; return where it is."""
    made = an_active_sequence(owner, FIRST)
    enrollments.enroll(owner, made.pk, leads(owner, 2), timezone.now())
    revision = SequenceDraft.objects.get().revision
    sequences.save_draft(owner, made.pk, write_document(SECOND), NOW, revision=revision)
    published = ask(client, f"sequences/{made.pk}/versions")
    assert (published.json()["number"], published.json()["movable"]) == (2, 2)
    return f"sequences/{made.pk}/versions/2"


def ask(client, path, body=None, **headers):
    return client.post(f"/api/{path}", body or {}, content_type="application/json", headers=headers)


def run_jobs():
    while jobs.run_once(timezone.now()):
        pass


def test_a_move_is_seen_before_it_is_made(client, at):
    seen = ask(client, f"{at}/move-preview").json()
    assert (seen["people"], seen["at_once"], seen["stay"], seen["parts"][0]["to"]) == (2, 0, 2, None)
    seen = ask(client, f"{at}/move-preview", MAPPED).json()
    assert (seen["at_once"], seen["stay"], seen["parts"][0]["to"], seen["parts"][0]["mapped"]) == (
        2,
        0,
        "welcome",
        True,
    )
    page = ask(client, f"{at}/move-preview/people?limit=1", MAPPED).json()
    (person,) = page["items"]
    assert (person["course"], person["step"], person["to"], person["version"]) == (
        "at_once",
        "hello",
        "welcome",
        1,
    )
    assert person["new_due_at"] > timezone.now().isoformat()
    assert page["next_cursor"]
    wrong = ask(client, f"{at}/move-preview", {"steps": {"hello": "nowhere"}})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["hello"])


def test_a_move_is_a_job_that_is_started_once(client, at):
    for _ in range(2):
        started = ask(client, f"{at}/moves", MAPPED, **{"Idempotency-Key": "once"})
        assert (started.status_code, started.json()["total"]) == (202, 2)
    run_jobs()
    job = client.get(f"/api/jobs/{started.json()['job_id']}").json()
    assert (job["state"], job["done"], job["result"]) == ("done", 2, {"moved": 2})
    assert Job.objects.filter(kind="move_to_version").count() == 1
    assert set(Enrollment.objects.values_list("version__number", "step")) == {(2, "welcome")}


def test_it_can_be_cancelled_and_is_shown_while_it_waits(client, owner, at):
    job_id = ask(client, f"{at}/moves", MAPPED).json()["job_id"]
    assert ask(client, f"jobs/{job_id}/cancel").json()["state"] == "cancelled"
    run_jobs()
    assert not Enrollment.objects.filter(version__number=2).exists()
    row = Enrollment.objects.earliest("id")
    Enrollment.objects.filter(pk=row.pk).update(next_step_at=NOW, origin_at=NOW)
    from drumbeat.engine.planner import Planner

    Planner().plan_once(timezone.now())
    Touch.objects.update(handed_at=timezone.now(), status="sending")
    ask(client, f"{at}/moves", {"ids": [row.pk]})
    run_jobs()
    shown = client.get(f"/api/enrollments/{row.pk}").json()
    assert (shown["version"], shown["moving_to"]) == (1, 2)
