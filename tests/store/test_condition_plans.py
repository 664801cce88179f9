"""Conditions are read by their indexes, with as many queries for many contacts as for few."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import world
from drumbeat.actions import conditions
from drumbeat.core.document import read_condition
from drumbeat.core.errors import DomainError
from drumbeat.models import Contact
from drumbeat.store.conditions import suggestions, where
from tests.support import many_contacts
from tests.support.flows import a_condition, a_rule
from tests.support.many_contacts import ASKED

pytestmark = pytest.mark.django_db(transaction=True)
NOW = world.START
INDEXES = {
    "a stage": "contact_stage_is",
    "a company": "contact_company_is",
    "a prefix": "contact_email_is",
    "a rare tag": "drumbeat_contacttag_tag_id",
    "own fields": "field_value_text",
    "an own date soon": "field_value_date",
    "nobody, by event": "contact_fact_kind",
    "new today": "contact_since",
    "either": "drumbeat_contacttag_tag_id",
}


def plan_of(rows):
    text, params = rows.query.sql_with_params()
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        cursor.execute(explain + text, params)
        return "\n".join(str(row) for row in cursor.fetchall())


def matching(owner, asked):
    rows = Contact.objects.filter(workspace_id=owner.workspace_id).order_by()
    return rows.filter(where(owner.workspace_id, read_condition(asked), NOW)).values_list("id", flat=True)


def test_conditions_that_few_fit_are_read_by_an_index():
    owner = world.a_workspace()
    many_contacts.fill(owner, 30_000, NOW)
    for name, index in INDEXES.items():
        plan = plan_of(matching(owner, ASKED[name]))
        assert index in plan, f"{name}: {plan}"
        assert "Seq Scan on drumbeat_contact " not in plan, f"{name}: {plan}"
        assert "SCAN drumbeat_contact" not in plan.replace("SCAN drumbeat_contact USING", ""), (
            f"{name}: {plan}"
        )
    with CaptureQueriesContext(connection) as captured:
        assert suggestions.of_contacts(owner.workspace_id, "stage", "") == [*sorted(many_contacts.STAGES[1:])]
    assert len(captured) == 1


def test_a_condition_costs_the_same_queries_whatever_it_finds():
    owner = world.a_workspace()
    asked = {"rules": [ASKED["own fields"], ASKED["replied this week"]]}

    def cost():
        with CaptureQueriesContext(connection) as captured:
            conditions.matches(owner, asked, NOW + timedelta(hours=1))
        return len(captured)

    many_contacts.fill(owner, 10, NOW)
    few = cost()
    assert few <= 12
    Contact.objects.all().delete()
    assert cost() <= few + len(asked["rules"]) + 1


def test_who_matches_is_counted_so_far_and_no_farther():
    owner = world.a_workspace()
    many_contacts.fill(owner, 300, NOW)
    with CaptureQueriesContext(connection) as captured:
        found = conditions.matches(owner, {"rules": [ASKED["a stage"]]}, NOW)
    assert (found.is_more, len(found.examples)) == (False, conditions.EXAMPLES)
    reads = [each["sql"] for each in captured if 'FROM "drumbeat_contact"' in each["sql"]]
    assert reads
    assert all("LIMIT" in sql or '"id" IN (' in sql for sql in reads), reads


def test_what_is_too_large_is_refused_with_its_path():
    owner = world.a_workspace()
    with pytest.raises(DomainError) as refused:
        where(owner.workspace_id, a_condition(*[a_rule("tag", "is_empty")] * 101), NOW)
    assert refused.value.code == "condition_too_large"
    assert list(refused.value.fields) == ["rules[100]"]


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param(a_condition(*[a_rule("company", "contains", "x")] * 100, combinator="or"), id="rules"),
        pytest.param(
            a_condition(a_rule("created_at", "one_of", tuple(f"{2000 + n}-01-01" for n in range(500)))),
            id="days",
        ),
        pytest.param(
            a_condition(*[a_rule("event.replied", "happened", days=n) for n in range(100)], negated=True),
            id="events",
        ),
        pytest.param(a_condition(*[a_rule("tag", "one_of", ("a", "b"))] * 100, combinator="or"), id="names"),
    ],
)
def test_whatever_fits_the_bounds_is_read(condition):
    owner = world.a_workspace()
    many_contacts.fill(owner, 50, NOW)
    rows = Contact.objects.filter(where(owner.workspace_id, condition, NOW), workspace_id=owner.workspace_id)
    assert rows.count() <= 50
