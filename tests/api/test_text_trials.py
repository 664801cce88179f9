"""A step of SMS or WhatsApp tried out: sent to a number of one's own, as a contact would read it."""

import pytest
from django.utils import timezone

from drumbeat.actions import sequences, suppressions
from drumbeat.channels.twilio.outbound import TextOutbound
from drumbeat.core.document import write_document
from drumbeat.core.flow import SmsStep, WhatsAppStep
from drumbeat.core.touch import TouchKind
from drumbeat.demo.twilio.server import TEMPLATE
from drumbeat.models import SenderProfile, Touch
from drumbeat.store import claims
from tests.support import phoning
from tests.support.flows import a_line, an_email
from tests.support.office import a_lead, a_mailbox
from tests.support.texts import APPROVED, a_number

pytestmark = pytest.mark.django_db
MINE = "+4930901820"
FLOW = a_line(
    SmsStep(key="text", text="Hi {{ contact.first_name }}, {{ sender.name }} here."),
    WhatsAppStep(key="app", text="Hi", template_id=TEMPLATE, template_variables={"1": "{{ contact.first_name }}"}),
    WhatsAppStep(key="free", text="Hi {{ contact.first_name }}"),
    SmsStep(key="long", text="{{ contact.first_name }}" + "x" * 1_600),
    an_email("mail"),
)  # fmt: skip


@pytest.fixture
def account(owner):
    made = phoning.an_account(owner)
    made.templates = [APPROVED]
    made.save()
    return made


@pytest.fixture
def number(owner, account):
    return a_number(owner, account, window={"monday": [["03:00", "03:01"]]})


@pytest.fixture
def sequence(owner):
    return sequences.create(owner, "Outreach", timezone.now(), document=write_document(FLOW))


def send(client, sequence, step="text", to_phone=MINE, key="", **more):
    return client.post(
        f"/api/sequences/{sequence.pk}/test-send",
        {"step": step, "to_phone": to_phone, **more},
        content_type="application/json",
        headers={"Idempotency-Key": key} if key else {},
    )


def claimed(sender):
    now = timezone.now()
    assert claims.lease_senders("t", 9, now) == [sender.pk]
    return claims.claim(sender.pk, "t", "c", 10, now, now).touches


def test_a_text_is_planned_for_nobody_and_its_outcome_can_be_asked(client, owner, sequence, number):
    kim = a_lead(owner, first_name="Kim")
    sent = send(client, sequence, to_phone="+49 30 901820", contact_id=kim.pk)
    assert sent.status_code == 202, sent.json()
    touch = Touch.objects.get(id=sent.json()["touch_id"])
    assert (touch.recipient, touch.contact_id, touch.enrollment_id) == (MINE, None, None)
    assert (touch.kind, touch.sender, (touch.content or {})["text"]) == ("sms", number, "Hi Kim, Ann here.")
    outcome = client.get(f"/api/test-sends/{touch.pk}").json()
    assert (outcome["status"], outcome["settled"], outcome["to"]) == ("planned", False, MINE)


def test_it_leaves_outside_the_window_by_the_number(client, sequence, number):
    send(client, sequence)
    (one,) = claimed(number)
    assert isinstance(one.outbound, TextOutbound)
    assert (one.outbound.recipient, one.outbound.text) == (MINE, "Hi Ana, Ann here.")


def test_a_whatsapp_message_leaves_as_its_template(client, owner, account, sequence):
    number = a_number(owner, account, "whatsapp")
    assert send(client, sequence, "app").status_code == 202
    (one,) = claimed(number)
    assert (one.outbound.channel, one.outbound.template.values) == (TouchKind.WHATSAPP, {"1": "Ana"})
    assert one.outbound.text == "Hi Ana, may I write to you?"


def test_asking_again_with_the_same_key_sends_nothing_new(client, sequence, number):
    first, second = send(client, sequence, key="abc"), send(client, sequence, key="abc")
    assert first.json()["touch_id"] == second.json()["touch_id"]
    assert Touch.objects.count() == 1


def test_a_suppressed_number_gets_no_test(client, owner, sequence, number):
    suppressions.add(owner, MINE, timezone.now(), reason="manual")
    send(client, sequence)
    assert claimed(number) == []
    assert (Touch.objects.get().status, Touch.objects.get().reason) == ("skipped", "suppressed")


def test_the_number_that_is_asked_for_sends_it(client, owner, account, sequence, number):
    other = SenderProfile.objects.create(
        workspace=owner.workspace, kind="twilio", channel="sms", name="Bo", address="+14155550111",
        account=account, created_at=timezone.now(),
    )  # fmt: skip
    send(client, sequence, sender_id=other.pk)
    assert Touch.objects.get().sender == other
    assert (Touch.objects.get().content or {})["text"] == "Hi Ana, Bo here."


@pytest.mark.parametrize(
    ("step", "body", "said"),
    [
        pytest.param("mail", {}, (422, "step_not_sendable"), id="a mail goes to an address"),
        pytest.param("free", {}, (422, "step_not_sendable"), id="WhatsApp without a template"),
        pytest.param("app", {}, (422, "step_not_sendable"), id="no number for WhatsApp"),
        pytest.param("long", {}, (422, "step_not_sendable"), id="too long"),
        pytest.param("text", {"to_phone": "me"}, (422, "phone_invalid"), id="a number that is none"),
        pytest.param("text", {"sender_id": 999_999}, (404, "not_found"), id="a number that is not there"),
        pytest.param("gone", {}, (404, "not_found"), id="a step that is not there"),
    ],
)
def test_what_cannot_be_sent_is_refused(client, owner, account, sequence, number, step, body, said):
    if step == "free":
        a_number(owner, account, "whatsapp")
    refused = send(client, sequence, step, **body)
    assert (refused.status_code, refused.json()["code"]) == said
    assert not Touch.objects.exists()


def test_a_value_that_is_missing_is_named(client, owner, sequence, number):
    refused = send(client, sequence, contact_id=a_lead(owner, first_name="").pk).json()
    assert (refused["code"], set(refused["fields"])) == ("step_not_sendable", {"text"})


def test_a_mailbox_sends_no_text(client, owner, sequence, number):
    assert send(client, sequence, sender_id=a_mailbox(owner).pk).status_code == 404
    assert not Touch.objects.exists()
