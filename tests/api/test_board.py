from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.core.enrollment import EnrollmentState
from drumbeat.models import Contact, Enrollment, Message, Role, SenderProfile, Sequence, Workspace
from tests.support import board as swing
from tests.support.office import a_mailbox, an_owner, another_owner
from tests.support.outreach import a_member

pytestmark = pytest.mark.django_db

QUERIES_OF_THE_SESSION = 3


@pytest.fixture
def owner():
    return an_owner()


@pytest.fixture
def look(client, owner):
    client.force_login(owner.user)

    def ask():
        response = client.get("/api/board")
        assert response.status_code == 200, response.content
        return response.json()

    return ask


def a_limited_rep(owner):
    Workspace.objects.update(reps_see_own_contacts=True)
    return a_member(owner.workspace, "Rep", Role.REP)


def _stop(now):
    Workspace.objects.update(stopped_at=now, stopped_by="Owner")


def _pause():
    Sequence.objects.update(status="paused")


def _sender(**changes):
    SenderProfile.objects.filter(kind="smtp").update(**changes)


def test_a_signed_out_person_sees_nothing(client):
    response = client.get("/api/board")
    assert response.status_code == 401
    assert response.json()["code"] == "signed_out"


def test_an_empty_workspace_has_an_empty_board(look):
    board = look()
    assert board["lines"] == board["just_now"] == board["next"] == []
    assert board["figures"]["sent"] == board["figures"]["sent_twice"] == 0
    assert board["worker"] == {"alive": False, "seen_at": None}


def test_the_figures_are_counted_from_the_tables(look, owner, now):
    swing.a_full_board(owner, now)
    figures = look()["figures"]
    assert figures["sent"] == 40
    assert figures["on_the_way"] == 40
    assert figures["replied"] == 1
    assert figures["completed"] == 5
    assert figures["held"] == [{"reason": "window", "count": 1}]
    assert figures["enrolled"] == 46
    assert figures["finished"] == 6


def test_sent_twice_counts_what_a_server_accepted_more_than_once(look, owner, now):
    sender = a_mailbox(owner)
    sequence = swing.a_sequence(owner, swing.five_steps(), now)
    for number, accepted in enumerate((1, 2, 3)):
        enrollment = swing.an_enrollment(sequence, swing.a_person(owner, number, now), now)
        swing.a_sent_mail(enrollment, sender, now, accepted=accepted)
    assert look()["figures"]["sent_twice"] == 2


def test_a_message_to_own_people_is_not_counted_as_sent(look, owner, now):
    Message.objects.create(
        workspace=owner.workspace, channel="email", direction="out", kind="notice", occurred_at=now
    )
    assert look()["figures"]["sent"] == 0


def test_a_line_says_how_many_wait_where(look, owner, now):
    swing.a_full_board(owner, now)
    line = look()["lines"][0]
    steps = {step["key"]: step for step in line["steps"]}
    assert [step["after_seconds"] / 86_400 for step in line["steps"]] == [0, 6, 8, 10, 14]
    assert all(step["drawn"] for step in line["steps"])
    assert steps["hello"]["waiting"] == steps["hello"]["awaiting"] == 1
    assert sum(step["waiting"] for step in line["steps"]) == line["on_the_way"] == 40
    assert (line["completed"], line["replied"]) == (5, 1)


def test_everybody_is_a_dot_until_they_are_too_many(look, owner, now):
    sequence = swing.a_sequence(owner, swing.five_steps(), now)
    for number in range(60):
        swing.an_enrollment(sequence, swing.a_person(owner, number, now), now)
    assert len(look()["lines"][0]["people"]) == 60
    for number in range(60, 200):
        swing.an_enrollment(sequence, swing.a_person(owner, number, now), now)
    assert 40 <= len(look()["lines"][0]["people"]) <= 70


def test_a_reply_says_what_is_no_longer_sent(look, owner, now):
    swing.a_full_board(owner, now)
    reply = next(said for said in look()["just_now"] if said["direction"] == "in")
    assert reply["word"] == "reply"
    assert reply["step"] == "call"
    assert reply["will_not_be_sent"] == 3
    assert reply["state"] == "finished"
    assert 0 <= reply["share"] < 1


