"""All that starts a sequence by itself, its trigger and its criteria, as one list of starts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from drumbeat.core.conditions import Condition
from drumbeat.core.document import write_condition
from drumbeat.core.pacing import stable_hash
from drumbeat.core.triggers.form import Becomes, Entry, Trigger
from drumbeat.core.triggers.listening import Key, heard_by, is_by_the_clock, listened

CRITERIA = -1
"""The place of the criteria of auto-enrollment among the starts."""


@dataclass(frozen=True, slots=True)
class Start:
    """One entry with its place in the trigger and what must hold besides."""

    place: int
    entry: Entry
    all: Condition | None = None


def starts_of(trigger: Trigger | None, criteria: Condition | None) -> tuple[Start, ...]:
    """Return the criteria first: who comes to fit them counts as enrolled by them."""
    first = () if criteria is None else (Start(CRITERIA, Becomes(becomes=criteria)),)
    entries = () if trigger is None else trigger.any
    all_of = None if trigger is None else trigger.all
    return (*first, *(Start(place, entry, all_of) for place, entry in enumerate(entries)))


def keys_of(starts: Iterable[Start]) -> frozenset[Key]:
    """Return what these listen to."""
    return frozenset[Key]().union(*(heard_by(start.entry) for start in starts))


def keys_of_stop(entries: Iterable[Entry], all_of: Condition | None) -> frozenset[Key]:
    """Return what a stop rule listens to: what it says of the moment may come about by its other half, too."""
    keys = frozenset[Key]().union(*(heard_by(entry) for entry in entries))
    states = any(isinstance(entry, Becomes) for entry in entries)
    return keys | listened(all_of) if states and all_of is not None else keys


def mark_of(condition: Condition) -> str:
    """Return the name under which is remembered for whom the condition was true: 16 hexadecimal digits."""
    return f"{stable_hash('condition', write_condition(condition)):016x}"


def waits_for_time(start: Start) -> bool:
    """Say whether time alone may bring the start about, its condition being one."""
    return isinstance(start.entry, Becomes) and is_by_the_clock(start.entry.becomes)
