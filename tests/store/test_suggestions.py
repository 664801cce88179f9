"""Values that contacts have, as the builder of conditions suggests them: by prefix, in a few steps over an index."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.models import Contact
from drumbeat.store.conditions import suggestions
from tests.support.office import NOW, an_owner, another_owner

pytest_plugins = ["tests.support.installed"]


def companies(member, names):
    Contact.objects.bulk_create(
        Contact(workspace=member.workspace, company=name, company_compared=name.casefold(), created_at=NOW,
                updated_at=NOW)
        for name in names
    )  # fmt: skip


@pytest.fixture
def owner(installation):
    return an_owner()


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        pytest.param("ac", ["Acme", "Acorn"], id="what begins so, in order"),
        pytest.param("ACORN", ["Acorn"], id="in any case"),
        pytest.param("b", ["Bolt"], id="the last"),
        pytest.param("", ["Acme", "Acorn", "Bolt"], id="all but the empty one"),
        pytest.param("z", [], id="nothing"),
        pytest.param("a\x00", [], id="what no database holds"),
        pytest.param("\U0010ffff", [], id="after which nothing comes"),
    ],
)
def test_values_are_found_by_how_they_begin(owner, prefix, found):
    companies(owner, ["Bolt", "Acorn", "Acme", "Acme", ""])
    companies(another_owner(), ["Actual"])
    assert suggestions.of_contacts(owner.workspace_id, "company", prefix) == found


@pytest.mark.django_db
def test_a_rare_prefix_costs_no_walk_through_all_that_follows():
    owner = an_owner()
    companies(owner, ["Acme", *(f"B{number:04}" for number in range(3_000))])

    def ask():
        assert suggestions.of_contacts(owner.workspace_id, "company", "ac") == ["Acme"]

    assert (rows_read if connection.vendor == "postgresql" else steps_taken)(ask) < 1_000


def steps_taken(ask):
    """Count the steps of SQLite's machine, by the hundred."""
    steps = 0

    def count():
        nonlocal steps
        steps += 100

    connection.ensure_connection()
    connection.connection.set_progress_handler(count, 100)
    try:
        ask()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return steps


def rows_read(ask):
    """Add up what every part of PostgreSQL's plan gave out."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {captured.captured_queries[-1]['sql']}")
        (told,) = cursor.fetchone()
    return sum_of_rows((told if isinstance(told, list) else json.loads(told))[0]["Plan"])


def sum_of_rows(part):
    return part["Actual Rows"] * part["Actual Loops"] + sum(map(sum_of_rows, part.get("Plans", ())))
