"""The planner: due enrollments become touches. Database only; all rows of a batch share one `now`."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial

from django.db import InterfaceError, OperationalError, transaction

from drumbeat.store import enrollments, moves, sql
from drumbeat.store.enrollments import Locked, Rotation

log = logging.getLogger(__name__)

BATCH = 200


class Planner:
    """Keeps nothing but which sequence was served last."""

    def __init__(self) -> None:
        self._rotation = Rotation()

    def plan_once(self, now: datetime, *, limit: int = BATCH) -> int:
        """Look at up to `limit` enrollments that are due or were woken; return how many.

        Where the look is fine and its writing fails, each is written alone and the faulty ones are parked.
        """
        rows: list[Locked] = []
        try:
            with sql.left_to_a_later_commit():
                rows = enrollments.lock_due(now, limit, self._rotation)
                moves.move_locked(rows, now, on_fault=partial(_park, now=now))
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            if not rows:
                raise
            log.exception("a batch of enrollments could not be written; trying one by one")
            for row in rows:
                _plan_alone(row.value.id, now)
        return len(rows)


def _park(row: Locked, fault: Exception, now: datetime) -> None:
    log.error("enrollment %s cannot move and is parked", row.value.id, exc_info=fault)
    enrollments.park(row, fault, now)


def _plan_alone(enrollment_id: int, now: datetime) -> None:
    try:
        with transaction.atomic():
            moves.move_locked(enrollments.lock_rows([enrollment_id]), now, on_fault=partial(_park, now=now))
    except (OperationalError, InterfaceError):
        raise
    except Exception as fault:
        with transaction.atomic():
            for row in enrollments.lock_rows([enrollment_id]):
                if not row.value.is_finished:
                    _park(row, fault, now)
