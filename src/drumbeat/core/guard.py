"""may_send: the last question before a touch leaves, asked when it is claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from drumbeat.core.facts import SequenceState
from drumbeat.core.frequency import Recent
from drumbeat.core.touch import HoldReason, SkipReason
from drumbeat.core.window import OpenHours, closes_at, next_open


@dataclass(frozen=True, slots=True)
class Go:
    """It may leave before `send_before` (None: no end)."""

    send_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """Not now. `until` None: withheld until what holds it is lifted."""

    until: datetime | None
    why: HoldReason


@dataclass(frozen=True, slots=True)
class Drop:
    """Not at all."""

    why: SkipReason


Answer = Go | Hold | Drop


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardFacts:
    """What the guard may know. What does not face the contact knows no window and no suppression.

    What no sequence sends (notices to own people, mail by hand) leaves the sequence's facts as they are here.
    `unreachable`: why the contact must not be reached on this channel. `compliance_retry_at`: the suppression
    store did not answer, ask again then. `waits_for_look`: a fact came in that the enrollment has not heard, or
    it does not wait for this touch: it is paused, blocked or over. `quiet`: hours that must be open too, by the
    recipient's clock. `recent`: what the contact got under the frequency cap; None: nothing is counted.
    """

    contact_facing: bool = True
    emergency_stopped: bool = False
    sequence_state: SequenceState = SequenceState.ACTIVE
    waits_for_look: bool = False
    sender_enabled: bool = True
    sender_down_until: datetime | None = None
    unreachable: SkipReason | None = None
    compliance_retry_at: datetime | None = None
    hours: Sequence[OpenHours] = ()
    quiet: Sequence[OpenHours] = ()
    recent: Recent | None = None


def may_send(facts: GuardFacts, now: datetime) -> Answer:
    """Answer for one touch at one moment. Anything that cannot be read holds: it never lets through."""
    if facts.emergency_stopped:
        return Hold(None, HoldReason.EMERGENCY_STOP)
    if facts.sequence_state is not SequenceState.ACTIVE or facts.waits_for_look:
        return Hold(None, HoldReason.SEQUENCE_PAUSED)
    if not facts.sender_enabled:
        return Hold(None, HoldReason.SENDER_DOWN)
    if facts.sender_down_until is not None and now < facts.sender_down_until:
        return Hold(facts.sender_down_until, HoldReason.SENDER_DOWN)
    if not facts.contact_facing:
        return Go()
    return _to_contact(facts, now)


def _to_contact(facts: GuardFacts, now: datetime) -> Answer:
    if facts.compliance_retry_at is not None:
        return Hold(facts.compliance_retry_at, HoldReason.COMPLIANCE_UNAVAILABLE_STUB)
    if facts.unreachable is not None:
        return Drop(facts.unreachable)
    hours = (*facts.hours, *facts.quiet)
    opens = next_open(now, hours)
    if opens != now:
        closed = next_open(now, facts.hours) != now
        return Hold(opens, HoldReason.WINDOW if closed else HoldReason.QUIET_HOURS)
    held_until = facts.recent.held_until(now) if facts.recent is not None else None
    if held_until is not None:
        return Hold(next_open(held_until, hours), HoldReason.FREQUENCY_CAP)
    return Go(closes_at(now, hours))
