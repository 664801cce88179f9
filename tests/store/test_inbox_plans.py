"""The inbox asks indexes, however many conversations there are."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from drumbeat.actions import conversations
from drumbeat.actions.conversations import set_aside, strangers
from drumbeat.models import Contact, Conversation, InboundMail, Message
from tests.support.office import an_owner

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MANY = 2_500
MEANT = ("", "", "", "interested", "not_now")

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    member = an_owner()
    contacts = [
        Contact(
            workspace=member.workspace, email=address, email_normal=address, created_at=NOW, updated_at=NOW
        )
        for address in (f"lead{n}@example.com" for n in range(MANY))
    ]
    Contact.objects.bulk_create(contacts)
    Conversation.objects.bulk_create(a_conversation(contact, n) for n, contact in enumerate(contacts))
    Message.objects.bulk_create(a_message(contact, n) for n, contact in enumerate(contacts))
    InboundMail.objects.bulk_create(a_raw_mail(member.workspace, n) for n in range(MANY))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return member


def a_conversation(contact, n):
    return Conversation(
        workspace=contact.workspace,
        contact=contact,
        kind="reply" if n % 50 else "complaint",
        sentiment=MEANT[n % len(MEANT)] if n % 97 else "wrong_person",
        question="opt_out" if n % 500 == 0 else None,
        last_at=NOW + timedelta(seconds=n),
        needs_answer=n % 20 == 0,
    )


def a_message(contact, n):
    return Message(
        workspace=contact.workspace,
        contact=contact if n % 30 else None,
        channel="email",
        direction="in",
        occurred_at=NOW,
        done_at=None if n % 300 == 0 else NOW,
    )


def a_raw_mail(workspace, n):
    return InboundMail(
        workspace=workspace if n % 400 == 0 else None,
        source="smtp",
        external_id=str(n),
        raw=b"x",
        received_at=NOW,
        processed_at=NOW,
        fault="x" if n % 200 == 0 else "",
    )


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        pytest.param(
            lambda one: conversations.list_of(one, "all"), "conversation_newest", id="all conversations"
        ),
        pytest.param(
            lambda one: conversations.list_of(one, "needs_answer"), "conversation_to_answer", id="to answer"
        ),
        pytest.param(
            lambda one: conversations.list_of(one, "questions"), "conversation_asking", id="to confirm"
        ),
        pytest.param(
            lambda one: conversations.list_of(one, "all", sentiment="wrong_person"),
            "conversation_meant",
            id="by how it is meant",
        ),
        pytest.param(
            lambda one: conversations.list_of(one, "all", kind="complaint"),
            "conversation_of_kind",
            id="by the class of the mail",
        ),
    ],
)
def test_a_page_of_conversations_is_read_from_an_index(owner, rows, index):
    page = rows(owner).order_by("-last_at", "-id")[:51]
    plan = page.explain()
    assert index in plan, plan
    assert "Seq Scan" not in plan
    assert "TEMP B-TREE" not in plan


def test_mail_of_strangers_is_read_from_an_index(owner):
    plan = strangers.unmatched(owner).order_by("-id")[:51].explain()
    assert ("message_unmatched" if connection.vendor == "postgresql" else "USING INDEX") in plan, plan


def test_an_opened_conversation_is_read_from_an_index(owner):
    contact = Contact.objects.latest("id")
    plan = conversations.messages_of(owner, contact.pk).order_by("-id")[:51].explain()
    assert "message_of_contact" in plan, plan


def test_mail_that_was_set_aside_is_read_from_an_index(owner):
    plan = set_aside.listed(owner).order_by("-id")[:51].explain()
    assert "inbound_mail_set_aside" in plan, plan
