"""Emails per second, end to end into a local sink in another process, and how much of it is not SMTP."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bench import world
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.engine.senders import channel_of
from drumbeat.engine.wire import NetworkWire
from drumbeat.models import SenderKind, Touch
from tests.support.smtp import spawned

COUNT = 2_000


def measure(count: int = COUNT) -> dict[str, float]:
    """Send `count` first emails of one sender over its four connections; sending alone is timed, planning included."""
    with tempfile.TemporaryDirectory() as folder, spawned(Path(folder) / "judge.log") as port:
        owner = world.a_workspace()
        sender = world.a_sender(
            owner.workspace, 900, kind=SenderKind.SMTP, host="127.0.0.1", port=port, security="plain"
        )
        version = world.a_sequence(owner, sender, "Delivery")
        world.enroll(version, world.contacts(owner.workspace, count, first=1_000_000))
        wire = NetworkWire(channel_of)
        planner, dispatcher = Planner(), Dispatcher("bench", wire)
        began, cpu, own = time.perf_counter(), time.process_time(), time.thread_time()
        sent = Touch.objects.filter(sender=sender, status="sent")
        while True:
            planned = planner.plan_once(world.START)
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
