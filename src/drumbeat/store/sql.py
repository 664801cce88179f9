"""Set-based reads and writes: many rows in one statement, the same call on SQLite and PostgreSQL.

PostgreSQL gets one array per column, so the statement's text is constant; SQLite runs one prepared statement over
the rows. What is read again and again lives in `readings`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Field, Lookup, Model, QuerySet

Row = Sequence[Any]


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


@contextmanager
def left_to_a_later_commit() -> Iterator[None]:
    """Run a transaction whose commit returns before the disk has it.

    For what is decided anew in the same way should a crash of the machine take it back. A later commit that waits,
    such as that of a hand-over, brings all earlier ones to the disk with it.
    """
    alone = not is_postgresql() and not connection.in_atomic_block
    if alone:
        _wait_for_the_disk("NORMAL")
    try:
        with transaction.atomic():
            if is_postgresql():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL synchronous_commit = off")
            yield
    finally:
        if alone:
            _wait_for_the_disk("FULL")


def _wait_for_the_disk(how: str) -> None:
    """Set it for the connection: SQLite knows no choice for one transaction. A new connection waits, see settings."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous = {how}")
    except BaseException:
        connection.close()  # whatever it is now, no hand-over may go by it
        raise


_encode = json.JSONEncoder(separators=(",", ":")).encode


def _json(value: Any) -> Any:
    if value is None:
        return None
    return "{}" if value == {} else _encode(value)


def moment(value: datetime | None) -> Any:
    """Return `value` as the connected database takes it in raw SQL."""
    return value if is_postgresql() else _sqlite_moment(value)


@lru_cache(maxsize=4096)
def _sqlite_moment(value: datetime | None) -> str | None:
    if value is None:
        return None
    # Exactly what Django writes on SQLite, to the letter: its queries compare the text.
    return str(value.replace(tzinfo=None))


