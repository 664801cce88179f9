"""Triggers and stop rules of sequences: what is wrong with one before it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from drumbeat.actions import access, conditions
from drumbeat.actions.sequences import checking
from drumbeat.core.conditions import Condition
from drumbeat.core.document import read_condition
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import Flow
from drumbeat.core.triggers import (
    Becomes,
    Happening,
    StopWhen,
    Trigger,
    read_stop_when,
    read_trigger,
    write_stop_when,
    write_trigger,
)
from drumbeat.core.triggers.sentence import in_words, said
from drumbeat.models import ContactField, FieldType, Member, Sequence, TriggerMatch


def checked_trigger(member: Member, data: object) -> dict[str, Any]:
    """Return the trigger as it is kept; DomainError `trigger_invalid` with what is wrong by path."""
    trigger = read_trigger(data)
    _require_sound(member, trigger, "trigger_invalid")
    return write_trigger(trigger)


def checked_stop_when(member: Member, data: object) -> dict[str, Any]:
    """Return the stop rule as it is kept; DomainError `stop_when_invalid` with what is wrong by path."""
    rule = read_stop_when(data)
    _require_sound(member, rule, "stop_when_invalid")
    _require_sound_actions(member, rule)
    return write_stop_when(rule)


def _require_sound_actions(member: Member, rule: StopWhen) -> None:
    """Ask of actions what is asked of steps of their kinds."""
    if not rule.actions:
        return
    following = [*(action.key for action in rule.actions[1:]), None]
    steps = [replace(action, next=key) for action, key in zip(rule.actions, following, strict=True)]
    flow = Flow(start=steps[0].key, steps={step.key: step for step in steps})
    errors = {
        problem.path.replace("steps[", "actions[", 1): problem.message
        for problem in checking.problems_of(member, flow)
        if checking.is_error(problem) and problem.step is not None
    }
    if errors:
        path, sentence = next(iter(errors.items()))
        raise DomainError("stop_when_invalid", f"{path}: {sentence}", errors)


def _require_sound(member: Member, value: Trigger | StopWhen, code: str) -> None:
    found = list(conditions_of(value))
    problems = conditions.problems_of_each(member, [condition for _, condition in found])
    errors = dict(_undated(member, value)) | {
        f"{path}.{each.path}".removesuffix("."): each.message
        for (path, _), of_one in zip(found, problems, strict=True)
        for each in of_one
        if each.is_error
    }
    if errors:
        path, sentence = next(iter(errors.items()))
        raise DomainError(code, f"{path}: {sentence}", errors)


def conditions_of(value: Trigger | StopWhen) -> Iterator[tuple[str, Condition]]:
    """Yield each condition of a trigger or stop rule with its path."""
    for index, entry in enumerate(value.any):
        if isinstance(entry, Becomes):
            yield f"any[{index}].becomes", entry.becomes
    if value.all is not None:
        yield "all", value.all


def _undated(member: Member, value: Trigger | StopWhen) -> Iterator[tuple[str, str]]:
    """Say which dates are none: what is reached must be a date field of the workspace."""
    named = {
        f"any[{index}].name": entry.name
        for index, entry in enumerate(value.any)
        if isinstance(entry, Happening) and entry.event is EventKind.DATE_REACHED
    }
    if not named:
        return
    dates = access.visible_to(member, ContactField).filter(type=FieldType.DATE)
    known = {f"custom.{key}" for key in dates.values_list("key", flat=True)}
    for path, name in named.items():
        if name not in known:
            offered = ", ".join(sorted(known)) or "none yet: define one under Contacts, Fields"
            yield path, f"{name!r} is no date field. There are: {offered}."


def sentences(sequence: Sequence) -> dict[str, str | None]:
    """Say what starts a sequence by itself, whom it takes automatically, and what ends it; None where nothing does."""
    criteria = sequence.enrollment_criteria if sequence.auto_enroll else None
    return {
        "starts": said(read_trigger(sequence.triggers)) if sequence.triggers else None,
        "takes": f"Takes whoever comes to fit: {in_words(read_condition(criteria))}." if criteria else None,
        "ends": said(read_stop_when(sequence.stop_when)) if sequence.stop_when else None,
    }


def matches(member: Member, sequence_id: int) -> QuerySet[TriggerMatch]:
    """Return what started contacts in the sequence, and what came of it."""
    access.require(member, "enrollments.view")
    sequence = access.get(member, Sequence, sequence_id, "sequence")
    return access.visible_to(member, TriggerMatch).filter(sequence=sequence).select_related("contact")
