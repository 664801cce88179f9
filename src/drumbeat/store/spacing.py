"""The time between two messages of a sender, kept across workers: one is out at a time, and what leaves begins a rest.

Only senders with a spacing pay for it. A rest is counted from the claim and once more from the hand-over, so what a
server refuses counts too, and what takes long to prepare does not come closer to the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from drumbeat.core.spacing import rests_still, rests_until
from drumbeat.models import SenderProfile, Touch
from drumbeat.store import holds, leases, sql


class Leaving(Protocol):
    """A claimed touch, as far as it matters here."""

    @property
    def sender_id(self) -> int: ...
    @property
    def spacing_seconds(self) -> int: ...
    @property
    def touch_key(self) -> str: ...


def one_is_out(sender_id: int) -> bool:
    """Say whether a living worker has claimed a touch of the locked sender and not handed it over."""
    held = Touch.objects.filter(
        sender_id=sender_id, lease_until__isnull=False, settled_at=None, handed_at=None
    )
    return held.extra(where=[f"drumbeat_touch.lease_until >= {leases.db_now()}"]).exists()


def lock(ready: Iterable[Leaving]) -> dict[int, datetime | None]:
    """Lock the senders among those of `ready` that leave time between messages; return until when each is full.

    Before enrollments and touches are locked, so that a claim waits and then sees what this wave hands over.
    """
    spaced = {claimed.sender_id for claimed in ready if claimed.spacing_seconds}
    if not spaced:
        return {}
    ids = sql.lock(SenderProfile.objects.filter(id__in=spaced))
    return dict(SenderProfile.objects.filter(id__in=ids).values_list("id", "full_until"))


def begin(full: dict[int, datetime | None], handed: Iterable[Leaving], now: datetime) -> None:
    """Let the locked senders of what is handed over at `now` rest."""
    rests = []
    for claimed in handed:
        until = rests_until(claimed.spacing_seconds, claimed.touch_key, now)
        known = full.get(claimed.sender_id)
        if until is not None and claimed.sender_id in full and (known is None or known < until):
            rests.append((claimed.sender_id, until))
    sql.update(SenderProfile, ("id", "full_until"), rests)


def free(sender_ids: Iterable[int], now: datetime) -> None:
    """Let locked senders that are full or put something off be tried again at once; those that rest go on resting."""
    ids = list(sender_ids)
    holds.let_go(ids, now)
    rows = SenderProfile.objects.filter(id__in=ids, full_until__isnull=False)
    still = [
        (id_, rests_still(full_until, spacing, now))
        for id_, full_until, spacing in rows.values_list("id", "full_until", "spacing_seconds")
    ]
    sql.update(SenderProfile, ("id", "full_until"), still)
