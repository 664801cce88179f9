"""From a Flow to its one canonical document: the same flow, the same text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from drumbeat.core.conditions import Condition
from drumbeat.core.document.form import CONDITION, FORMAT, STEP, ConditionDocument, slots
from drumbeat.core.document.plain import LARGEST_NUMBER
from drumbeat.core.flow import Flow, Step

_FIRST = ("key", "kind", "name", "delay", "next")


def write_document(flow: Flow) -> dict[str, Any]:
    """Write the canonical document: every way out is written, what else has its default is left away."""
    return {
        "format": FORMAT,
        "start": flow.start,
        "steps": [_write_step(step) for step in flow.steps.values()],
    }


def write_condition(condition: Condition) -> dict[str, Any]:
    dumped = CONDITION.dump_python(ConditionDocument(condition=condition), mode="json", exclude_defaults=True)
    written: dict[str, Any] = _settle(dumped)["condition"]
    return written


def checksum(flow: Flow) -> str:
    """Return the SHA-256 of what the flow says, as 64 hexadecimal digits."""
    return hash_of(write_document(flow))


def hash_of(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _write_step(step: Step) -> dict[str, Any]:
    dumped = STEP.dump_python(step, mode="json", exclude_defaults=True)
    written: dict[str, Any] = {"key": step.key, "kind": step.kind, "delay": str(step.delay)} | _settle(dumped)
    for _, holder, name in slots(written):
        holder.setdefault(name, None)
    return {key: written[key] for key in (*_FIRST, *written) if key in written}


def _settle(value: Any) -> Any:
    """Write whole numbers as integers, as a browser does: 5.0 and 5 are one value and get one text."""
    if isinstance(value, Mapping):
        return {key: _settle(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_settle(each) for each in value]
    if isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST_NUMBER:
        return int(value)
    return value
