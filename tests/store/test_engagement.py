"""Opens and clicks of a sequence are read from an index, however much else the workspace has."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import QuerySet

from drumbeat.actions import statistics
from drumbeat.models import Enrollment, Event
from drumbeat.store import engagement
from tests.support.outreach import an_outreach

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OTHERS = 3_000

pytestmark = pytest.mark.django_db


def an_event(outreach, n, kind="opened", visitor="human", enrollment=None, source="tracking"):
    return Event(
        workspace=outreach.owner.workspace,
        kind=kind,
        contact=outreach.contact,
        enrollment=enrollment,
        touch=outreach.sent if enrollment else None,
        source=source,
        external_id=f"{source}:{n}",
        payload={"visitor": visitor} if source == "tracking" else {},
        occurred_at=NOW,
        received_at=NOW,
    )


@pytest.fixture
def outreach():
    """One mail that a person and two machines opened, among many events of others."""
    made = an_outreach()
    own = [
        an_event(made, n, visitor=visitor, enrollment=made.enrollment)
        for n, visitor in enumerate(("human", "machine", "machine"))
    ]
    others = [an_event(made, n + 10) for n in range(OTHERS)]
    Event.objects.bulk_create([*own, *others, an_event(made, 1, kind="replied", source="mail")])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def test_each_person_counts_once_and_machines_apart(outreach):
    seen = engagement.seen_by_step(outreach.enrollment.sequence_id)
    assert seen == {("hello", "opened", "human"): 1, ("hello", "opened", "machine"): 1}


def test_what_others_opened_is_not_read(outreach, monkeypatch):
    asked: list[QuerySet] = []
    monkeypatch.setattr(QuerySet, "annotate", noting(QuerySet.annotate, asked))
    engagement.seen_by_step(outreach.enrollment.sequence_id)
    plan = asked[-1].explain()
    assert "event_of_tracking" in plan, plan
    assert "Seq Scan on drumbeat_event" not in plan
    assert "SCAN drumbeat_event" not in plan


def noting(annotate, asked):
    def noted(rows, *args, **more):
        asked.append(annotate(rows, *args, **more))
        return asked[-1]

    return noted


def test_the_numbers_of_a_workspace_name_machines_apart(outreach):
    events = statistics.of_workspace(outreach.owner).events
    assert (events["opened"], events["opened_by_machines"]) == (OTHERS + 1, 2)
    assert events["replied"] == 1


def test_a_kind_that_only_machines_made_is_named_once(outreach):
    Event.objects.filter(source="tracking").exclude(payload__visitor="machine").delete()
    events = statistics.of_workspace(outreach.owner).events
    assert "opened" not in events
    assert events["opened_by_machines"] == Enrollment.objects.count() * 2
