"""Keeps leases from a thread: a worker's while its main loop lives, for one that stalls should lose them."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections, connection

from drumbeat.store import leases

log = logging.getLogger(__name__)

STALLED_AFTER_SECONDS = 10.0


class Renewal:
    """Calls `renew` every 5 seconds in a thread of its own, as long as `beat` is called; `always`: without it too."""

    def __init__(self, renew: Callable[[], object], *, always: bool = False) -> None:
        self._renew = renew
        self._stalled_after = math.inf if always else STALLED_AFTER_SECONDS
        self._last_beat = time.monotonic()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="renewal", daemon=True)

    def __enter__(self) -> Renewal:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join(timeout=5)

    def beat(self) -> None:
        """Show that the main loop goes round."""
        self._last_beat = time.monotonic()

    def _run(self) -> None:
        while not self._ended.wait(leases.RENEW_EVERY.total_seconds()):
            if time.monotonic() - self._last_beat > self._stalled_after:
                log.warning("the main loop stalls: leases are not renewed")
                continue
            try:
                self._renew()
            except DatabaseError:
                log.warning("leases could not be renewed", exc_info=True)
            finally:
                close_old_connections()
        connection.close()
