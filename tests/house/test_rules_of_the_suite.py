"""The rules in `conftest.py`, tried on small suites of their own."""

import socket
from pathlib import Path

import pytest

from tests.support import corpora
from tests.support.loopback import LeftTheMachine

pytest_plugins = ["pytester"]

CONFTEST = (Path(__file__).parents[1] / "conftest.py").read_text()
SKIPPING = "import pytest\n\ndef test_it():\n    pytest.skip('no server')\n"


@pytest.fixture
def suite(pytester, monkeypatch):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeconftest(CONFTEST)
    pytester.makeini("[pytest]\nmarkers = pg\n")
    pytester.makepyfile(SKIPPING)
    return pytester


def test_a_missing_server_skips_with_its_reason(suite):
    suite.runpytest_inprocess("-rs").stdout.fnmatch_lines(["*no server*", "*1 skipped*"])


def test_where_all_is_required_a_skip_fails(suite):
    result = suite.runpytest_inprocess("--require-all")
    result.stdout.fnmatch_lines(["*may not skip here*no server*", "*1 failed*"])


def test_the_corpora_may_be_absent_even_then(suite):
    suite.makepyfile(SKIPPING.replace("no server", f"{corpora.ABSENT}: no manifest.jsonl"))
    suite.runpytest_inprocess("--require-all").assert_outcomes(skipped=1)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(("192.0.2.1", 25), id="an address elsewhere"),
        pytest.param(("mail.example.com", 25), id="a name, before it is looked up"),
    ],
)
def test_nothing_leaves_the_machine(address):
    with socket.socket() as outgoing, pytest.raises(LeftTheMachine):
        outgoing.connect(address)


def test_this_machine_may_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
