"""The planner in a thread beside the waves, on PostgreSQL.

Plan and wave wait for the database most of their time; side by side neither waits for the other. They share nothing
but the database, which keeps them apart as it does two workers. SQLite lets one write at a time: there the worker's
loop plans by itself.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections, connection

from drumbeat.clock import Clock
from drumbeat.engine.planner import BATCH, Planner

log = logging.getLogger(__name__)

GATHER_SECONDS = 0.1
"""Time in which more comes to be due, after a batch that was not full: each batch costs some statements."""
AFTER_A_FAULT_SECONDS = 1.0
STALLED_AFTER_SECONDS = 10.0


class Planning:
    """Plans what is due until it is left; `on_planned` is told of each batch that had something.

    `idle_seconds`: how long to wait, when nothing is due, before the next look that nobody asked for.
    """

    def __init__(self, clock: Clock, on_planned: Callable[[], object], idle_seconds: float) -> None:
        self._clock = clock
        self._on_planned = on_planned
        self._idle_seconds = idle_seconds
        self._planner = Planner()
        self._asked = threading.Event()
        self._ended = threading.Event()
        self._last_round = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="planner", daemon=True)

    def __enter__(self) -> Planning:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._asked.set()
        self._thread.join(timeout=5)
        if self._thread.is_alive():
            log.warning("the planner did not end in time; what it plans now waits for another worker")

    @property
    def stalls(self) -> bool:
        """Say whether one batch takes so long that it may never end."""
        return time.monotonic() - self._last_round > STALLED_AFTER_SECONDS + self._idle_seconds

    def look(self) -> None:
        """Ask for a look: something happened."""
        self._asked.set()

    def _run(self) -> None:
        try:
            while not self._ended.is_set():
                self._last_round = time.monotonic()
                self._round()
        finally:
            connection.close()

    def _round(self) -> None:
        """Plan a batch and, unless it was full, wait for more."""
        try:
            planned = self._planner.plan_once(self._clock.now())
        except Exception:
            log.exception("the planner failed; it tries again in a moment")
            close_old_connections()
            self._ended.wait(AFTER_A_FAULT_SECONDS)
            return
        if planned:
            self._on_planned()
        if planned < BATCH:
            self._ended.wait(GATHER_SECONDS)
        if not planned:
            self._asked.wait(self._idle_seconds)
            self._asked.clear()
