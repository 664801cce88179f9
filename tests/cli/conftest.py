"""Commands as a script and as a person call them. Flows are kept by version id: a test begins without any."""

import json
from collections.abc import Iterator

import pytest

from drumbeat import cli
from drumbeat.store import flows


@pytest.fixture(autouse=True)
def _no_flow_of_another_test() -> Iterator[None]:
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
