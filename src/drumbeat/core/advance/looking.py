"""A look: the verb of a person, then move after move until the enrollment waits or ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from drumbeat.core.advance.acting import unreachable_after
from drumbeat.core.advance.awaiting import awaits
from drumbeat.core.advance.moving import goes_over, touch_after
from drumbeat.core.advance.outcome import (
    Act,
    AskDecision,
    Effect,
    Entry,
    Look,
    PlanTouch,
    Transition,
    block,
)
from drumbeat.core.advance.standing import has_nobody_to_reach, heard_a_stop, is_gone, rests, sequence_holds
from drumbeat.core.advance.stopping import meets_its_stop_rule
from drumbeat.core.advance.verbs import obey, shifted
from drumbeat.core.advance.walking import is_at_its_step
from drumbeat.core.conditions import CONTACT_FIELDS, ConditionView, fold
from drumbeat.core.enrollment import BlockReason, Enrollment, EnrollmentState
from drumbeat.core.evolve import evolve
from drumbeat.core.facts import DecisionFacts, Facts, TouchFacts, Verb
from drumbeat.core.flow import Flow, ListStep, SetFieldStep, SetStageStep, Step, TagStep
from drumbeat.core.touch import TouchStatus

MOST_MOVES = 50
LOOPED_WAITS = timedelta(days=1)

Rule = Callable[[Enrollment, Flow, Facts, datetime], Transition | None]

RULES: tuple[Rule, ...] = (
    is_gone,
    heard_a_stop,
    meets_its_stop_rule,
    goes_over,
    has_nobody_to_reach,
    rests,
    sequence_holds,
    awaits,
)
"""In order: the first that answers makes the move. Where none does, the step at hand is next."""


def advance(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition:
    """Move an enrollment by at most one step.

    Total for a flow that may be published. Looking too early changes nothing but the time of the next look,
    so a fact may wake an enrollment without knowing where it stands.
    """
    if enrollment.state is EnrollmentState.FINISHED:
        return Transition(enrollment)
    for rule in RULES:
        if (moved := rule(enrollment, flow, facts, now)) is not None:
            return moved
    return is_at_its_step(enrollment, flow, facts, now)


def look(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime, verb: Verb | None = None) -> Look:
    """Move until the enrollment waits, plans something outbound or ends; at most 50 moves.

    Every fact is heard afterwards: a setting that changes later never acts backwards. What goes in a circle
    without time passing is blocked (`error`) for a day; other work left over is due at once.
    """
    if enrollment.is_finished:
        return Look(enrollment, (), ())
    entries: list[Entry] = []
    effects: list[Effect] = []
    if verb is not None and (asked := obey(enrollment, facts, verb, now)) is not None:
        if verb.shift and enrollment.paused_at is not None:
            facts = shifted(facts, enrollment.paused_at, now)
        enrollment = _note(asked, entries, effects)
    track = _Track()
    changed_version = False
    for _ in range(MOST_MOVES):
        moved = advance(enrollment, flow, facts, now)
        enrollment = _note(moved, entries, effects)
        if moved.entry is None or _has_done(moved, now):
            break
        if facts.move is not None and moved.entry.rule in MOVES:
            changed_version = moved.entry.rule == "moved"
            flow = facts.move.flow if changed_version else flow
        facts = _known_after(facts, moved, now)
        track.pass_by(moved.entry, enrollment)
    else:
        if track.in_circles:
            enrollment = _note(block(enrollment, BlockReason.ERROR, now + LOOPED_WAITS), entries, effects)
    return Look(_hear(enrollment, facts), tuple(entries), tuple(effects), changed_version)


@dataclass(slots=True)
class _Track:
    """Where a look passed by: the same place again without time passing is a circle.

    Rounds of a go-to with a maximum come to an end: they are none, however fast they turn.
    """

    in_circles: bool = False
    _visits: dict[tuple[str | None, datetime], int] = field(default_factory=dict)

    def pass_by(self, entry: Entry, enrollment: Enrollment) -> None:
        if entry.rule == "went_back" and entry.facts["most"] is not None:
            self._visits.clear()
        place = enrollment.step, enrollment.origin_at
        if self._visits.setdefault(place, enrollment.visit) != enrollment.visit:
            self.in_circles = True


def _note(moved: Transition, entries: list[Entry], effects: list[Effect]) -> Enrollment:
    if moved.entry is not None:
        entries.append(moved.entry)
        effects.extend(moved.effects)
    return moved.enrollment


def _has_done(moved: Transition, now: datetime) -> bool:
    """Spare the next move where it is known to say: wait."""
    after = moved.enrollment
    if after.state is EnrollmentState.AWAITING and moved.effects:
        return after.next_step_at is None or after.next_step_at > now
    return after.is_finished


def _hear(enrollment: Enrollment, facts: Facts) -> Enrollment:
    if enrollment.is_finished or enrollment.heard == facts.counts:
        return enrollment
    return evolve(enrollment, heard={kind: count for kind, count in facts.counts.items() if count})


def _known_after(facts: Facts, moved: Transition, now: datetime) -> Facts:
    """Return what the next move may know: the touch just planned, the tag or field just set."""
    touch, decision = facts.touch, facts.decision
    if moved.entry is not None and moved.entry.rule in MOVES:
        kept = moved.enrollment.step == moved.entry.step
        touch = touch_after(facts) if moved.entry.rule == "moved" else touch
        return evolve(facts, move=None, touch=touch, decision=decision if kept else None)
    if moved.entry is not None and moved.entry.rule not in _KEEPS_THE_STEP:
        touch = decision = None
    view, unreachable = facts.view, facts.unreachable
    for effect in moved.effects:
        match effect:
            case PlanTouch() if moved.enrollment.state is EnrollmentState.AWAITING:
                touch = TouchFacts(status=TouchStatus.PLANNED, created_at=now)
            case AskDecision():
                decision = DecisionFacts(asked_at=now)
            case Act():
                view, unreachable = seen(view, effect.step), unreachable_after(unreachable, effect.step)
            case _:
                pass
    if (touch, decision) == (facts.touch, facts.decision) and view is facts.view:
        return facts if unreachable is facts.unreachable else evolve(facts, unreachable=unreachable)
    return evolve(facts, touch=touch, decision=decision, view=view, unreachable=unreachable)


MOVES = frozenset({"moved", "move_dropped"})
_KEEPS_THE_STEP = frozenset({"paused", "resumed", "blocked", "unblocked", "escalated"})


def seen(view: ConditionView, step: Step) -> ConditionView:
    """Return what conditions read after the action `step` was carried out."""
    match step:
        case TagStep(action="add"):
            return evolve(view, tags=view.tags | {fold(step.tag)})
        case TagStep():
            return evolve(view, tags=view.tags - {fold(step.tag)})
        case SetFieldStep():
            return evolve(view, fields={**view.fields, **_field_set(step)})
        case SetStageStep():
            return evolve(view, fields={**view.fields, "stage": step.stage or None})
        case ListStep(action="add"):
            return evolve(view, lists=view.lists | {step.list})
        case ListStep():
            return evolve(view, lists=view.lists - {step.list})
        case _:
            return view


_TEXT_FIELDS = frozenset({"first_name", "last_name", "company", "title", "stage", "language", "time_zone"})


def _field_set(step: SetFieldStep) -> Mapping[str, str | int | float | bool | None]:
    """Flows may set these fields of the contact, which hold text, and custom ones; nothing else."""
    name = step.field.removeprefix("contact.")
    if name in _TEXT_FIELDS:
        return {name: str(step.value or "") or None}
    return {} if name in CONTACT_FIELDS else {f"custom.{name.removeprefix('custom.')}": step.value}
