"""Questions and edits on whole flows."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from drumbeat.core.delay import Delay
from drumbeat.core.flow import Flow, Step, ways_out


def linear(flow: Flow) -> list[str] | None:
    """Return the keys in order if the flow is a line: one way out of each step, none left over. Else None."""
    keys: list[str] = []
    seen: set[str] = set()
    key = flow.start
    while key is not None:
        step = flow.steps.get(key)
        if key in seen or step is None or any(way != step.next for way in ways_out(step)):
            return None
        keys.append(key)
        seen.add(key)
        key = next(ways_out(step), None)
    return keys if len(keys) == len(flow.steps) else None


def with_delays(flow: Flow, delay: Delay) -> Flow:
    """Replace every delay and time limit by `delay`, for trying out; what is due at once stays so."""
    return Flow(flow.start, {key: _with_delays(step, delay) for key, step in flow.steps.items()})


def _with_delays(step: Step, delay: Delay) -> Step:
    values = {field.name: getattr(step, field.name) for field in fields(step)}
    waits: dict[str, Any] = {
        name: delay for name, value in values.items() if isinstance(value, Delay) and value.value
    }
    return replace(step, **waits)
