"""Triggers and stop rules from JSON, or every problem of them by its path, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from drumbeat.core.document.plain import Copier
from drumbeat.core.document.reading import invalid
from drumbeat.core.document.sentences import describe
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import StepBase
from drumbeat.core.triggers.form import NARROWED_BY, STARTING, Happening, StopWhen, Trigger

_TRIGGER: TypeAdapter[Trigger] = TypeAdapter(Trigger)
_STOP_WHEN: TypeAdapter[StopWhen] = TypeAdapter(StopWhen)
Read = TypeVar("Read", Trigger, StopWhen)


def read_trigger(data: object) -> Trigger:
    """Read a trigger. Raises DomainError `trigger_invalid` with every problem by its path."""
    return _read(_TRIGGER, data, "trigger_invalid")


def read_stop_when(data: object) -> StopWhen:
    """Read a stop rule. Raises DomainError `stop_when_invalid` with every problem by its path."""
    return _read(_STOP_WHEN, data, "stop_when_invalid")


def _read(adapter: TypeAdapter[Read], data: object, code: str) -> Read:
    copier = Copier()
    document, problems = copier.copy(data, ""), copier.problems
    if not isinstance(document, dict):
        raise invalid(code, {"": "Must be an object with the key any."})
    _name_actions(document)
    try:
        value = adapter.validate_json(json.dumps(document), strict=True)
    except ValidationError as error:
        problems |= describe(error.errors(include_url=False), document)
        raise invalid(code, problems) from None
    problems |= dict(_misnamed(value))
    if isinstance(value, StopWhen):
        problems |= dict(_in_a_flow(value))
    if problems:
        raise invalid(code, problems)
    return value


def _name_actions(document: dict[str, Any]) -> None:
    """Give each action the key that its touch is known by; nobody needs to write them."""
    actions = document.get("actions")
    for number, action in enumerate(actions if isinstance(actions, list) else ()):
        if isinstance(action, dict):
            action["key"] = f"stop_{number}"


def _misnamed(value: Trigger | StopWhen) -> Iterator[tuple[str, str]]:
    if not value.any:
        yield "any", "Name at least one event or condition."
    for index, entry in enumerate(value.any):
        if not isinstance(entry, Happening):
            continue
        path, narrowed_by = f"any[{index}]", NARROWED_BY.get(entry.event)
        if entry.event not in STARTING:
            yield f"{path}.event", f"{entry.event} starts and stops nothing. Use one of: {_KINDS}."
        elif entry.name and narrowed_by is None:
            yield f"{path}.name", f"{entry.event} cannot be narrowed. Leave it out."
        if entry.event is EventKind.DATE_REACHED and not entry.name:
            yield f"{path}.name", "Name the date field."
        if entry.days and entry.event is not EventKind.DATE_REACHED:
            yield f"{path}.days", "Only date_reached takes days."


def _in_a_flow(rule: StopWhen) -> Iterator[tuple[str, str]]:
    """Yield what only a step of a flow can have: stop actions run at once, all of them, and nothing follows."""
    for index, action in enumerate(rule.actions):
        for name in ("delay", "next", "only_if", "on_skip", "on_failure"):
            if getattr(action, name) != _PLAIN[name]:
                yield f"actions[{index}].{name}", "A stop action runs at once and always. Leave it out."


_PLAIN = {field.name: field.default for field in fields(StepBase)}
_KINDS = ", ".join(kind for kind in EventKind if kind in STARTING)


def write_trigger(trigger: Trigger) -> dict[str, Any]:
    """Write the JSON form, without what has its default."""
    written: dict[str, Any] = _TRIGGER.dump_python(trigger, mode="json", exclude_defaults=True)
    return written


def write_stop_when(rule: StopWhen) -> dict[str, Any]:
    """Write the JSON form, without what has its default; the keys of actions are made anew when it is read."""
    written: dict[str, Any] = _STOP_WHEN.dump_python(rule, mode="json", exclude_defaults=True)
    for action, step in zip(written.get("actions", ()), rule.actions, strict=True):
        del action["key"]
        action["kind"] = step.kind
    return written
