"""Enrollments over HTTP: listed in pages, counted, shown, explained, moved one by one and many at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drumbeat.actions.members import keys
from drumbeat.engine import jobs as engine_jobs
from drumbeat.models import (
    Contact,
    CustomRole,
    Enrollment,
    Job,
    Member,
    Role,
    SenderProfile,
    Touch,
    Workspace,
)
from tests.support import board as swing
from tests.support.office import another_owner

pytestmark = pytest.mark.django_db
STEPS = ["hello", "follow_up", "call", "connect", "last"]


@pytest.fixture
def sequence(owner):
    made = swing.a_full_board(owner, timezone.now(), people=12)
    for row in Enrollment.objects.exclude(step=None):
        row.visits = dict.fromkeys(STEPS[: STEPS.index(row.step or "") + 1], 1)
        row.save()
    return made


def get(client, path, **query):
    answer = client.get(f"/api{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def post(client, path, body):
    return client.post(f"/api{path}", body, content_type="application/json")


def test_a_row_says_who_where_what_next_and_what_was_last(client, owner, sequence):
    (row,) = get(client, "/enrollments", sequence_id=sequence.pk, step="follow_up", limit=1)["items"]
    assert row["contact"]["name"]
    assert (row["state"], row["position"], row["steps"], row["ahead"]) == ("active", 2, 5, 4)
    assert [mark["mark"] for mark in row["strip"]][1:] == ["now", "ahead", "ahead", "ahead"]
    assert (row["next"]["step"], row["next"]["hold"]) == ("follow_up", "")
    assert row["next"]["at"]


def test_pages_follow_each_other_without_gap_or_repeat(client, owner, sequence):
    seen, cursor = [], ""
    while True:
        page = get(client, "/enrollments", sequence_id=sequence.pk, limit=5, cursor=cursor)
        seen += [row["id"] for row in page["items"]]
        if not (cursor := page["next_cursor"]):
            break
    assert seen == sorted(Enrollment.objects.values_list("id", flat=True), reverse=True)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param({"group": "running"}, 12, id="running ones, the one that awaits its touch included"),
        pytest.param({"group": "replied"}, 1, id="those that replied"),
        pytest.param({"group": "completed"}, 5, id="those that came to the end"),
        pytest.param({"state": "awaiting"}, 1, id="a state"),
        pytest.param({"reason": "completed"}, 5, id="a reason"),
        pytest.param({"step": "last"}, 3, id="a step"),
        pytest.param({"q": "person3@"}, 1, id="an address"),
        pytest.param({"q": "nobody"}, 0, id="a search that finds nobody"),
    ],
)
def test_filters(client, owner, sequence, asked, expected):
    page = get(client, "/enrollments", sequence_id=sequence.pk, limit=50, **asked)
    assert len(page["items"]) == expected


def test_the_next_to_act_come_first(client, owner, sequence):
    rows = get(client, "/enrollments", sequence_id=sequence.pk, sort="next")["items"]
    looks = [Enrollment.objects.get(id=row["id"]).next_step_at for row in rows]
    assert looks == sorted(look for look in looks if look)


def test_what_waits_for_the_window_says_until_when(client, owner, sequence):
    (row,) = get(client, "/enrollments", sequence_id=sequence.pk, state="awaiting")["items"]
    assert (row["next"]["hold"], row["next"]["status"]) == ("window", "planned")


def test_a_sender_that_is_down_holds_until_it_is_tried_again(client, owner, sequence):
    until = timezone.now() + timedelta(minutes=40)
    SenderProfile.objects.filter(kind="smtp").update(down_until=until, down_reason="sender_auth")
    (row,) = get(client, "/enrollments", sequence_id=sequence.pk, state="awaiting")["items"]
    assert row["next"]["hold"] == "sender_down"
    why = get(client, f"/enrollments/{row['id']}/why")
    assert (why["hold"], why["acts"][0]) == ("sender_down", "open_sender")
    assert why["next_at"] == row["next"]["at"]


def test_counts_agree_with_the_list(client, owner, sequence):
    counts = get(client, "/enrollments/counts", sequence_id=sequence.pk)
    assert counts["total"] == Enrollment.objects.count()
    groups = {one["value"]: one["count"] for one in counts["groups"]}
    assert (groups["running"], groups["replied"], groups["completed"]) == (12, 1, 5)
    assert sum(one["count"] for one in counts["steps"]) == 12


def test_one_enrollment_shows_what_it_did_and_would_do(client, owner, sequence):
    row = Enrollment.objects.filter(step="follow_up").earliest("id")
    shown = get(client, f"/enrollments/{row.pk}")
    assert shown["version"] == 1
    assert [item["position"] for item in shown["timeline"]] == list(range(len(shown["timeline"])))
    assert (shown["timeline"][0]["step"], shown["timeline"][0]["status"]) == ("hello", "sent")
    assert all(item["estimated_execute_at"] for item in shown["timeline"])


def test_a_page_costs_as_many_queries_for_many_rows_as_for_few(client, owner, sequence):
    def queries(limit):
        with CaptureQueriesContext(connection) as captured:
            get(client, "/enrollments", sequence_id=sequence.pk, limit=limit)
        return len(captured)

    queries(1)
    assert queries(2) == queries(18)


def test_many_are_paused_with_an_answer_each(client, owner, sequence):
    ids = list(Enrollment.objects.filter(state="active").values_list("id", flat=True)[:3])
    done = Enrollment.objects.filter(state="finished").earliest("id").pk
    answer = post(client, "/enrollments/pause", {"ids": [*ids, done, 999_999]}).json()
    assert [one["code"] for one in answer["answers"]] == ["done"] * 3 + ["enrollment_finished", "not_found"]
    assert answer["counts"] == {"done": 3, "enrollment_finished": 1, "not_found": 1}
    assert Enrollment.objects.filter(state="paused").count() == 3


def test_a_stop_says_before_and_after_what_will_not_be_sent(client, owner, sequence):
    row = Enrollment.objects.filter(step="last", state="active").earliest("id")
    assert post(client, "/enrollments/reach", {"ids": [row.pk]}).json() == {
        "enrollments": 1,
        "steps_ahead": 1,
    }
    (one,) = post(client, "/enrollments/stop", {"ids": [row.pk]}).json()["answers"]
    assert one["not_sent"] == ["last"]


def test_all_that_fit_are_moved_by_a_job_that_tells_how_far_it_is(client, owner, sequence):
    started = post(
        client, "/enrollments/pause", {"all": {"sequence_id": sequence.pk, "group": "running"}}
    ).json()
    assert (started["total"], started["answers"]) == (12, [])
    assert get(client, f"/jobs/{started['job_id']}")["state"] == "waiting"
    while engine_jobs.run_once(timezone.now()):
        pass
    job = get(client, f"/jobs/{started['job_id']}")
    assert (job["state"], job["done"], job["result"]) == ("done", 12, {"done": 12})


def pause_all(client, sequence, key):
    asked = {"all": {"sequence_id": sequence.pk, "group": "running"}}
    answer = client.post(
        "/api/enrollments/pause",
        asked,
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_job_reaches_no_further_than_the_key_that_asked_for_it(client, owner, sequence):
    Workspace.objects.update(reps_see_own_contacts=True)
    mine = Enrollment.objects.filter(state="active").earliest("id").contact_id
    Contact.objects.filter(pk=mine).update(owner=owner)
    _, key = keys.create(owner, "a rep's", timezone.now(), role=Role.REP)
    client.logout()
    assert pause_all(client, sequence, key)["total"] == 1
    while engine_jobs.run_once(timezone.now()):
        pass
    assert list(Enrollment.objects.filter(state="paused").values_list("contact_id", flat=True)) == [mine]


def test_a_job_of_who_works_here_no_more_does_nothing(client, owner, sequence):
    _, key = keys.create(owner, "mine", timezone.now())
    client.logout()
    started = pause_all(client, sequence, key)
    Member.objects.update(deactivated_at=timezone.now())
    while engine_jobs.run_once(timezone.now()):
        pass
    job = Job.objects.get(pk=started["job_id"])
    assert (job.state, job.fault) == ("failed", "Who asked for this works here no more.")
    assert not Enrollment.objects.filter(state="paused").exists()


@pytest.mark.parametrize(
    ("kind", "right"),
    [
        pytest.param("move_enrollments", "enrollments.view", id="enrollments that are moved"),
        pytest.param("contact_import", "contacts.create", id="an import"),
        pytest.param("simulation", "sequences.view", id="a simulation"),
    ],
)
def test_a_job_is_told_to_those_who_may_see_what_it_does(client, owner, kind, right):
    now = timezone.now()
    job = Job.objects.create(workspace=owner.workspace, kind=kind, created_at=now, not_before=now)
    CustomRole.objects.create(workspace=owner.workspace, name="helper", rights=["tasks.view"])
    Member.objects.filter(pk=owner.pk).update(role="helper")
    assert client.get(f"/api/jobs/{job.pk}").status_code == 403
    CustomRole.objects.update(rights=["tasks.view", right])
    assert get(client, f"/jobs/{job.pk}")["kind"] == kind


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="nothing chosen"),
        pytest.param({"ids": [1], "all": {"sequence_id": 1}}, id="both"),
        pytest.param({"all": {}}, id="everything there is"),
        pytest.param({"ids": [1], "colour": "red"}, id="a field nobody knows"),
    ],
)
def test_an_unclear_selection_moves_nothing(client, owner, sequence, body):
    assert post(client, "/enrollments/stop", body).status_code == 422
    assert not Enrollment.objects.filter(reason="manual").exists()


@pytest.mark.parametrize("resolution", ["arrived", "send_again", "skip"])
def test_a_person_says_what_became_of_a_message_in_doubt(client, owner, sequence, resolution):
    row = Enrollment.objects.get(state="awaiting")
    Touch.objects.filter(enrollment=row).update(status="interrupted", handed_at=timezone.now())
    Enrollment.objects.filter(pk=row.pk).update(
        state="blocked", reason="interrupted", approved_at=timezone.now()
    )
    (one,) = post(client, "/enrollments/resolve", {"ids": [row.pk], "resolution": resolution}).json()[
        "answers"
    ]
    assert one["code"] == "done"
    assert one["state"] in ("active", "awaiting")


def test_other_workspaces_see_and_move_nothing(client, owner, sequence):
    row = Enrollment.objects.filter(state="active").earliest("id")
    other = another_owner()
    client.force_login(other.user)
    session = client.session
    session["workspace_id"] = other.workspace_id
    session.save()
    assert client.get("/api/enrollments", {"sequence_id": sequence.pk}).status_code == 404
    assert get(client, "/enrollments")["items"] == []
    assert client.get(f"/api/enrollments/{row.pk}").status_code == 404
    assert client.get(f"/api/enrollments/{row.pk}/why").status_code == 404
    assert post(client, "/enrollments/stop", {"ids": [row.pk]}).json()["counts"] == {"not_found": 1}


def test_whoever_may_only_look_moves_nothing(client, owner, sequence):
    owner.role = Role.VIEWER
    owner.save()
    row = Enrollment.objects.filter(state="active").earliest("id")
    assert post(client, "/enrollments/pause", {"ids": [row.pk]}).status_code == 403
    assert post(client, "/enrollments/stop", {"all": {"sequence_id": sequence.pk}}).status_code == 403
    assert get(client, "/enrollments", sequence_id=sequence.pk)["items"]


def test_what_was_met_needs_the_step_at_which(client, owner, sequence):
    answer = client.get("/api/enrollments", {"sequence_id": sequence.pk, "met": "done"})
    assert (answer.status_code, answer.json()["code"]) == (422, "filter_incomplete")
    came = get(client, "/enrollments", sequence_id=sequence.pk, met="came", met_step="follow_up")["items"]
    assert came
    assert len(came) < Enrollment.objects.count()
