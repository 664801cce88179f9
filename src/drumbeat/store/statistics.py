"""What PostgreSQL knows of the size of its tables, brought up to date while a job fills them.

A connection keeps the plans of its foreign keys. Made while a table was all but empty, one may read a whole index for
each row; it is made anew when the table is analysed, which autovacuum does minutes later.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import Model

from drumbeat.store import sql

GROWN = 4
"""A table is looked at again when it has become so many times as large."""


def follow(model: type[Model], rows: int) -> None:
    """Have the table analysed if `rows`, which were just written to it, are many more than it is known to have."""
    if not sql.is_postgresql():
        return
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        if cursor.fetchone()[0] * GROWN < rows:
            cursor.execute(f"ANALYZE (SKIP_LOCKED) {table}")
