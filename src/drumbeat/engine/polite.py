"""Room for others on SQLite: the worker leaves the write lock free for as long as it held it."""

from __future__ import annotations

import time
from collections.abc import Callable

from drumbeat.store import sql

MOST_SECONDS = 0.01


def leaving_room(work: Callable[[], object]) -> bool:
    """Do `work` and say whether it did anything; on SQLite then wait its own duration, 10 ms at most.

    SQLite's waiting writers poll: without a pause the worker would take the lock again before one of them looks.
    """
    began = time.perf_counter()
    worked = bool(work())
    if worked and not sql.is_postgresql():
        time.sleep(min(time.perf_counter() - began, MOST_SECONDS))
    return worked
