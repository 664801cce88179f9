"""Drafted answers are asked for by indexes, however many there were."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from drumbeat.actions.conversations import suggesting
from drumbeat.models import AnswerDraft, Contact, Conversation, Message, Workspace
from drumbeat.store import answer_drafts, answer_requests
from tests.support.office import NOW, an_owner

MANY = 2_000
STATES = {0: "wanted", 1: "waiting"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    """The owner of a workspace in which nearly all answers are given, and two of fifty are not."""
    member = an_owner()
    place = member.workspace
    contacts = [
        Contact(workspace=place, email=at, email_normal=at, created_at=NOW, updated_at=NOW)
        for at in (f"lead{n}@example.com" for n in range(MANY))
    ]
    Contact.objects.bulk_create(contacts)
    messages = [
        Message(workspace=place, contact=one, channel="email", direction="in", text="Yes?", occurred_at=NOW)
        for one in contacts
    ]
    Message.objects.bulk_create(messages)
    Conversation.objects.bulk_create(
        Conversation(workspace=place, contact=one, kind="reply", last_at=NOW, needs_answer=n % 50 < 2)
        for n, one in enumerate(contacts)
    )
    AnswerDraft.objects.bulk_create(a_draft(message, n) for n, message in enumerate(messages))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return member


def a_draft(message, n):
    return AnswerDraft(
        workspace=message.workspace,
        contact=message.contact,
        message=message,
        state=STATES.get(n % 50, "done"),
        because="draft_cap" if n % 100 == 0 else "",
        asked_at=NOW,
        not_before=NOW + timedelta(hours=1) if n % 100 == 0 else NOW,
        written_at=None if n % 50 == 0 else NOW + timedelta(seconds=n),
    )


def statements_of(act):
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        act()
    return [query["sql"] for query in asked]


def plan_of(statement):
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {statement}")
        return "\n".join(str(row) for row in cursor.fetchall())


ASKED = [
    pytest.param(lambda _: answer_drafts.claim("w.answerer", 2, NOW), "answer_wanted", id="claim"),
    pytest.param(lambda _: answer_drafts.rouse(NOW), "answer_wanted", id="rouse"),
    pytest.param(lambda _: answer_drafts.give_back("w.answerer.1", [1]), "answer_wanted", id="give back"),
    pytest.param(
        lambda owner: answer_drafts.look_again(owner.workspace_id, NOW), "answer_wanted", id="look again"
    ),
    pytest.param(
        lambda owner: list(
            suggesting.rows_of(owner, suggesting.AnswerQuery()).order_by("written_at", "id")[:51]
        ),
        "answer_waiting",
        id="a page of those that wait",
    ),
    pytest.param(suggesting.counts_of, "answer_waiting", id="counts"),
    pytest.param(
        lambda _: answer_drafts.answered(Contact.objects.latest("id").pk, NOW),
        "contact_id",
        id="of a contact",
    ),
]


@pytest.mark.parametrize(("ask", "index"), ASKED)
def test_what_is_asked_of_many_answers_is_read_from_an_index(owner, ask, index):
    asked = [one for one in statements_of(lambda: ask(owner)) if '"drumbeat_answerdraft"' in one]
    plan = plan_of(asked[0])
    assert index in plan, plan


def test_a_claim_costs_the_same_however_many_it_takes(owner):
    def statements(limit):
        taken = []
        asked = statements_of(lambda: taken.extend(answer_drafts.claim("w.answerer", limit, NOW)))
        assert len(taken) == limit
        return len(asked)

    assert statements(1) == statements(16)


def test_what_rests_is_walked_once_and_not_by_every_turn(owner):
    Workspace.objects.update(stopped_at=NOW)
    with transaction.atomic():
        assert answer_drafts.claim("w.answerer", 2, NOW) == []
    due = AnswerDraft.objects.filter(state="wanted", not_before__lte=NOW)
    assert due.count() == 0
    assert answer_drafts.rouse(NOW) == 0
    Workspace.objects.update(stopped_at=None)
    assert answer_drafts.rouse(NOW) == due.count() == MANY // 100
    with transaction.atomic():
        assert len(answer_drafts.claim("w.answerer", 2, NOW)) == 2


def test_what_a_model_is_told_is_loaded_in_the_same_number_of_queries(owner):
    rows = list(AnswerDraft.objects.filter(state="wanted").select_related(*answer_requests.NEEDED)[:20])

    def statements(count):
        return len(statements_of(lambda: answer_requests.load(rows[:count], NOW)))

    assert statements(1) == statements(20)
