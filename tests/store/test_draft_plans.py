"""Drafts are asked for by indexes, however many there were."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from drumbeat.actions import approvals
from drumbeat.actions.approvals import DraftQuery
from drumbeat.models import Draft, Sequence, Touch
from drumbeat.store import drafts
from tests.support.outreach import NOW, an_outreach

MANY = 2_000

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    """The owner of a workspace in which nearly all drafts are decided, and every fiftieth is not."""
    outreach = an_outreach()
    touches = [
        Touch(
            workspace=outreach.workspace,
            key=f"step:{outreach.enrollment.pk}:s{n}:1",
            mark=f"mark-{n}",
            kind="email",
            enrollment=outreach.enrollment,
            contact=outreach.contact,
            sender=outreach.sender,
            status=("in_approval", "drafting")[n % 2] if n % 50 < 2 else "sent",
            settled_at=None if n % 50 < 2 else NOW,
            due_at=NOW,
            not_before=NOW,
            created_at=NOW,
        )
        for n in range(MANY)
    ]
    Touch.objects.bulk_create(touches)
    Draft.objects.bulk_create(
        Draft(
            workspace=outreach.workspace,
            touch=touch,
            state={"in_approval": "waiting", "drafting": "wanted"}.get(touch.status, "done"),
            asked_at=NOW,
            not_before=NOW,
            waits_since=NOW + timedelta(seconds=n),
            checked_at=NOW,
            decided_at=None if n % 50 < 2 else NOW + timedelta(seconds=n),
        )
        for n, touch in enumerate(touches)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return outreach.owner


@pytest.mark.parametrize(
    ("view", "order", "index"),
    [
        ("waiting", ("waits_since", "id"), "draft_waiting"),
        ("decided", ("-decided_at", "-id"), "draft_decided"),
    ],
)
def test_a_page_of_drafts_is_read_from_an_index(owner, view, order, index):
    page = approvals.rows_of(owner, DraftQuery(view=view), NOW).order_by(*order)[:51]
    if (
        connection.vendor == "postgresql"
    ):  # at this size sorting forty rows costs as little as reading them in order
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_sort = off")
    plan = page.explain()
    assert index in plan, plan
    assert "TEMP B-TREE" not in plan


def test_what_is_to_be_written_is_found_by_an_index(owner):
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        claimed = drafts.claim("w.drafter", 4, NOW)
    assert len(claimed) == 4
    (first, *_) = [query["sql"] for query in asked if "draft" in query["sql"]]
    with connection.cursor() as cursor:
        explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{explain} {first}")
        plan = "\n".join(str(row) for row in cursor.fetchall())
    assert "draft_wanted" in plan, plan


def test_a_claim_costs_the_same_however_many_it_takes(owner):
    def statements(limit):
        with CaptureQueriesContext(connection) as asked, transaction.atomic():
            assert len(drafts.claim("w.drafter", limit, NOW)) == limit
        return len(asked)

    assert statements(1) == statements(16)


def test_what_rests_is_walked_once_and_not_by_every_turn(owner):
    Sequence.objects.update(status="paused")
    with transaction.atomic():
        assert drafts.claim("w.drafter", 4, NOW) == []
    due = Draft.objects.filter(state="wanted", not_before__lte=NOW)
    assert due.count() == 0
    assert drafts.rouse(NOW) == 0
    Sequence.objects.update(status="active")
    assert drafts.rouse(NOW) == Draft.objects.filter(state="wanted").count() == due.count()
    with transaction.atomic():
        assert len(drafts.claim("w.drafter", 4, NOW)) == 4
