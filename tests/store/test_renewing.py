"""Keys are renewed beside everybody who works: nothing is lost to a kill, and the old key opens nothing afterwards."""

import os
import signal
import subprocess
import sys
import time
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.db import models as fields

from drumbeat import crash
from drumbeat.cli import secrets as command
from drumbeat.core.errors import DomainError
from drumbeat.models import Grant, SendingDomain, Workspace
from drumbeat.store import renewing, secrets
from tests.support.outreach import a_workspace

pytest_plugins = ["tests.support.installed"]
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def keys(tmp_path, settings):
    settings.CREDENTIAL_KEYS = tmp_path / "keys"
    return settings.CREDENTIAL_KEYS


@pytest.fixture
def workspace(installation):
    return a_workspace()[0]


@pytest.fixture
def rotate(monkeypatch):
    monkeypatch.setattr(command, "SETTLES_SECONDS", 0.0)
    return lambda: command._rotate(Namespace())


def some(workspace, many=5):
    for n in range(many):
        Grant.objects.create(
            workspace=workspace,
            provider="google",
            address=f"a{n}@ours.test",
            access_encrypted=secrets.encrypt(f"access {n}"),
            refresh_encrypted=secrets.encrypt(f"refresh {n}"),
            connected_at=NOW,
            created_at=NOW,
        )
    SendingDomain.objects.create(
        workspace=workspace, domain="ours.test", key_encrypted=secrets.encrypt("key"), created_at=NOW
    )


def read():
    """Return everything that is stored, decrypted."""
    tokens = Grant.objects.order_by("id").values_list("access_encrypted", "refresh_encrypted")
    return [secrets.decrypt(sealed or b"") for row in tokens for sealed in row] + [
        secrets.decrypt(sealed or b"")
        for sealed in SendingDomain.objects.values_list("key_encrypted", flat=True)
    ]


def test_every_encrypted_column_is_renewed():
    found = {
        (model, field.name)
        for model in apps.get_app_config("drumbeat").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, fields.BinaryField) and field.name.endswith("_encrypted")
    }
    assert found == {(model, name) for model, names in renewing.SEALED.items() for name in names}


def test_the_key_of_the_secret_is_in_force_at_first():
    assert secrets.in_force() == ("derived",)
    assert secrets.decrypt(secrets.encrypt("horse")) == "horse"


def test_what_was_stored_can_be_read_and_the_old_key_opens_nothing(workspace, keys, rotate):
    some(workspace)
    before = read()
    old = secrets._box(("derived",))

    assert rotate().data == {"renewed": 11, "unreadable": 0, "resumed": False}

    assert read() == before
    assert len(secrets.in_force()) == 1
    assert secrets.in_force() != ("derived",)
    for sealed in Grant.objects.values_list("refresh_encrypted", flat=True):
        with pytest.raises(InvalidToken):
            old.decrypt(bytes(sealed or b""))
    assert keys.stat().st_mode & 0o077 == 0


def test_a_second_renewal_goes_from_file_to_file(workspace, rotate):
    some(workspace)
    before = read()
    rotate()
    first = secrets.in_force()
    rotate()
    assert secrets.in_force() != first
    assert read() == before


def test_whoever_works_meanwhile_reads_old_and_new(workspace):
    sealed = secrets.encrypt("old")
    assert secrets.begin_renewal()
    assert secrets.decrypt(sealed) == "old"
    assert secrets.decrypt(secrets.encrypt("new")) == "new"
    assert secrets.encrypted_anew(secrets.encrypt("new")) is None


def test_what_somebody_writes_meanwhile_stays(workspace):
    some(workspace, 1)
    grant = Grant.objects.get()
    secrets.begin_renewal()
    stale = bytes(grant.access_encrypted or b"")
    Grant.objects.update(access_encrypted=secrets.encrypt("newer"))
    assert renewing._replace(Grant, grant.pk, "access_encrypted", stale, b"x") == 0
    grant.refresh_from_db()
    assert secrets.decrypt(grant.access_encrypted or b"") == "newer"


def test_what_was_encrypted_with_the_old_key_after_the_first_walk_is_found(workspace, monkeypatch):
    some(workspace, 1)
    late = secrets.encrypt("late")

    def meanwhile(_: float) -> None:
        if len(secrets.in_force()) > 1 and not Workspace.objects.filter(name="Late").exists():
            Workspace.objects.update(name="Late")
            Grant.objects.update(access_encrypted=late)

    monkeypatch.setattr(time, "sleep", meanwhile)
    command._rotate(Namespace())
    assert secrets.decrypt(Grant.objects.get().access_encrypted or b"") == "late"


@pytest.mark.parametrize("after", [0, 1, 5, 10])
def test_a_renewal_that_died_goes_on_where_it_was(workspace, rotate, after):
    some(workspace)
    before = read()
    left = [after]

    def die(name: str) -> None:
        if name == "C14":
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt

    crash.install(die)
    try:
        with pytest.raises(KeyboardInterrupt):
            rotate()
    finally:
        crash.install(None)
    assert read() == before
    unfinished = secrets.in_force()
    assert len(unfinished) == 2

    assert rotate().data["resumed"] is True

    assert secrets.in_force() == unfinished[:1]
    assert read() == before


def test_what_no_key_opens_keeps_the_old_keys(workspace, rotate):
    some(workspace, 1)
    Grant.objects.update(access_encrypted=Fernet(Fernet.generate_key()).encrypt(b"?"))
    result = rotate()
    assert (result.code, result.data["unreadable"]) == (1, 1)
    assert len(secrets.in_force()) == 2


def test_an_empty_file_of_keys_stops_everything(keys):
    keys.write_text("\n")
    with pytest.raises(DomainError, match="holds no key"):
        secrets.encrypt("x")


_SLOWLY = """
import os, sys, time
from drumbeat import crash
crash.install(lambda name: time.sleep(0.02) if name == "C14" else None)
from drumbeat.cli.entry import run
print("go", flush=True)
sys.exit(run(["secrets", "rotate"]))
"""


def test_a_process_that_is_killed_at_any_time_loses_nothing(installation, settings, rotate):
    workspace = a_workspace()[0]
    settings.CREDENTIAL_KEYS = installation.data / "keys"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DRUMBEAT_")}
    environment |= {
        "DRUMBEAT_DATA": str(installation.data),
        "DRUMBEAT_DATABASE_URL": installation.database_url,
    }
    (installation.data / "secret").write_bytes(settings.INSTALLATION_SECRET)
    some(workspace, 30)
    before = read()
    with subprocess.Popen(
        [sys.executable, "-c", _SLOWLY],
        env=environment,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        while len(secrets.in_force()) == 1 and running.poll() is None:
            pass
        try:
            running.wait(0.3)
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
    assert len(secrets.in_force()) == 2
    assert read() == before
    rotate()
    assert read() == before
    assert len(secrets.in_force()) == 1
