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


def test_nothing_to_write_writes_nothing():
    sql.insert(Budget, ("workspace_id",), [])
    sql.update(Budget, ("id", "used"), [])
    assert not Budget.objects.exists()
