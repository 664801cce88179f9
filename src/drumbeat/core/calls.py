"""The life of one phone call, told by callbacks in any order, and what follows from its end.

A call is the sum of what was heard of it: `hear` keeps the furthest state and the surest word about who answered, so
callbacks that come late, twice or out of order end in the same call. Nothing here dials or plays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TypeAlias

from drumbeat.core.touch import FailureReason, TouchStatus


class CallState(StrEnum):
    """Twilio's words for a call, in the order in which they may follow each other; the last five are ends."""

    QUEUED = "queued"
    INITIATED = "initiated"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    CANCELED = "canceled"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    BUSY = "busy"
    COMPLETED = "completed"


class Answerer(StrEnum):
    """What answering-machine detection says, from the least to the most telling."""

    UNKNOWN = "unknown"
    FAX = "fax"
    MACHINE_START = "machine_start"
    MACHINE_END_OTHER = "machine_end_other"
    MACHINE_END_SILENCE = "machine_end_silence"
    MACHINE_END_BEEP = "machine_end_beep"
    HUMAN = "human"


class Deed(StrEnum):
    """What a call that was answered is told to do."""

    CONNECT = "connect"
    READ = "read"
    LEAVE = "leave"
    HANG_UP = "hang_up"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a step wants of a call. A voicemail drop leaves its script; an unsure answer is taken for a person."""

    on_human: Deed
    on_machine: Deed


@dataclass(frozen=True, slots=True)
class Call:
    """`deed`: what the call was told, written down before it was told; at most one, once."""

    state: CallState = CallState.QUEUED
    answered_by: Answerer | None = None
    deed: Deed | None = None
    seconds: int = 0

    @property
    def has_ended(self) -> bool:
        return self.state in _ENDS


@dataclass(frozen=True, slots=True)
class Heard:
    """One callback: a state, a word about who answered, or both. `seconds`: how long the call took, at its end."""

    state: CallState | None = None
    answered_by: Answerer | None = None
    seconds: int = 0


class Outcome(StrEnum):
    LEFT_MESSAGE = "left_message"
    REACHED_HUMAN = "reached_human"
    NOT_REACHED = "not_reached"
    """A machine answered and nothing was left on it."""
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    FAX = "fax"
    FAILED = "failed"
    CANCELED = "canceled"


_ENDS: Mapping[CallState, Outcome | None] = {
    CallState.CANCELED: Outcome.CANCELED,
    CallState.FAILED: Outcome.FAILED,
    CallState.NO_ANSWER: Outcome.NO_ANSWER,
    CallState.BUSY: Outcome.BUSY,
    CallState.COMPLETED: None,  # who answered decides
}
_STATES, _ANSWERERS = tuple(CallState), tuple(Answerer)
_MACHINE_AT_ITS_END = frozenset(
    {Answerer.MACHINE_END_BEEP, Answerer.MACHINE_END_SILENCE, Answerer.MACHINE_END_OTHER}
)


def hear(call: Call, heard: Heard) -> Call:
    """Add one callback. Total; in whatever order and how often they come, the same ones give the same call."""
    return replace(
        call,
        state=max(call.state, heard.state or call.state, key=_STATES.index),
        answered_by=_surer(call.answered_by, heard.answered_by),
        seconds=max(call.seconds, heard.seconds),
    )


def _surer(one: Answerer | None, other: Answerer | None) -> Answerer | None:
    known = [said for said in (one, other) if said is not None]
    return max(known, key=_ANSWERERS.index, default=None)


def next_deed(call: Call, plan: Plan) -> Deed | None:
    """Return what the call is to be told now; None: wait, or it was told, or it is over.

    Whoever tells it writes the deed into the call in the transaction that decides, so that a second callback finds it.
    """
    if call.deed is not None or call.has_ended or call.answered_by is None:
        return None
    if call.answered_by in _MACHINE_AT_ITS_END:
        return plan.on_machine
    match call.answered_by:
        case Answerer.MACHINE_START:
            return Deed.HANG_UP if plan.on_machine is Deed.HANG_UP else None
        case Answerer.FAX:
            return Deed.HANG_UP
        case _:
            return plan.on_human


def outcome(call: Call) -> Outcome | None:
    """Say what a call came to; None while it lasts.

    A person who answered was reached, whatever we did then. Nobody said who answered: a person is assumed only where
    the call was told something for a person; else it counts as not reached and is tried again.
    """
    if not call.has_ended:
        return None
    if (end := _ENDS[call.state]) is not None:
        return end
    if call.answered_by is Answerer.FAX:
        return Outcome.FAX
    if call.answered_by is Answerer.HUMAN or call.deed in (Deed.CONNECT, Deed.READ):
        return Outcome.REACHED_HUMAN
    return Outcome.LEFT_MESSAGE if call.deed is Deed.LEAVE else Outcome.NOT_REACHED


@dataclass(frozen=True, slots=True)
class Settled:
    """The touch is done; `reason` where it failed."""

    status: TouchStatus
    reason: FailureReason | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """Call again, not before `after` has passed; quiet hours and window are kept as for any touch."""

    after: timedelta
    reason: FailureReason


Next: TypeAlias = Settled | Again

RETRIES = 2
APART = timedelta(hours=4)
_DONE = frozenset({Outcome.LEFT_MESSAGE, Outcome.REACHED_HUMAN})
_MISSED: Mapping[Outcome, FailureReason] = {
    Outcome.NOT_REACHED: FailureReason.NO_ANSWER,
    Outcome.NO_ANSWER: FailureReason.NO_ANSWER,
    Outcome.BUSY: FailureReason.BUSY,
    Outcome.FAILED: FailureReason.PROVIDER_ERROR,
}


def follow(came: Outcome, tries: int, retries: int = RETRIES, apart: timedelta = APART) -> Next:
    """Decide what follows a call. `tries` counts the calls of this touch, this one included."""
    if came in _DONE:
        return Settled(TouchStatus.SENT)
    if came is Outcome.CANCELED:
        return Settled(TouchStatus.CANCELLED)
    if came is Outcome.FAX:
        return Settled(TouchStatus.FAILED, FailureReason.REJECTED_PERMANENT)
    reason = _MISSED[came]
    return Again(apart, reason) if tries <= retries else Settled(TouchStatus.FAILED, reason)
