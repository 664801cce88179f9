"""Calls under way are found by an index, however many there have been."""

from datetime import timedelta

import pytest
from django.db import connection

from drumbeat.models import Call
from drumbeat.store import steering
from tests.support.outreach import NOW, an_outreach

pytestmark = pytest.mark.django_db

MANY = 3_000


def a_call(touch, number, **more):
    values = {
        "workspace": touch.workspace,
        "touch": touch,
        "contact": touch.contact,
        "number": number,
        "on_human": "read",
        "on_machine": "leave",
        "retries": 2,
        "apart_seconds": 14_400,
        "placed_at": NOW,
    }
    return Call(**(values | more))


@pytest.fixture
def touch():
    touch = an_outreach().sent
    over = {"settled_at": NOW, "ended_at": NOW, "outcome": "busy", "state": "busy"}
    Call.objects.bulk_create(a_call(touch, number, **over) for number in range(MANY))
    Call.objects.bulk_create([a_call(touch, MANY, look_at=NOW), a_call(touch, MANY + 1)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return touch


def plans_of(django_assert_max_num_queries, act):
    with django_assert_max_num_queries(5) as asked:
        act()
    with connection.cursor() as cursor:
        explain = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
        for one in asked.captured_queries:
            if "drumbeat_call" in one["sql"] and one["sql"].startswith("SELECT"):
                cursor.execute(explain + one["sql"].replace("%", "%%"))
                yield " ".join(str(part) for row in cursor.fetchall() for part in row)


def test_what_is_to_be_looked_at_is_found_by_an_index(touch, django_assert_max_num_queries):
    assert [Call.objects.get(pk=id_).number for id_ in steering.due(50, NOW)] == [MANY]
    for plan in plans_of(django_assert_max_num_queries, lambda: steering.due(50, NOW)):
        assert "call_live" in plan


def test_calls_with_somebody_on_the_line_are_found_by_an_index(touch, django_assert_max_num_queries):
    assert steering.pressing(50, NOW) == []
    Call.objects.filter(number=MANY).update(answered_by="machine_end_beep")
    assert [Call.objects.get(pk=id_).number for id_ in steering.pressing(50, NOW)] == [MANY]
    for plan in plans_of(django_assert_max_num_queries, lambda: steering.pressing(50, NOW)):
        assert "call_live" in plan


def test_what_is_to_be_stopped_is_found_by_an_index(touch, django_assert_max_num_queries):
    assert steering.stop_unwanted(NOW) == 0
    for plan in plans_of(django_assert_max_num_queries, lambda: steering.stop_unwanted(NOW)):
        assert "call_live" in plan


def test_a_day_after_it_was_placed_a_call_is_asked_for_no_more(touch):
    Call.objects.filter(number=MANY).update(placed_at=NOW - timedelta(days=1, seconds=1))
    (call_id,) = steering.due(50, NOW)
    assert steering.look(call_id, NOW) is None
    assert steering.due(50, NOW + timedelta(days=9)) == []
