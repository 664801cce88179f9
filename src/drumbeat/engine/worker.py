"""The worker's loop: the only endless one. It reads the clock once a round and passes `now` on."""

from __future__ import annotations

import gc
import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.db import Error, close_old_connections

from drumbeat.agents.named import decider_of, drafter_of
from drumbeat.clock import Clock
from drumbeat.engine import calls, chores, jobs, reaper, records, triggers
from drumbeat.engine.answering import Answering
from drumbeat.engine.asking import Asker
from drumbeat.engine.calls import Caller
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.drafting import RENEW_EVERY, ROUSE_EVERY, Drafting, renew_once, rouse_once
from drumbeat.engine.planner import BATCH, Planner
from drumbeat.engine.planning import Planning
from drumbeat.engine.polite import leaving_room
from drumbeat.engine.renewal import Renewal
from drumbeat.engine.senders import channel_of
from drumbeat.engine.wire import NetworkWire
from drumbeat.environment import Environment
from drumbeat.inbound import intake, tracking
from drumbeat.inbound.fetching import Fetcher
from drumbeat.inbound.providers import fetching as provider_fetching
from drumbeat.inbound.providers import reading
from drumbeat.inbound.twilio import fetching as twilio_fetching
from drumbeat.inbound.twilio import reading as twilio_reading
from drumbeat.models import ProviderFetch, TextMedia
from drumbeat.store import attachments, leases, sequence_facts, sql, sweeps

log = logging.getLogger(__name__)

HEARTBEAT = timedelta(seconds=5)
LONGEST_IDLE_SECONDS = 1.0
SWEEPS = timedelta(minutes=1)
FILES = timedelta(hours=6)
GRACE = timedelta(seconds=20)
AFTER_A_FAULT = timedelta(seconds=1)

__all__ = ["chores", "run"]


@dataclass(slots=True)
class Loop:
    """One worker's parts and what it remembers between rounds. The `planner` works here, or in a thread beside."""

    name: str
    planner: Planner | Planning
    dispatcher: Dispatcher
    renewal: Renewal
    asker: Asker | None = None
    drafting: Drafting | None = None
    answering: Answering | None = None
    caller: Caller | None = None
    mails: Fetcher[ProviderFetch] = field(default_factory=partial(Fetcher, provider_fetching.MAIL))
    media: Fetcher[TextMedia] = field(default_factory=partial(Fetcher, twilio_fetching.FILES))
    _due: dict[str, datetime] = field(default_factory=dict)
    _rests: dict[str, datetime] = field(default_factory=dict)

    def round(self, now: datetime) -> bool:
        """Do one round; return whether there was anything to do."""
        self.renewal.beat()
        parts: dict[str, Callable[[], object]] = {
            "heartbeat": lambda: self._every("heartbeat", HEARTBEAT, self._beat, now),
            "holidays": lambda: self._every("holidays", SWEEPS, sequence_facts.learn_holidays, now),
            "reaper": lambda: self._every("reaper", reaper.EVERY, reaper.reap_once, now),
            "records": lambda: self._every("records", records.EVERY, records.judge_once, now),
            "intake": lambda: intake.process_once(now),
            "provider events": lambda: reading.process_once(now),
            "provider mail": lambda: self.mails.turn(now),
            "twilio": lambda: twilio_reading.process_once(now),
            "media of texts": lambda: self.media.turn(now),
            "tracking": lambda: self._every("tracking", tracking.EVERY, tracking.judge_once, now),
            "files": lambda: self._every("files", FILES, attachments.forget_unused, now),
            "sweeps": lambda: self._every("sweeps", SWEEPS, sweeps.enqueue_due, now),
            "triggers": lambda: triggers.process_once(now),
            "planner": lambda: self._plan(now),
            "dispatcher": lambda: self._send(now),
            "calls": lambda: self._every("calls", calls.EVERY, self._call, now),
            "decider": lambda: self.asker is not None and self.asker.turn(now),
            "resting drafts": lambda: self._every("resting drafts", ROUSE_EVERY, rouse_once, now),
            "drafter": lambda: self.drafting is not None and self.drafting.turn(now),
            "answers": lambda: self.answering is not None and self.answering.turn(now),
            "old drafts": lambda: self._every("old drafts", RENEW_EVERY, renew_once, now),
            "jobs": lambda: jobs.run_once(now),
        }
        worked = any([self._part(name, do, now) for name, do in parts.items()])
        if worked and isinstance(self.planner, Planning):
            self.planner.look()
        return worked

    def _part(self, name: str, do: Callable[[], object], now: datetime) -> bool:
        """Do one part's share. A part that fails rests for a moment, and the others go on."""
        if now < self._rests.get(name, now):
            return False
        try:
            return leaving_room(do)
        except Exception:
            log.exception("the %s failed; it tries again in a moment", name)
            close_old_connections()
            self._rests[name] = now + AFTER_A_FAULT
            return False

    def _beat(self, now: datetime) -> None:
        if isinstance(self.planner, Planning) and self.planner.stalls:
            log.warning("the planner stalls: this worker does not call itself well")
            return
        leases.beat(self.name, os.getpid(), now)

    def _call(self, now: datetime) -> None:
        if self.caller is not None:
            self.caller.turn(now)

    def _plan(self, now: datetime) -> bool:
        """Plan some batches before the next waves: several senders then find enough for whole claims."""
        if isinstance(self.planner, Planning):
            return False
        planner = self.planner
        for done in range(BATCHES):
            if not leaving_room(lambda: planner.plan_once(now) == BATCH):
                return done > 0
        return True

    def _send(self, now: datetime) -> bool:
        """Run waves until the wire is quiet or the planner should look again."""
        worked = False
        for _ in range(WAVES):
            if not leaving_room(lambda: self.dispatcher.turn(now)):
                break
            worked = True
        return worked or self.dispatcher.busy

    def _every(self, what: str, period: timedelta, do: Callable[[datetime], object], now: datetime) -> None:
        if now >= self._due.get(what, now):
            do(now)
            self._due[what] = now + period


