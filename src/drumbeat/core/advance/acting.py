"""Steps that act on our own data or tell own people: done at once, then on."""

from __future__ import annotations

from dataclasses import replace

from drumbeat.core.advance.outcome import Act, Transition, entry_of
from drumbeat.core.advance.step_moves import At, go
from drumbeat.core.flow import NotifyStep, SetFieldStep, SetStageStep, TagStep

ActingStep = NotifyStep | TagStep | SetFieldStep | SetStageStep


def act(at: At[ActingStep]) -> Transition:
    moved = go(at.enrollment, at.step.next, at.due, entry_of("acted", at.step.kind, at.enrollment), at.now)
    return replace(moved, effects=(Act(step=at.step, visit=at.enrollment.visit),))
