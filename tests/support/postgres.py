"""A PostgreSQL cluster of the tests' own: made in a temporary folder, reached by a Unix socket, gone afterwards.

`python -m tests.support.postgres COMMAND…` runs a command against a fresh one (DRUMBEAT_DATABASE_URL names it).
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support import servers

_USER = "postgres"
_CONFIG = """
listen_addresses = ''
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
checkpoint_timeout = 30min
log_min_messages = warning
"""
_HASTE = "fsync = off\n"
"""No test pulls the plug: what a killed server wrote is in the system's memory. Databases come and go at once."""


def _as_user(command: Sequence[str | Path]) -> list[str]:
    """Return the command as PostgreSQL's own user: its servers refuse root."""
    words = [str(word) for word in command]
    return ["runuser", "-u", _USER, "--", *words] if os.geteuid() == 0 else words


@contextmanager
def cluster(*, durable: bool = False) -> Iterator["Cluster"]:
    """Start a cluster, yield it, stop it by its process id and delete its folder.

    A `durable` one waits for the disk as in real life: what measures asks for it.
    """
    found = servers.postgres_bin()
    if found is None:
        raise FileNotFoundError("PostgreSQL is not installed: no initdb found")
    folder = Path(tempfile.mkdtemp(prefix="db-pg-"))
    try:
        if os.geteuid() == 0:
            account = pwd.getpwnam(_USER)
            os.chown(folder, account.pw_uid, account.pw_gid)
        made = Cluster(found, folder, durable=durable)
        made.create()
        made.start()
        try:
            yield made
        finally:
            made.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Cluster:
    """`url(name)` names a database of it; `restart` is what a crash test does to it."""

    def __init__(self, programs: Path, folder: Path, *, durable: bool = False) -> None:
        self._programs = programs
        self._folder = folder
        self._config = _CONFIG if durable else _CONFIG + _HASTE
        self._data = folder / "data"

    def url(self, name: str = "drumbeat") -> str:
        return f"postgresql://{self.user}@/{name}?host={self._folder}"

    @property
    def user(self) -> str:
        return _USER if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name

    @property
    def copying(self) -> str:
        """Return what makes copies of a database as fast as files are copied; before 15 there was no other way."""
        major = int((self._data / "PG_VERSION").read_text())
        return "STRATEGY FILE_COPY" if major >= 15 else ""

    def create(self) -> None:
        self._run(
            *("initdb", "-D", self._data, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"),
            stdout=subprocess.DEVNULL,
        )
        with (self._data / "postgresql.conf").open("a") as config:
            config.write(f"{self._config}unix_socket_directories = '{self._folder}'\n")

    def start(self) -> None:
        self._run(
            "pg_ctl", "-D", self._data, "-w", "-l", self._folder / "log", "start", stdout=subprocess.DEVNULL
        )
        self.create_database("drumbeat")

    def create_database(self, name: str) -> str:
        """Create an empty database, if it is not there, and return its URL."""
        self._run(
            "createdb", "-h", self._folder, "-U", self.user, name, check=False, stderr=subprocess.DEVNULL
        )
        return self.url(name)

    def stop(self, mode: str = "fast") -> None:
        self._run(
            "pg_ctl", "-D", self._data, "-m", mode, "-w", "stop", check=False, stdout=subprocess.DEVNULL
        )

    def restart(self, mode: str = "immediate") -> None:
        """Stop as a crash would and start again."""
        self.stop(mode)
        self.start()

    def _run(self, program: str, *words: str | Path, check: bool = True, **more: object) -> None:
        command = _as_user([self._programs / program, *words])
        subprocess.run(command, check=check, cwd="/", **more)  # type: ignore[call-overload]


def main(command: list[str]) -> int:
    if (lacking := servers.missing("pg")) is not None:
        print(f"Not run on PostgreSQL: {lacking}", file=sys.stderr)
        return 1 if os.environ.get("DRUMBEAT_REQUIRE_ALL") == "1" else 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster() as running:
        environment = {**os.environ, "DRUMBEAT_DATABASE_URL": running.url()}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
