"""The planner: due enrollments become touches. Database only; all rows of a batch share one `now`."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from drumbeat.store import enrollments, moves
from drumbeat.store.enrollments import Locked, Rotation

log = logging.getLogger(__name__)

BATCH = 200


class Planner:
    """Keeps nothing but which sequence was served last."""

    def __init__(self) -> None:
        self._rotation = Rotation()

    def plan_once(self, now: datetime, *, limit: int = BATCH) -> int:
        """Look at up to `limit` enrollments that are due or were woken; return how many."""
        with transaction.atomic():
            rows = enrollments.lock_due(now, limit, self._rotation)

            def park(row: Locked, fault: Exception) -> None:
                log.error("enrollment %s cannot move and is parked", row.value.id, exc_info=fault)
                enrollments.park(row, fault, now)

            moves.move_locked(rows, now, on_fault=park)
        return len(rows)
