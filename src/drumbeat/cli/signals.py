"""Signals as bytes in a pipe, read where a process waits.

A handler that set an Event or took a lock could meet the very lock that its own thread holds.
"""

from __future__ import annotations

import os
import select
import signal
import threading
import time
from types import FrameType

ENDING = (signal.SIGTERM, signal.SIGINT)
LAST_RESORT_SECONDS = 25.0


def _noted(number: int, frame: FrameType | None) -> None:
    """Leave it to the pipe: Python has already written the number there."""


class Signals:
    """Catches the given signals of this process. The main thread makes the only one."""

    def __init__(self, *numbers: signal.Signals) -> None:
        self._reader, writer = os.pipe()
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for number in numbers:
            signal.signal(number, _noted)

    def wait(self, timeout: float | None = None) -> frozenset[int]:
        """Return the signals that came, none after `timeout` seconds."""
        ready, _, _ = select.select([self._reader], [], [], timeout)
        return frozenset(os.read(self._reader, 4096)) if ready else frozenset()


def stop_event() -> threading.Event:
    """Return an event that SIGTERM or SIGINT sets.

    A process that has not ended 25 seconds later ends hard: its leases run out, so nothing is lost.
    """
    stop = threading.Event()
    signals = Signals(*ENDING)

    def watch() -> None:
        signals.wait()
        stop.set()
        time.sleep(LAST_RESORT_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="signals", daemon=True).start()
    return stop
