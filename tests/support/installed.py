"""Fixtures: a fresh installation for each test, once on SQLite and once on PostgreSQL.

Modules that ask for `installation` name this one in `pytest_plugins`.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

import pytest

from drumbeat.store import tables
from tests.support import postgres
from tests.support.installation import ON_POSTGRESQL, TEMPLATE, Installation, connected, execute


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory, django_db_blocker) -> Path:
    """A migrated and empty SQLite database."""
    installation = Installation(tmp_path_factory.mktemp("sqlite"))
    with django_db_blocker.unblock(), connected(installation):
        tables.bring_up_to_date()
    return installation.data / "drumbeat.sqlite3"


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory, django_db_blocker) -> Iterator[postgres.Cluster]:
    """A cluster with a migrated and empty database, to be copied."""
    with postgres.cluster() as running:
        installation = Installation(tmp_path_factory.mktemp("postgresql"), running.create_database(TEMPLATE))
        with django_db_blocker.unblock(), connected(installation):
            tables.bring_up_to_date()
        yield running


@pytest.fixture(params=["sqlite", *ON_POSTGRESQL])
def installation(request, tmp_path, django_db_blocker) -> Iterator[Installation]:
    """An empty installation of this test's own; the test's process is connected to it."""
    made = _on_sqlite if request.param == "sqlite" else _on_postgresql
    with made(request, tmp_path) as found, django_db_blocker.unblock(), connected(found):
        yield found


@contextmanager
def _on_sqlite(request: pytest.FixtureRequest, folder: Path) -> Iterator[Installation]:
    shutil.copy(request.getfixturevalue("_sqlite_template"), folder / "drumbeat.sqlite3")
    yield Installation(folder)


@contextmanager
def _on_postgresql(request: pytest.FixtureRequest, folder: Path) -> Iterator[Installation]:
    running = request.getfixturevalue("postgresql")
    name = f"test_{token_hex(4)}"
    execute(running, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} {running.copying}")
    yield Installation(folder, running.url(name))
    execute(running, f"DROP DATABASE {name} WITH (FORCE)")
