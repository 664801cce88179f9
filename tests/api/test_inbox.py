"""The inbox over HTTP: who waits for an answer, what was said, what a person writes and takes back."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.null_wire import NullWire
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.models import Conversation, Enrollment, Message, Role, SenderProfile, Touch
from drumbeat.store import conversations, stops
from tests.support import board as swing
from tests.support.office import a_mailbox, another_owner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sequence(owner):
    now = timezone.now()
    a_mailbox(owner)
    return swing.a_sequence(owner, swing.five_steps(), now)


def somebody_replies(owner, sequence, number=1, kind="reply", text="Thursday works."):
    now = timezone.now()
    enrollment = swing.an_enrollment(sequence, swing.a_person(owner, number, now), now)
    swing.a_sent_mail(enrollment, SenderProfile.objects.get(kind="smtp"), now - timedelta(hours=1))
    message = swing.an_answer(enrollment, now, text)
    Message.objects.filter(id=message.pk).update(
        kind=kind, message_id=f"theirs{number}@example.com", references="first@ours.test"
    )
    message.refresh_from_db()
    conversations.heard(message, now)
    return enrollment


def get(client, path, **query):
    answer = client.get(f"/api{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def write(client, contact_id, text="Gladly.", **more):
    body = {"client_id": uuid.uuid4().hex, "text": text, **more}
    return client.post(f"/api/conversations/{contact_id}/messages", body, content_type="application/json")


def send_all(now):
    dispatcher = Dispatcher("w", NullWire(), batch=10)
    for _ in range(5):
        dispatcher.turn(now)
    dispatcher.turn(now, claim=False)


def test_a_picture_without_a_word_is_shown_by_its_name(client, owner, sequence):
    somebody_replies(owner, sequence, text="")
    files = [{"name": "image 1.jpg", "content_type": "image/jpeg", "size": 0, "standing": "coming"}]
    Message.objects.filter(direction="in").update(text=" ", files=files)
    (line,) = get(client, "/conversations")["items"]
    assert line["preview"] == "image 1.jpg"


def test_who_replied_waits_for_an_answer(client, owner, sequence):
    enrollment = somebody_replies(owner, sequence)
    (line,) = get(client, "/conversations")["items"]
    assert line["contact"]["id"] == enrollment.contact_id
    assert (line["kind"], line["preview"], line["needs_answer"], line["unread"]) == (
        "reply",
        "Thursday works.",
        True,
        True,
    )
    assert get(client, "/conversations/counts") == {
        "needs_answer": 1,
        "questions": 0,
        "mine": 0,
        "unread": 1,
        "unmatched": 0,
    }


def test_an_automatic_answer_waits_for_nobody(client, owner, sequence):
    somebody_replies(owner, sequence, kind="out_of_office")
    assert get(client, "/conversations")["items"] == []
    assert len(get(client, "/conversations", scope="all")["items"]) == 1


def test_the_latest_comes_first_page_by_page(client, owner, sequence):
    people = [somebody_replies(owner, sequence, number).contact_id for number in range(5)]
    first = get(client, "/conversations", limit=3)
    rest = get(client, "/conversations", limit=3, cursor=first["next_cursor"])
    seen = [line["contact"]["id"] for line in (*first["items"], *rest["items"])]
    assert seen == people[::-1]


def test_a_thread_shows_what_was_said_and_what_the_sequence_does_not_send_any_more(client, owner, sequence):
    enrollment = somebody_replies(owner, sequence)
    thread = get(client, f"/conversations/{enrollment.contact_id}")
    assert [(said["direction"], said["kind"]) for said in thread["messages"]] == [
        ("out", "email"),
        ("in", "reply"),
    ]
    assert thread["subject"] == "Re: A quick idea for your night shifts"
    (shown,) = thread["enrollments"]
    assert [step["step"] for step in shown["left"]] == ["follow_up", "call", "connect", "last"]
    assert thread["sender"]["address"] == "rep@ours.test"


def test_an_answer_waits_ten_seconds_then_leaves_in_its_thread(client, owner, sequence):
    enrollment = somebody_replies(owner, sequence)
    written = write(client, enrollment.contact_id).json()
    assert (written["status"], written["hold"], written["can_take_back"]) == ("planned", "", True)
    assert get(client, "/conversations")["items"] == []
    touch = Touch.objects.get(id=written["id"])
    send_all(touch.not_before - timedelta(seconds=1))
    touch.refresh_from_db()
    assert touch.handed_at is None
    send_all(touch.not_before)
    touch.refresh_from_db()
    assert touch.status == "sent"
    sent = Message.objects.filter(direction="out").latest("id")
    assert (sent.subject, sent.text) == ("Re: A quick idea for your night shifts", "Gladly.")
    assert (sent.in_reply_to, sent.references) == (
        "theirs1@example.com",
        "first@ours.test theirs1@example.com",
    )
    thread = get(client, f"/conversations/{enrollment.contact_id}")
    assert (thread["messages"][-1]["by"], thread["outgoing"]) == (owner.name, [])


def test_an_answer_can_be_taken_back_and_the_question_waits_again(client, owner, sequence):
    enrollment = somebody_replies(owner, sequence)
    written = write(client, enrollment.contact_id).json()
    back = client.delete(f"/api/outgoing/{written['id']}")
    assert (back.status_code, back.json()["status"]) == (200, "cancelled")
    assert len(get(client, "/conversations")["items"]) == 1
    send_all(timezone.now() + timedelta(minutes=1))
    assert Touch.objects.get(id=written["id"]).status == "cancelled"
    assert client.delete(f"/api/outgoing/{written['id']}").json()["code"] == "too_late"


def test_the_same_message_is_written_once(client, owner, sequence):
    enrollment = somebody_replies(owner, sequence)
    body = {"client_id": "a-client-id-1", "text": "Gladly."}
    url = f"/api/conversations/{enrollment.contact_id}/messages"
    first = client.post(url, body, content_type="application/json").json()
    assert client.post(url, body, content_type="application/json").json()["id"] == first["id"]


def test_no_mail_goes_to_who_asked_for_none(client, owner, sequence):
    enrollment = somebody_replies(owner, sequence)
    suppress(owner, enrollment)
    assert get(client, f"/conversations/{enrollment.contact_id}")["unreachable"] == "opted_out"
    refused = write(client, enrollment.contact_id)
    assert (refused.status_code, refused.json()["code"]) == (422, "contact_unreachable")


def test_who_opts_out_before_it_leaves_gets_nothing(client, owner, sequence):
    enrollment = somebody_replies(owner, sequence)
    written = write(client, enrollment.contact_id).json()
    suppress(owner, enrollment)
    send_all(timezone.now() + timedelta(minutes=1))
    shown = get(client, f"/outgoing/{written['id']}")
    assert (shown["status"], shown["reason"]) == ("skipped", "opted_out")


def suppress(owner, enrollment):
    with transaction.atomic():
        stops.suppress(
            owner.workspace_id,
            channel="email",
            base_address=enrollment.contact.email_normal,
            reason="unsubscribe",
            source="x",
            now=timezone.now(),
        )


def test_a_first_message_needs_a_subject_and_makes_no_thread(client, owner, sequence):
    contact = swing.a_person(owner, 9, timezone.now())
    assert write(client, contact.pk).json()["code"] == "subject_missing"
    written = write(client, contact.pk, subject="Good morning").json()
    assert written["kind"] == "oneoff"
    send_all(timezone.now() + timedelta(minutes=1))
    sent = Message.objects.get(contact=contact)
    assert (sent.subject, sent.in_reply_to) == ("Good morning", "")


def test_what_waits_says_what_holds_it(client, owner, sequence):
    enrollment = somebody_replies(owner, sequence)
    until = timezone.now() + timedelta(hours=1)
    SenderProfile.objects.filter(kind="smtp").update(down_until=until, down_reason="sender_auth")
    assert write(client, enrollment.contact_id).json()["hold"] == "sender_down"
    (waiting,) = get(client, f"/conversations/{enrollment.contact_id}")["outgoing"]
    assert (waiting["hold"], waiting["by"]) == ("sender_down", owner.name)


def test_a_conversation_is_put_away_and_taken_up_again(client, owner, sequence):
    enrollment = somebody_replies(owner, sequence)
    url = f"/api/conversations/{enrollment.contact_id}"
    done = client.patch(url, {"needs_answer": False}, content_type="application/json").json()
    assert (done["needs_answer"], done["unread"]) == (False, False)
    client.patch(url, {"needs_answer": True, "unread": True}, content_type="application/json")
    assert get(client, "/conversations/counts")["unread"] == 1


@pytest.mark.parametrize(
    ("theirs", "state", "reason"),
    [
        pytest.param(True, "finished", "replied", id="it is theirs: the sequence ends"),
        pytest.param(False, "active", "", id="it is not: the sequence goes on"),
    ],
)
def test_a_weak_reply_is_confirmed_by_a_person(client, owner, sequence, theirs, state, reason):
    enrollment = somebody_replies(owner, sequence, kind="weak_reply")
    Enrollment.objects.filter(id=enrollment.pk).update(
        state="paused", reason="reply", finished_at=None, approved_at=timezone.now()
    )
    url = f"/api/conversations/{enrollment.contact_id}/confirm"
    thread = client.post(url, {"theirs": theirs}, content_type="application/json").json()
    assert thread["needs_answer"] is theirs
    enrollment.refresh_from_db()
    assert (enrollment.state, enrollment.reason) == (state, reason)
    assert client.post(url, {"theirs": theirs}, content_type="application/json").json()["code"] == (
        "nothing_to_confirm"
    )


def test_mail_of_nobody_is_listed_apart_and_put_away(client, owner, sequence):
    mail = Message.objects.create(
        workspace=owner.workspace,
        channel="email",
        direction="in",
        kind="other",
        from_address="x@example.com",
        subject="Offer",
        occurred_at=timezone.now(),
    )
    (line,) = get(client, "/conversations/unmatched")["items"]
    assert line["from_address"] == "x@example.com"
    settled = client.post(
        "/api/conversations/unmatched/settle", {"ids": [mail.pk]}, content_type="application/json"
    )
    assert settled.json() == {"count": 1}
    assert get(client, "/conversations/unmatched")["items"] == []


def test_a_page_costs_as_many_queries_for_many_as_for_few(client, owner, sequence):
    for number in range(6):
        somebody_replies(owner, sequence, number)

    def queries(limit):
        with CaptureQueriesContext(connection) as captured:
            get(client, "/conversations", limit=limit)
        return len(captured)

    assert queries(2) == queries(5)


def test_other_workspaces_read_and_write_nothing(client, owner, sequence):
    enrollment = somebody_replies(owner, sequence)
    written = write(client, enrollment.contact_id).json()
    other = another_owner()
    session = client.session
    session["workspace_id"] = other.workspace_id
    session.save()
    assert get(client, "/conversations", scope="all")["items"] == []
    assert client.get(f"/api/conversations/{enrollment.contact_id}").status_code == 404
    assert write(client, enrollment.contact_id).status_code == 404
    assert client.delete(f"/api/outgoing/{written['id']}").status_code == 404


def test_whoever_may_only_look_writes_nothing(client, owner, sequence):
    enrollment = somebody_replies(owner, sequence)
    owner.role = Role.VIEWER
    owner.save()
    assert get(client, f"/conversations/{enrollment.contact_id}")["messages"]
    assert write(client, enrollment.contact_id).status_code == 403
    assert not Touch.objects.filter(enrollment=None).exists()


def test_a_limited_rep_sees_own_contacts_only(client, owner, sequence):
    theirs = somebody_replies(owner, sequence, 1)
    own = somebody_replies(owner, sequence, 2)
    own.contact.owner = owner
    own.contact.save()
    owner.role, owner.workspace.reps_see_own_contacts = Role.REP, True
    owner.save()
    owner.workspace.save()
    (line,) = get(client, "/conversations", scope="all")["items"]
    assert line["contact"]["id"] == own.contact_id
    assert client.get(f"/api/conversations/{theirs.contact_id}").status_code == 404
    assert Conversation.objects.count() == 2
