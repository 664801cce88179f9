"""The tables of an empty database are made at once, and are those that the migrations lead to."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection

from drumbeat.store import tables
from tests.support.installation import ON_POSTGRESQL, Installation, connected

pytest_plugins = ["tests.support.installed"]

_SQLITE = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
_POSTGRESQL = {
    "column": """SELECT table_name || '.' || column_name, concat_ws(' ', data_type, character_maximum_length,
                 numeric_precision, is_nullable, column_default, is_identity, collation_name)
                 FROM information_schema.columns WHERE table_schema = 'public'
                 AND NOT (table_name = 'auth_group_permissions' AND column_name = 'id')""",
    "constraint": """SELECT conrelid::regclass::text || ' ' || pg_get_constraintdef(oid), contype::text
                     FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "index": """SELECT tablename || ' ' || regexp_replace(indexdef, 'INDEX \\S+ ON', 'INDEX ON'), ''
                FROM pg_indexes WHERE schemaname = 'public'""",
}
"""Names of constraints and indexes that Django makes up say how they came about; what they hold is compared.

The one column left out is of a table that nothing uses: Django itself gives it another width in migrations.
"""


@pytest.fixture(params=["sqlite", *ON_POSTGRESQL])
def empty(request, tmp_path, django_db_blocker) -> Iterator[tuple[Installation, Installation]]:
    """Two databases without a table."""
    if request.param == "sqlite":
        found = [Installation(tmp_path / name) for name in ("one", "other")]
        for installation in found:
            installation.data.mkdir()
    else:
        cluster = request.getfixturevalue("postgresql")
        found = [
            Installation(tmp_path, cluster.create_database(f"{name}_{request.node.name[:9]}"))
            for name in ("one", "other")
        ]
    with django_db_blocker.unblock():
        yield found[0], found[1]


def test_they_are_those_of_the_migrations(empty):
    at_once, migrated = empty
    with connected(at_once):
        tables.bring_up_to_date()
        made = _described()
    with connected(migrated):
        call_command("migrate", verbosity=0)
        assert made == _described()
    assert len(made) > 500


def test_no_migration_is_left_to_run_and_doing_it_again_changes_nothing(empty):
    with connected(empty[0]):
        tables.bring_up_to_date()
        made = _described()
        call_command("migrate", "--check", verbosity=0)
        tables.bring_up_to_date()
        assert made == _described()


def _described() -> set[tuple[str, ...]]:
    """Return what the database says of its tables, in no order: columns are added at the end of older ones."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_SQLITE)
            return {(name, part) for name, sql in cursor.fetchall() for part in _parts(sql)}
        found = set()
        for kind, statement in _POSTGRESQL.items():
            cursor.execute(statement)
            found |= {(kind, *row) for row in cursor.fetchall()}
        return found


def _parts(sql: str) -> list[str]:
    """Split a statement at the commas that stand in no inner bracket."""
    parts, depth, begin = [], 0, 0
    for place, sign in enumerate(sql):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 1:
            parts.append(sql[begin:place])
            begin = place + 1
    return [part.strip(" )") for part in [*parts, sql[begin:]]]
