"""Which new fact stops or pauses an enrollment, as a table; and when nobody can be reached any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from drumbeat.core.delay import Delay, DelayUnit, add_delay
from drumbeat.core.enrollment import Enrollment, FinishReason, PauseReason
from drumbeat.core.facts import WEAK_REPLY, EventKind, Exit, Facts
from drumbeat.core.flow import Flow, TaskStep, channel_of, ways_out
from drumbeat.core.touch import SkipReason


@dataclass(frozen=True, slots=True)
class StopRule:
    """`setting` names the exit setting that decides; None: it always finishes."""

    kind: str
    finish: FinishReason
    pause: PauseReason = PauseReason.REPLY
    setting: str | None = None


STOP_RULES = (
    StopRule(EventKind.COMPLAINED, FinishReason.COMPLAINED),
    StopRule(EventKind.OPTED_OUT, FinishReason.OPTED_OUT),
    StopRule(EventKind.BOUNCED, FinishReason.BOUNCED),
    StopRule(EventKind.REPLIED, FinishReason.REPLIED, PauseReason.REPLY, "exit_on_reply"),
    StopRule(EventKind.MEETING_BOOKED, FinishReason.MEETING_BOOKED, PauseReason.MEETING, "exit_on_meeting"),
    StopRule(EventKind.CONVERTED, FinishReason.CONVERTED, PauseReason.CONVERSION, "exit_on_conversion"),
    StopRule(EventKind.CALL_LOGGED, FinishReason.CALLED, PauseReason.CALL, "exit_on_call"),
)
"""In order: of several new facts, the first decides."""


@dataclass(frozen=True, slots=True)
class Stop:
    """What a new fact asks for: `pause` until `resume_at` (or a person), or the end with `finish`."""

    finish: FinishReason
    pause: PauseReason | None = None
    resume_at: datetime | None = None


def is_new(kind: str, enrollment: Enrollment, facts: Facts) -> bool:
    """Say whether more of this kind happened than the enrollment has heard."""
    return facts.counts.get(kind, 0) > enrollment.heard.get(kind, 0)


def new_stop(enrollment: Enrollment, facts: Facts) -> Stop | None:
    """Return what the facts that are new for this enrollment ask for, None when nothing."""
    for rule in STOP_RULES:
        if not is_new(rule.kind, enrollment, facts):
            continue
        setting = Exit.FINISH if rule.setting is None else attrgetter(rule.setting)(facts.sequence)
        if setting is Exit.FINISH:
            return Stop(rule.finish)
        if setting is Exit.PAUSE:
            return Stop(rule.finish, rule.pause)
    if is_new(WEAK_REPLY, enrollment, facts) and facts.sequence.exit_on_reply is not Exit.OFF:
        return Stop(FinishReason.REPLIED, PauseReason.REPLY)
    return _absence(enrollment, facts)


def _absence(enrollment: Enrollment, facts: Facts) -> Stop | None:
    """Out of office with a return date, where the sequence postpones: back one business day after it."""
    asked = facts.sequence.postpone_on_out_of_office and facts.returns_at is not None
    if not asked or not is_new(EventKind.OUT_OF_OFFICE, enrollment, facts):
        return None
    assert facts.returns_at is not None
    zone = facts.zone or facts.workspace_zone
    back = add_delay(facts.returns_at, Delay(1, DelayUnit.WEEKDAYS), zone)
    return Stop(FinishReason.REPLIED, PauseReason.OUT_OF_OFFICE, back)


_SUPPRESSED = frozenset({SkipReason.SUPPRESSED, SkipReason.OPTED_OUT})


def cannot_reach(enrollment: Enrollment, flow: Flow, facts: Facts) -> bool:
    """Say whether a suppression leaves no send step ahead that reaches the contact, and no task step is ahead."""
    if not _SUPPRESSED & set(facts.unreachable.values()):
        return False
    channels = set()
    for key in _ahead(enrollment.step, flow):
        step = flow.steps[key]
        if isinstance(step, TaskStep):
            return False
        if channel := channel_of(step):
            channels.add(channel)
    reasons = {facts.unreachable.get(channel) for channel in channels}
    return bool(channels) and None not in reasons and bool(_SUPPRESSED & reasons)


def _ahead(start: str | None, flow: Flow) -> set[str]:
    seen: set[str] = set()
    waiting = [start] if start else []
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        waiting.extend(target for target in ways_out(flow.steps[key]) if target)
    return seen
