"""What every new connection is told beyond Django's own settings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


def tell_new_connections() -> None:
    """Have moments read as aware UTC, and fast: Django's own readers take three to ten times as long."""
    connection_created.connect(_read_moments_fast, dispatch_uid="drumbeat.moments")
    connection_created.connect(_wait_as_told, dispatch_uid="drumbeat.patience")


_seconds: ContextVar[float | None] = ContextVar("seconds to wait for a lock", default=None)


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """Let connections opened in the context wait that long for SQLite's lock. PostgreSQL's pool has its own bound."""
    before = _seconds.set(seconds)
    try:
        yield
    finally:
        _seconds.reset(before)


def _wait_as_told(connection: BaseDatabaseWrapper, **_: Any) -> None:
    seconds = _seconds.get()
    if connection.vendor == "sqlite" and seconds is not None:
        connection.connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")


_SICK = ("locked", "unable to open", "disk", "readonly", "busy")


def is_away(fault: Exception) -> bool:
    """Say whether an OperationalError or InterfaceError is of the database's state, not of what it was asked.

    SQLite's driver calls a missing table operational, too.
    """
    return connection.vendor != "sqlite" or any(word in str(fault) for word in _SICK)


def _read_moments_fast(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor == "postgresql":
        connection.connection.adapters.register_loader("timestamptz", _moments())
    else:
        sqlite3.register_converter("datetime", _sqlite_moment)


@lru_cache(maxsize=16_384)  # the rows of a batch were mostly written at the same few moments
def _sqlite_moment(text: bytes) -> datetime:
    """Read what Django writes: naive UTC."""
    return datetime.fromisoformat(text.decode()).replace(tzinfo=UTC)


@cache
def _moments() -> type[Any]:
    """Return a loader of aware UTC; the driver is there only where PostgreSQL is used."""
    from psycopg import adapt, adapters
    from psycopg.postgres import types
    from psycopg.pq import Format

    compiled: Any = adapters.get_loader(types["timestamptz"].oid, Format.TEXT)

    class Moments(adapt.Loader):
        timezone = UTC  # what Django asks a loader before it makes a cursor

        def __init__(self, oid: int, context: Any = None) -> None:
            super().__init__(oid, context)
            self._read = compiled(oid, context).load

        def load(self, data: Any) -> datetime:
            read: datetime = self._read(data).replace(tzinfo=UTC)
            return read

    return Moments
