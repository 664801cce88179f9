"""Lists stay on an index and in a fixed number of statements, whatever the crowd; `python -m bench rooms` has times."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drumbeat.actions.members import keys
from tests.support import crowd

pytestmark = pytest.mark.django_db

LISTS = {
    "enrollments": 14,
    "enrollments?sequence_id={sequence}": 15,
    "enrollments?sequence_id={sequence}&group=running": 15,
    "enrollments?sequence_id={sequence}&sort=next": 15,
    "contacts": 10,
    "contacts?sort=name": 10,
    "contacts?sort=-company": 10,
    "conversations?scope=all": 5,
    "conversations?scope=needs_answer": 5,
    "tasks?when=open": 5,
    "tasks?when=done": 5,
    "suppressions": 5,
}
"""Addresses, and how many statements one may take: more means that one was asked for each row."""
SORTED = "USE TEMP B-TREE FOR ORDER BY"


@pytest.fixture
def made():
    return crowd.furnish(2_000, timezone.now())


@pytest.fixture
def client(made):
    _, key = keys.create(made.owner, "test", timezone.now())
    return Client(headers={"authorization": f"Bearer {key}"})


def test_lists_take_few_statements_and_none_sorts_what_an_index_holds(client, made):
    names = {"sequence": made.sequence}
    found = {path: _asked(client, path.format(**names)) for path in LISTS}
    assert {path: count for path, (count, _) in found.items() if count > LISTS[path]} == {}
    assert {path: plans for path, (_, plans) in found.items() if plans} == {}


def _asked(client, path):
    """Return how many statements an address takes, and the plans that sort a page's table."""
    client.get(f"/api/{path}")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(f"/api/{path}").status_code == 200
    pages = [one["sql"] for one in asked.captured_queries if " LIMIT 51" in one["sql"]]
    assert pages, "no page was read"
    return len(asked), [sql[:80] for sql in pages if SORTED in _plan(sql)]


def _plan(statement):
    if connection.vendor != "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        return "\n".join(row[-1] for row in cursor.fetchall())
