"""Sequences over HTTP: the cards with their numbers and health, one sequence, its settings, its life."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.actions import emergency, sequences
from drumbeat.core.document import write_document
from drumbeat.models import AuditEntry, Job, Role, SenderProfile, Sequence, Touch
from tests.support import board as swing
from tests.support.flows import a_line, an_email
from tests.support.office import a_mailbox, another_owner, two_mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(owner):
    return a_mailbox(owner)


def make(owner, now, name="Hello", **more):
    return sequences.create(owner, name, now, document=write_document(two_mails()), **more)


def cards(client, **query):
    return client.get("/api/sequences", query).json()["items"]


def card_of(client, sequence, **query):
    return next(card for card in cards(client, **query) if card["id"] == sequence.pk)


def patch(client, path, body):
    return client.patch(path, body, content_type="application/json")


def post(client, path, body=None, **more):
    return client.post(path, body if body is not None else {}, content_type="application/json", **more)


def enroll(owner, sequence, now, number, **more):
    return swing.an_enrollment(sequence, swing.a_person(owner, number, now), now, **more)


# cards


def test_a_card_counts_by_the_labels_of_cards(client, owner, now):
    sequence = swing.a_sequence(owner, two_mails(), now)
    stands = [
        ("active", ""), ("awaiting", ""), ("paused", "manual"), ("blocked", "error"), ("pending_review", ""),
        ("finished", "completed"), ("finished", "replied"), ("finished", "manual"),
    ]  # fmt: skip
    for number, (state, reason) in enumerate(stands):
        enroll(owner, sequence, now, number, state=state, reason=reason)
    assert card_of(client, sequence)["counts"] == {
        "active": 2,
        "paused": 3,
        "completed": 1,
        "unenrolled": 2,
    }


def test_a_card_draws_the_steps_at_their_days(client, owner, now):
    sequence = swing.a_sequence(owner, swing.five_steps(), now)
    rhythm = card_of(client, sequence)["rhythm"]
    drawn = [(step["kind"], step["channel"], step["day"]) for step in rhythm["steps"] if step["drawn"]]
    assert drawn == [
        ("email", "email", 0.0),
        ("email", "email", 6.0),
        ("voice", "voice", 8.0),
        ("task", "", 10.0),
        ("email", "email", 14.0),
    ]
    assert (rhythm["days"], rhythm["step_count"], rhythm["branches"]) == (14.0, 5, False)


def test_the_reply_rate_counts_people(client, owner, sender, now):
    sequence = swing.a_sequence(owner, two_mails(), now)
    people = [enroll(owner, sequence, now, number) for number in range(4)]
    for person in people[:3]:
        swing.a_sent_mail(person, sender, now)
    swing.a_sent_mail(people[0], sender, now, step="follow_up")
    swing.an_answer(people[0], now)
    swing.an_answer(people[0], now)
    assert card_of(client, sequence)["reach"] == {"sent": 3, "replied": 1}


def test_unpublished_changes_show(client, owner, sender, now):
    sequence = make(owner, now, active=True)
    assert card_of(client, sequence)["has_unpublished_changes"] is False
    changed = write_document(a_line(an_email("other")))
    sequences.save_draft(owner, sequence.pk, changed, now, revision=1)
    assert card_of(client, sequence)["has_unpublished_changes"] is True
    assert card_of(client, sequence)["version"]["number"] == 1
    assert card_of(client, sequence)["rhythm"]["step_count"] == 2


def test_what_comes_next_is_the_first_send_until_something_was_sent(client, owner, sender, now):
    sequence = swing.a_sequence(owner, two_mails(), now)
    person = enroll(owner, sequence, now, 1)
    card = card_of(client, sequence)
    assert card["next_send_at"] is None
    assert datetime.fromisoformat(card["first_send_at"]) - person.next_step_at < timedelta(milliseconds=1)
    assert card["health"]["code"] == "next_send"
    swing.a_sent_mail(person, sender, now)
    card = card_of(client, sequence)
    assert card["first_send_at"] is None
    assert card["next_send_at"] is not None


def test_a_message_that_waits_counts_as_planned_today(client, owner, sender, now):
    sequence = swing.a_sequence(owner, two_mails(), now)
    person = enroll(owner, sequence, now, 1, state="awaiting")
    swing.a_touch(person, sender, now)
    assert card_of(client, sequence)["planned_today"] == 1


@pytest.mark.parametrize(
    ("state", "reason", "code", "room"),
    [
        pytest.param("blocked", "interrupted", "blocked_interrupted", "enrollments", id="a message is in doubt"),
        pytest.param("blocked", "sender_unavailable", "blocked_sender_unavailable", "senders", id="no sender"),
        pytest.param("pending_review", "", "waiting_for_review", "review", id="people wait for review"),
        pytest.param("finished", "completed", "all_finished", None, id="all have finished"),
        pytest.param("awaiting", "", "waits", None, id="people wait for something that is no message"),
    ],
)  # fmt: skip
def test_the_health_of_a_running_one_says_what_matters_most(client, owner, now, state, reason, code, room):
    sequence = swing.a_sequence(owner, two_mails(), now)
    enroll(owner, sequence, now, 1, state=state, reason=reason)
    health = card_of(client, sequence)["health"]
    assert (health["code"], health["link"] and health["link"]["room"]) == (code, room)


def test_a_draft_says_its_errors_and_that_it_is_empty(client, owner, now):
    empty = sequences.create(owner, "Empty", now)
    faulty = make(owner, now)
    assert card_of(client, empty)["health"]["code"] == "draft_empty"
    assert card_of(client, faulty)["health"] == {
        "level": "problem",
        "code": "draft_errors",
        "args": {"count": 2},
        "link": {"room": "steps", "filter": {}},
    }
    a_mailbox(owner)
    assert card_of(client, faulty)["health"]["code"] == "draft_ready"


def test_a_paused_one_says_who_paused_it(client, owner, sender, now):
    sequence = make(owner, now, active=True)
    enroll(owner, Sequence.objects.get(id=sequence.pk), now, 1)
    sequences.pause(owner, sequence.pk, now)
    health = card_of(client, sequence)["health"]
    assert (health["code"], health["args"]["by"], health["args"]["people"]) == ("paused", owner.name, 1)


def test_the_emergency_stop_and_a_sick_sender_show(client, owner, sender, now):
    sequence = swing.a_sequence(owner, two_mails(), now)
    person = enroll(owner, sequence, now, 1, state="awaiting")
    swing.a_touch(person, sender, now)
    SenderProfile.objects.filter(id=sender.pk).update(down_until=now + timedelta(hours=1))
    assert card_of(client, sequence)["health"]["code"] == "sender_down"
    emergency.stop_all(owner, now)
    assert card_of(client, sequence)["health"]["code"] == "emergency_stop"


def test_only_a_draft_that_nobody_ran_through_is_deletable(client, owner, sender, now):
    draft, active = make(owner, now), make(owner, now, "Other", active=True)
    assert card_of(client, draft)["deletable"] is True
    assert card_of(client, active)["deletable"] is False


def test_cards_are_filtered_and_sorted(client, owner, sender, now):
    first = make(owner, now, "Alpha", active=True)
    second = make(owner, now, "Beta", description="About trade fairs")
    gone = make(owner, now, "Gone")
    sequences.archive(owner, gone.pk, now)
    ids = lambda **query: [card["id"] for card in cards(client, **query)]  # noqa: E731
    assert ids(sort="-name") == [second.pk, first.pk]
    assert ids(status="archived") == [gone.pk]
    assert ids(status=["draft", "active"], sort="name") == [first.pk, second.pk]
    assert ids(q="FAIR") == [second.pk]
    assert ids(owner_id=owner.pk + 1) == []
    enroll(owner, Sequence.objects.get(id=first.pk), now, 1)
    assert ids(sort="-active") == [first.pk, second.pk]
    assert client.get("/api/sequences", {"sort": "owner"}).status_code == 422


def test_pages_follow_each_other_in_every_order(client, owner, sender, now):
    made = {make(owner, now, f"S{n % 3}").pk for n in range(7)}
    for sort in ("-active", "name", "-name", "created_at", "-updated_at"):
        seen: list[int] = []
        cursor: str | None = ""
        while cursor is not None:
            page = client.get("/api/sequences", {"sort": sort, "limit": 2, "cursor": cursor}).json()
            seen += [card["id"] for card in page["items"]]
            cursor = page["next_cursor"]
        assert (len(seen), set(seen)) == (7, made)


def asked(client):
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/api/sequences", {"limit": 200}).status_code == 200
    return len(queries)


def test_200_cards_take_as_many_queries_as_one(client, owner, sender, now):
    swing.a_sequence(owner, two_mails(), now)
    make(owner, now)
    asked(client)
    few = asked(client)
    for number in range(100):
        swing.a_sequence(owner, two_mails(), now, name=f"S{number}")
        sequences.create(owner, f"D{number}", now, template="cold_outreach")
    asked(client)
    assert asked(client) == few


def test_the_totals_stand_above_the_list(client, owner, sender, now):
    sequence = swing.a_sequence(owner, two_mails(), now)
    swing.a_sent_mail(enroll(owner, sequence, now, 1), sender, now)
    make(owner, now)
    assert client.get("/api/sequences/totals").json() == {
        "by_status": {"draft": 1, "active": 1, "paused": 0, "archived": 0},
        "owners": [{"id": owner.pk, "name": owner.name}],
        "people_active": 1,
        "sent_today": 1,
        "tags": [],
    }


def test_another_workspace_sees_no_card(client, owner, now):
    other = another_owner()
    swing.a_sequence(other, two_mails(), now)
    assert cards(client) == []


# one sequence


def test_a_sequence_is_created_empty_from_a_template_or_a_document(client, owner):
    empty = post(client, "/api/sequences", {"name": "Mine"})
    assert (empty.status_code, empty.json()["name"], empty.json()["status"]) == (201, "Mine", "draft")
    assert empty.json()["draft"] == {**empty.json()["draft"], "revision": 1, "changed": True}
    from_template = post(client, "/api/sequences", {"name": "T", "template": "cold_outreach"}).json()
    draft = client.get(f"/api/sequences/{from_template['id']}/draft").json()
    assert [step["key"] for step in draft["document"]["steps"]] == ["intro", "value", "call_to_action"]
    assert post(client, "/api/sequences", {"name": "T", "template": "dance"}).status_code == 422
    assert post(client, "/api/sequences", {"name": "T", "stautus": "active"}).status_code == 422


def test_it_is_renamed_and_given_away(client, owner, now):
    sequence = make(owner, now)
    answer = patch(client, f"/api/sequences/{sequence.pk}", {"name": " New ", "description": "About"}).json()
    assert (answer["name"], answer["description"]) == ("New", "About")
    assert patch(client, f"/api/sequences/{sequence.pk}", {"owner_id": None}).json()["owner"] is None
    assert patch(client, f"/api/sequences/{sequence.pk}", {"owner_id": 99_999}).status_code == 404
    entry = AuditEntry.objects.filter(act="sequences.rename").earliest("id")
    assert (entry.before["name"], entry.after["name"]) == ("Hello", "New")


def test_settings_change_at_once_and_say_what_and_for_whom(client, owner, sender, now):
    sequence = make(owner, now, active=True)
    enroll(owner, Sequence.objects.get(id=sequence.pk), now, 1)
    path = f"/api/sequences/{sequence.pk}/settings"
    body = {"exit_on_reply": "pause", "sender_id": sender.pk, "review": True, "exit_on_call": "off"}
    answer = patch(client, path, body).json()
    assert answer["settings"]["exit_on_reply"] == "pause"
    assert [(c["setting"], c["before"], c["after"], c["effect"], c["people"]) for c in answer["changes"]] == [
        ("exit_on_reply", "finish", "pause", "from_now_on", 1),
        ("sender_id", None, sender.pk, "next_sends", 1),
        ("review", False, True, "new_enrollments", 0),
    ]
    entry = AuditEntry.objects.get(act="sequences.settings")
    assert entry.after == {"exit_on_reply": "pause", "sender_id": sender.pk, "review": True}
    assert patch(client, path, body).json()["changes"] == []
    assert AuditEntry.objects.filter(act="sequences.settings").count() == 1


def test_a_new_window_moves_what_waits(client, owner, sender, now):
    sequence = make(owner, now, active=True)
    person = enroll(owner, Sequence.objects.get(id=sequence.pk), now, 1, state="awaiting")
    held = swing.a_touch(person, sender, now, hold_reason="window", not_before=now + timedelta(days=1))
    window = {"monday": [["08:00", "12:00"]]}
    answer = patch(client, f"/api/sequences/{sequence.pk}/settings", {"window": window}).json()
    assert answer["settings"]["window"] == window
    assert Touch.objects.get(id=held.pk).hold_reason == ""
    assert Job.objects.latest("id").arguments == {"only": {"sequence_id": sequence.pk}}
    cleared = patch(client, f"/api/sequences/{sequence.pk}/settings", {"window": None}).json()
    assert cleared["settings"]["window"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param({"exit_on_reply": "maybe"}, "body.body.exit_on_reply", id="a word that does not exist"),
        pytest.param({"window": {"monday": [["9", "17"]]}}, "window.monday.0", id="a window that is none"),
        pytest.param({"window": {}}, "window", id="a window that never opens"),
        pytest.param({"sender_id": 99_999}, "sender_id", id="a sender that does not exist"),
        pytest.param({"reenrollment": "after_days"}, "reenroll_after_days", id="days that nobody named"),
        pytest.param({"colour": "red"}, "body.body.colour", id="a setting that does not exist"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(client, owner, now, body, field):
    sequence = make(owner, now)
    answer = patch(client, f"/api/sequences/{sequence.pk}/settings", body)
    assert answer.status_code == 422
    assert field in answer.json()["fields"]
    assert not AuditEntry.objects.filter(act="sequences.settings").exists()


def test_a_sender_of_another_workspace_is_no_sender(client, owner, now):
    theirs = a_mailbox(another_owner(), "their@ours.test")
    sequence = make(owner, now)
    answer = patch(client, f"/api/sequences/{sequence.pk}/settings", {"sender_id": theirs.pk})
    assert answer.json()["code"] == "setting_invalid"


def test_its_life_from_draft_to_archive(client, owner, sender, now):
    sequence = make(owner, now)
    path = f"/api/sequences/{sequence.pk}"
    assert post(client, f"{path}/pause").json()["code"] == "sequence_not_active"
    active = post(client, f"{path}/activate").json()
    assert (active["status"], active["version"]["number"]) == ("active", 1)
    assert (active["status_by"]["name"], active["draft"]["changed"]) == (owner.name, False)
    assert post(client, f"{path}/pause").json()["status"] == "paused"
    assert post(client, f"{path}/resume").json()["status"] == "active"
    assert client.delete(path).json()["code"] == "sequence_in_use"
    assert post(client, f"{path}/archive").json()["status"] == "archived"
    assert post(client, f"{path}/activate").json()["code"] == "sequence_archived"
    acts = list(AuditEntry.objects.order_by("id").values_list("act", flat=True))
    assert acts == [
        "sequences.create",
        "sequences.publish",
        "sequences.activate",
        "sequences.pause",
        "sequences.activate",
        "sequences.archive",
    ]


def test_a_draft_with_errors_is_not_activated(client, owner, now):
    sequence = make(owner, now)
    refused = post(client, f"/api/sequences/{sequence.pk}/activate")
    assert (refused.status_code, refused.json()["code"]) == (422, "flow_has_errors")
    assert refused.json()["fields"]["steps[0].kind"]


def test_only_what_was_looked_at_is_activated(client, owner, sender, now):
    sequence = make(owner, now)
    sequences.save_draft(owner, sequence.pk, write_document(a_line(an_email("x"))), now, revision=1)
    refused = post(client, f"/api/sequences/{sequence.pk}/activate", {"revision": 1})
    assert (refused.status_code, refused.json()["code"]) == (409, "draft_conflict")


def test_a_copy_has_flow_and_settings(client, owner, now):
    sequence = make(owner, now)
    patch(client, f"/api/sequences/{sequence.pk}/settings", {"exit_on_reply": "off"})
    copy = post(client, f"/api/sequences/{sequence.pk}/duplicate").json()
    assert (copy["name"], copy["settings"]["exit_on_reply"]) == ("Hello (copy)", "off")
    named = post(client, f"/api/sequences/{sequence.pk}/duplicate", {"name": "Mine"}).json()
    assert named["name"] == "Mine"


def test_a_draft_is_deleted(client, owner, now):
    sequence = make(owner, now)
    assert client.delete(f"/api/sequences/{sequence.pk}").status_code == 204
    assert client.get(f"/api/sequences/{sequence.pk}").status_code == 404


def test_a_viewer_looks_and_changes_nothing(client, owner, now):
    sequence = make(owner, now)
    owner.role = Role.VIEWER
    owner.save()
    assert len(cards(client)) == 1
    assert post(client, "/api/sequences", {"name": "x"}).status_code == 403
    assert patch(client, f"/api/sequences/{sequence.pk}/settings", {"review": True}).status_code == 403
