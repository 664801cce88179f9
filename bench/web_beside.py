"""Writes from the web while the worker sends at full speed on SQLite: none fails, and how long they wait."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable

from bench import world
from bench.null_wire import NullWire

COUNT = 3_000


def _send_all(ready: Callable[[], object]) -> None:
    """The worker's process: rounds of the real loop, with its politeness, until nothing is left."""
    import django

    django.setup()
    from drumbeat.engine.dispatcher import Dispatcher
    from drumbeat.engine.planner import Planner
    from drumbeat.engine.polite import leaving_room

    planner, dispatcher = Planner(), Dispatcher("bench", NullWire())
    ready()
    while True:
        planned = leaving_room(lambda: planner.plan_once(world.START))
        sent = False
        while leaving_room(lambda: dispatcher.turn(world.START)):
            sent = True
        if not planned and not sent:
            return


def measure(count: int = COUNT) -> dict[str, float]:
    """Return how many writes were done beside the worker, their p50 and p99 in milliseconds; a failing one raises."""
    from drumbeat.models import Contact

    owner = world.a_workspace()
    sender = world.a_sender(owner.workspace, 700)
    version = world.a_sequence(owner, sender, "Web")
    world.enroll(version, world.contacts(owner.workspace, count, first=3_000_000))
    context = multiprocessing.get_context("spawn")
    started = context.Event()
    worker = context.Process(target=_send_all, args=(started.set,))
    worker.start()
    started.wait(timeout=60)
    times = []
    while worker.is_alive():
        began = time.perf_counter()
        Contact.objects.create(workspace=owner.workspace, first_name="Web", created_at=world.START, updated_at=world.START)
        times.append((time.perf_counter() - began) * 1000)
    worker.join()
    times.sort()
    return {
        "writes": float(len(times)),
        "p50_ms": times[len(times) // 2],
        "p99_ms": times[int(len(times) * 0.99)],
        "worst_ms": times[-1],
    }
