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
_LONGEST_WISH = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A known refusal as the channel reported it. `of_sender`: it speaks about our sender, not the person."""

    permanent: bool
    of_sender: bool
    reason: FailureReason
    dead_address: bool = False
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What follows a refusal. `status` planned: the touch is given back untouched, behind what is due until then.

    It may be the one that its sender is refused for: were it the first again, nothing else would ever be tried.

    `sender_down_until`: hold the whole sender; `tell`: a person must act; `suppress`: the address is dead.
    """

    status: TouchStatus
    not_before: datetime | None = None
    hold_reason: str = ""
    sender_down_until: datetime | None = None
    tell: bool = False
    suppress: bool = False


def judge(refused: Refused, attempts: int, sender_failures: int, seed: str, now: datetime) -> Verdict:
    """Decide what follows a refusal. `attempts` counts the tries of this touch, this one included."""
    if refused.of_sender:
        until = now + _sender_hold(refused, sender_failures)
        return Verdict(
            status=TouchStatus.PLANNED,
            not_before=until,
            hold_reason=HoldReason.SENDER_DOWN,
            sender_down_until=until,
            tell=refused.reason in _NEEDS_A_PERSON,
        )
    if refused.permanent:
        return Verdict(status=TouchStatus.FAILED, suppress=refused.dead_address)
    again = next_try(attempts, seed, now)
    if again is None:
        return Verdict(status=TouchStatus.FAILED)
    return Verdict(status=TouchStatus.SCHEDULED, not_before=max(again, now + _wish(refused)))


def _sender_hold(refused: Refused, failures: int) -> timedelta:
    needs_a_person = refused.reason in _NEEDS_A_PERSON
    own = _HOLD_FOR_A_PERSON if needs_a_person else min(_FIRST_HOLD * 2 ** min(failures, 10), _LONGEST_HOLD)
    return max(own, _wish(refused))


def _wish(refused: Refused) -> timedelta:
    """How long the far side asks to be left alone: believed up to a day, never a reason to hurry."""
    return min(refused.retry_after or timedelta(), _LONGEST_WISH)
