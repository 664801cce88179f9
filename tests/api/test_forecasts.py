"""What the dialogs of activating and publishing say of the people concerned, read against the rows."""

import pytest

from drumbeat.actions import enrollments, sequences, suppressions
from drumbeat.actions.sequences import settings
from drumbeat.core.document import write_document
from drumbeat.core.flow import Channel, SmsStep
from drumbeat.models import Contact, Enrollment, SenderProfile, Sequence
from tests.support.flows import a_line, an_email
from tests.support.office import a_lead, a_mailbox, two_mails

pytestmark = pytest.mark.django_db
IS_ACME = {"rules": [{"field": "company", "operator": "equals", "value": "Acme"}]}


def forecast(client, sequence, **query):
    return client.get(f"/api/sequences/{sequence.pk}/forecast", query).json()


def a_sequence(owner, now, flow=None):
    return sequences.create(owner, "Hello", now, document=write_document(flow or two_mails()))


@pytest.mark.parametrize(
    ("people", "sampled"),
    [
        pytest.param(120, None, id="everybody is simulated"),
        pytest.param(3_000, 1_000, id="a sample stands for all"),
    ],
)
def test_who_waits_for_a_cap_is_counted_in_messages_of_all(client, owner, now, people, sampled):
    a_mailbox(owner, per_day=people // 2)
    made = forecast(client, a_sequence(owner, now, a_line(an_email("hello"))), people=people)
    assert (made["sampled"], made["held"]) == (sampled, {"cap": people // 2})


def test_senders_have_their_names_and_one_that_is_off_is_still_there(client, owner, now):
    off, on = a_mailbox(owner, "off@ours.test"), a_mailbox(owner, "on@ours.test")
    SenderProfile.objects.filter(id=off.pk).update(name="Robin", enabled=False, time_zone="Asia/Tokyo")
    SenderProfile.objects.filter(id=on.pk).update(name="Kim")
    sequence = a_sequence(owner, now)
    Sequence.objects.filter(id=sequence.pk).update(sender=off)
    senders = {one["sender"]: one for one in forecast(client, sequence, people=1)["defaults"]["caps"]}
    assert (senders["off@ours.test"]["name"], senders["off@ours.test"]["enabled"]) == ("Robin", False)
    assert senders["off@ours.test"]["zone"] == "Asia/Tokyo"
    Sequence.objects.filter(id=sequence.pk).update(sender=on)
    made = forecast(client, sequence, people=1)
    assert [(one["name"], one["channel"]) for one in made["defaults"]["caps"]] == [("Kim", "email")]
    assert {day["name"] for day in made["volumes"]} == {"Kim"}


def test_texts_keep_quiet_hours_and_mails_do_not(client, owner, now):
    quiet = [
        forecast(client, a_sequence(owner, now, a_line(step)), people=1)["defaults"]["quiet"]
        for step in (an_email("mail"), SmsStep(key="text", text="Hi"))
    ]
    assert quiet == [[], [Channel.SMS]]


def test_who_is_under_way_is_counted_by_version_and_reached_as_they_are(client, owner, now):
    a_mailbox(owner)
    sequence = a_sequence(owner, now)
    sequences.activate(owner, sequence.pk, now)
    first = [a_lead(owner, f"p{n}@example.com").pk for n in range(3)]
    enrollments.enroll(owner, sequence.pk, first, now)
    sequences.publish(owner, sequence.pk, now)
    enrollments.enroll(owner, sequence.pk, [a_lead(owner, "late@example.com").pk], now)
    suppressions.add(owner, "p0@example.com", now, reason="manual")
    made = forecast(client, sequence)
    assert (made["of"], made["people"]) == ("unfinished", Enrollment.objects.count())
    assert made["under_way"] == [{"version": 2, "people": 1}, {"version": 1, "people": 3}]
    assert [(e["code"], e["channel"], e["people"]) for e in made["exceptions"]] == [
        ("suppressed", "email", 1)
    ]


def test_activating_is_told_for_those_whom_it_enrolls(client, owner, now):
    a_mailbox(owner)
    for number, company in enumerate(("Acme", "Acme", "Else", "Acme")):
        a_lead(owner, f"p{number}@c{number}.example", company=company)
    sequence = a_sequence(owner, now, a_line(an_email("hello")))
    change = {"auto_enroll": True, "enrollment_criteria": IS_ACME}
    settings.change(owner, sequence.pk, {**change, "enroll_at_activation": False}, now)
    assert forecast(client, sequence)["of"] == "imagined"
    settings.change(owner, sequence.pk, {"enroll_at_activation": True}, now)
    made = forecast(client, sequence)
    assert (made["of"], made["people"], made["messages"]) == ("starting", 3, 3)
    assert made["people"] == Contact.objects.filter(company="Acme").count()


def test_who_is_more_of_a_company_than_may_run_is_left_out(client, owner, now):
    a_mailbox(owner)
    for number in range(3):
        a_lead(owner, f"p{number}@acme.example", company="Acme")
    sequence = a_sequence(owner, now, a_line(an_email("hello")))
    change = {"auto_enroll": True, "enrollment_criteria": IS_ACME, "enroll_at_activation": True}
    settings.change(owner, sequence.pk, {**change, "company_limit": 1}, now)
    made = forecast(client, sequence)
    assert (made["people"], made["refused"], made["messages"]) == (1, {"company_limit": 2}, 1)


def test_who_is_refused_at_activating_is_not_among_those_who_begin(client, owner, now):
    a_mailbox(owner)
    for number in range(4):
        a_lead(owner, f"p{number}@c{number}.example", company="Acme")
    a_lead(owner, "", phone="+442079460123", company="Acme")
    suppressions.add(owner, "p0@c0.example", now, reason="manual")
    elsewhere = a_sequence(owner, now)
    sequences.activate(owner, elsewhere.pk, now)
    enrollments.enroll(owner, elsewhere.pk, [Contact.objects.get(email="p1@c1.example").pk], now)
    suppressions.add(owner, "p1@c1.example", now, reason="manual")
    sequence = a_sequence(owner, now, a_line(an_email("hello")))
    change = {"auto_enroll": True, "enrollment_criteria": IS_ACME, "enroll_at_activation": True}
    settings.change(owner, sequence.pk, {**change, "one_at_a_time": True}, now)
    made = forecast(client, sequence)
    assert (made["people"], made["messages"], made["exceptions"]) == (2, 2, [])
    assert made["refused"] == {"no_address": 1, "suppressed": 1, "parallel_not_allowed": 1}
