"""Emails per second of one process, end to end into a local sink, and how much of it is not SMTP."""

from __future__ import annotations

import time

from bench import sink, world
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import BATCH, Planner
from drumbeat.engine.senders import channel_of
from drumbeat.engine.wire import NetworkWire
from drumbeat.engine.worker import BATCHES, spare_the_collector
from drumbeat.models import SenderKind, Touch

COUNT = 2_000
SENDERS = 8
"""Mailboxes of a small team; each has its four connections."""


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
        wire = NetworkWire(channel_of)
        planner, dispatcher = Planner(), Dispatcher("bench", wire)
        spare_the_collector()
        began, cpu, own = time.perf_counter(), time.process_time(), time.thread_time()
        sent = Touch.objects.filter(sender__kind=SenderKind.SMTP, status="sent")
        while True:
            planned = _plan(planner)
            for _ in range(50):
                if not dispatcher.turn(world.START):
                    break
            if not planned and not dispatcher.busy and sent.count() == count:
                break
        elapsed, worked = time.perf_counter() - began, time.process_time() - cpu
        engine = time.thread_time() - own
        wire.stop()
    return {
        "emails_per_second": count / elapsed,
        "engine_cpu_ms_per_email": engine / count * 1000,
        "smtp_cpu_ms_per_email": (worked - engine) / count * 1000,
    }


def _plan(planner: Planner) -> bool:
    """Plan as the worker does: some batches before the next waves."""
    planned = 0
    for _ in range(BATCHES):
        planned += (batch := planner.plan_once(world.START))
        if batch < BATCH:
            break
    return planned > 0
