"""Values that contacts have, as the builder of conditions suggests them: by prefix, in a few steps over an index."""

import pytest
from django.db import connection

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
    steps = 0

    def count():
        nonlocal steps
        steps += 100

    connection.ensure_connection()
    connection.connection.set_progress_handler(count, 100)
    try:
        assert suggestions.of_contacts(owner.workspace_id, "company", "ac") == ["Acme"]
    finally:
        connection.connection.set_progress_handler(None, 0)
    assert steps < 1_000
