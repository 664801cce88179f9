"""Rules for every test: what is missing is said, nothing leaves the machine, Hypothesis ignores the load.

A test that needs a server carries its marker (`pg`, `mail`, `e2e`) and skips with a reason where that is not
installed. `--require-all` turns every skip into a failure: where all is installed, nothing may hide. Only the
corpora may be absent then too: they lie beside the project and no package brings them.
"""

from collections.abc import Generator, Iterator

import hypothesis
import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import DjangoDbBlocker

from drumbeat.store import tables
from tests.support import corpora, loopback, servers

hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile("soak", deadline=None, max_examples=5_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--require-all", action="store_true", help="a skipped test is a failed test")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    lacks = {need: servers.missing(need) for need in servers.NEEDS}
    for item in items:
        for need, reason in lacks.items():
            if reason and item.get_closest_marker(need):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    hides = report.skipped and not hasattr(report, "wasxfail") and corpora.ABSENT not in report.longreprtext
    if hides and item.config.getoption("--require-all"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} may not skip here: {report.longreprtext}"
    return report


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Make the tables of the tests' own database at once: what migrations lead to has a test of its own."""
    connection.settings_dict["TEST"]["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        MigrationRecorder(connection).ensure_schema()
        tables.record_as_run()


@pytest.fixture(autouse=True, scope="session")
def _stay_on_this_machine() -> Iterator[None]:
    with loopback.only_loopback():
        yield
