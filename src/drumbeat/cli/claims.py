"""What only one process may have: the worker's lock of a data folder, a port.

Both are waited for a while, so that a start right after a kill meets no relic of the last run.
"""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from drumbeat.core.errors import DomainError

PATIENCE_SECONDS = 10.0


def _wait(succeeds: Callable[[], bool], patience: float) -> bool:
    ends_at = time.monotonic() + patience
    while not succeeds():
        if time.monotonic() >= ends_at:
            return False
        time.sleep(0.1)
    return True


@contextmanager
def worker_lock(data: Path, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Be the only worker on this data folder during the block; refuse with `worker_already_running`."""
    refusal = (
        f"Another worker (process {{holder}}) already serves {data}. With SQLite there is one worker: "
        "stop that one first, or set DRUMBEAT_DATABASE_URL to use PostgreSQL with several."
    )
    with _held(data / "worker.lock", "worker_already_running", refusal, patience):
        yield


@contextmanager
def demo_lock(data: Path, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Be the only demo on this data folder during the block; refuse with `demo_already_running`."""
    refusal = (
        f"Another demo (process {{holder}}) already runs in {data}. Stop it first, or name another folder."
    )
    with _held(data / "demo.lock", "demo_already_running", refusal, patience):
        yield


@contextmanager
def _held(path: Path, code: str, refusal: str, patience: float) -> Iterator[None]:
    """Hold a lock file. The kernel frees it with the process, however that ends; the file names the holder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        if not _wait(lambda: _lock(file), patience):
            file.seek(0)
            raise DomainError(code, refusal.format(holder=file.read().strip() or "unknown"))
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def _lock(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for_port(host: str, port: int, patience: float = PATIENCE_SECONDS) -> None:
    """Return when nobody listens on the port; refuse with `port_in_use`."""
    if not _wait(lambda: _is_free(host, port), patience):
        raise DomainError(
            "port_in_use",
            f"Port {port} on {host} is in use by another program. Stop that one, or choose another: --port.",
        )


def _is_free(host: str, port: int) -> bool:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # closed connections linger
            probe.bind((host, port))
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            return False
        raise _unusable(host, port, fault) from fault
    return True


def _unusable(host: str, port: int, fault: OSError) -> DomainError:
    if fault.errno == errno.EACCES:
        return DomainError(
            "port_not_permitted", f"Port {port} needs more rights. Choose one from 1024 on: --port."
        )
    return DomainError("host_unknown", f"{host} is no address of this machine. Choose another: --host.")


def free_port(host: str = "127.0.0.1") -> int:
    """Return a port that nobody uses at the moment."""
    with socket.create_server((host, 0)) as probe:
        return int(probe.getsockname()[1])
