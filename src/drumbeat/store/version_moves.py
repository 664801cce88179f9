"""Moves to another version that wait on enrollments: asked, loaded for a look, kept until they are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from drumbeat.core.advance import Entry
from drumbeat.core.facts import Facts, Move
from drumbeat.models import SequenceVersion, Touch, VersionMove
from drumbeat.store import sql
from drumbeat.store.enrollments import Locked
from drumbeat.store.flows import LoadedFlows


@dataclass(frozen=True, slots=True)
class Asked:
    """A move as it was asked, without the flow it leads to."""

    id: int
    version_id: int
    number: int
    steps: Mapping[str, str]


def load(ids: Iterable[int | None]) -> dict[int, Asked]:
    """Return the moves with these ids; no statement when there is none."""
    wanted = {id_ for id_ in ids if id_ is not None}
    if not wanted:
        return {}
    rows = VersionMove.objects.filter(id__in=wanted).values_list(
        "id", "version_id", "version__number", "steps"
    )
    return {row[0]: Asked(*row) for row in rows}


def hold(rows: Sequence[Locked]) -> dict[int, Asked]:
    """Return the moves that wait on locked rows, and lock what is not handed over of these.

    So no touch is handed over between the look that plans it anew and the cancelling of what was written before.
    """
    asked = load(row.value.move_id for row in rows)
    waiting = [row.value.id for row in rows if row.value.move_id in asked]
    if waiting:
        sql.lock(Touch.objects.filter(enrollment_id__in=waiting, handed_at=None, settled_at=None))
    return asked


def told(facts: Facts, move_id: int | None, asked: Mapping[int, Asked], loaded: LoadedFlows) -> Facts:
    """Add the move that waits, if its version can be read."""
    one = asked.get(move_id or 0)
    known = loaded.get(one.version_id) if one is not None else None
    if one is None or known is None:
        return facts
    move = Move(id=one.id, version_id=one.version_id, number=one.number, flow=known.flow, steps=one.steps)
    return replace(facts, move=move)


def origins(entries: Iterable[Entry], number: int) -> list[Entry]:
    """Let the line of a move tell which version was left: what stands before it was decided by that one's flow."""
    return [
        replace(entry, facts={"from": number, **entry.facts}) if entry.rule == "moved" else entry
        for entry in entries
    ]


def numbers(version_ids: Iterable[int]) -> dict[int, int]:
    """Return the numbers of these versions; no statement when there is none."""
    wanted = set(version_ids)
    return dict(SequenceVersion.objects.filter(id__in=wanted).values_list("id", "number")) if wanted else {}


def waits(number: int, row: Locked) -> Entry:
    """Return the journal's line of a move that was asked and waits for what is out."""
    value = row.value
    return Entry(rule="move_waits", step=value.step or "", visit=value.visit, facts={"version": number})


def write(
    workspace_id: int, version_id: int, steps: Mapping[str, str], member_id: int | None, now: datetime
) -> VersionMove:
    return VersionMove.objects.create(
        workspace_id=workspace_id,
        version_id=version_id,
        steps=dict(steps),
        asked_by_id=member_id,
        asked_at=now,
    )
