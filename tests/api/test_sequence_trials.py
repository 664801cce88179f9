"""Trying a sequence out over HTTP: previews by the real composer, test mails, forecasts, what the editor offers."""
# ruff: noqa: E501 - a row of a table is a line

import pytest
from django.utils import timezone

from drumbeat.actions import enrollments, lists, sequences
from drumbeat.core.document import write_document
from drumbeat.core.flow import EmailContent, JobType, TaskStep
from drumbeat.models import (
    ContactField,
    ContactFieldValue,
    Enrollment,
    SenderProfile,
    Sequence,
    SequenceDraft,
    Touch,
    Workspace,
)
from drumbeat.store import claims
from tests.support.flows import a_line, an_email
from tests.support.office import a_lead, a_mailbox, another_owner, two_mails

pytestmark = pytest.mark.django_db
FLOW = a_line(
    an_email("hello", content=EmailContent(subject="Hi {{ contact.first_name }}", text="At {{ contact.company }}.")),
    an_email("again", after="3d", job_type=JobType.FOLLOW_UP_EMAIL, content=EmailContent(text="Well?", html="<p>Well, {{ contact.first_name }}?</p>")),
    TaskStep(key="call", title="Call {{ contact.first_name }}", text="About {{ sequence.name }}"),
)  # fmt: skip


@pytest.fixture
def sequence(owner, now):
    return sequences.create(owner, "Outreach", now, document=write_document(FLOW))


def post(client, path, body, **headers):
    return client.post(path, body, content_type="application/json", headers=headers)


def preview(client, sequence, step, **more):
    return post(client, f"/api/sequences/{sequence.pk}/preview", {"step": step, **more})


def test_an_imagined_person_reads_the_step_when_nobody_is_named(client, sequence):
    seen = preview(client, sequence, "hello").json()
    assert (seen["channel"], seen["subject"], seen["sendable"]) == ("email", "Hi Ana", True)
    assert seen["text"].startswith("At Fennmark Tools.\n\n--\nNot for you? http")
    assert seen["recipient"] == "ana.ruiz@example.com"


def test_a_contact_reads_what_the_engine_would_write(client, owner, sequence):
    Workspace.objects.update(postal_address="1 Example Street")
    sender = a_mailbox(owner)
    SenderProfile.objects.filter(id=sender.pk).update(signature="Kim of Ours")
    kim = a_lead(owner, first_name="Kim", company="Ours <b>")
    seen = preview(client, sequence, "hello", contact_id=kim.pk).json()
    assert seen["sender"] == "Rep <rep@ours.test>"
    assert seen["text"].startswith("At Ours <b>.\n\nKim of Ours\n\n--\n1 Example Street\nNot for you? ")
    follow_up = preview(client, sequence, "again", contact_id=kim.pk).json()
    assert (follow_up["subject"], follow_up["follows_thread"]) == ("Re: Hi Kim", True)
    assert "<p>Well, Kim?</p>" in follow_up["html"]


def test_an_enrollment_is_read_in_the_version_it_runs_in(client, owner, sequence, now):
    a_mailbox(owner)
    sequences.activate(owner, sequence.pk, now)
    kim = a_lead(owner, first_name="Kim", company="Ours")
    enrollments.enroll(owner, sequence.pk, [kim.pk], now)
    enrollment = Enrollment.objects.get()
    later = a_line(an_email("hello", content=EmailContent(subject="Another", text="Text")))
    SequenceDraft.objects.update(document=write_document(later))
    assert preview(client, sequence, "hello", enrollment_id=enrollment.pk).json()["subject"] == "Hi Kim"
    assert preview(client, sequence, "hello", enrollment_id=enrollment.pk + 1).status_code == 404


