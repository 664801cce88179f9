"""Watches real processes from outside: whether they live, what they say, what they answer over HTTP."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

PATIENCE = 40.0


def until(holds: Callable[[], Any], patience: float = PATIENCE, pause: float = 0.05) -> Any:
    """Return the first true answer of `holds`; fail when there was none in time.

    A dear question is asked with a longer pause, so that it does not hinder what it waits for.
    """
    ends_at = time.monotonic() + patience
    while not (answer := holds()):
        if time.monotonic() > ends_at:
            raise AssertionError(f"waited {patience} s in vain")
        time.sleep(pause)
    return answer


def all_end(pids: Iterable[int]) -> None:
    """Wait until none of the processes lives; fail with what those that do are."""
    left = set(pids)
    with contextlib.suppress(AssertionError):
        until(lambda: not any(map(is_alive, left)))
    assert [f"{pid}: {command_of(pid)}" for pid in left if is_alive(pid)] == []


def is_alive(pid: int) -> bool:
    """Tell whether the process runs; one that ended and was not yet collected does not."""
    try:
        return " Z " not in f" {Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2]}"
    except FileNotFoundError:
        return False


def descendants(pid: int) -> set[int]:
    """Return the processes below this one."""
    found: set[int] = set()
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        with contextlib.suppress(FileNotFoundError):
            found |= {int(child)} | descendants(int(child))
    return found


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except FileNotFoundError:
        return ""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def get_json(port: int, path: str) -> tuple[int, Any] | None:
    """Return status and body, None while nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def environment(data: Path, **more: str) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DRUMBEAT_")}
    return {**kept, "DRUMBEAT_DATA": str(data), **more}


def drumbeat(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    command = [sys.executable, "-m", "drumbeat", *words]
    return subprocess.run(
        command, env=environment(data, **more), capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def answer(data: Path, *words: str, **more: str) -> Any:
    """Run one command that must succeed and return what its `--json` says."""
    done = drumbeat(data, *words, "--json", **more)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@contextlib.contextmanager
def running(data: Path, *words: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command that stays; kill it and all below it at the end."""
    command = [sys.executable, "-m", "drumbeat", *words]
    process = subprocess.Popen(
        command, env=environment(data, **more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process
    finally:
        left = descendants(process.pid) if process.poll() is None else set()
        process.kill()
        print(process.communicate()[0])  # pytest shows it where a test fails
        all_end(left)
