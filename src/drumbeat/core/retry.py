"""When to try again: after a temporary refusal, and while the suppression store does not answer.

Which refusal is temporary is the channel's word; what becomes of a touch is decided by `advance`.
"""

from datetime import datetime, timedelta

from drumbeat.core.pacing import jitter

# Two days in all: RFC 5321 section 4.5.4.1 gives a queue four or five, too late for outreach.
_WAITS = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=8),
    timedelta(hours=12),
    timedelta(hours=24),
)
MOST_ATTEMPTS = len(_WAITS) + 1
_COMPLIANCE_FIRST = timedelta(seconds=5)
_COMPLIANCE_LONGEST = timedelta(minutes=5)


def next_try(attempts: int, seed: str, now: datetime) -> datetime | None:
    """Find when to send again after `attempts` (1 or more) refused ones; None is to give up.

    Each wait is up to a tenth shorter or longer, by hash, so that a recovered server is not rushed.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    wait = _WAITS[max(attempts, 1) - 1]
    return now + wait * 9 / 10 + jitter(f"{seed}:{attempts}", wait / 5)


def compliance_backoff(failures: int, now: datetime) -> datetime:
    """Find when to ask the suppression store again after `failures` (1 or more) in a row: in 5 s to 5 min."""
    doublings = min(max(failures - 1, 0), 10)
    return now + min(_COMPLIANCE_FIRST * (1 << doublings), _COMPLIANCE_LONGEST)
