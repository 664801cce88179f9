"""The frequency cap: how many messages of sequences one contact gets within some days, over all sequences. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

UNDER_WAY_FOR = timedelta(minutes=1)
"""What waits for a message that is under way is looked at again so soon: it may come to nothing."""


@dataclass(frozen=True, slots=True)
class FrequencyCap:
    """At most `most` messages within the last `days` times 24 hours."""

    most: int
    days: int

    @property
    def span(self) -> timedelta:
        return timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Recent:
    """What one contact got under a cap: when messages left, and how many more are claimed or handed over."""

    cap: FrequencyCap
    sent_at: Sequence[datetime] = ()
    under_way: int = 0

    def held_until(self, now: datetime) -> datetime | None:
        """Return when one more may be looked at; None when it may leave now.

        That is when enough of what left is as old as the cap's days, whatever becomes of what is under way.
        """
        counted = sorted(at for at in self.sent_at if at > now - self.cap.span)
        if len(counted) >= self.cap.most:
            return counted[len(counted) - self.cap.most] + self.cap.span
        if len(counted) + self.under_way >= self.cap.most:
            return now + UNDER_WAY_FOR
        return None
