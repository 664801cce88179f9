"""From a fetch of a tracked link to an event: stored by the web process that answered it, judged by a worker.

The web process needs no database to answer; a thread of it stores what came in as soon as there is one.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from types import TracebackType
from typing import Self

from django.db import Error, InterfaceError, OperationalError, close_old_connections, transaction

from drumbeat.core.tracking_verdicts import judge
from drumbeat.environment import environment
from drumbeat.inbound.tracking_spool import Hit, Spool
from drumbeat.store import tracking
from drumbeat.store.evidence import storable
from drumbeat.store.tracking import Judged

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=2)
BATCH = 500
_STORED_AT_ONCE = 500
_EVERY_SECONDS, _AFTER_A_FAULT_SECONDS = 1.0, 5.0


@cache
def spool() -> Spool:
    """Return the spool of this process."""
    return Spool(environment().data)


def store(hits: list[Hit]) -> None:
    """Store fetches, each once; those of mails that are not known any more are dropped.

    One that the database refuses is dropped with a line in the log; raises when it does not answer at all.
    """
    for start in range(0, len(hits), _STORED_AT_ONCE):
        some = hits[start : start + _STORED_AT_ONCE]
        if not _is_stored(some):
            for hit in some:
                _is_stored([hit])


def _is_stored(hits: list[Hit]) -> bool:
    try:
        with transaction.atomic():
            room = tracking.with_room(tracking.touches_of(hit.mark for hit in hits))
            tracking.add([_row(hit, room[hit.mark]) for hit in hits if hit.mark in room])
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("%s fetches of tracked links cannot be stored at once", len(hits))
        return False
    return True


def _row(hit: Hit, touch_id: int) -> tuple[object, ...]:
    agent, target = storable(hit.agent, 300), storable(hit.target, 2_000)
    return (hit.key, touch_id, hit.kind.value, hit.link, hit.links, target, hit.how.value, agent, hit.at, "")


def judge_once(now: datetime, limit: int = BATCH) -> int:
    """Judge the fetches that waited long enough; return how many."""
    tracking.forget(now)
    if not tracking.waits(now):
        return 0
    with transaction.atomic():
        mails = tracking.claim(limit, now)
        judged = [one for mail in mails for one in _verdicts(mail)]
        tracking.conclude(judged, now)
    return len(judged)


def _verdicts(mail: tracking.Mail) -> list[Judged]:
    delivered_at = mail.touch.settled_at or mail.touch.handed_at
    found = []
    for hit in mail.due:
        fetch = tracking.as_fetch(hit)
        verdict = judge(fetch, mail.all, delivered_at=delivered_at, tracks_opens=mail.tracks_opens)
        found.append(Judged(touch=mail.touch, hit=hit, is_human=verdict.is_human, reason=verdict.reason))
    return found


class Drain:
    """A thread that stores what the spool holds, until it is left."""

    def __init__(self, spool: Spool, store: Callable[[list[Hit]], None] = store) -> None:
        self._spool, self._store = spool, store
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tracking", daemon=True)

    def start(self) -> None:
        """Store until the process ends."""
        self._thread.start()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        wait = _EVERY_SECONDS
        while not self._stop.wait(wait):
            wait = self._turn()

    def _turn(self) -> float:
        """Store what there is; return how long to wait."""
        try:
            self._spool.drain(self._store)
        except Error as fault:
            log.warning("opens and clicks wait for the database: %s", fault)
            return _AFTER_A_FAULT_SECONDS
        except Exception:
            log.exception("opens and clicks could not be stored; they wait")
            return _AFTER_A_FAULT_SECONDS
        finally:
            close_old_connections()
        return _EVERY_SECONDS
