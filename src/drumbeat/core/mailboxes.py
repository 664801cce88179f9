"""How a mailbox is read: where to begin, and how long to wait after a fault."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from drumbeat.core.pacing import stable_hash

SHORTEST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)
_MOST_DOUBLINGS = 6


def begins_at(uidnext: int, missed: Sequence[int]) -> int:
    """Return the id of the last mail that counts as read; `missed` are those that were not."""
    return min([uidnext, *missed]) - 1


def patience(faults: int, mailbox_id: int) -> timedelta:
    """Return how long to wait after so many faults in a row: 5 seconds, doubled up to 5 minutes, each box its own.

    Servers lock out who asks too often, and all boxes of a server fail together.
    """
    wait = min(SHORTEST_WAIT * (1 << min(faults - 1, _MOST_DOUBLINGS)), LONGEST_WAIT)
    return wait * (0.8 + stable_hash("mailbox", mailbox_id, faults) % 400 / 1000)
