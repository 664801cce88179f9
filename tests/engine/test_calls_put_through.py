"""A person who answers is put through: it is a talk if one of us answered, and a call to return if nobody did."""

from datetime import timedelta
from itertools import permutations

import pytest

from bench import world
from drumbeat.actions import access
from drumbeat.core import calls as core
from drumbeat.core.facts import EventKind
from drumbeat.demo.twilio.scripts import NUMBERS, RUNG
from drumbeat.models import (
    Attempt,
    Call,
    Contact,
    ContactFact,
    Enrollment,
    Member,
    Message,
    Notification,
    Sequence,
    Task,
    Touch,
    Workspace,
)
from drumbeat.store import contact_timeline
from tests.support.outreach import a_member
from tests.support.phoning import OURS, REP, calling, logged, placed, the_touch

pytest_plugins = ["tests.support.installed", "tests.support.phoning"]

NOW = world.START
STEPS = [
    {"key": "call", "kind": "voice", "script": "Hi", "on_human": "connect"},
    {"key": "again", "kind": "voice", "script": "Hi", "delay": "1d"},
]


def ring(owner, way):
    """Give the owner a number that does, when it is rung, what the script says."""
    number = NUMBERS.get(way, REP)
    Member.objects.filter(pk=owner.pk).update(phone=number)
    return number


def test_a_person_is_put_through_to_the_owner_and_that_is_a_logged_call(owner, office):
    ring(owner, "")
    (contact_id,) = calling(owner, ["human"])
    sid = placed(office)
    office.live(sid, NOW)
    address = office.twilio.calls[sid]["said"]["StatusCallback"]
    assert office.said(sid) == (
        f'<Dial action="{address}" callerId="{OURS}" method="POST" timeout="25">'
        f"<Number>{REP}</Number></Dial><Hangup />"
    )
    assert (the_touch().status, Call.objects.get().outcome) == ("sent", "reached_human")
    event = logged().get()
    assert (event.kind, event.contact_id, event.source) == ("call_logged", contact_id, "call")
    assert ContactFact.objects.get(kind="call_logged").count == 1
    assert not Message.objects.exists() and not Task.objects.exists()


@pytest.mark.parametrize("way", RUNG)
def test_where_our_own_phone_rang_in_vain_nobody_talked_and_somebody_is_to_call_back(owner, office, way):
    number = ring(owner, way)
    (contact_id,) = calling(owner, ["human"], STEPS)
    Sequence.objects.update(exit_on_call="finish")
    office.live(placed(office), NOW)

    call = Call.objects.get()
    assert (call.put_through, call.outcome) == (RUNG[way], "nobody_of_us")
    assert not logged().exists() and not ContactFact.objects.filter(kind=EventKind.CALL_LOGGED).exists()
    assert Enrollment.objects.get().state != "finished"
    assert (Touch.objects.get(step="call").status, Attempt.objects.get().code) == ("sent", "nobody_of_us")
    task = Task.objects.get()
    assert (task.kind, task.contact_id, task.assignee, task.due_at) == ("call", contact_id, owner, NOW)
    assert task.title == "Call First0 Last0 back" and number in task.text
    assert (task.touch.enrollment_id, task.created_by) == (None, None)
    notice = Notification.objects.get(kind="call_back")
    assert (notice.member, notice.contact_id, task.title in notice.text) == (owner, contact_id, True)


def test_nobody_is_called_by_a_machine_again_because_we_were_away(owner, office):
    ring(owner, "no_answer")
    calling(owner, ["human"])
    office.live(placed(office), NOW)
    office.go(NOW + timedelta(days=3))
    assert len(office.sids) == 1
    assert Enrollment.objects.get().reason == "completed"


def test_the_contacts_owner_whose_phone_rang_is_who_calls_back(owner, office):
    mate = a_member(owner.workspace, "mate")
    Member.objects.filter(pk=mate.pk).update(phone=NUMBERS["busy_line"])
    ring(owner, "")
    (contact_id,) = calling(owner, ["human"])
    Contact.objects.filter(pk=contact_id).update(owner=mate)
    office.live(placed(office), NOW)
    assert (Task.objects.get().assignee, Notification.objects.get().member) == (mate, mate)


def test_who_left_us_while_it_rang_is_given_no_task_but_the_task_is_there(owner, office):
    ring(owner, "no_answer")
    calling(owner, ["human"])
    sid = placed(office)
    office.tell(sid, NOW, AnsweredBy="human")
    office.go(NOW)
    Member.objects.filter(pk=owner.pk).update(deactivated_at=NOW)
    office.tell_of_us(sid, NOW)
    office.tell(sid, NOW, CallStatus="completed")
    office.go(NOW)
    assert Task.objects.get().assignee is None
    assert not Notification.objects.filter(kind="call_back").exists()


