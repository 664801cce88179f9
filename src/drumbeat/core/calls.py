"""The life of one phone call, told by callbacks in any order, and what follows from its end.

A call is the sum of what was heard of it: `hear` keeps the furthest state and the surest word about who answered, so
callbacks that come late, twice or out of order end in the same call. Nothing here dials or plays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias, TypeVar

from drumbeat.core.facts import SequenceState
from drumbeat.core.flow import JobType, VoiceStep
from drumbeat.core.guard import GuardFacts
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


class PutThrough(StrEnum):
    """What came of ringing one of us, in Twilio's words; of several the last in this order counts."""

    CANCELED = "canceled"
    FAILED = "failed"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    COMPLETED = "completed"
    """One of us answered, and the two were connected."""


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


NOTHING = Plan(on_human=Deed.HANG_UP, on_machine=Deed.HANG_UP)
_ON_HUMAN: Mapping[str, Deed] = {"hang_up": Deed.HANG_UP, "read": Deed.READ, "connect": Deed.CONNECT}


def plan_of(step: VoiceStep, *, has_script: bool, has_somebody: bool) -> Plan:
    """Say what a step wants of its call. `has_somebody`: there is a number to put a person through to.

    A voicemail drop always leaves its script. Nobody to be put through to hears the script instead, and without a
    script the call hangs up.
    """
    on_human = _ON_HUMAN[step.on_human]
    if on_human is Deed.CONNECT and not has_somebody:
        on_human = Deed.READ
    if on_human is Deed.READ and not has_script:
        on_human = Deed.HANG_UP
    leaves = step.job_type is JobType.VOICEMAIL_DROP or step.on_machine == "leave_script"
    return Plan(on_human, Deed.LEAVE if leaves and has_script else Deed.HANG_UP)


@dataclass(frozen=True, slots=True)
class Call:
    """`deed`: what the call was told, written down before it was told; at most one, once.

    `was_told`: whether the far side took the deed, None while that is not known. `was_stopped`: it was called off, and
    is told nothing any more. `put_through`: what came of ringing one of us, None while that is not known.
    """

    state: CallState = CallState.QUEUED
    answered_by: Answerer | None = None
    deed: Deed | None = None
    seconds: int = 0
    was_told: bool | None = None
    was_stopped: bool = False
    put_through: PutThrough | None = None

    @property
    def has_ended(self) -> bool:
        return self.state in _ENDS

    @property
    def has_spoken(self) -> bool:
        """Tell whether somebody or something on the other end heard what we had to say."""
        if self.deed is Deed.CONNECT and self.put_through is not None:
            return True
        return self.deed in _SAYS and self.was_told is True

    @property
    def misses_put_through(self) -> bool:
        """Tell whether one of us was rung, and nobody has said whether we answered."""
        return self.deed is Deed.CONNECT and self.was_told is not False and self.put_through is None


@dataclass(frozen=True, slots=True)
class Heard:
    """One callback: a state, a word about who answered or who of us did. `seconds`: what the call took, at its end."""

    state: CallState | None = None
    answered_by: Answerer | None = None
    seconds: int = 0
    put_through: PutThrough | None = None


class Outcome(StrEnum):
    LEFT_MESSAGE = "left_message"
    REACHED_HUMAN = "reached_human"
    NOBODY_OF_US = "nobody_of_us"
    """A person answered and was put through, and our own phone rang in vain."""
    NOT_REACHED = "not_reached"
    """A machine answered and nothing was left on it."""
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    FAX = "fax"
    FAILED = "failed"
    CANCELED = "canceled"
    STOPPED = "stopped"
    """It was called off before anything was said."""
    IN_DOUBT = "in_doubt"
    """Nobody knows whether the script was said: it was to be, and then we were gone."""


_ENDS: Mapping[CallState, Outcome | None] = {
    CallState.CANCELED: Outcome.CANCELED,
    CallState.FAILED: Outcome.FAILED,
    CallState.NO_ANSWER: Outcome.NO_ANSWER,
    CallState.BUSY: Outcome.BUSY,
    CallState.COMPLETED: None,  # who answered decides
}
_SAYS = frozenset({Deed.CONNECT, Deed.READ, Deed.LEAVE})
_STATES, _ANSWERERS, _PUT_THROUGH = tuple(CallState), tuple(Answerer), tuple(PutThrough)
_WordT = TypeVar("_WordT", bound=StrEnum)
_MACHINE_AT_ITS_END = frozenset(
    {Answerer.MACHINE_END_BEEP, Answerer.MACHINE_END_SILENCE, Answerer.MACHINE_END_OTHER}
)


def hear(call: Call, heard: Heard) -> Call:
    """Add one callback. Total; in whatever order and how often they come, the same ones give the same call."""
    return replace(
        call,
        state=max(call.state, heard.state or call.state, key=_STATES.index),
        answered_by=_surer(call.answered_by, heard.answered_by, _ANSWERERS),
        seconds=max(call.seconds, heard.seconds),
        put_through=_surer(call.put_through, heard.put_through, _PUT_THROUGH),
    )


