"""Keeps a few child processes running and ends them together. Knows nothing of what they do."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from drumbeat.cli.result import ExitCode
from drumbeat.cli.signals import ENDING, Signals

log = logging.getLogger(__name__)

GRACE_SECONDS = 20.0
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_WELL_AFTER_SECONDS = 60.0
_LEAST_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Child:
    """A program to keep running: its name in the log, its arguments, its whole environment.

    `files` are descriptors that it inherits. One that `ends_last` is needed by the others until they ended.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    files: tuple[int, ...] = ()
    ends_last: bool = False


@dataclass(slots=True)
class _Running:
    child: Child
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    pause: float = field(default=_FIRST_PAUSE_SECONDS)

    def is_up(self) -> bool:
        return self.process is not None and self.process.poll() is None


def drumbeat(*arguments: str) -> tuple[str, ...]:
    """Return the command line of this same program with other arguments."""
    return (sys.executable, "-m", "drumbeat", *arguments)


def supervise(
    children: Sequence[Child], output: IO[bytes] | None = None, grace: float = GRACE_SECONDS
) -> ExitCode:
    """Run `children` until SIGTERM or SIGINT; return the exit code.

    A child that dies is started again, with a growing pause while it keeps dying. A child that ends with 3
    found what it needs taken: then all end, with 3. Runs in the main thread.
    """
    signals = Signals(*ENDING, signal.SIGCHLD)
    running = [_Running(child) for child in children]
    code = ExitCode.OK
    try:
        while True:
            for each in running:
                _look_after(each, output)
            if any(_found_it_taken(each) for each in running):
                code = ExitCode.BUSY
                break
            if signals.wait(_until_next_start(running)) & set(ENDING):
                break
    finally:
        _end(running, grace)
    return code


def _look_after(each: _Running, output: IO[bytes] | None) -> None:
    """Start what is not up and whose pause is over; note a death once."""
    now = time.monotonic()
    if each.is_up() or _found_it_taken(each):
        return
    if each.process is not None:
        lived = now - each.started_at
        each.pause = _FIRST_PAUSE_SECONDS if lived > _WELL_AFTER_SECONDS else each.pause
        log.warning("%s ended (%s); again in %.1f s", each.child.name, each.process.returncode, each.pause)
        each.process = None
        each.start_at = now + each.pause
        each.pause = min(each.pause * 2, _LONGEST_PAUSE_SECONDS)
    if now >= each.start_at:
        each.started_at = now
        each.process = subprocess.Popen(
            each.child.command,
            env=dict(each.child.environment),
            pass_fds=each.child.files,
            stdout=output,
            stderr=output,
        )


def _found_it_taken(each: _Running) -> bool:
    return each.process is not None and each.process.poll() == ExitCode.BUSY


def _until_next_start(running: Sequence[_Running]) -> float | None:
    """Return the seconds until a pause ends, None when all are up."""
    pauses = [each.start_at for each in running if each.process is None]
    return max(0.0, min(pauses) - time.monotonic()) if pauses else None


def _end(running: Sequence[_Running], grace: float) -> None:
    """Pass the request to end on, wait together, and kill what is left after `grace` seconds."""
    ends_at = time.monotonic() + grace
    for last in (False, True):
        _end_together([each for each in running if each.child.ends_last is last], ends_at)


def _end_together(running: Sequence[_Running], ends_at: float) -> None:
    processes = [each.process for each in running if each.process is not None]
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(max(_LEAST_SECONDS, ends_at - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("process %s did not end in time and is killed", process.pid)
            process.kill()
            process.wait()
