"""Today over HTTP: the day's beat, who waits for an answer, what is to do, what is wrong, what goes out next."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drumbeat.api.board.kept import Kept
from drumbeat.api.today import routes as today
from drumbeat.models import Contact, CustomRole, Enrollment, Message, Role, SenderProfile, Touch, Workspace
from drumbeat.store import conversations
from tests.support import board as swing
from tests.support.office import another_owner
from tests.support.outreach import a_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch):
    monkeypatch.setattr(today, "_kept", Kept(ticks=lambda: 0.0))


@pytest.fixture
def noon(owner):
    """Fill the board; the zone is chosen so that it is the middle of the day."""
    swing.a_full_board(owner, timezone.now(), people=12)
    for message in Message.objects.filter(direction="in"):
        conversations.heard(message, timezone.now())
    hour = timezone.now().hour
    return f"Etc/GMT{hour - 12:+d}" if hour != 12 else "UTC"


def get(client, **query):
    answer = client.get("/api/today", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def a_limited_rep(owner):
    Workspace.objects.update(reps_see_own_contacts=True)
    return a_member(owner.workspace, "Rep", Role.REP)


def codes(shown):
    return [problem["code"] for problem in shown["problems"]]


def test_the_beat_counts_what_left_and_what_is_due_before_the_day_ends(client, owner, noon):
    beat = get(client, zone=noon)["beat"]
    assert beat["sent"] == Message.objects.filter(direction="out").count()
    assert sum(quarter["sent"] for quarter in beat["quarters"]) == beat["sent"]
    assert (
        sum(quarter["planned"] + quarter["planned_calls"] for quarter in beat["quarters"]) == beat["planned"]
    )
    assert beat["planned"] > 0


def test_a_cap_leaves_the_rest_for_another_day(client, owner, noon):
    SenderProfile.objects.filter(kind="smtp").update(cap_per_day=1)
    Enrollment.objects.filter(state="active", step="last").update(next_step_at=timezone.now())
    beat = get(client, zone=noon)["beat"]
    assert (beat["cap"], beat["planned"]) == (1, 1)
    assert beat["later"] > 0


def test_the_window_of_the_default_sender_is_drawn(client, owner, noon):
    every_day = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    SenderProfile.objects.filter(kind="smtp").update(window={day: [["09:00", "17:00"]] for day in every_day})
    assert get(client, zone="UTC")["beat"]["spans"][0]["start"].endswith("T09:00:00Z")


def test_who_waits_for_an_answer_is_first(client, owner, noon):
    shown = get(client, zone=noon)
    assert (shown["reply_count"], len(shown["replies"])) == (1, 1)
    assert shown["replies"][0]["preview"].startswith("Thursday works")


def test_what_goes_out_next_is_in_order(client, owner, noon):
    coming = get(client, zone=noon)["next"]
    assert [one["at"] for one in coming] == sorted(one["at"] for one in coming)
    assert any(one["hold"] == "window" for one in coming)


def test_nothing_is_wrong_while_all_goes_well(client, owner, noon):
    assert codes(get(client)) == []


def test_problems_name_what_is_concerned_and_the_one_act(client, owner, noon):
    now = timezone.now()
    Workspace.objects.update(stopped_at=now, stopped_by="Ann")
    SenderProfile.objects.filter(kind="smtp").update(
        down_until=now + timedelta(hours=1), down_reason="sender_auth"
    )
    blocked = Enrollment.objects.filter(step="last").earliest("id")
    Enrollment.objects.filter(id=blocked.pk).update(state="blocked", reason="interrupted", next_step_at=None)
    shown = get(client)
    assert codes(shown) == ["emergency_stop", "sender_down", "blocked_interrupted"]
    assert [problem["act"] for problem in shown["problems"]] == ["lift_stop", "open_sender", "resolve"]
    assert shown["problems"][1]["count"] == Touch.objects.filter(handed_at=None).count()


def test_it_costs_as_many_queries_with_many_people_as_with_few(client, owner, noon):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            get(client, zone=noon)
        return len(captured)

    queries()
    before = queries()
    sequence = Enrollment.objects.earliest("id").sequence
    for number in range(100, 130):
        swing.an_enrollment(sequence, swing.a_person(owner, number, timezone.now()), timezone.now())
    assert queries() == before
    assert before <= 32


def test_another_workspace_has_its_own_day(client, owner, noon):
    other = another_owner()
    session = client.session
    session["workspace_id"] = other.workspace_id
    session.save()
    shown = get(client, zone=noon)
    assert (shown["beat"]["sent"], shown["replies"], shown["next"]) == (0, [], [])


def test_the_doctor_answers(client, owner, noon):
    findings = client.get("/api/doctor").json()["findings"]
    assert {"worker_alive", "sender_ready"} <= {finding["code"] for finding in findings}


def test_a_rep_limited_to_their_own_contacts_is_told_no_number_of_others(client, owner, noon):
    waiting = Enrollment.objects.filter(state="active").earliest("id")
    Enrollment.objects.filter(pk=waiting.pk).update(state="pending_review", next_step_at=None)
    assert get(client, zone=noon)["review_count"] == 1
    client.force_login(a_limited_rep(owner).user)
    shown = get(client, zone=noon)
    assert (shown["review_count"], shown["reply_count"], shown["task_count"]) == (0, 0, 0)
    assert (shown["beat"]["sent"], shown["beat"]["planned"], shown["beat"]["later"]) == (0, 0, 0)
    assert not [code for code in codes(shown) if code.startswith("blocked_")]


def test_and_is_told_those_of_their_own(client, owner, noon):
    rep = a_limited_rep(owner)
    Contact.objects.update(owner=rep)
    everything = get(client, zone=noon)
    client.force_login(rep.user)
    theirs = get(client, zone=noon)
    for name in ("review_count", "reply_count", "problems"):
        assert theirs[name] == everything[name]
    for name in ("sent", "planned", "quarters"):
        assert theirs["beat"][name] == everything["beat"][name]


def test_who_may_not_see_tasks_or_contacts_sees_the_rest_of_the_day(client, owner, noon):
    CustomRole.objects.create(workspace=owner.workspace, name="watcher", rights=["enrollments.view"])
    watcher = a_member(owner.workspace, "Watcher", "watcher")
    client.force_login(watcher.user)
    shown = get(client, zone=noon)
    assert shown["beat"]["quarters"]
    assert (shown["tasks"], shown["task_count"], shown["replies"], shown["reply_count"]) == ([], 0, [], 0)
