"""Which new fact stops or pauses an enrollment, as a table; and when nobody can be reached any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from drumbeat.core.delay import Delay, DelayUnit, add_delay
from drumbeat.core.enrollment import Enrollment, FinishReason, PauseReason
from drumbeat.core.facts import (
    COMPANY_REPLY,
    WEAK_MEETING,
    WEAK_OPT_OUT,
    WEAK_REPLY,
    EventKind,
    Exit,
    Facts,
    SequenceFacts,
    TouchFacts,
)
from drumbeat.core.flow import Flow, TaskStep, channel_of, ways_out
from drumbeat.core.localtime import first_moment
from drumbeat.core.touch import SETTLED, SkipReason


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
    StopRule(
        EventKind.MEETING_BOOKED,
        FinishReason.MEETING_BOOKED,
        PauseReason.MEETING,
        "exit_on_meeting",
    ),
    StopRule(EventKind.CONVERTED, FinishReason.CONVERTED, PauseReason.CONVERSION, "exit_on_conversion"),
    StopRule(EventKind.CALL_LOGGED, FinishReason.CALLED, PauseReason.CALL, "exit_on_call"),
    StopRule(COMPANY_REPLY, FinishReason.REPLIED, PauseReason.COMPANY_REPLY, "exit_on_company_reply"),
)
"""In order: of several new facts the first that ends decides, else the first that pauses."""


@dataclass(frozen=True, slots=True)
class Stop:
    """What new facts ask for: a pause until `resume_at` (or a person), or without one the end.

    `finish` None: it may never end anything. `fact`: the kind that asks.
    """

    finish: FinishReason | None
    pause: PauseReason | None = None
    resume_at: datetime | None = None
    fact: str = ""


def is_new(kind: str, enrollment: Enrollment, facts: Facts) -> bool:
    """Say whether more of this kind happened than the enrollment has heard."""
    return facts.counts.get(kind, 0) > enrollment.heard.get(kind, 0)


def new_stop(enrollment: Enrollment, facts: Facts, now: datetime) -> Stop | None:
    """Return what the facts that are new for this enrollment ask for, None when nothing."""
    if facts.counts == enrollment.heard:
        return None
    pause = None
    for rule in STOP_RULES:
        if not is_new(rule.kind, enrollment, facts):
            continue
        setting = _setting(rule, facts.sequence)
        if setting is Exit.FINISH and _is_sure(rule.kind, enrollment, facts):
            return Stop(rule.finish, fact=rule.kind)
        if setting is not Exit.OFF and pause is None:
            pause = Stop(rule.finish, rule.pause, fact=rule.kind)
    return pause or _unsure(enrollment, facts) or _absence(enrollment, facts, now)


_DOUBTED = {EventKind.MEETING_BOOKED.value: WEAK_MEETING}


def _is_sure(kind: str, enrollment: Enrollment, facts: Facts) -> bool:
    """Say whether some of what is new was told by more than a mail that anybody may have written."""
    doubted = _DOUBTED.get(kind)
    return doubted is None or _news(kind, enrollment, facts) > _news(doubted, enrollment, facts)


def _news(kind: str, enrollment: Enrollment, facts: Facts) -> int:
    return facts.counts.get(kind, 0) - enrollment.heard.get(kind, 0)


def _setting(rule: StopRule, sequence: SequenceFacts) -> Exit:
    return Exit.FINISH if rule.setting is None else Exit(getattr(sequence, rule.setting))


def _unsure(enrollment: Enrollment, facts: Facts) -> Stop | None:
    may_reply = is_new(WEAK_REPLY, enrollment, facts) and facts.sequence.exit_on_reply is not Exit.OFF
    may_opt_out = is_new(WEAK_OPT_OUT, enrollment, facts)
    return Stop(None, PauseReason.REPLY) if may_reply or may_opt_out else None


def _absence(enrollment: Enrollment, facts: Facts, now: datetime) -> Stop | None:
    """Out of office with a return date, where the sequence postpones: back one business day after it."""
    asked = facts.sequence.postpone_on_out_of_office and is_new(EventKind.OUT_OF_OFFICE, enrollment, facts)
    if not asked or facts.returns_at is None:
        return None
    zone = facts.zone or facts.workspace_zone
    returns_at = first_moment(facts.returns_at.replace(tzinfo=None), zone)
    back = add_delay(returns_at, _ONE_BUSINESS_DAY, zone)
    return Stop(None, PauseReason.OUT_OF_OFFICE, back) if now < back else None


_ONE_BUSINESS_DAY = Delay(1, DelayUnit.WEEKDAYS)
_SUPPRESSED = frozenset({SkipReason.SUPPRESSED, SkipReason.OPTED_OUT})


def cannot_reach(enrollment: Enrollment, flow: Flow, facts: Facts) -> bool:
    """Say whether a suppression leaves no send step ahead that reaches the contact, and no task is ahead.

    The step at hand is ahead until its touch is handed over or settled.
    """
    if _SUPPRESSED.isdisjoint(facts.unreachable.values()):
        return False
    channels = set()
    for key in _ahead(enrollment, flow, facts.touch):
        step = flow.steps[key]
        if isinstance(step, TaskStep):
            return False
        if channel := channel_of(step):
            channels.add(channel)
    reasons = {facts.unreachable.get(channel) for channel in channels}
    return bool(channels) and None not in reasons and not _SUPPRESSED.isdisjoint(reasons)


def _ahead(enrollment: Enrollment, flow: Flow, touch: TouchFacts | None) -> set[str]:
    if enrollment.step is None:
        return set()
    is_behind = touch is not None and (touch.handed or touch.status in SETTLED)
    seen: set[str] = set()
    waiting: list[str | None] = [enrollment.step]
    if is_behind:
        waiting = list(ways_out(flow.steps[enrollment.step]))
    while waiting:
        key = waiting.pop()
        if key is not None and key not in seen:
            seen.add(key)
            waiting.extend(ways_out(flow.steps[key]))
    return seen
