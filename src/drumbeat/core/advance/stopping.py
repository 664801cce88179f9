"""The stop rule of a sequence: when it is met, the enrollment ends, and the rule's actions follow once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from drumbeat.core.advance.outcome import Act, Effect, StopTouch, Transition, ended, entry_of
from drumbeat.core.conditions import fields_read, holds
from drumbeat.core.enrollment import Enrollment, FinishReason
from drumbeat.core.evolve import evolve
from drumbeat.core.facts import STOP_WHEN, Facts
from drumbeat.core.flow import Flow, TaskStep, WebhookStep
from drumbeat.core.stops import is_new
from drumbeat.core.triggers import Becomes, StopWhen


def meets_its_stop_rule(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition | None:
    """End it when an entry of the rule has come about and the rest holds.

    An entry that is a condition is met while it holds. An event is a fact that is new: whoever recorded it had
    looked at the rest of the rule at that moment.
    """
    rule = facts.sequence.stop_when
    if rule is None:
        return None
    if not is_new(STOP_WHEN, enrollment, facts) and not _holds_now(rule, facts, now):
        return None
    reason = FinishReason.STOP_CONDITION
    kinds = [action.kind for action in rule.actions]
    read = sorted(read_by(rule))
    entry = entry_of("finished", reason.value, enrollment, by=STOP_WHEN, read=read, actions=kinds)
    return Transition(ended(enrollment, reason, now), entry, tuple(_effects(rule)))


def read_by(rule: StopWhen) -> frozenset[str]:
    """Name what the conditions of the rule read."""
    turned = [entry.becomes for entry in rule.any if isinstance(entry, Becomes)]
    conditions = turned if rule.all is None else [*turned, rule.all]
    return frozenset[str]().union(*(fields_read(condition) for condition in conditions))


def _holds_now(rule: StopWhen, facts: Facts, now: datetime) -> bool:
    """Read it as outside a flow: an event counts whatever message or sequence it came from."""
    view = evolve(facts.view, in_flow=False)
    turned = (entry.becomes for entry in rule.any if isinstance(entry, Becomes))
    return any(holds(condition, view, now) for condition in turned) and (
        rule.all is None or holds(rule.all, view, now)
    )


def _effects(rule: StopWhen) -> Iterator[Effect]:
    """Yield the actions in their order; no visit of a step of the flow is meant by 0."""
    for number, action in enumerate(rule.actions):
        if isinstance(action, WebhookStep | TaskStep):
            yield StopTouch(step=action, number=number)
        else:
            yield Act(step=action, visit=0, number=number)
