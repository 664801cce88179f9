"""What a refusal means for the touch and for its sender."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from drumbeat.core.retry import next_try
from drumbeat.core.touch import FailureReason, HoldReason, TouchStatus

_NEEDS_A_PERSON = frozenset({FailureReason.SENDER_AUTH, FailureReason.REJECTED_PERMANENT})
_FIRST_HOLD = timedelta(minutes=1)
_LONGEST_HOLD = timedelta(hours=1)
_HOLD_FOR_A_PERSON = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A known refusal as the channel reported it. `of_sender`: it speaks about our sender, not about the person."""

    permanent: bool
    of_sender: bool
    reason: FailureReason
    dead_address: bool = False
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`status` planned: given back untouched. `sender_down_until`: hold the whole sender; `tell`: a person must act."""

    status: TouchStatus
    not_before: datetime | None = None
    hold_reason: str = ""
    sender_down_until: datetime | None = None
    tell: bool = False
    suppress: bool = False


def judge(refused: Refused, attempts: int, sender_failures: int, seed: str, now: datetime) -> Verdict:
    """Decide what follows a refusal. `attempts` counts the tries of this touch, this one included."""
    if refused.of_sender:
        return Verdict(
            status=TouchStatus.PLANNED,
            hold_reason=HoldReason.SENDER_DOWN,
            sender_down_until=now + _sender_hold(refused, sender_failures),
            tell=refused.reason in _NEEDS_A_PERSON,
        )
    if refused.permanent:
        return Verdict(status=TouchStatus.FAILED, suppress=refused.dead_address)
    again = next_try(attempts, seed, now)
    if again is None:
        return Verdict(status=TouchStatus.FAILED)
    wished = now + refused.retry_after if refused.retry_after is not None else now
    return Verdict(status=TouchStatus.SCHEDULED, not_before=max(again, wished))


def _sender_hold(refused: Refused, failures: int) -> timedelta:
    if refused.retry_after is not None:
        return refused.retry_after
    if refused.reason in _NEEDS_A_PERSON:
        return _HOLD_FOR_A_PERSON
    return min(_FIRST_HOLD * 2 ** min(failures, 10), _LONGEST_HOLD)
