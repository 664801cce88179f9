"""The worker's loop: the only endless one. It reads the clock once a round and passes `now` on."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections

from drumbeat.clock import Clock
from drumbeat.engine import chores, jobs, reaper
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import BATCH, Planner
from drumbeat.engine.polite import leaving_room
from drumbeat.engine.renewal import Renewal
from drumbeat.engine.senders import channel_of
from drumbeat.engine.wire import NetworkWire
from drumbeat.environment import Environment
from drumbeat.inbound import intake
from drumbeat.store import leases, sql

log = logging.getLogger(__name__)

HEARTBEAT = timedelta(seconds=5)
GRACE = timedelta(seconds=20)

__all__ = ["chores", "run"]


@dataclass(slots=True)
class Loop:
    """One worker's parts and what it remembers between rounds."""

    name: str
    planner: Planner
    dispatcher: Dispatcher
    renewal: Renewal
    _due: dict[str, datetime] = field(default_factory=dict)

    def round(self, now: datetime) -> bool:
        """Do one round; return whether there was anything to do."""
        self.renewal.beat()
        self._every("heartbeat", HEARTBEAT, lambda: leases.beat(self.name, os.getpid(), now), now)
        self._every("reaper", reaper.EVERY, lambda: reaper.reap_once(now), now)
        parts: tuple[Callable[[], bool], ...] = (
            lambda: intake.process_once(now) > 0,
            lambda: self.planner.plan_once(now, limit=BATCH) > 0,
            lambda: self._send(now),
            lambda: jobs.run_once(now),
        )
        return any([leaving_room(part) for part in parts])

    def _send(self, now: datetime) -> bool:
        """Run waves until the wire is quiet or the planner should look again."""
        worked = False
        for _ in range(WAVES):
            if not leaving_room(lambda: self.dispatcher.turn(now)):
                break
            worked = True
        return worked or self.dispatcher.busy

    def _every(self, what: str, period: timedelta, do: Callable[[], object], now: datetime) -> None:
        if now >= self._due.get(what, now):
            self._due[what] = now + period
            do()


WAVES = 25


def run(clock: Clock, stop: threading.Event, env: Environment) -> None:
    """Work until `stop` is set; then finish what is on the wire and release the leases.

    A database that is away makes it wait and try again; nothing is sent meanwhile.
    """
    name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"
    if not sql.is_postgresql():
        leases.void_all()
    wire = NetworkWire(channel_of)
    dispatcher = Dispatcher(name, wire)
    with Renewal(name) as renewal:
        loop = Loop(name, Planner(), dispatcher, renewal)
        while not stop.is_set():
            if not _safely(lambda: loop.round(clock.now())):
                stop.wait(env.executor_interval_seconds)
        _drain(dispatcher, clock)
    wire.stop()
    leases.release_touches(name)


def _safely(work: Callable[[], bool]) -> bool:
    try:
        return work()
    except DatabaseError:
        log.exception("the database did not do its part; trying again")
        close_old_connections()
        return False


def _drain(dispatcher: Dispatcher, clock: Clock) -> None:
    """Let what is on the wire come to its end."""
    ends_at = clock.now() + GRACE
    while True:
        _safely(lambda: dispatcher.turn(clock.now(), wait_seconds=0.05, claim=False))
        if not dispatcher.busy or clock.now() >= ends_at:
            return