@pytest.mark.parametrize(
    ("role", "is_limited", "all_reps_are", "assigned"),
    [
        ("rep", False, False, True),
        ("rep", True, False, False),
        ("rep", False, True, False),
        ("manager", False, True, True),
        ("manager", True, False, False),
    ],
)
def test_whose_phone_rang_but_who_may_not_see_the_contact_is_told_nothing_of_them(
    owner, office, role, is_limited, all_reps_are, assigned
):
    mate, other = a_member(owner.workspace, "mate", role), a_member(owner.workspace, "other")
    ring(mate, "busy_line")
    Member.objects.filter(pk=mate.pk).update(own_contacts_only=is_limited)
    Workspace.objects.update(reps_see_own_contacts=all_reps_are)
    (contact_id,) = calling(owner, ["human"])
    Contact.objects.filter(pk=contact_id).update(owner=other)
    Sequence.objects.update(owner=mate)
    office.live(placed(office), NOW)
    assert Call.objects.get().connect_to == NUMBERS["busy_line"]
    assert Task.objects.get().assignee == (mate if assigned else None)
    assert Notification.objects.filter(kind="call_back", member=mate).exists() is assigned
    assert access.visible_to(Member.objects.get(pk=mate.pk), Task).exists() is assigned
    assert access.visible_to(owner, Task).exists()


def test_who_sees_their_own_contacts_only_calls_these_back(owner, office):
    mate = a_member(owner.workspace, "mate")
    ring(mate, "busy_line")
    Member.objects.filter(pk=mate.pk).update(own_contacts_only=True)
    (contact_id,) = calling(owner, ["human"])
    Contact.objects.filter(pk=contact_id).update(owner=mate)
    office.live(placed(office), NOW)
    assert (Task.objects.get().assignee, Notification.objects.get().member) == (mate, mate)


@pytest.mark.parametrize(
    ("way", "outcome", "talks"), [("", "reached_human", 1), ("busy_line", "nobody_of_us", 0)]
)
def test_every_order_of_callbacks_each_twice_ends_alike(owner, office, way, outcome, talks):
    """Answered and told what to do first, for nobody rings us before that; then all else in any order."""
    ring(owner, way)
    rest = [{"CallStatus": "ringing"}, {"CallStatus": "in-progress"}, {"CallStatus": "completed"}, None]
    orders = list(permutations(rest))
    calling(owner, ["human"] + [""] * (len(orders) - 1), on_human="connect")
    office.go(NOW)
    for sid in office.sids:
        office.tell(sid, NOW, AnsweredBy="human")
    while Call.objects.filter(was_told=None).exists():
        office.go(NOW)
    for sid, order in zip(office.sids, orders, strict=True):
        for news in (*order, *order):
            if news is None:
                office.tell_of_us(sid, NOW)
            else:
                office.tell(sid, NOW, **news)
    office.go(NOW)
    assert set(Call.objects.values_list("state", "answered_by", "outcome")) == {
        ("completed", "human", outcome)
    }
    assert set(Touch.objects.filter(kind="voice").values_list("status", "attempts")) == {("sent", 1)}
    assert logged().count() == len(orders) * talks
    assert Task.objects.count() == Notification.objects.count() == len(orders) * (1 - talks)


@pytest.fixture
def untold(owner, office):
    """A call that was put through and has ended, of which nobody has told whether we answered."""
    calling(owner, ["human"])
    sid = placed(office)
    office.tell(sid, NOW, AnsweredBy="human")
    office.go(NOW)
    office.tell(sid, NOW, CallStatus="completed", CallDuration="31")
    office.go(NOW)
    assert (the_touch().status, Call.objects.get().outcome) == ("sending", "")
    return sid


@pytest.mark.parametrize(("way", "outcome"), [("", "reached_human"), ("no_answer", "nobody_of_us")])
def test_whether_one_of_us_answered_is_asked_for_where_nobody_tells(owner, office, way, outcome, request):
    ring(owner, way)
    request.getfixturevalue("untold")
    office.go(NOW + core.LATE_NEWS - timedelta(seconds=1))
    assert Call.objects.get().outcome == ""
    office.go(NOW + core.LATE_NEWS)
    assert (the_touch().status, Call.objects.get().outcome) == ("sent", outcome)


def test_where_it_cannot_be_asked_for_either_it_is_in_doubt_until_it_is_told(owner, office, request):
    ring(owner, "no_answer")
    sid = request.getfixturevalue("untold")
    office.twilio.says = (500, {"code": 20500, "message": "oops"})
    office.go(NOW + core.LATE_NEWS)
    assert the_touch().status == "sending"
    office.go(NOW + core.LATE_TELLING)
    assert (the_touch().status, Call.objects.get().outcome) == ("interrupted", "in_doubt")
    assert not logged().exists() and not Task.objects.exists()
    office.tell_of_us(sid, NOW + timedelta(minutes=5))
    office.go(NOW + timedelta(minutes=5))
    assert (the_touch().status, Call.objects.get().outcome) == ("sent", "nobody_of_us")
    assert Task.objects.count() == 1


def test_the_timeline_says_that_nobody_of_us_answered(owner, office):
    ring(owner, "busy_line")
    (contact_id,) = calling(owner, ["human"])
    office.live(placed(office), NOW)
    contact = Contact.objects.get(pk=contact_id)
    kinds = {entry.kind: entry.data for entry in contact_timeline.page(contact, "calls", None, 10)}
    assert (kinds["call"]["outcome"], kinds["call"]["deed"]) == ("nobody_of_us", "connect")
    assert kinds["task"]["subject"] == "Call First0 Last0 back"
