"""Writes from the web while the worker sends at full speed on SQLite: none fails, and how long they wait."""

from __future__ import annotations

import subprocess
import sys
import time

from bench import world
from drumbeat.models import Contact, Touch

COUNT = 3_000


def measure(count: int = COUNT) -> dict[str, float]:
    """Return how many writes were done beside the worker and their milliseconds; a write that fails raises."""
    owner = world.a_workspace()
    sender = world.a_sender(owner.workspace, 700)
    version = world.a_sequence(owner, sender, "Web")
    world.enroll(version, world.contacts(owner.workspace, count, first=3_000_000))
    command = [sys.executable, "-m", "bench.sending"]
    times: list[float] = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdout.readline()
        worker.stdin.write("go\n")
        worker.stdin.flush()
        while worker.poll() is None:
            began = time.perf_counter()
            Contact.objects.create(workspace=owner.workspace, created_at=world.START, updated_at=world.START)
            times.append((time.perf_counter() - began) * 1000)
    assert Touch.objects.filter(sender=sender, status="sent").count() == count
    times.sort()
    return {
        "writes": float(len(times)),
        "p50_ms": times[len(times) // 2],
        "p99_ms": times[int(len(times) * 0.99)],
        "worst_ms": times[-1],
    }
