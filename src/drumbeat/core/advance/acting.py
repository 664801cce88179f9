"""Steps that act on our own data or tell own people: done at once, then on."""

from __future__ import annotations

from collections.abc import Mapping

from drumbeat.core.advance.outcome import Act, PlanTouch, Transition, entry_of
from drumbeat.core.advance.step_moves import At, go, here
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.evolve import evolve
from drumbeat.core.flow import ActingStep, Channel, Step, SuppressStep, WebhookStep
from drumbeat.core.touch import SkipReason, TouchKind


def act(at: At[ActingStep]) -> Transition:
    moved = go(at.enrollment, at.step.next, at.due, entry_of("acted", at.step.kind, at.enrollment), at.now)
    return evolve(moved, effects=(Act(step=at.step, visit=at.enrollment.visit),))


def call(at: At[WebhookStep]) -> Transition:
    """Plan the call of an endpoint; the flow waits until it was taken, or given up."""
    waiting = here(at.enrollment, EnrollmentState.AWAITING, at.due, None, None)
    plan = PlanTouch(kind=TouchKind.WEBHOOK, step=at.step.key, visit=at.enrollment.visit, due_at=at.due)
    return Transition(waiting, entry_of("planned", plan.kind.value, waiting), (plan,))


_STAYS = frozenset({SkipReason.NO_ADDRESS, SkipReason.OPTED_OUT})


def unreachable_after(unreachable: Mapping[Channel, SkipReason], step: Step) -> Mapping[Channel, SkipReason]:
    """Return which channels cannot reach the contact once the action `step` was carried out."""
    if not isinstance(step, SuppressStep):
        return unreachable
    silenced = Channel if step.channel is None else (step.channel,)
    found = {each: SkipReason.SUPPRESSED for each in silenced if unreachable.get(each) not in _STAYS}
    return {**unreachable, **found}
