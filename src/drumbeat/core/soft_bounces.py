"""When soft bounces of one address add up to a hard one: several messages, over a while, and none of them long ago."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

MESSAGES = 3
"""So many messages must have come back."""
WITHIN = timedelta(days=30)
APART = timedelta(days=7)
"""The first and the last of them: a server's bad day gives nobody up."""


def add_up(bounced_at: Iterable[datetime], now: datetime) -> bool:
    """Say whether an address is to be given up. One moment for each message that bounced softly."""
    recent = sorted(at for at in bounced_at if now - at <= WITHIN)
    return len(recent) >= MESSAGES and recent[-1] - recent[0] >= APART