BATCHES = 4
WAVES = 25


def run(clock: Clock, stop: threading.Event, env: Environment, wake: threading.Event | None = None) -> None:
    """Work until `stop` is set; then finish what is on the wire and release the leases.

    `wake` ends an idle wait: mail came in, or something was planned. `stop` is then seen at the next tick.
    What fails is tried again, a database that is away included; nothing is sent meanwhile.
    """
    spare_the_collector()
    name = _name()
    if not sql.is_postgresql():
        leases.void_all()
    wire = NetworkWire(channel_of)
    dispatcher = Dispatcher(name, wire)
    decider = decider_of(env)
    asker = Asker(name, decider) if decider is not None else None
    caller = Caller(channel_of)
    with Renewal(partial(leases.renew, name)) as renewal:
        drafter = drafter_of(env)
        parts = (asker, Drafting(name, drafter), Answering(name, drafter), caller)
        wake = wake or threading.Event()
        with _planner(clock, wake, env) as planner:
            loop = Loop(name, planner, dispatcher, renewal, *parts)
            while not stop.is_set():
                if not loop.round(clock.now()):
                    _idle(wake, env.executor_interval_seconds)
        _drain(dispatcher, clock)
        caller.close(clock.now())
    wire.stop()
    _give_back(name)


def _give_back(name: str) -> None:
    """Release the leases. A connection that was lost in an idle time fails only now: once more, by a new one."""
    for _ in range(2):
        try:
            leases.release_all(name)
        except Error:
            log.exception("the leases could not be given back; those that are left end by themselves")
            close_old_connections()
        else:
            return


def spare_the_collector() -> None:
    """Take what lives as long as the process, code above all, out of the garbage collector's walks."""
    gc.collect()
    gc.freeze()


def _planner(clock: Clock, wake: threading.Event, env: Environment) -> Planning | nullcontext[Planner]:
    if not sql.is_postgresql():
        return nullcontext(Planner())
    return Planning(clock, wake.set, min(env.executor_interval_seconds, LONGEST_IDLE_SECONDS))


def _idle(wake: threading.Event, seconds: float) -> None:
    if wake.wait(min(seconds, LONGEST_IDLE_SECONDS)):
        wake.clear()


def _name() -> str:
    """Return a name that no other worker has; lease tokens begin with it and are short."""
    return f"{socket.gethostname()[:12]}-{os.getpid()}-{secrets.token_hex(3)}"


def _drain(dispatcher: Dispatcher, clock: Clock) -> None:
    """Let what was handed over come to its end and be recorded."""
    ends_at = clock.now() + GRACE
    while True:
        try:
            dispatcher.turn(clock.now(), wait_seconds=0.05, claim=False)
        except Error:
            log.exception("the database did not do its part; trying again")
            close_old_connections()
        if not dispatcher.transmitting or clock.now() >= ends_at:
            return
