"""The reaper: what a dead worker left, and what has been kept long enough."""

from __future__ import annotations

from datetime import datetime, timedelta

from drumbeat.models import Worker
from drumbeat.store import decisions, outcomes, phone_callbacks, provider_events, provider_fetches

BATCH = 200
EVERY = timedelta(seconds=2)
FORGET_WORKERS_AFTER = timedelta(days=1)


def reap_once(now: datetime) -> int:
    """Call interrupted what was handed over under a lease that has ended, webhooks are repeated; return how many.

    An unhanded touch needs no reaper: once its lease has ended it is claimed again.
    """
    decisions.drop_unwanted()
    provider_events.forget(now)
    provider_fetches.forget(now)
    phone_callbacks.forget(now)
    Worker.objects.filter(seen_at__lt=now - FORGET_WORKERS_AFTER).delete()
    return outcomes.interrupt_abandoned(BATCH, now) + outcomes.repeat_abandoned(BATCH, now)
