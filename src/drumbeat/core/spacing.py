"""The time that a sender leaves between two messages. Pure: chance is a hash of what was sent."""

from datetime import datetime, timedelta

from drumbeat.core.errors import DomainError
from drumbeat.core.pacing import stable_hash
from drumbeat.core.touch import HoldReason

LONGEST_SECONDS = 86_400
_A_ROUND = timedelta(seconds=1)
"""A worker reads its clock once a round: so far may the wire lag behind what is written."""


def checked_spacing(seconds: int) -> int:
    """Return `seconds`; DomainError `spacing_invalid` when they are no spacing."""
    if not 0 <= seconds <= LONGEST_SECONDS:
        raise DomainError(
            "spacing_invalid",
            f"A sender leaves 0 to {LONGEST_SECONDS} seconds between two messages; 0 is none.",
            {"spacing_seconds": "invalid"},
        )
    return seconds


def usual_gap(spacing_seconds: int) -> timedelta:
    """Return how far apart a sender's messages are on average while enough of them wait."""
    return timedelta(seconds=spacing_seconds) * 1.25 + _A_ROUND if spacing_seconds else timedelta()


def rests_until(spacing_seconds: int, touch_key: str, sent_at: datetime) -> datetime | None:
    """Return when the next message may leave after one that left at `sent_at`; None: no time lies between.

    From one second more than the spacing to half as much again. It is no whole minute: see `why_full`.
    """
    if spacing_seconds == 0:
        return None
    more = timedelta(milliseconds=stable_hash("spacing", touch_key) % (spacing_seconds * 500))
    return _off_the_minute(sent_at + timedelta(seconds=spacing_seconds) + _A_ROUND + more)


def rests_still(full_until: datetime | None, spacing_seconds: int, now: datetime) -> datetime | None:
    """Return until when a sender still rests that is given this spacing, or other caps, at `now`.

    What a cap held is free at once. A rest goes on, for as long as one that began now would last at least.
    """
    if full_until is None or spacing_seconds == 0 or why_full(full_until) is HoldReason.CAP:
        return None
    return min(full_until, _off_the_minute(now + timedelta(seconds=spacing_seconds) + _A_ROUND))


def why_full(full_until: datetime) -> HoldReason:
    """Tell from its end what holds all that waits for a sender: buckets end with a minute, rests never do."""
    return HoldReason.SPACING if full_until.second or full_until.microsecond else HoldReason.CAP


def _off_the_minute(moment: datetime) -> datetime:
    within = moment.second or moment.microsecond
    return moment if within else moment + timedelta(milliseconds=1)
