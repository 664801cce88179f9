"""The step at hand: not yet due, skipped by its condition, or carried out by the function of its kind.

One line of the table per kind; the functions live in a module per family.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from drumbeat.core.advance.acting import act, call
from drumbeat.core.advance.by_person import hand_over
from drumbeat.core.advance.deciding import decide
from drumbeat.core.advance.forks import branch, draw, end, go_back
from drumbeat.core.advance.messages import send
from drumbeat.core.advance.outcome import Transition, finish
from drumbeat.core.advance.step_moves import At, here, skip
from drumbeat.core.advance.waiting import wait_for
from drumbeat.core.conditions import fields_read, holds
from drumbeat.core.enrollment import Enrollment, FinishReason
from drumbeat.core.facts import Facts
from drumbeat.core.flow import Flow
from drumbeat.core.timing import choose_sender, due_at
from drumbeat.core.touch import SkipReason

CARRY_OUT: Mapping[str, Callable[[At[Any]], Transition]] = MappingProxyType(
    {
        "email": send,
        "sms": send,
        "whatsapp": send,
        "voice": send,
        "task": hand_over,
        "condition": branch,
        "split": draw,
        "wait_for": wait_for,
        "go_to": go_back,
        "ai_decide": decide,
        "ai_qualify": decide,
        "notify": act,
        "tag": act,
        "set_field": act,
        "set_stage": act,
        "list": act,
        "other_sequence": act,
        "suppress": act,
        "webhook": call,
        "end": end,
    }
)
"""How a step of each kind is carried out once it is due. A kind that is missing does not run."""


def is_at_its_step(enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime) -> Transition:
    """The step at hand: not yet due, or carried out."""
    if enrollment.step is None:
        return finish(enrollment, FinishReason.COMPLETED, now)
    step = flow.steps[enrollment.step]
    sender = choose_sender(step, enrollment, facts)
    due = due_at(step, enrollment, sender, facts)
    if due is None or now < due:
        return Transition(here(enrollment, enrollment.state, due, sender, due))
    if step.only_if is not None and not holds(step.only_if, facts.view, now):
        read = sorted(fields_read(step.only_if))
        return skip(enrollment, step, SkipReason.CONDITION_FALSE, due, now, read=read)
    carry_out = CARRY_OUT.get(step.kind)
    if carry_out is None:
        raise NotImplementedError(f"steps of kind {step.kind} do not run in this release")
    return carry_out(At(enrollment, step, flow, facts, sender, due, now))
