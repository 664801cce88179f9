"""Files of messages where they are read: in a conversation, on the page of a contact, in a letter that waits."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from bench.null_wire import NullWire
from drumbeat.actions import attachments, enrollments
from drumbeat.core.flow import EmailContent
from drumbeat.core.step_fields import FileRef
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.models import Attachment, InboundMail, Message
from drumbeat.store import message_files
from tests.support.flows import a_line, an_email
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence
from tests.support.pictures import a_pdf

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owner(owner):
    a_mailbox(owner)
    return owner


@pytest.fixture
def file(owner):
    return attachments.add(owner, "Offer ü.pdf", a_pdf(), timezone.now())


def leaves():
    now = timezone.now() + timedelta(minutes=1)
    dispatcher = Dispatcher("w", NullWire(), batch=10)
    for _ in range(5):
        Planner().plan_once(now)
        dispatcher.turn(now)
    dispatcher.turn(now, claim=False)


def write(client, contact, *files):
    body = {
        "client_id": uuid.uuid4().hex,
        "subject": "Hello",
        "text": "Hello",
        "files": files,
        "at_once": True,
    }
    return client.post(f"/api/conversations/{contact.pk}/messages", body, content_type="application/json")


def in_the_conversation(client, contact):
    return client.get(f"/api/conversations/{contact.pk}").json()["messages"][-1]


def on_the_page(client, contact):
    items = client.get(f"/api/contacts/{contact.pk}/timeline", {"tab": "messages"}).json()["items"]
    return next(item for item in items if item["kind"] == "message")


PLACES = pytest.mark.parametrize("place", [in_the_conversation, on_the_page])


def test_a_letter_that_waits_names_them_so_that_it_can_be_taken_back_whole(client, owner, file):
    contact = a_lead(owner)
    written = write(client, contact, file.pk).json()
    assert written["files"] == [{"id": file.pk, "name": "Offer ü.pdf"}]
    taken_back = client.delete(f"/api/outgoing/{written['id']}").json()
    assert taken_back["files"] == written["files"]


@PLACES
def test_what_went_along_with_a_letter_is_there_to_be_saved(client, owner, file, place):
    contact = a_lead(owner)
    write(client, contact, file.pk)
    leaves()

    (shown,) = place(client, contact)["files"]
    assert (shown["name"], shown["content_type"]) == ("Offer ü.pdf", "application/pdf")
    saved = client.get(shown["address"])
    assert saved.content == a_pdf()
    assert shown["address"] == f"/api/messages/{Message.objects.get().pk}/files/0"
    assert saved["Content-Disposition"].startswith("attachment; ")
    assert "Offer%20%C3%BC.pdf" in saved["Content-Disposition"]


@PLACES
def test_what_a_step_sent_along_too(client, owner, file, place):
    contact = a_lead(owner)
    content = EmailContent(
        subject="Hi", text="Hi", attachments=(FileRef(id=file.pk, name="As the step calls it.pdf"),)
    )
    sequence = an_active_sequence(owner, a_line(an_email("a", content=content)))
    enrollments.enroll(owner, sequence.pk, [contact.pk], timezone.now())
    leaves()

    (shown,) = place(client, contact)["files"]
    assert shown["name"] == "As the step calls it.pdf"
    assert shown["size"] == len(a_pdf())


@PLACES
def test_what_came_is_named_while_the_mail_is_kept(client, owner, place):
    contact = a_lead(owner)
    message = a_message_that_came(contact)

    shown = place(client, contact)
    assert (shown["has_original"], shown["has_html"]) == (True, True)
    assert [one["address"] for one in shown["files"]] == [f"/api/messages/{message.pk}/files/0"]

    InboundMail.objects.all().delete()
    shown = place(client, contact)
    assert (shown["has_original"], shown["has_html"], shown["files"]) == (False, False, [])


def test_the_page_of_a_contact_says_which_message_it_is(client, owner):
    contact = a_lead(owner)
    message = a_message_that_came(contact)
    assert on_the_page(client, contact)["message_id"] == message.pk


@PLACES
def test_what_was_removed_since_is_not_named(client, owner, file, place):
    contact = a_lead(owner)
    write(client, contact, file.pk)
    leaves()
    Attachment.objects.all().delete()
    assert place(client, contact)["files"] == []


@pytest.mark.parametrize("messages", [1, 5])
def test_the_number_of_queries_does_not_grow(client, owner, file, messages, django_assert_num_queries):
    contact = a_lead(owner)
    for _ in range(messages):
        write(client, contact, file.pk)
    leaves()
    rows = list(Message.objects.select_related("touch", "enrollment"))
    assert len(rows) == messages
    with django_assert_num_queries(1):
        message_files.load(rows)


def a_message_that_came(contact):
    raw = InboundMail.objects.create(
        source="smtp", external_id=uuid.uuid4().hex, raw=b"x", received_at=NOW, processed_at=NOW
    )
    return Message.objects.create(
        workspace=contact.workspace,
        contact=contact,
        raw=raw,
        channel="email",
        direction="in",
        kind="reply",
        has_html=True,
        files=[{"name": "a.pdf", "content_type": "application/pdf", "size": 3}],
        occurred_at=NOW,
    )