def test_an_unfilled_tag_is_named_and_stands_in_brackets(client, owner, sequence):
    nobody = a_lead(owner)
    seen = preview(client, sequence, "hello", contact_id=nobody.pk).json()
    assert (seen["sendable"], seen["subject"]) == (False, "Hi [first name]")
    assert seen["text"].startswith("At [company].")
    assert [(w["code"], w["name"], w["path"]) for w in seen["warnings"]] == [
        ("merge_tag_unfilled", "contact.first_name", "content.subject"),
        ("merge_tag_unfilled", "contact.company", "content.text"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        pytest.param("{{ contact.first_name", "merge_syntax", "{{ contact", id="a tag that does not end"),
        pytest.param(
            "{{ contact.nickname }}", "merge_tag_unfilled", "[nickname]", id="a tag that does not exist"
        ),
    ],
)
def test_a_text_that_cannot_be_merged_is_shown_with_the_reason(client, sequence, text, code, says):
    document = write_document(a_line(an_email("x", content=EmailContent(subject="Hi", text=text))))
    seen = preview(client, sequence, "x", document=document).json()
    assert (
        (seen["sendable"], seen["warnings"][0]["code"]) == (False, code) if code == "merge_syntax" else True
    )
    assert seen["sendable"] is False
    assert "contact" in seen["text"] or "[nickname]" in seen["text"]


def test_html_of_a_contact_is_escaped_even_where_a_tag_is_unfilled(client, owner, sequence):
    kim = a_lead(owner, company="<script>")
    html = "<p>{{ contact.company }} {{ contact.first_name }}</p>"
    document = write_document(a_line(an_email("x", content=EmailContent(subject="Hi", html=html))))
    seen = preview(client, sequence, "x", document=document, contact_id=kim.pk).json()
    assert "<p>&lt;script&gt; [first name]</p>" in seen["html"]


def test_custom_fields_are_merged(client, owner, sequence):
    field = ContactField.objects.create(workspace=owner.workspace, key="plan", label="Plan")
    kim = a_lead(owner)
    ContactFieldValue.objects.create(workspace=owner.workspace, contact=kim, field=field, text="Gold")
    content = EmailContent(subject="Hi", text="{{ contact.custom.plan }}")
    document = write_document(a_line(an_email("x", content=content)))
    for more, says in (({"contact_id": kim.pk}, "Gold"), ({}, "Plan"), ({"contact_id": a_lead(owner, "o@example.com").pk}, "[plan]")):  # fmt: skip
        assert preview(client, sequence, "x", document=document, **more).json()["text"].startswith(says)


def test_a_task_is_previewed_too_and_a_tag_step_says_nothing(client, sequence):
    seen = preview(client, sequence, "call").json()
    assert (seen["channel"], seen["subject"], seen["text"]) == ("task", "Call Ana", "About Outreach")
    document = {"format": 1, "steps": [{"key": "x", "kind": "tag", "tag": "y"}]}
    assert preview(client, sequence, "x", document=document).json()["code"] == "step_without_text"


def test_what_does_not_exist_or_is_not_ours_is_not_previewed(client, owner, sequence):
    other = another_owner()
    assert preview(client, sequence, "nothing").status_code == 404
    assert preview(client, sequence, "hello", contact_id=a_lead(other).pk).status_code == 404
    theirs = a_mailbox(other, "their@ours.test")
    assert preview(client, sequence, "hello", sender_id=theirs.pk).status_code == 404


# test mails


def send(client, sequence, to="me@ours.test", key="", **more):
    headers = {"Idempotency-Key": key} if key else {}
    return post(
        client, f"/api/sequences/{sequence.pk}/test-send", {"step": "hello", "to": to, **more}, **headers
    )


def test_a_test_mail_is_planned_for_nobody_and_its_outcome_can_be_asked(client, owner, sequence):
    sender = a_mailbox(owner, always=False)
    kim = a_lead(owner, first_name="Kim", company="Ours")
    sent = send(client, sequence, contact_id=kim.pk)
    assert sent.status_code == 202
    touch = Touch.objects.get(id=sent.json()["touch_id"])
    assert (touch.recipient, touch.contact_id, touch.enrollment_id) == ("me@ours.test", None, None)
    assert touch.content is not None
    assert (touch.sender_id, touch.content["subject"]) == (sender.pk, "[Test] Hi Kim")
    assert touch.key.startswith("test:")
    assert not Enrollment.objects.exists()
    outcome = client.get(f"/api/test-sends/{touch.pk}").json()
    assert (outcome["status"], outcome["settled"], outcome["to"]) == ("planned", False, "me@ours.test")


