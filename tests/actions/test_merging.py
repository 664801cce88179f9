"""Two contacts become one: nothing is lost, one of two runs goes on, and what was refused stays refused."""

from datetime import timedelta

import pytest
from django.apps import apps

from drumbeat.actions import enrollments, events, lists, opt_outs
from drumbeat.actions.contacts import bulk, duplicates, merging
from drumbeat.actions.contacts import view as contact_view
from drumbeat.actions.contacts.selection import Selection
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import TaskStep
from drumbeat.core.merging import OTHER, SURVIVOR
from drumbeat.engine.planner import Planner
from drumbeat.models import (
    AuditEntry,
    Contact,
    ContactFact,
    ContactList,
    ContactTag,
    Conversation,
    Enrollment,
    Event,
    ListMember,
    Message,
    Notification,
    Role,
    Suppression,
    Task,
    Touch,
)
from drumbeat.store import stops
from drumbeat.store.merging import MOVES
from tests.support.flows import a_line, an_email
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner, another_owner
from tests.support.outreach import a_member

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


@pytest.fixture
def kim(owner):
    return a_lead(owner, "kim@example.com", first_name="Kim", company="Acme")


@pytest.fixture
def kimberley(owner):
    return a_lead(owner, "k.lee@example.com", first_name="Kimberley", last_name="Lee", phone="+442079460958")


def merge(owner, survivor, other, **more):
    merging.merge(owner, survivor.pk, other.pk, LATER, **more)
    survivor.refresh_from_db()
    assert not Contact.objects.filter(pk=other.pk).exists()
    return survivor


def test_every_table_that_refers_to_contacts_says_how_its_rows_move():
    referring = {
        model
        for model in apps.get_app_config("drumbeat").get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is Contact
    }
    assert referring == set(MOVES)


def test_the_survivor_keeps_its_values_and_gets_what_it_lacks(owner, kim, kimberley):
    merge(owner, kim, kimberley)

    assert (kim.first_name, kim.last_name, kim.company) == ("Kim", "Lee", "Acme")
    assert (kim.email, kim.phone_normal) == ("kim@example.com", "+442079460958")
    assert (kim.name_folded, kim.last_name_compared) == ("kim lee", "lee")


def test_a_person_may_take_the_others_values(owner, kim, kimberley):
    chosen = {"email": OTHER, "first_name": OTHER, "phone": SURVIVOR}
    merge(owner, kim, kimberley, chosen=chosen)
    assert (kim.first_name, kim.email_normal, kim.phone) == ("Kimberley", "k.lee@example.com", "")


