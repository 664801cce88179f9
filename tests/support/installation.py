"""Installations of the tests' own: a migrated database that this process and others reach at once.

The fixtures are in `tests.support.installed`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection, connections
from django.db.utils import ConnectionHandler

from drumbeat.environment import Environment, database_settings
from drumbeat.store import flows
from tests.support import postgres

TEMPLATE = "template"
ON_POSTGRESQL = [pytest.param("postgresql", marks=pytest.mark.pg)]
"""For tests of the distributed engine alone: parametrize `installation` with it, indirectly."""


@dataclass(frozen=True, slots=True)
class Installation:
    """Where an installation keeps its data; without a URL it is SQLite in `data`."""

    data: Path
    database_url: str = ""

    @property
    def environment(self) -> Environment:
        return Environment(data=self.data, database_url=self.database_url, executor_interval_seconds=0.1)

    @property
    def is_postgresql(self) -> bool:
        return bool(self.database_url)


def connect(installation: Installation, **options: Any) -> None:
    """Make the installation's database the default one of this thread and of every later one."""
    settings = database_settings(installation.environment)
    settings["OPTIONS"] = {**settings["OPTIONS"], **options}  # type: ignore[dict-item]
    configured = ConnectionHandler({"default": settings}).settings
    connections.settings["default"] = configured["default"]
    connections["default"] = connections.create_connection("default")
    flows.load_flow.cache_clear()


@contextmanager
def connected(installation: Installation) -> Iterator[None]:
    """Work on the installation's database inside the block, without a pool that would outlive it."""
    before = connections.settings["default"], connections["default"]
    connect(installation, **({"pool": False} if installation.is_postgresql else {}))
    try:
        yield
    finally:
        connection.close()
        connections.settings["default"], connections["default"] = before
        flows.load_flow.cache_clear()


def execute(running: postgres.Cluster, statement: str) -> list[Any]:
    """Run one statement as the cluster's superuser, outside any test database."""
    with psycopg.connect(running.url("postgres"), autocommit=True) as superuser:
        cursor = superuser.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def database_name(installation: Installation) -> str:
    return urlsplit(installation.database_url).path.lstrip("/")


class Call(Thread):
    """A call in a thread of its own, with a database connection of its own; `result` gives its value or raises."""

    def __init__(self, function: Callable[..., Any], *args: Any, **more: Any) -> None:
        super().__init__(daemon=True)
        self._call = partial(function, *args, **more)
        self._value: Any = None
        self._fault: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            self._value = self._call()
        except BaseException as fault:
            self._fault = fault
        finally:
            connection.close()

    def result(self, patience: float = 30) -> Any:
        self.join(patience)
        if self.is_alive():
            raise TimeoutError(f"{self._call} does not end")
        if self._fault is not None:
            raise self._fault
        return self._value
