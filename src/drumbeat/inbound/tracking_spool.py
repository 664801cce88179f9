"""Fetches of tracked links on their way to the database: lines in files of the data folder, one file per process.

A line is written before the fetch is answered, without a database: what was accepted outlives the process (not a power
cut). Whoever gets the lock of a file drains it; a process holds the lock of the file that it writes.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from drumbeat.core.tracking_verdicts import FetchKind, How

log = logging.getLogger(__name__)

FOLDER = "hits"
LARGEST_FILE = 1 << 20
MOST_FILES = 256
"""Together 256 MB, about a million fetches: what comes while they lie there undrained is answered and not counted."""
_DONE, _BEGUN = ".hits", ".begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A fetch as it came in; `mark` names the mail. `key` is random: it counts once, however often it is drained."""

    key: str
    kind: FetchKind
    mark: str
    at: datetime
    how: How
    agent: str
    link: int = 0
    links: int = 0
    target: str = ""


class Spool:
    """The file that this process writes. Safe to use from any thread; none of it raises for want of room or disk."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER
        self._lock = threading.Lock()
        self._file: int | None = None
        self._size = 0

    def put(self, hit: Hit) -> bool:
        """Write a fetch down; False where there is no room or no disk."""
        line = (json.dumps({**asdict(hit), "at": hit.at.isoformat()}) + "\n").encode()
        try:
            with self._lock:
                if self._file is None:
                    self._file = self._begin()
                written = os.write(self._file, line)
                self._size += written
                if written < len(line) or self._size >= LARGEST_FILE:
                    self._close()  # a line that was cut short must be the last
        except OSError as fault:
            log.warning("a fetch of a tracked link is not counted: %s", fault)
            return False
        return written == len(line)

    def hand_on(self) -> None:
        """Let go of the file that is being written, so that it can be drained."""
        with self._lock:
            self._close()

    def drain(self, store: Callable[[list[Hit]], None]) -> int:
        """Give what the files hold to `store`, file by file, and delete each that it took; return how many hits.

        What `store` raises goes on: that file and the later ones wait for another time.
        """
        self.hand_on()
        count = 0
        for path in sorted(self._folder.glob(f"*{_DONE}")) if self._folder.is_dir() else ():
            with _locked(path) as held:
                if held:
                    hits = list(_read(path))
                    store(hits)
                    path.unlink()
                    count += len(hits)
        return count

    def _begin(self) -> int:
        """Open a file of our own; it gets its name when it is locked, so that nobody takes it away before."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if sum(1 for _ in self._folder.glob(f"*{_DONE}")) >= MOST_FILES:
            raise OSError("too many wait to be stored")
        name = secrets.token_hex(8)
        begun = self._folder / f"{name}{_BEGUN}"
        file = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        begun.rename(self._folder / f"{name}{_DONE}")
        self._size = 0
        return file

    def _close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


@contextmanager
def _locked(path: Path) -> Iterator[bool]:
    """Hold the lock of a file that nobody writes or drains; False where somebody does, or did."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        yield False
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield path.exists()
    except BlockingIOError:
        yield False
    finally:
        os.close(file)


def _read(path: Path) -> Iterator[Hit]:
    """Yield the hits of a file; a line that a crash cut short is none."""
    for line in path.read_bytes().splitlines():
        try:
            yield _hit(json.loads(line))
        except (ValueError, TypeError, KeyError):
            log.warning("a line of %s is no fetch of a tracked link", path.name)


def _hit(line: Mapping[str, str | int]) -> Hit:
    at = datetime.fromisoformat(str(line["at"]))
    kind, how = FetchKind(str(line["kind"])), How(str(line["how"]))
    return Hit(**{**line, "at": at, "kind": kind, "how": how})  # type: ignore[arg-type]
