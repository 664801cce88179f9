"""Set-based writes leave exactly what the ORM would: its queries must find it."""

from datetime import UTC, datetime

import pytest

from drumbeat.models import Budget, Workspace
from drumbeat.store import sql

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(datetime(2026, 3, 31, 7, 30, tzinfo=UTC), id="a whole second"),
        pytest.param(datetime(2026, 3, 31, 7, 30, 0, 5, tzinfo=UTC), id="a few microseconds"),
    ],
)
def test_a_moment_written_in_raw_sql_is_found_by_the_orm(moment):
    workspace = Workspace.objects.create(name="Ours", created_at=moment)
    columns = ("workspace_id", "scope", "unit", "start", "used")
    sql.insert(Budget, columns, [(workspace.pk, "sender:1", "minute", moment, 1)])
    assert Budget.objects.get(start=moment).start == moment
    assert Budget.objects.filter(start__lte=moment).exists()
    row = Budget.objects.get()
    sql.update(Budget, ("id", "start"), [(row.pk, moment)])
    assert Budget.objects.filter(start__in=[moment]).exists()


@pytest.mark.parametrize("query", ["orm", "raw"])
def test_a_moment_is_read_as_aware_utc(query):
    moment = datetime(2026, 3, 31, 7, 30, 0, 5, tzinfo=UTC)
    Workspace.objects.create(name="Ours", created_at=moment)
    rows = Workspace.objects.order_by().values_list("created_at")
    read = rows[0][0] if query == "orm" else sql.fetch(rows)[0][0]
    assert read == moment
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    ("values", "text"),
    [
        pytest.param([], "{}", id="none"),
        pytest.param([1, 20], '{"1","20"}', id="numbers"),
        pytest.param(["", "a,b"], '{"","a,b"}', id="an empty text and a comma"),
        pytest.param(['"', "\\"], '{"\\"","\\\\"}', id="what has a meaning in an array"),
        pytest.param(["{a}", "NULL", None], '{"{a}","NULL",NULL}', id="nothing beside what looks like it"),
        pytest.param(
            ["a\0b", "c"], '{"a\0b","c"}', id="what no text may hold stays one value, to be refused"
        ),
    ],
)
def test_values_become_an_array_of_postgresql(values, text):
    assert sql.array(values) == text


def test_nothing_to_write_writes_nothing():
    sql.insert(Budget, ("workspace_id",), [])
    sql.update(Budget, ("id", "used"), [])
    assert not Budget.objects.exists()