def test_asking_again_with_the_same_key_sends_nothing_new(client, owner, sequence):
    a_mailbox(owner)
    first, second = send(client, sequence, key="abc"), send(client, sequence, key="abc")
    assert first.json()["touch_id"] == second.json()["touch_id"]
    assert Touch.objects.count() == 1
    send(client, sequence)
    assert Touch.objects.count() == 2


def claim(sender, now):
    token = "t"
    assert claims.lease_senders(token, 1, now) == [sender.pk]
    return claims.claim(sender.pk, token, "c", 10, now, now)


def test_a_test_mail_leaves_outside_the_window_and_ends_with_the_footer(client, owner, sequence, now):
    sender = a_mailbox(owner)
    SenderProfile.objects.filter(id=sender.pk).update(window={"monday": [["03:00", "03:01"]]})
    send(client, sequence)
    (claimed,) = claim(sender, timezone.now()).touches
    assert claimed.outbound.recipient_address == "me@ours.test"
    assert "Not for you?" in claimed.outbound.text


def test_a_suppressed_address_gets_no_test_mail(client, owner, sequence, now):
    from drumbeat.actions import suppressions

    sender = a_mailbox(owner)
    suppressions.add(owner, "me@ours.test", now, reason="manual")
    touch_id = send(client, sequence).json()["touch_id"]
    assert claim(sender, timezone.now()).touches == []
    outcome = client.get(f"/api/test-sends/{touch_id}").json()
    assert (outcome["status"], outcome["reason"], outcome["settled"]) == ("skipped", "suppressed", True)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param({"step": "call"}, "step_not_sendable", id="a step that is no mail"),
        pytest.param({"to": "nonsense"}, "address_invalid", id="an address that is none"),
    ],
)
def test_what_cannot_be_sent_is_refused(client, owner, sequence, body, code):
    a_mailbox(owner)
    answer = post(
        client, f"/api/sequences/{sequence.pk}/test-send", {"step": "hello", "to": "me@ours.test", **body}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_without_a_sender_or_a_value_no_test_is_sent(client, owner, sequence):
    assert send(client, sequence).json()["code"] == "step_not_sendable"
    a_mailbox(owner)
    refused = send(client, sequence, contact_id=a_lead(owner).pk).json()
    assert refused["code"] == "step_not_sendable"
    assert set(refused["fields"]) == {"content.subject", "content.text"}
    assert not Touch.objects.exists()


def test_no_other_touch_is_a_test_mail(client, owner):
    assert client.get("/api/test-sends/1").status_code == 404


# forecasts


def forecast(client, sequence, **query):
    return client.get(f"/api/sequences/{sequence.pk}/forecast", query).json()


def test_a_forecast_says_how_many_when_and_for_how_long(client, owner, now):
    sender = a_mailbox(owner, per_day=50)
    sequence = sequences.create(owner, "Hello", now, document=write_document(two_mails()))
    made = forecast(client, sequence, people=120)
    assert (made["of"], made["people"], made["sampled"], made["messages"]) == ("imagined", 120, None, 240)
    assert [day["sent"] for day in made["volumes"]][:3] == [50, 50, 20]
    assert {day["cap"] for day in made["volumes"]} == {50}
    assert made["volumes"][0]["sender_id"] == sender.pk
    assert made["first_send_at"] < made["first_round_until"] < made["last_send_at"]
    assert made["ends"] == [{"state": "completed", "reason": "", "people": 120}]
    assert made["defaults"]["caps"][0]["per_day"] == 50
    assert (made["defaults"]["window_of"], made["errors"]) == ("none", 0)
    assert not Enrollment.objects.exists()


def test_a_large_crowd_is_stood_for_by_a_sample_that_keeps_the_cap(client, owner, now):
    a_mailbox(owner, per_day=1_000)
    sequence = sequences.create(owner, "Hello", now, document=write_document(a_line(an_email("hello"))))
    made = forecast(client, sequence, people=5_000)
    assert (made["people"], made["sampled"], made["messages"]) == (5_000, 1_000, 5_000)
    assert [day["sent"] for day in made["volumes"]] == [1_000] * 5


def test_a_list_counts_who_cannot_be_reached(client, owner, now):
    from drumbeat.actions import suppressions
    from drumbeat.models import ListMember

    a_mailbox(owner)
    sequence = sequences.create(owner, "Hello", now, document=write_document(two_mails()))
    made = lists.create(owner, "Fair", now)
    people = [a_lead(owner, f"p{n}@example.com") for n in range(3)]
    people.append(a_lead(owner, "", phone="+442079460123"))
    for person in people:
        ListMember.objects.create(
            workspace=owner.workspace, contact_list=made, contact=person, created_at=now
        )
    suppressions.add(owner, "p0@example.com", now, reason="manual")
    found = forecast(client, sequence, list_id=made.pk)
    assert (found["of"], found["people"], found["messages"]) == ("list", 4, 4)
    assert [(e["code"], e["channel"], e["people"]) for e in found["exceptions"]] == [
        ("no_address", "email", 1),
        ("suppressed", "email", 1),
    ]


def test_without_a_sender_nothing_would_be_sent(client, owner, sequence):
    made = forecast(client, sequence)
    assert (made["of"], made["people"], made["messages"], made["first_send_at"]) == ("imagined", 100, 0, None)
    assert made["ends"] == [{"state": "blocked", "reason": "sender_unavailable", "people": 100}]
    assert made["errors"] > 0


def test_the_window_in_force_is_named_with_whose_it_is(client, owner, now):
    a_mailbox(owner, always=False)
    sequence = sequences.create(owner, "Hello", now, document=write_document(two_mails()))
    made = forecast(client, sequence, people=1)
    assert (made["defaults"]["window_of"], made["defaults"]["window"]["monday"]) == (
        "sender",
        [["09:00", "17:00"]],
    )
    Sequence.objects.filter(id=sequence.pk).update(window={"friday": [["10:00", "11:00"]]})
    made = forecast(client, sequence, people=1)
    assert (made["defaults"]["window_of"], list(made["defaults"]["window"])) == ("sequence", ["friday"])


def test_a_list_of_another_workspace_is_not_there(client, owner, sequence, now):
    theirs = lists.create(another_owner(), "Theirs", now)
    assert client.get(f"/api/sequences/{sequence.pk}/forecast", {"list_id": theirs.pk}).status_code == 404


# what the editor offers


def test_templates_come_with_their_rhythm(client, owner):
    found = client.get("/api/templates").json()
    assert [(t["name"], t["rhythm"]["days"]) for t in found] == [
        ("cold_outreach", 10.0),
        ("follow_up_series", 7.0),
        ("re_engagement", 5.0),
        ("meeting_request", 0.0),
        ("voicemail_email_combo", 8.0),
    ]
    assert found[0]["document"]["steps"]


def test_a_kind_says_what_it_lacks_and_where_that_is_mended(client, owner):
    kinds = {kind["kind"]: kind for kind in client.get("/api/step-kinds").json()}
    assert (kinds["email"]["available"], kinds["email"]["room"]) == (False, "senders")
    assert kinds["task"] == {
        "kind": "task", "channel": "", "available": True, "reason_code": "", "reason": "", "room": ""
    }  # fmt: skip
    assert (kinds["sms"]["reason_code"], kinds["sms"]["room"]) == ("channel_without_sender", "numbers")
    a_mailbox(owner)
    kinds = {kind["kind"]: kind for kind in client.get("/api/step-kinds").json()}
    assert kinds["email"]["available"] is True


def test_merge_tags_come_with_examples_and_the_workspace_s_own(client, owner):
    ContactField.objects.create(workspace=owner.workspace, key="plan", label="Plan")
    tags = {tag["tag"]: tag for tag in client.get("/api/merge-tags").json()}
    assert tags["contact.first_name"]["example"] == "Ana"
    assert tags["contact.custom.plan"]["group"] == "custom"
    assert tags["sender.signature"]["always_filled"] is False
    assert tags["unsubscribe_url"]["always_filled"] is True
    from drumbeat.core.merge_tags import MERGE_TAGS

    assert tags.keys() == MERGE_TAGS | {"contact.custom.plan"}