def _surer(one: _WordT | None, other: _WordT | None, order: Sequence[_WordT]) -> _WordT | None:
    known = [said for said in (one, other) if said is not None]
    return max(known, key=order.index, default=None)


def next_deed(call: Call, plan: Plan) -> Deed | None:
    """Return what the call is to be told now; None: wait, or it was told, or it is over.

    Whoever tells it writes the deed into the call in the transaction that decides, so that a second callback finds it.
    """
    if call.deed is not None or call.was_stopped or call.has_ended or call.answered_by is None:
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


def may_speak(facts: GuardFacts) -> bool:
    """Answer once more whether a call may say its script, now that somebody has answered.

    Hours and caps were asked when it was placed: a call that began in time is not broken off for them.
    """
    return (
        not facts.emergency_stopped
        and facts.sequence_state is SequenceState.ACTIVE
        and not facts.waits_for_look
        and facts.sender_enabled
        and facts.compliance_retry_at is None
        and facts.unreachable is None
    )


def outcome(call: Call, plan: Plan) -> Outcome | None:
    """Say what a call came to; None while it lasts.

    Where nothing is to be said to people, one who answered was reached. Else what was said decides: what the far side
    refused to be told, or was never told, did not happen and is tried again; what it may or may not have been told is
    in doubt. Nobody said who answered: a person is assumed only where the call was told something for a person.
    Who was put through has talked to us only if one of us answered; while nobody says so, that is in doubt.
    """
    if not call.has_ended:
        return None
    if call.was_stopped and call.deed is None:
        return Outcome.STOPPED
    if (end := _ENDS[call.state]) is not None:
        return end
    return Outcome.FAX if call.answered_by is Answerer.FAX else _answered(call, plan)


def _answered(call: Call, plan: Plan) -> Outcome:
    if call.answered_by is Answerer.HUMAN and plan.on_human is Deed.HANG_UP:
        return Outcome.REACHED_HUMAN
    if call.deed not in _SAYS or call.was_told is False:
        return Outcome.NOT_REACHED
    if call.deed is Deed.CONNECT and call.put_through is not None:  # so it was told
        talked = call.put_through is PutThrough.COMPLETED
        return Outcome.REACHED_HUMAN if talked else Outcome.NOBODY_OF_US
    if call.was_told is None or call.deed is Deed.CONNECT:
        return Outcome.IN_DOUBT
    return Outcome.LEFT_MESSAGE if call.deed is Deed.LEAVE else Outcome.REACHED_HUMAN


LATE_NEWS = timedelta(seconds=15)
"""How long after the end of a call somebody may still say who answered it."""
LATE_TELLING = timedelta(seconds=60)
"""How long after its end it may still become known whether it was told its deed, and whether one of us answered."""


def settles_at(call: Call, plan: Plan, ended_at: datetime) -> datetime:
    """Return when what a call that has ended came to counts: callbacks overtake each other."""
    if call.state is not CallState.COMPLETED or call.was_stopped:
        return ended_at
    if outcome(call, plan) is Outcome.IN_DOUBT:
        return ended_at + LATE_TELLING
    return ended_at if call.answered_by is not None else ended_at + LATE_NEWS


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


@dataclass(frozen=True, slots=True)
class InDoubt:
    """A person has to say what became of it."""


Next: TypeAlias = Settled | Again | InDoubt

RETRIES = 2
APART = timedelta(hours=4)
_DONE = frozenset({Outcome.LEFT_MESSAGE, Outcome.REACHED_HUMAN, Outcome.NOBODY_OF_US})
_MISSED: Mapping[Outcome, FailureReason] = {
    Outcome.NOT_REACHED: FailureReason.NO_ANSWER,
    Outcome.NO_ANSWER: FailureReason.NO_ANSWER,
    Outcome.BUSY: FailureReason.BUSY,
    Outcome.FAILED: FailureReason.PROVIDER_ERROR,
}


def follow(came: Outcome, tries: int, retries: int = RETRIES, apart: timedelta = APART) -> Next:
    """Decide what follows a call. `tries` counts the calls of this touch that were not called off, this one included.

    What was called off waits for whoever called it off, and calls again at once when that is lifted. Whom nobody of us
    spoke to is not called by a machine again: a person calls back, see `calls_back`.
    """
    if came in _DONE:
        return Settled(TouchStatus.SENT)
    if came is Outcome.STOPPED:
        return Again(timedelta(), FailureReason.NO_ANSWER)
    if came is Outcome.IN_DOUBT:
        return InDoubt()
    if came is Outcome.CANCELED:
        return Settled(TouchStatus.CANCELLED)
    if came is Outcome.FAX:
        return Settled(TouchStatus.FAILED, FailureReason.REJECTED_PERMANENT)
    reason = _MISSED[came]
    return Again(apart, reason) if tries <= retries else Settled(TouchStatus.FAILED, reason)


def calls_back(came: Outcome) -> bool:
    """Tell whether one of us owes the person a call: they answered, waited, and heard only our phone ring."""
    return came is Outcome.NOBODY_OF_US
