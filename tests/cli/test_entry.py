"""From words to an exit code: usage, errors of the surroundings as sentences, defects as tracebacks."""

import json
import os
import subprocess
import sys
from importlib.metadata import version

import pytest
from django.db import OperationalError

from drumbeat import cli
from drumbeat.cli import entry
from drumbeat.cli.entry import COMMANDS
from drumbeat.cli.faults import as_domain_error
from drumbeat.cli.result import ExitCode, exit_code_of
from drumbeat.core.errors import DomainError


def drumbeat(*words, **variables):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DRUMBEAT_")}
    command = [sys.executable, "-c", "import sys; from drumbeat.cli import main; sys.exit(main())", *words]
    return subprocess.run(
        command, env=environment | variables, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize(
    "words", [[], ["dance"], ["sender", "add"], ["enroll", "1"], ["stats", "--nonsense"]]
)
def test_wrong_usage_exits_2(words, capsys):
    assert cli.main(words) == ExitCode.USAGE
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name, capsys):
    assert cli.main([name, "--help"]) == 0
    assert COMMANDS[name].help.split(":")[0][:40] in " ".join(capsys.readouterr().out.split())


def test_help_names_every_command(capsys):
    assert cli.main(["--help"]) == 0
    text = capsys.readouterr().out
    assert all(name in text for name in COMMANDS)


def test_without_a_command_all_are_named(capsys):
    assert cli.main([]) == ExitCode.USAGE
    text = capsys.readouterr().err
    assert all(name in text for name in COMMANDS)


def test_the_version_is_that_of_the_package(capsys):
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"drumbeat {version('drumbeat')}\n"


def test_the_help_of_a_verb_says_what_it_does(capsys):
    assert cli.main(["enrollment", "why", "--help"]) == 0
    assert "why it stands where it stands" in capsys.readouterr().out


def test_an_unknown_setting_is_told_with_what_was_meant(tmp_path):
    done = drumbeat("stats", "--json", DRUMBEAT_DATA=str(tmp_path), DRUMBEAT_DATBASE_URL="x")
    assert done.returncode == 1
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "setting_unknown"
    assert "Did you mean DRUMBEAT_DATABASE_URL?" in error["message"]
    assert "Traceback" not in done.stderr


def test_an_unreachable_database_is_told_with_its_host_and_what_to_do(tmp_path):
    url = "postgresql://me:secret@127.0.0.1:1/mine"
    done = drumbeat("stats", DRUMBEAT_DATA=str(tmp_path), DRUMBEAT_DATABASE_URL=url)
    assert done.returncode == 1
    assert "mine at 127.0.0.1:1" in done.stderr
    assert "Is PostgreSQL running" in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_without_tables_says_how_to_make_them(tmp_path):
    done = drumbeat("stats", DRUMBEAT_DATA=str(tmp_path))
    assert (done.returncode, "Run: drumbeat migrate" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        pytest.param(OperationalError("no such table: x"), "not_migrated", id="no tables"),
        pytest.param(
            OperationalError("unable to open database file"), "database_unreachable", id="no folder"
        ),
        pytest.param(OperationalError("database is locked"), "database_busy", id="locked too long"),
        pytest.param(FileNotFoundError(2, "No such file", "x.csv"), "file_unusable", id="no file"),
        pytest.param(PermissionError(13, "Permission denied", "x.csv"), "file_unusable", id="not allowed"),
    ],
)
def test_faults_of_the_surroundings(fault, code):
    error = as_domain_error(fault)
    assert error is not None
    assert (error.code, exit_code_of(error)) == (code, ExitCode.REFUSED)


def test_a_defect_stays_a_traceback(monkeypatch):
    def broken(name):
        raise RuntimeError("ours")

    monkeypatch.setattr(entry, "_module", broken)
    with pytest.raises(RuntimeError, match="ours"):
        cli.main(["stats"])


@pytest.mark.parametrize("code", ["demo_already_running", "port_in_use", "worker_already_running"])
def test_what_another_process_holds_exits_3(code, monkeypatch, capsys):
    def busy(name):
        raise DomainError(code, "Somebody else has it.")

    monkeypatch.setattr(entry, "_module", busy)
    assert cli.main(["stats"]) == ExitCode.BUSY
    assert "Somebody else has it." in capsys.readouterr().err


def test_the_fields_of_an_error_are_shown_by_path(monkeypatch, capsys):
    def refusing(name):
        raise DomainError("flow_has_errors", "Two problems.", {"steps.hello": "It says nothing."})

    monkeypatch.setattr(entry, "_module", refusing)
    assert cli.main(["stats"]) == ExitCode.REFUSED
    assert "steps.hello  It says nothing." in capsys.readouterr().err