def test_a_reply_that_only_pauses_spares_nothing(look, owner, now):
    sequence = swing.a_sequence(owner, swing.five_steps(), now)
    enrollment = swing.an_enrollment(sequence, swing.a_person(owner, 1, now), now)
    swing.an_answer(enrollment, now)
    Enrollment.objects.filter(id=enrollment.pk).update(state=EnrollmentState.PAUSED, reason="reply")
    board = look()
    assert board["just_now"][0]["will_not_be_sent"] == 0
    assert board["figures"]["replied"] == 1


def test_what_happens_next_comes_in_its_order(look, owner, now):
    swing.a_full_board(owner, now)
    upcoming = look()["next"]
    assert len(upcoming) == 10
    assert [row["at"] for row in upcoming] == sorted(row["at"] for row in upcoming)
    held = next(row for row in upcoming if row["key"].startswith("touch:"))
    assert (held["waits_for"], held["number"], held["sender"]) == ("window", 1, "Rep")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(_stop, "emergency_stop", id="the emergency stop holds everything"),
        pytest.param(lambda now: _pause(), "sequence_paused", id="a paused sequence holds its own"),
        pytest.param(
            lambda now: _sender(down_until=now + timedelta(minutes=5)),
            "sender_down",
            id="a sick sender holds",
        ),
        pytest.param(
            lambda now: _sender(full_until=now.replace(second=0, microsecond=0) + timedelta(hours=3)),
            "cap",
            id="a used cap holds",
        ),
        pytest.param(
            lambda now: _sender(full_until=now.replace(second=7) + timedelta(minutes=3)),
            "spacing",
            id="a sender rests between two messages",
        ),
        pytest.param(lambda now: None, None, id="what is about to leave is not held"),
    ],
)
def test_a_touch_that_nobody_visits_says_what_holds_it(look, owner, now, change, reason):
    sender = a_mailbox(owner)
    sequence = swing.a_sequence(owner, swing.five_steps(), now)
    enrollment = swing.an_enrollment(
        sequence, swing.a_person(owner, 1, now), now, step="hello", state=EnrollmentState.AWAITING
    )
    swing.a_touch(enrollment, sender, now)
    change(now)
    board = look()
    assert [held["reason"] for held in board["figures"]["held"]] == ([reason] if reason else [])
    assert [row["waits_for"] for row in board["next"]] == [reason or ""]


def test_a_sender_that_cannot_send_is_named(look, owner, now):
    a_mailbox(owner)
    _sender(down_until=now + timedelta(minutes=5), down_reason="sender_auth", down_text="535 wrong password")
    (trouble,) = look()["troubles"]
    assert (trouble["name"], trouble["reason"]) == ("Rep", "sender_auth")


def test_nothing_of_another_workspace_is_seen(look, now):
    swing.a_full_board(another_owner(), now)
    board = look()
    assert board["lines"] == board["just_now"] == board["next"] == []
    assert board["figures"]["enrolled"] == board["figures"]["sent"] == 0


def test_the_board_costs_eight_statements_for_many_rows_as_for_few(look, owner, now):
    swing.a_full_board(owner, now, people=90)
    look()  # the flow of the version comes from memory after this
    with CaptureQueriesContext(
        connection,
    ) as few:
        look()
    second = swing.a_sequence(owner, swing.five_steps(), now, name="Renewals")
    for number in range(500, 700):
        swing.an_enrollment(second, swing.a_person(owner, number, now), now)
    look()
    with CaptureQueriesContext(connection) as many:
        look()
    assert len(few) == len(many) <= QUERIES_OF_THE_SESSION + 8


def test_a_rep_limited_to_their_own_contacts_sees_and_counts_those_alone(client, look, owner, now):
    swing.a_full_board(owner, now)
    rep = a_limited_rep(owner)
    everything = look()
    client.force_login(rep.user)
    nothing = look()
    assert nothing["just_now"] == nothing["next"] == []
    assert [line["people"] for line in nothing["lines"]] == [[] for _ in everything["lines"]]
    assert {name for name, count in nothing["figures"].items() if count} == set()
    Contact.objects.update(owner=rep)
    theirs = look()
    assert {**theirs, "now": 0, "worker": 0} == {**everything, "now": 0, "worker": 0}
