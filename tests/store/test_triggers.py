"""Triggers: what happens to contacts starts the sequences that listen to it, by the rules of any automatic start."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench import world
from drumbeat.actions import events, sequences
from drumbeat.actions.contacts import change
from drumbeat.actions.sequences import settings
from drumbeat.core.facts import EventKind
from drumbeat.core.triggers.matching import meets
from drumbeat.engine import jobs, triggers
from drumbeat.engine.planner import Planner
from drumbeat.models import (
    ConditionSeen,
    Contact,
    Enrollment,
    Event,
    Listener,
    Member,
    User,
    Workspace,
)
from drumbeat.store import contact_events, lists, sweeps, tags
from tests.support.starting import NOW, a_contact, answers, enrolled_in, read_all, started_by

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)
ENROLLED = "enrolled"


@pytest.fixture
def owner():
    return world.a_workspace()


def stage_is(stage):
    return {"rules": [{"field": "stage", "operator": "equals", "value": stage}]}


def tag(owner, contact, name, now=NOW):
    with transaction.atomic():
        tags.add(
            owner.workspace_id, tags.ensure(owner.workspace_id, name), [contact.pk], now, source="manual"
        )


def happens(owner, contact, kind, now=NOW, **payload):
    contact_events.add(owner.workspace_id, kind, [contact.pk], now, source="test", payload=payload)


@pytest.mark.parametrize(
    ("entry", "kind", "payload", "starts"),
    [
        pytest.param({"event": "contact_created"}, "contact_created", {}, True, id="a new contact"),
        pytest.param({"event": "tag_added"}, "tag_added", {"tag": "vip"}, True, id="any tag"),
        pytest.param(
            {"event": "tag_added", "name": "VIP"}, "tag_added", {"tag": "vip"}, True, id="folded names"
        ),
        pytest.param(
            {"event": "tag_added", "name": "vip"}, "tag_added", {"tag": "cold"}, False, id="another tag"
        ),
        pytest.param(
            {"event": "tag_added", "name": "vip"}, "tag_removed", {"tag": "vip"}, False, id="another kind"
        ),
        pytest.param(
            {"event": "stage_changed", "name": "won"}, "stage_changed", {"stage": "Won"}, True, id="a stage"
        ),
        pytest.param(
            {"event": "field_changed", "name": "custom.seats"},
            "field_changed",
            {"field": "custom.seats"},
            True,
            id="a field",
        ),
        pytest.param(
            {"event": "custom", "name": "churn"}, "custom", {"event": "churn"}, True, id="a named event"
        ),
        pytest.param({"event": "custom", "name": "churn"}, "custom", {}, False, id="an event without a name"),
        pytest.param(
            {"event": "webhook_received", "name": "shop"},
            "webhook_received",
            {"hook": "shop"},
            True,
            id="a webhook",
        ),
        pytest.param({"event": "form_submitted"}, "form_submitted", {"form": "demo"}, True, id="any form"),
        pytest.param({"event": "replied"}, "replied", {}, True, id="a reply"),
    ],
)
def test_what_happens_starts_what_listens(owner, entry, kind, payload, starts):
    ada = a_contact(owner)
    sequence = started_by(owner, triggers={"any": [entry]})

    happens(owner, ada, EventKind(kind), **payload)
    read_all()

    assert enrolled_in(sequence) == (["ada"] if starts else [])
    assert answers(sequence) == ([("ada", 0, kind, ENROLLED)] if starts else [])


def test_any_entry_will_do_and_conditions_must_hold_besides(owner):
    ada, bob = a_contact(owner, "ada", stage="Lead"), a_contact(owner, "bob", stage="Customer")
    sequence = started_by(
        owner,
        triggers={
            "any": [{"event": "replied"}, {"event": "tag_added", "name": "hot"}],
            "all": stage_is("lead"),
        },
    )

    for one in (ada, bob):
        tag(owner, one, "hot")
    read_all()

    assert answers(sequence) == [("ada", 1, "tag_added", ENROLLED)]


def test_nobody_is_started_twice_at_once_and_earlier_runs_forbid_another(owner):
    ada = a_contact(owner)
    sequence = started_by(owner, triggers={"any": [{"event": "replied"}]})

    happens(owner, ada, EventKind.REPLIED)
    read_all()
    happens(owner, ada, EventKind.REPLIED)
    read_all()
    Enrollment.objects.update(state="finished", reason="completed", finished_at=NOW, next_step_at=None)
    happens(owner, ada, EventKind.REPLIED)
    read_all()

    assert [answer for *_, answer in answers(sequence)] == [
        ENROLLED, "already_enrolled", "reenrollment_not_allowed",
    ]  # fmt: skip


def test_drafts_and_archived_sequences_hear_nothing_and_paused_ones_take_people(owner):
    ada = a_contact(owner)
    rule = {"any": [{"event": "replied"}]}
    paused = started_by(owner, "Paused", triggers=rule)
    archived = started_by(owner, "Archived", triggers=rule)
    sequences.pause(owner, paused.pk, NOW)
    sequences.archive(owner, archived.pk, NOW)

    happens(owner, ada, EventKind.REPLIED)
    read_all()

    assert (enrolled_in(paused), enrolled_in(archived)) == (["ada"], [])
    assert not Listener.objects.filter(sequence=archived).exists()


def test_what_happened_before_nobody_listened_starts_nothing(owner):
    ada = a_contact(owner)
    happens(owner, ada, EventKind.REPLIED)
    read_all()
    sequence = started_by(owner, triggers={"any": [{"event": "replied"}]})

    read_all()

    assert enrolled_in(sequence) == []


def test_a_condition_fires_when_it_turns_true_and_again_only_after_it_was_false(owner):
    ada = a_contact(owner)
    sequence = started_by(owner, triggers={"any": [{"becomes": stage_is("won")}]}, reenrollment="always")
    read_all()

    for stage in ("Won", "won", "lost", "won"):
        change(owner, Contact.objects.get(id=ada.pk).pk, {"stage": stage}, NOW)
        read_all()
        Enrollment.objects.update(state="finished", reason="completed", finished_at=NOW, next_step_at=None)

    assert answers(sequence) == [("ada", 0, "", ENROLLED), ("ada", 0, "", ENROLLED)]


@pytest.mark.parametrize(
    ("at_activation", "met"),
    [pytest.param(False, [], id="not unless asked"), pytest.param(True, ["ada"], id="when asked")],
)
def test_whom_criteria_fit_at_activation_is_known_and_enrolled(owner, at_activation, met):
    ada, _ = a_contact(owner, "ada", stage="won"), a_contact(owner, "bob")
    sequence = started_by(
        owner, auto_enroll=True, enrollment_criteria=stage_is("won"), enroll_at_activation=at_activation
    )
    read_all()
    assert enrolled_in(sequence) == met

    tag(owner, ada, "anything")
    change(owner, Contact.objects.get(first_name="Bob").pk, {"stage": "won"}, NOW)
    read_all()

    assert enrolled_in(sequence) == [*met, "bob"]
    assert ("bob", -1, "", ENROLLED) in answers(sequence)


def test_who_is_created_while_the_others_are_looked_through_counts_as_new(owner):
    a_contact(owner, "ada", stage="won")
    sequence = started_by(
        owner, now=NOW + timedelta(minutes=1), auto_enroll=True, enrollment_criteria=stage_is("won")
    )
    late = a_contact(owner, "bob", stage="won")
    Contact.objects.filter(id=late.pk).update(created_at=NOW + timedelta(minutes=2))
    happens(owner, late, EventKind.CONTACT_CREATED)

    while jobs.run_once(NOW + timedelta(minutes=3)):
        pass
    read_all(NOW + timedelta(minutes=3))

    assert enrolled_in(sequence) == ["bob"]


def test_criteria_count_only_while_auto_enroll_is_on(owner):
    ada = a_contact(owner)
    sequence = started_by(owner, auto_enroll=False, enrollment_criteria=stage_is("won"))
    change(owner, ada.pk, {"stage": "won"}, NOW)
    read_all()
    assert enrolled_in(sequence) == []

    settings.change(owner, sequence.pk, {"auto_enroll": True}, NOW)
    read_all()

    assert enrolled_in(sequence) == []
    assert ConditionSeen.objects.count() == 1


def test_activation_works_in_pages(owner, monkeypatch):
    monkeypatch.setattr(sweeps, "PAGE", 3)
    for number in range(8):
        a_contact(owner, f"p{number}", stage="won")
    sequence = started_by(
        owner, auto_enroll=True, enrollment_criteria=stage_is("won"), enroll_at_activation=True
    )

    read_all()

    assert enrolled_in(sequence) == [f"p{number}" for number in range(8)]


def test_sequences_that_start_one_another_come_to_an_end(owner):
    ada = a_contact(owner)
    steps = {name: [{"key": "mark", "kind": "tag", "tag": name}] for name in ("one", "two")}
    first = started_by(
        owner, "First", steps=steps["two"], triggers={"any": [{"event": "tag_added", "name": "one"}]},
        reenrollment="always",
    )  # fmt: skip
    second = started_by(
        owner, "Second", steps=[*steps["one"], {"key": "off", "kind": "tag", "action": "remove", "tag": "two"}],
        triggers={"any": [{"event": "tag_added", "name": "two"}]}, reenrollment="always",
    )  # fmt: skip
    tag(owner, ada, "one")
    with transaction.atomic():
        tags.remove(
            owner.workspace_id, tags.ensure(owner.workspace_id, "one"), [ada.pk], NOW, source="manual"
        )

    for _ in range(5):
        read_all()
        Planner().plan_once(NOW)

    assert [answer for *_, answer in answers(first)] == [ENROLLED, "loop"]
    assert [answer for *_, answer in answers(second)] == [ENROLLED]


def test_a_loop_through_the_outside_ends_after_five_starts_a_day(owner):
    ada = a_contact(owner)
    sequence = started_by(owner, triggers={"any": [{"event": "replied"}]}, reenrollment="always")

    for _ in range(7):
        happens(owner, ada, EventKind.REPLIED)
        read_all()
        Enrollment.objects.update(state="finished", reason="completed", finished_at=NOW, next_step_at=None)

    assert [answer for *_, answer in answers(sequence)] == [ENROLLED] * 5 + ["loop"] * 2


def test_the_end_of_a_sequence_starts_another_that_names_it(owner):
    ada = a_contact(owner)
    first = started_by(
        owner, "First", triggers={"any": [{"event": "replied"}]}, steps=[{"key": "end", "kind": "end"}]
    )
    second = started_by(owner, "Second", triggers={"any": [{"event": "sequence_finished", "name": "first"}]})
    third = started_by(owner, "Third", triggers={"any": [{"event": "sequence_finished", "name": "other"}]})
    happens(owner, ada, EventKind.REPLIED)
    read_all()

    Planner().plan_once(NOW)
    read_all()

    assert (enrolled_in(first), enrolled_in(second), enrolled_in(third)) == (["ada"], ["ada"], [])


def test_a_list_starts_whoever_joins_it(owner):
    ada, bob = a_contact(owner), a_contact(owner, "bob")
    with transaction.atomic():
        hot = lists.ensure(owner.workspace_id, "Hot", NOW)
        cold = lists.ensure(owner.workspace_id, "Cold", NOW)
    sequence = started_by(owner, triggers={"any": [{"event": "list_joined", "name": "Hot"}]})

    with transaction.atomic():
        lists.join_and_tell(owner.workspace_id, hot, [ada.pk], NOW, source="manual")
        lists.join_and_tell(owner.workspace_id, cold, [bob.pk], NOW, source="manual")
    read_all()

    assert enrolled_in(sequence) == ["ada"]


def test_other_workspaces_hear_nothing(owner):
    other = Member.objects.create(
        workspace=Workspace.objects.create(name="Other", created_at=NOW),
        user=User.objects.create_user("else@team.test"),
        name="Else",
        role="admin",
        is_owner=True,
        created_at=NOW,
    )
    sequence = started_by(other, triggers={"any": [{"event": "replied"}]})

    happens(owner, a_contact(owner), EventKind.REPLIED)
    read_all()

    assert enrolled_in(sequence) == []


def test_a_logged_event_starts_a_sequence(owner):
    ada = a_contact(owner)
    sequence = started_by(owner, triggers={"any": [{"event": "meeting_booked"}]})

    events.log_event(owner, ada, "meeting_booked", NOW)
    read_all()

    assert enrolled_in(sequence) == ["ada"]


def test_a_faulty_event_is_set_aside_and_the_others_count(owner, monkeypatch):
    ada, bob = a_contact(owner), a_contact(owner, "bob")
    sequence = started_by(owner, triggers={"any": [{"event": "replied"}]})
    for one in (ada, bob):
        happens(owner, one, EventKind.REPLIED)

    def faulty(entry, happened):
        if happened.payload.get("bad"):
            raise ValueError("a defect")
        return meets(entry, happened)

    monkeypatch.setattr(triggers, "meets", faulty)
    Event.objects.filter(contact=ada).update(payload={"bad": True})
    read_all()

    assert enrolled_in(sequence) == ["bob"]
    assert not Event.objects.filter(triggered_at=None).exists()


def test_looking_costs_by_listeners_and_not_by_sequences_or_events(owner):
    people = [a_contact(owner, f"p{number}") for number in range(40)]
    for number in range(30):
        started_by(owner, f"S{number}", triggers={"any": [{"event": "tag_added", "name": f"tag{number}"}]})

    def queries(count):
        for one in people[:count]:
            happens(owner, one, EventKind.TAG_ADDED, tag="unheard")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            triggers.process_once(NOW)
        return len(seen)

    assert queries(2) == queries(40) <= 8