@lru_cache(maxsize=4096)
def _postgresql_moment(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()


def _postgresql_bytes(value: Any) -> str | None:
    return None if value is None else f"\\x{bytes(value).hex()}"


_ADAPTERS_POSTGRESQL: dict[str, Callable[[Any], Any]] = {
    "JSONField": _json,
    "DateTimeField": _postgresql_moment,
    "BinaryField": _postgresql_bytes,
}
_ADAPTERS_SQLITE: dict[str, Callable[[Any], Any]] = {"JSONField": _json, "DateTimeField": _sqlite_moment}


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    text = value if isinstance(value, str) else str(value)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def array(values: Iterable[Any]) -> str:
    """Return values as PostgreSQL reads an array. The driver writes lists in Python, for several times as much."""
    items = list(values)
    if None not in items:
        # All are quoted at once. No text of PostgreSQL holds the mark; one that does is left to its refusal.
        joined = "\0".join(map(str, items))
        if joined.count("\0") == len(items) - 1:
            return '{"' + joined.replace("\\", "\\\\").replace('"', '\\"').replace("\0", '","') + '"}'
    return "{" + ",".join([_element(value) for value in items]) + "}"


@cache
def _fields(model: type[Model], columns: tuple[str, ...]) -> tuple[Field[Any, Any], ...]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return tuple(by_name[name] for name in columns)


def _type(field: Field[Any, Any]) -> str:
    """Return the column's SQL type without what a serial column adds."""
    kind = field.rel_db_type(connection) if field.primary_key else field.db_type(connection)
    return str(kind).split("(", maxsplit=1)[0].replace("varchar", "text")


def _columns_of(fields: Sequence[Field[Any, Any]], rows: Sequence[Row]) -> list[Any]:
    """Return the values by column, as the database takes them."""
    adapters = _ADAPTERS_POSTGRESQL if is_postgresql() else _ADAPTERS_SQLITE
    columns: list[Any] = []
    for field, values in zip(fields, zip(*rows, strict=True), strict=True):
        adapt = adapters.get(field.get_internal_type())
        columns.append([adapt(value) for value in values] if adapt else list(values))
    return columns


def _unnest(fields: Sequence[Field[Any, Any]]) -> str:
    """Return a PostgreSQL row source with columns c0, c1, … (JSON travels as text)."""
    arrays = ", ".join(f"%s::{'text' if _type(f) == 'jsonb' else _type(f)}[]" for f in fields)
    names = ", ".join(f"c{i}" for i in range(len(fields)))
    return f"unnest({arrays}) AS v({names})"


def _value(field: Field[Any, Any], i: int) -> str:
    return f"v.c{i}::jsonb" if _type(field) == "jsonb" else f"v.c{i}"


@cache
def _insert_sql(vendor: str, model: type[Model], columns: tuple[str, ...], conflict: str) -> str:
    fields = _fields(model, columns)
    names = ", ".join(f'"{field.column}"' for field in fields)
    head = f'INSERT INTO "{model._meta.db_table}" ({names})'
    if vendor == "postgresql":
        values = ", ".join(_value(field, i) for i, field in enumerate(fields))
        return f"{head} SELECT {values} FROM {_unnest(fields)} {conflict}"
    return f"{head} VALUES ({', '.join(['%s'] * len(fields))}) {conflict}"


@cache
def _update_sql(vendor: str, model: type[Model], columns: tuple[str, ...]) -> str:
    fields = _fields(model, columns)
    table = model._meta.db_table
    if vendor == "postgresql":
        sets = ", ".join(f'"{f.column}" = {_value(f, i)}' for i, f in enumerate(fields) if i)
        return f'UPDATE "{table}" AS t SET {sets} FROM {_unnest(fields)} WHERE t."{fields[0].column}" = v.c0'
    sets = ", ".join(f'"{f.column}" = %s' for f in fields[1:])
    return f'UPDATE "{table}" SET {sets} WHERE "{fields[0].column}" = %s'


def insert(model: type[Model], columns: Sequence[str], rows: Sequence[Row], conflict: str = "") -> None:
    """Insert `rows` in one statement. `conflict` is an `ON CONFLICT …` clause that both databases read."""
    if not rows:
        return
    fields = _fields(model, tuple(columns))
    sql = _insert_sql(connection.vendor, model, tuple(columns), conflict)
    columns_of = _columns_of(fields, rows)
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute(sql, [array(values) for values in columns_of])
        else:
            cursor.executemany(sql, list(zip(*columns_of, strict=True)))


def update(model: type[Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Set `columns[1:]` of the rows whose `columns[0]` (a unique column) is given, in one statement."""
    if not rows:
        return
    fields = _fields(model, tuple(columns))
    sql = _update_sql(connection.vendor, model, tuple(columns))
    columns_of = _columns_of(fields, rows)
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute(sql, [array(values) for values in columns_of])
        else:
            cursor.executemany(sql, list(zip(*columns_of[1:], columns_of[0], strict=True)))


@dataclass(frozen=True, slots=True)
class Slot:
    """Stands in a query for values that come when it runs."""

    index: int


def listed(values: Iterable[Any] | Slot) -> Any:
    """Return values as `any_of` takes them."""
    if isinstance(values, Slot):
        return values
    return array(values) if is_postgresql() else json.dumps(list(values))


def any_of(column: str) -> str:
    """Return the condition that `column` has one of the values of one parameter, made by `listed`.

    Neither text nor cost of the statement grow with the values.
    """
    return f"{column} = ANY(%s)" if is_postgresql() else f"{column} IN (SELECT value FROM json_each(%s))"


class Among(Lookup):
    """`any_of` for the ORM."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, params = self.process_lhs(compiler, connection)
        return any_of(column), (*params, listed(self.rhs))


def among(column: str, values: Iterable[int] | Iterable[str] | Slot) -> Among:
    """Return the condition that `column` has one of these values, for `filter`."""
    return Among(F(column), values if isinstance(values, Slot) else list(values))


@dataclass(frozen=True, slots=True)
class Statement:
    """A query of tuples as text, and what reads its columns: the ORM's converters cost more than the query.

    Moments are read by the driver.
    """

    text: str
    params: Sequence[Any]
    readers: Sequence[tuple[int, Callable[[Any], Any]]]

    def fetch(self, values: Sequence[Iterable[Any]] = ()) -> list[Any]:
        """Run it, with these values in its slots."""
        params = [listed(values[p.index]) if isinstance(p, Slot) else p for p in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.text, params)
            found = [list(row) for row in cursor.fetchall()]
        for i, reader in self.readers:
            for row in found:
                if row[i] is not None:
                    row[i] = reader(row[i])
        return found


def statement_of(rows: QuerySet[Any, Any]) -> Statement:
    """Return a `values_list` as a statement."""
    compiler = rows.query.get_compiler(connection.alias)
    text, params = compiler.as_sql()
    readers = _READERS_POSTGRESQL if is_postgresql() else _READERS_SQLITE
    kinds = [column[0].output_field.get_internal_type() for column in compiler.select]
    return Statement(text, params, [(i, readers[kind]) for i, kind in enumerate(kinds) if kind in readers])


def fetch(rows: QuerySet[Any, Any]) -> list[Any]:
    """Return the rows of a `values_list` as lists."""
    return statement_of(rows).fetch()


_decode = json.JSONDecoder().raw_decode


def _read_json(text: str) -> Any:
    """Read what the database holds: it has no blanks around it that would have to be looked for."""
    return {} if text == "{}" else _decode(text)[0]


_READERS_POSTGRESQL: dict[str, Callable[[Any], Any]] = {"JSONField": _read_json}
_READERS_SQLITE: dict[str, Callable[[Any], Any]] = {"JSONField": _read_json, "BooleanField": bool}


def lock(rows: QuerySet[Any, Any], *, skip: bool = False) -> list[int]:
    """Lock the rows in id order and return their ids; on SQLite the transaction's write lock is the lock.

    With `skip`, rows that somebody else holds are left out. The lock leaves keys alone, so that rows which refer to
    a locked one can still be inserted.
    """
    ids = rows.order_by("id").values_list("id", flat=True)
    if is_postgresql():
        ids = ids.select_for_update(skip_locked=skip, of=("self",), no_key=True)
    return list(ids)
