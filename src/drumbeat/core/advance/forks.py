"""Steps that choose where the flow goes on, and the one that ends it."""

from __future__ import annotations

from drumbeat.core.advance.outcome import Transition, entry_of, finish
from drumbeat.core.advance.step_moves import At, go
from drumbeat.core.conditions import fields_read, holds
from drumbeat.core.enrollment import FinishReason
from drumbeat.core.flow import ConditionStep, EndStep


def branch(at: At[ConditionStep]) -> Transition:
    branches = at.step.branches
    taken = next((one for one in branches if holds(one.condition, at.facts.view, at.now)), None)
    read = sorted(set().union(*(fields_read(one.condition) for one in branches)))
    entry = entry_of("branched", taken.name if taken else "else", at.enrollment, read=read)
    return go(at.enrollment, taken.next if taken else at.step.next, at.due, entry, at.now)


def end(at: At[EndStep]) -> Transition:
    return finish(at.enrollment, FinishReason.GOAL if at.step.goal else FinishReason.COMPLETED, at.now)
