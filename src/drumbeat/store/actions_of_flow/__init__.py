"""The actions of flows, written: own data, own people, other sequences, who is written to no more.

All that a batch of looks decided comes at once, in the order of its moves; each kind takes a fixed number of
statements whatever the size of the batch. What a step did last to one contact is what stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from drumbeat.core.advance import Act
from drumbeat.core.flow import (
    ListStep,
    NotifyStep,
    OtherSequenceStep,
    SetFieldStep,
    SetStageStep,
    SuppressStep,
    TagStep,
)
from drumbeat.core.touch import step_key, stop_key
from drumbeat.store import notices
from drumbeat.store.actions_of_flow.elsewhere import ask_elsewhere
from drumbeat.store.actions_of_flow.fields import set_fields
from drumbeat.store.actions_of_flow.memberships import put_on_lists, tag
from drumbeat.store.actions_of_flow.silence import suppress
from drumbeat.store.enrollments import Locked
from drumbeat.store.facts import Batch

__all__ = ["carry_out", "put_on_lists", "set_fields", "tag"]


def carry_out(acts: Sequence[tuple[Locked, Act]], batch: Batch, now: datetime) -> None:
    """Write the actions in the caller's transaction, which holds the locks of their enrollments."""
    if not acts:
        return
    steps = [(row, act.step) for row, act in acts]
    tag([(row, step) for row, step in steps if isinstance(step, TagStep)], now)
    put_on_lists([(row, step) for row, step in steps if isinstance(step, ListStep)], now)
    set_fields([(row, step) for row, step in steps if isinstance(step, SetFieldStep | SetStageStep)], now)
    suppress([(row, step) for row, step in steps if isinstance(step, SuppressStep)], batch, now)
    told = [(row, act.step, _key(row, act)) for row, act in acts if isinstance(act.step, NotifyStep)]
    notices.notify(told, batch, now)
    asked = [(row, act.step, act.visit) for row, act in acts if isinstance(act.step, OtherSequenceStep)]
    ask_elsewhere(asked, now)


def _key(row: Locked, act: Act) -> str:
    """Return the key of the touch that carries an action out."""
    if act.number is not None:
        return stop_key(row.value.id, act.number)
    return step_key(row.value.id, act.step.key, act.visit)
