"""Who must be asked when something happens: listeners, written with a sequence's rules and read by event.

A look-up costs by who listens to what happened, not by how many sequences there are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from drumbeat.core.conditions import Condition
from drumbeat.core.document import read_condition
from drumbeat.core.triggers import StopWhen, read_stop_when, read_trigger
from drumbeat.core.triggers.listening import CLOCK, Key
from drumbeat.core.triggers.starts import Start, keys_of, keys_of_stop, starts_of
from drumbeat.models import TAKES_PEOPLE, Listener
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import sql
from drumbeat.store.readings import Reading

START, STOP = "start", "stop"
_COLUMNS = ("workspace_id", "sequence_id", "purpose", "kind", "name")


@dataclass(frozen=True, slots=True)
class Rules:
    """What starts and what stops one sequence."""

    starts: tuple[Start, ...] = ()
    stop: StopWhen | None = None


@lru_cache(maxsize=1 << 12)
def _rules(trigger: str, criteria: str, stop_when: str) -> Rules:
    return Rules(
        starts_of(read_trigger(json.loads(trigger)) if trigger else None, _condition(criteria)),
        read_stop_when(json.loads(stop_when)) if stop_when else None,
    )


def _condition(text: str) -> Condition | None:
    return read_condition(json.loads(text)) if text else None


def rules_in(settings: Mapping[str, Any]) -> Rules:
    """Return the rules that these settings say; criteria count while `auto_enroll` is on."""
    criteria = settings["enrollment_criteria"] if settings["auto_enroll"] else None
    return _rules(*(_text(each) for each in (settings["triggers"], criteria, settings["stop_when"])))


def _text(document: object) -> str:
    return "" if document is None else json.dumps(document, sort_keys=True)


_SETTINGS = ("id", "triggers", "auto_enroll", "enrollment_criteria", "stop_when")


def rules_of(sequence: SequenceRow) -> Rules:
    """Return the rules of a sequence, whatever its status."""
    return rules_in({name: getattr(sequence, name) for name in _SETTINGS})


def load_rules(sequence_ids: Iterable[int]) -> dict[int, Rules]:
    """Return the rules of the sequences, by id."""
    rows = (dict(zip(_SETTINGS, row, strict=True)) for row in _RULES.fetch(sequence_ids))
    return {row["id"]: rules_in(row) for row in rows}


_RULES = Reading(lambda ids: SequenceRow.objects.filter(sql.among("id", ids)).values_list(*_SETTINGS))


def renew(sequence: SequenceRow) -> None:
    """Write what the sequence listens to, after its rules or its status changed. The caller holds its lock."""
    wanted: set[tuple[str, Key]] = set()
    if sequence.status in TAKES_PEOPLE:
        rules = rules_of(sequence)
        wanted |= {(START, key) for key in keys_of(rules.starts)}
        if rules.stop is not None:
            wanted |= {(STOP, key) for key in keys_of_stop(rules.stop.any, rules.stop.all)}
    Listener.objects.filter(sequence=sequence).delete()
    rows = [
        (sequence.workspace_id, sequence.pk, purpose, kind, name) for purpose, (kind, name) in sorted(wanted)
    ]
    sql.insert(Listener, _COLUMNS, rows)


@dataclass(frozen=True, slots=True)
class Listening:
    """A sequence that must be asked, and what for."""

    sequence_id: int
    purpose: str


def who_hears(workspace_id: int, keys: Iterable[Key]) -> dict[Key, list[Listening]]:
    """Return who listens to each of the keys."""
    wanted = set(keys)
    found: dict[Key, list[Listening]] = {}
    rows = _HEARING.fetch([workspace_id], {kind for kind, _ in wanted}, {name for _, name in wanted})
    for kind, name, sequence_id, purpose in rows:
        if (kind, name) in wanted:
            found.setdefault((kind, name), []).append(Listening(sequence_id, purpose))
    return found


_HEARING = Reading(
    lambda workspaces, kinds, names: Listener.objects.filter(
        sql.among("workspace_id", workspaces), sql.among("kind", kinds), sql.among("name", names)
    ).values_list("kind", "name", "sequence_id", "purpose")
)


def by_the_clock() -> list[int]:
    """Return the sequences that listen to the clock, in id order."""
    rows = Listener.objects.filter(kind=CLOCK).order_by("sequence_id")
    return list(rows.values_list("sequence_id", flat=True).distinct())
