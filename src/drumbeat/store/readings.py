"""Queries that run again and again: written with the ORM, made into text once per database.

Building the text costs the ORM more than the database needs to answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from drumbeat.store.sql import Slot, Statement, statement_of

M = TypeVar("M", bound=Model)


class Reading:
    """A `values_list` whose changing values all come through `sql.among`.

    `rows` is called with one slot for each of them; a lock in it is the caller's to hold a transaction for.
    """

    def __init__(self, rows: Callable[..., QuerySet[Any, Any]]) -> None:
        self._rows = rows
        self._statements: dict[str, Statement] = {}

    def fetch(self, *values: Iterable[Any]) -> list[Any]:
        """Return the rows as lists."""
        statement = self._statements.get(connection.vendor)
        if statement is None:
            slots = (Slot(i) for i in range(len(values)))
            statement = self._statements[connection.vendor] = statement_of(self._rows(*slots))
        return statement.fetch(values)


@cache
def columns_of(model: type[Model]) -> tuple[str, ...]:
    """Return the names of all columns of a table, for `instance`."""
    return tuple(field.attname for field in model._meta.concrete_fields)


def instance(model: type[M], row: Sequence[Any]) -> M:
    """Return what was read with `columns_of` as the ORM would."""
    return model.from_db(connection.alias, columns_of(model), row)
