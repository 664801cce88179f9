"""How long "who matches now" takes among a million contacts, by families of conditions. The table goes to stderr."""

from __future__ import annotations

import sys
import time

from bench import world
from drumbeat.actions import conditions
from drumbeat.models import Member
from tests.support import many_contacts

CONTACTS = 1_000_000


def measure(count: int = CONTACTS) -> dict[str, float]:
    """Return the milliseconds of the median and of the slowest condition, each the better of two answers."""
    owner = world.a_workspace()
    many_contacts.fill(owner, count, world.START)
    times = {}
    for name, condition in many_contacts.ASKED.items():
        took, found = min((_ask(owner, condition) for _ in range(2)), key=lambda pair: pair[0])
        times[name] = took
        more = "more than " if found.is_more else ""
        print(f"{name:<22}{took:>9.1f} ms   {more}{found.count}", file=sys.stderr, flush=True)
    ordered = sorted(times.values())
    return {"contacts": float(count), "median_ms": ordered[len(ordered) // 2], "slowest_ms": ordered[-1]}


def _ask(owner: Member, condition: dict[str, object]) -> tuple[float, conditions.Matches]:
    began = time.perf_counter()
    found = conditions.matches(owner, condition, world.START)
    return (time.perf_counter() - began) * 1000, found
