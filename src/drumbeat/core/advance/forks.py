"""Steps that choose where the flow goes on: by facts, by chance, back for another round; and the one that ends it."""

from __future__ import annotations

from drumbeat.core.advance.outcome import Transition, entry_of, finish
from drumbeat.core.advance.step_moves import At, go
from drumbeat.core.conditions import fields_read, holds
from drumbeat.core.enrollment import FinishReason
from drumbeat.core.flow import ConditionStep, EndStep, GoToStep, SplitStep
from drumbeat.core.pacing import arm


def branch(at: At[ConditionStep]) -> Transition:
    branches = at.step.branches
    taken = next((one for one in branches if holds(one.condition, at.facts.view, at.now)), None)
    read = sorted(set().union(*(fields_read(one.condition) for one in branches)))
    entry = entry_of("branched", taken.name if taken else "else", at.enrollment, read=read)
    return go(at.enrollment, taken.next if taken else at.step.next, at.due, entry, at.now)


def draw(at: At[SplitStep]) -> Transition:
    """The visit is no part of the hash: who comes back stays in the arm, so that results count people."""
    weights = [one.weight for one in at.step.arms]
    drawn = at.step.arms[arm(f"{at.enrollment.id}:{at.step.key}", weights)]
    return go(at.enrollment, drawn.next, at.due, entry_of("split", drawn.name, at.enrollment), at.now)


def go_back(at: At[GoToStep]) -> Transition:
    visit, most = at.enrollment.visit, at.step.max_rounds
    if most is not None and visit > most:
        entry = entry_of("went_on", "rounds_used_up", at.enrollment)
        return go(at.enrollment, at.step.next, at.due, entry, at.now)
    entry = entry_of("went_back", at.step.target, at.enrollment, round=visit, most=most)
    return go(at.enrollment, at.step.target, at.due, entry, at.now)


def end(at: At[EndStep]) -> Transition:
    return finish(at.enrollment, FinishReason.GOAL if at.step.goal else FinishReason.COMPLETED, at.now)
