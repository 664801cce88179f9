"""Emails per second of one process, end to end into a local sink, and how much of it is not SMTP."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from bench import sink, world
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import BATCH, Planner
from drumbeat.engine.planning import Planning
from drumbeat.engine.senders import channel_of
from drumbeat.engine.wire import NetworkWire
from drumbeat.engine.worker import BATCHES, WAVES, spare_the_collector
from drumbeat.models import Contact, Enrollment, SenderKind, Touch
from drumbeat.store import sql, statistics

COUNT = 2_000
SENDERS = 8
"""Mailboxes of a small team; each has its four connections."""
IDLE_SECONDS = 0.02


def measure(count: int = COUNT, senders: int = SENDERS) -> dict[str, float]:
    """Send `count` first emails over `senders` mailboxes; sending alone is timed, planning included."""
    with sink.spawned() as port:
        owner = world.a_workspace()
        for number in range(senders):
            sender = world.a_sender(
                owner.workspace,
                900 + number,
                kind=SenderKind.SMTP,
                host="127.0.0.1",
                port=port,
                security="plain",
            )
            version = world.a_sequence(owner, sender, f"Delivery {number}")
            share = count // senders
            world.enroll(version, world.contacts(owner.workspace, share, first=1_000_000 + number * share))
        for filled in (Contact, Enrollment):
            statistics.follow(filled, count)  # as an import and an enrolling job do
        wire = NetworkWire(channel_of)
        dispatcher = Dispatcher("bench", wire)
        spare_the_collector()
        began, cpu, on_wire = time.perf_counter(), time.process_time(), _wire_seconds()
        with _planner() as plan:
            while _send(dispatcher, plan) or not _is_done(count):
                pass
            elapsed = time.perf_counter() - began
        smtp = _wire_seconds() - on_wire
        engine = time.process_time() - cpu - smtp
        wire.stop()
    return {
        "emails_per_second": count / elapsed,
        "engine_cpu_ms_per_email": engine / count * 1000,
        "smtp_cpu_ms_per_email": smtp / count * 1000,
    }


Plan = Callable[[], bool]


@contextmanager
def _planner() -> Iterator[Plan]:
    """Plan as the worker does: in a thread beside, or some batches before the next waves."""
    if not sql.is_postgresql():
        planner = Planner()
        yield lambda: _planned(planner)
        return
    wake = threading.Event()
    with Planning(_Standing(), wake.set, IDLE_SECONDS) as planning:
        yield lambda: _asked(planning, wake)


class _Standing:
    """A clock that stands: everything is due at once."""

    def now(self) -> datetime:
        return world.START


def _planned(planner: Planner) -> bool:
    planned = 0
    for _ in range(BATCHES):
        planned += (batch := planner.plan_once(world.START))
        if batch < BATCH:
            break
    return planned > 0


def _asked(planning: Planning, wake: threading.Event) -> bool:
    planning.look()
    planned = wake.is_set()
    wake.clear()
    return planned


def _send(dispatcher: Dispatcher, plan: Plan) -> bool:
    """Plan and run waves; say whether there was anything to do."""
    planned = plan()
    for _ in range(WAVES):
        if not dispatcher.turn(world.START):
            break
    return planned or dispatcher.busy


def _is_done(count: int) -> bool:
    """Say whether all has been sent and looked at."""
    sent = Touch.objects.filter(sender__kind=SenderKind.SMTP, status="sent").count()
    return sent == count and not Enrollment.objects.filter(next_step_at__lte=world.START).exists()


def _wire_seconds() -> float:
    """Return the processor's time that the wire's thread has used; all other threads are the engine's."""
    wire = next(thread for thread in threading.enumerate() if thread.name == "wire")
    assert wire.ident is not None
    return time.clock_gettime(time.pthread_getcpuclockid(wire.ident))
