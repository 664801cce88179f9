"""Whether an event meets an entry, and whether a condition has just turned true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from drumbeat.core.conditions import fold
from drumbeat.core.facts import EventKind
from drumbeat.core.triggers.form import Happening
from drumbeat.core.triggers.listening import name_in

MOST_STARTS_A_DAY = 5
"""How often a trigger starts one contact in one sequence within 24 hours; more is a loop through the outside."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as a trigger sees it. `sequence`: name of the sequence that its enrollment ran through, "" for none."""

    kind: str
    payload: Mapping[str, Any]
    sequence: str = ""


def meets(entry: Happening, event: Happened) -> bool:
    """Say whether the event is what the entry waits for. Names are compared folded."""
    if event.kind != entry.event:
        return False
    if entry.event is EventKind.DATE_REACHED and event.payload.get("days", 0) != entry.days:
        return False
    if not entry.name:
        return True
    wanted = fold(entry.name.removeprefix("contact."))
    if entry.event is EventKind.SEQUENCE_FINISHED:
        return wanted == fold(event.sequence)
    return wanted == name_in(event.kind, event.payload).removeprefix("contact.")
