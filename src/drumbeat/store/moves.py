"""Looks at locked enrollments and writes what they decide: the one way an enrollment changes in the database.

Planner and people's verbs come through here, so both write the same journal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from drumbeat.core.advance import Effect, Entry, Look, look
from drumbeat.core.enrollment import Enrollment
from drumbeat.core.facts import Verb
from drumbeat.models import Enrollment as EnrollmentRow
from drumbeat.store import effects, enrollments, facts, flows, version_moves
from drumbeat.store.enrollments import Locked

OnFault = Callable[[Locked, Exception], None]


@dataclass(frozen=True, slots=True)
class Moved:
    """A row and the look that was taken at it. `left`: the version that it was in before."""

    row: Locked
    look: Look
    left: int


def move(
    enrollment_ids: Sequence[int], now: datetime, verb: Verb | None = None, member_id: int | None = None
) -> dict[int, Enrollment]:
    """Lock the enrollments, apply `verb`, let them advance, and return how those stand that had not ended.

    Runs in the caller's transaction, so that the answer shows the new state.
    """
    rows = enrollments.lock_rows(enrollment_ids)
    moved = move_locked(rows, now, verb)
    finished = [m.row.value.id for m in moved if m.look.enrollment.is_finished]
    if verb is not None and member_id is not None and finished:
        EnrollmentRow.objects.filter(id__in=finished).update(finished_by_id=member_id)
    return {m.row.value.id: m.look.enrollment for m in moved}


def ask_over(enrollment_ids: Sequence[int], move_id: int, number: int, now: datetime) -> list[Moved]:
    """Ask the enrollments to go on in another version, the last request wins, and let them advance.

    What is out holds the move until it has settled; the journal says so.
    """
    rows = [
        replace(row, value=replace(row.value, move_id=move_id))
        for row in enrollments.lock_rows(enrollment_ids)
    ]
    moved = move_locked(rows, now)
    waiting = [
        m.row for m in moved if m.look.enrollment.move_id is not None and not m.look.enrollment.is_finished
    ]
    enrollments.append_journal(((row, version_moves.waits(number, row)) for row in waiting), now)
    return moved


def move_locked(
    rows: Sequence[Locked], now: datetime, verb: Verb | None = None, on_fault: OnFault | None = None
) -> list[Moved]:
    """Look at each locked row and save all in a fixed number of statements.

    `advance` is pure, so a fault in it leaves nothing half done: with `on_fault` that row is left to it and the
    others go on. Who has ended, perhaps while its lock was waited for, is left alone.
    """
    rows = [row for row in rows if not row.value.is_finished]
    broken: dict[int, Exception] | None = None if on_fault is None else {}
    asked = version_moves.hold(rows)
    versions = {row.version_id for row in rows} | {move.version_id for move in asked.values()}
    loaded = flows.load_flows(versions, broken)
    for row in rows:
        if on_fault is not None and broken and row.version_id in broken:
            on_fault(row, broken[row.version_id])
    rows = [row for row in rows if row.version_id in loaded]
    batch = facts.load_facts(rows, loaded, now)
    moved: list[Moved] = []
    for row in rows:
        try:
            known = version_moves.told(batch.facts[row.value.id], row.value.move_id, asked, loaded)
            taken = look(row.value, loaded[row.version_id].flow, known, now, verb)
        except Exception as fault:
            if on_fault is None:
                raise
            on_fault(row, fault)
            continue
        moved.append(Moved(_in_its_version(row, taken), taken, row.version_id))
    _save(moved, batch, loaded, now)
    return moved


def _in_its_version(row: Locked, taken: Look) -> Locked:
    """Let effects be carried out by the flow that decided them."""
    if not taken.changed_version:
        return row
    return replace(row, value=replace(row.value, version_id=taken.enrollment.version_id))


def _told(moved: Moved, numbers: Mapping[int, int]) -> Sequence[Entry]:
    if not moved.look.changed_version:
        return moved.look.entries
    return version_moves.origins(moved.look.entries, numbers[moved.left])


def _save(moved: Sequence[Moved], batch: facts.Batch, loaded: flows.LoadedFlows, now: datetime) -> None:
    changed = [m.look.enrollment for m in moved]
    numbers = version_moves.numbers(m.left for m in moved if m.look.changed_version)
    entries: list[tuple[Locked, Entry]] = [(m.row, entry) for m in moved for entry in _told(m, numbers)]
    wanted: list[tuple[Locked, Effect]] = [(m.row, effect) for m in moved for effect in m.look.effects]
    enrollments.save(changed, now)
    effects.settle_touches([(m.row, m.look.fate, m.look.enrollment) for m in moved], batch, now)
    effects.carry_out(wanted, batch, loaded, now)
    effects.tell_finished([m.row for m in moved if m.look.enrollment.is_finished], now)
    enrollments.append_journal(entries, now)
