"""Values that contacts have in a field, for the builder of conditions: a few steps over an index, never a scan."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.db import connection

from drumbeat.core.conditions.operands import fold
from drumbeat.models import Contact, ContactFieldValue
from drumbeat.store.conditions.columns import end_of

MOST = 50

_COLUMNS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {name: (f"{name}_compared", name) for name in ("email", "company", "title", "stage")}
    | {"time_zone": ("time_zone", "time_zone")}
)
"""Indexed columns of contacts: what is compared, and what is shown of it."""

_STEPS = """
    WITH RECURSIVE held(value) AS (
        SELECT MIN(t.{compared}) FROM {table} t WHERE t.{scope} = %s AND t.{compared} >= %s {end}
        UNION ALL
        SELECT (SELECT MIN(t.{compared}) FROM {table} t
                WHERE t.{scope} = %s AND t.{compared} > held.value {end})
        FROM held WHERE held.value IS NOT NULL)
    SELECT (SELECT t.{shown} FROM {table} t WHERE t.{scope} = %s AND t.{compared} = held.value LIMIT 1)
    FROM held WHERE held.value > '' LIMIT %s"""
"""Steps from value to value, and stops at the first one that does not begin so, however many follow."""


def of_contacts(workspace_id: int, field: str, prefix: str) -> list[str]:
    """Return values of a built-in field whose folded copy begins like `prefix`; none for a field without an index."""
    if field not in _COLUMNS:
        return []
    compared, shown = _COLUMNS[field]
    begins = prefix if compared == shown else fold(prefix)
    return _held(Contact._meta.db_table, "workspace_id", workspace_id, (compared, shown), begins)


def of_field(field_id: int, prefix: str) -> list[str]:
    """Return values of a text field of the workspace."""
    table = ContactFieldValue._meta.db_table
    return _held(table, "field_id", field_id, ("text_folded", "text"), fold(prefix))


def _held(table: str, scope: str, scope_id: int, columns: tuple[str, str], prefix: str) -> list[str]:
    if "\x00" in prefix:
        return []
    compared, shown = columns
    beyond = end_of(prefix)
    end = f"AND t.{compared} < %s" if beyond else ""
    statement = _STEPS.format(table=table, scope=scope, compared=compared, shown=shown, end=end)
    until = [beyond] if beyond else []
    params: list[str | int] = [scope_id, prefix, *until, scope_id, *until, scope_id, MOST]
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [str(row[0]) for row in cursor.fetchall()]
