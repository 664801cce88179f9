"""Triggers and stop rules of sequences: what is wrong with one before it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drumbeat.actions import conditions
from drumbeat.core.conditions import Condition
from drumbeat.core.errors import DomainError
from drumbeat.core.triggers import (
    Becomes,
    StopWhen,
    Trigger,
    read_stop_when,
    read_trigger,
    write_stop_when,
    write_trigger,
)
from drumbeat.models import Member


def checked_trigger(member: Member, data: object) -> dict[str, Any]:
    """Return the trigger as it is kept; DomainError `trigger_invalid` with what is wrong by path."""
    trigger = read_trigger(data)
    _require_sound(member, trigger, "trigger_invalid")
    return write_trigger(trigger)


def checked_stop_when(member: Member, data: object) -> dict[str, Any]:
    """Return the stop rule as it is kept; DomainError `stop_when_invalid` with what is wrong by path."""
    rule = read_stop_when(data)
    _require_sound(member, rule, "stop_when_invalid")
    return write_stop_when(rule)


def _require_sound(member: Member, value: Trigger | StopWhen, code: str) -> None:
    found = list(conditions_of(value))
    problems = conditions.problems_of_each(member, [condition for _, condition in found])
    errors = {
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