@pytest.mark.parametrize(
    ("chosen", "path"),
    [
        pytest.param({"shoe_size": "other"}, "shoe_size", id="a field that there is not"),
        pytest.param({"title": "mine"}, "title", id="neither of them"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(owner, kim, kimberley, chosen, path):
    with pytest.raises(DomainError) as refused:
        merging.merge(owner, kim.pk, kimberley.pk, LATER, chosen=chosen)
    assert (refused.value.code, list(refused.value.fields)) == ("merge_invalid", [path])


def test_what_it_would_do_is_told_and_nothing_is_written(owner, kim, kimberley):
    seen = merging.foresee(owner, kim.pk, kimberley.pk)

    assert {one.field: one.value for one in seen.fields if one.from_other} == {
        "last_name": "Lee",
        "phone": "+442079460958",
    }
    assert Contact.objects.count() == 2


def test_tags_lists_fields_notes_and_events_move_each_once(owner, kim, kimberley):
    for contact in (kim, kimberley):
        lists.join(owner, lists.create(owner, "Fair", NOW).pk, [contact.pk], NOW)
        contact_view.add_note(owner, contact.pk, f"Spoke to {contact.first_name}", NOW)
        events.log_event(owner, contact, "call_logged", NOW)
    bulk.apply(
        owner,
        Selection(contact_ids=[kimberley.pk]),
        bulk.Change(bulk.Act.ADD_TAG, tag="VIP"),
        NOW,
    )

    merge(owner, kim, kimberley)

    assert ListMember.objects.get().contact == kim
    assert ContactList.objects.count() == 1
    assert ContactTag.objects.get().contact == kim
    assert kim.notes.count() == 2
    assert Event.objects.filter(contact=kim, kind="call_logged").count() == 2
    assert ContactFact.objects.get(kind="call_logged", scope="").count == 2


def test_messages_and_conversations_join(owner, kim, kimberley):
    for contact, at, asks in ((kim, NOW, True), (kimberley, LATER, False)):
        message = Message.objects.create(
            workspace=owner.workspace, contact=contact, channel="email", direction="in", occurred_at=at
        )
        Conversation.objects.create(
            workspace=owner.workspace,
            contact=contact,
            last_message=message,
            last_at=at,
            needs_answer=asks,
        )
        Notification.objects.create(
            workspace=owner.workspace, member=owner, kind="replied", text="Hi", contact=contact, created_at=at
        )

    merge(owner, kim, kimberley)

    talk = Conversation.objects.get()
    assert (talk.contact, talk.last_at, talk.needs_answer) == (kim, LATER, True)
    assert Message.objects.filter(contact=kim).count() == 2
    assert Notification.objects.filter(contact=kim).count() == 2


def enroll(owner, sequence, contact, at=NOW):
    done = enrollments.enroll(owner, sequence.pk, [contact.pk], at)
    Planner().plan_once(at)
    return Enrollment.objects.get(pk=done.enrollment_ids[contact.pk])


def test_in_one_sequence_the_further_run_goes_on_and_the_other_finishes(owner, kim, kimberley):
    sequence = an_active_sequence(owner)
    first, second = enroll(owner, sequence, kim), enroll(owner, sequence, kimberley, LATER)
    Touch.objects.filter(enrollment=second).update(status="sent", handed_at=LATER, settled_at=LATER)

    merge(owner, kim, kimberley)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.reason) == ("finished", "merged")
    assert Touch.objects.get(enrollment=first).status == "cancelled"
    assert (second.contact, second.state) == (kim, "awaiting")


def test_in_different_sequences_both_go_on_to_the_survivors_address(owner, kim, kimberley):
    one, other = an_active_sequence(owner), an_active_sequence(owner, name="Other")
    first, second = enroll(owner, one, kim), enroll(owner, other, kimberley)
    Touch.objects.filter(enrollment=second).update(lease_token="claimed", lease_until=LATER)

    merge(owner, kim, kimberley)

    touch = Touch.objects.get(enrollment=second)
    assert (touch.contact, touch.recipient) == (kim, "kim@example.com")
    assert touch.vetoed_at is not None  # who claimed it must not send it to the other address
    Planner().plan_once(LATER)
    planned = Touch.objects.get(enrollment=second)
    assert (planned.vetoed_at, planned.lease_token, planned.status) == (None, "", "planned")
    assert set(Enrollment.objects.exclude(state="finished")) == {first, second}


def test_what_happened_to_one_stops_nothing_of_the_other(owner, kim, kimberley):
    stops.record_fact(owner.workspace_id, [kim.pk], "replied", NOW)
    second = enroll(owner, an_active_sequence(owner), kimberley)

    merge(owner, kim, kimberley)
    Planner().plan_once(LATER)

    second.refresh_from_db()
    assert second.state == "awaiting"
    stops.stop_contacts(owner.workspace_id, [kim.pk], "replied", LATER)
    Planner().plan_once(LATER)
    second.refresh_from_db()
    assert (second.state, second.reason) == ("finished", "replied")


def test_who_unsubscribed_under_either_address_is_written_to_under_none(owner, kim, kimberley):
    run = enroll(owner, an_active_sequence(owner), kim)
    opt_outs.unsubscribe(owner.workspace_id, kimberley.pk, NOW, source="one_click")
    Contact.objects.filter(pk=kim.pk).update(consent={"sms": True})
    Contact.objects.filter(pk=kimberley.pk).update(consent={"sms": False})

    merge(owner, kim, kimberley)

    assert kim.consent == {"sms": False}
    assert Suppression.objects.filter(contact=kim, reason="unsubscribe", lifted_at=None).count() == 2
    Planner().plan_once(LATER)
    run.refresh_from_db()
    assert (run.state, run.reason) == ("finished", "suppressed")


def test_an_old_unsubscribe_link_of_the_one_that_is_gone_still_works(owner, kim, kimberley):
    gone = kimberley.pk
    merge(owner, kim, kimberley)
    assert opt_outs.unsubscribe(owner.workspace_id, gone, LATER, source="one_click")
    assert Suppression.objects.get(reason="unsubscribe").contact == kim


def test_a_task_goes_with_its_contact(owner, kim, kimberley):
    enroll(
        owner,
        an_active_sequence(owner, a_line(TaskStep(key="call", title="Call"), an_email("mail"))),
        kimberley,
    )
    merge(owner, kim, kimberley)
    assert Task.objects.get().contact == kim


def test_it_is_audited_without_anybodys_data(owner, kim, kimberley):
    other = kimberley.pk
    merge(owner, kim, kimberley)
    entry = AuditEntry.objects.get(act="contact.merge")
    assert (entry.object_id, entry.before) == (kim.pk, {"other": other})
    assert "Kim" not in str(entry.after)


def test_who_may_not_and_what_cannot_be_merged(owner, kim, kimberley):
    stranger = a_lead(another_owner(), "kim@example.com")
    rep = a_member(owner.workspace, "rep", Role.REP)
    for member, one, other, code in (
        (owner, kim.pk, kim.pk, "merge_invalid"),
        (owner, kim.pk, stranger.pk, "not_found"),
        (owner, stranger.pk, kim.pk, "not_found"),
        (rep, kim.pk, kimberley.pk, "not_permitted"),
    ):
        with pytest.raises(DomainError) as refused:
            merging.merge(member, one, other, LATER)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        pytest.param({"email": "k.im+news@example.com"}, "email", id="one mailbox, with a tag and dots"),
        pytest.param({"phone": "+442079460958"}, "phone", id="the number is the other's WhatsApp"),
        pytest.param({"email": "x@y.test", "first_name": "KIM", "company": "acme"}, "name", id="one name"),
        pytest.param({"email": "x@y.test", "first_name": "Kim", "company": "Other"}, None, id="another firm"),
        pytest.param({"email": "kimmy@example.com"}, None, id="somebody whose address begins alike"),
    ],
)
def test_who_may_be_the_same_person(owner, other, alike):
    kim = a_lead(owner, "kim@example.com", first_name="Kim", company="Acme", whatsapp="+442079460958")
    a_lead(owner, other.pop("email", ""), **other)
    assert [one.alike for one in duplicates.of(owner, kim.pk)] == ([alike] if alike else [])
