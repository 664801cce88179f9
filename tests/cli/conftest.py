"""Commands as a script and as a person call them, and a migrated data folder for real processes."""

import json
import shutil
from collections.abc import Iterator

import pytest

from drumbeat import cli
from drumbeat.store import flows
from tests.support.processes import drumbeat, free_port


@pytest.fixture(autouse=True)
def _no_flow_of_another_test() -> Iterator[None]:
    """Flows are kept by version id; every test begins with ids that another test used."""
    flows.load_flow.cache_clear()
    yield
    flows.load_flow.cache_clear()


@pytest.fixture
def run(capsys):
    """Run a command with `--json` and return its exit code and what it printed."""

    def command(*words):
        capsys.readouterr()
        code = cli.main([*words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return command


@pytest.fixture
def say(capsys):
    """Run a command for a person and return its exit code and all that it wrote."""

    def command(*words):
        capsys.readouterr()
        code = cli.main(list(words))
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return command


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("migrated")
    assert drumbeat(folder, "migrate").returncode == 0
    return folder


@pytest.fixture
def data(migrated, tmp_path):
    return shutil.copytree(migrated, tmp_path / "data")


@pytest.fixture
def port():
    return free_port()
