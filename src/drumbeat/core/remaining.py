"""How long work in chunks still takes, from the pace of its last chunks; time in which nobody worked does not count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

IDLE = timedelta(minutes=1)
"""Between two chunks that lie further apart, nobody worked."""
KEPT = 0.9
"""How much of what is known of the pace counts at each further chunk: about the last ten count."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`done` in `seconds`, the later chunks for more; `stood` and `at`: how much was done when the last chunk began."""

    done: float = 0.0
    seconds: float = 0.0
    stood: int = 0
    at: datetime | None = None


def go_on(pace: Pace, stands: int, now: datetime) -> Pace:
    """Return the pace as it is known when a chunk begins, with `stands` done in all."""
    gap = now - pace.at if pace.at is not None else timedelta(0)
    if not timedelta(0) < gap <= IDLE:
        return Pace(pace.done, pace.seconds, stands, now)
    done, seconds = stands - pace.stood, gap.total_seconds()
    return Pace(pace.done * KEPT + done, pace.seconds * KEPT + seconds, stands, now)


def seconds_left(pace: Pace, left: int) -> int | None:
    """Return how long `left` still takes; None while no pace is known."""
    if left <= 0:
        return 0
    return round(pace.seconds / pace.done * left) if pace.done > 0 else None


def to_json(pace: Pace) -> dict[str, Any]:
    """Return the pace as a job keeps it."""
    at = None if pace.at is None else pace.at.isoformat()
    return {"done": pace.done, "seconds": pace.seconds, "stood": pace.stood, "at": at}


def from_json(kept: Mapping[str, Any]) -> Pace:
    """Return what `to_json` wrote; of nothing, an unknown pace."""
    at = kept.get("at")
    return Pace(
        kept.get("done", 0.0),
        kept.get("seconds", 0.0),
        kept.get("stood", 0),
        datetime.fromisoformat(at) if at else None,
    )
