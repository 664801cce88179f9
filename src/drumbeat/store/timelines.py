"""Timelines of many enrollments, and the bodies that their steps send, in a fixed number of queries."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from drumbeat.core.advance import CHOICES
from drumbeat.core.facts import Facts
from drumbeat.core.flow import Flow
from drumbeat.core.timeline import TimelineItem, TouchRecord, record_of, timeline
from drumbeat.core.touch import TouchKind, TouchStatus
from drumbeat.models import Content, JournalEntry, SequenceVersion, Touch, Workspace
from drumbeat.store import enrollments, facts, flows
from drumbeat.store.enrollments import Locked

log = logging.getLogger(__name__)

Records = dict[int, list[TouchRecord]]
_RULES = ("planned", "asked", "settled", "failed", "skipped", "acted", "finished", *sorted(CHOICES))


@dataclass(frozen=True, slots=True)
class Timeline:
    """What one enrollment did and would do. `flow` is None where its version cannot be read."""

    flow: Flow | None = None
    items: Sequence[TimelineItem] = ()


def load_timelines(enrollment_ids: Collection[int], now: datetime) -> dict[int, Timeline]:
    """Return the timeline of each enrollment; one that cannot be told is empty, and the log says why.

    A version that this process has not read before costs its own queries once.
    """
    broken: dict[int, Exception] = {}
    rows = enrollments.read(list(enrollment_ids))
    loaded = flows.load_flows((row.version_id for row in rows), broken)
    for version_id, fault in broken.items():
        log.error("version %s cannot be read", version_id, exc_info=fault)
    readable = [row for row in rows if row.version_id in loaded]
    batch = facts.load_facts(readable, loaded, now)
    records = _records(readable)
    late = _overdue_after({row.workspace_id for row in readable})
    told = {row.value.id: Timeline() for row in rows}
    for row in readable:
        flow, known = loaded[row.version_id].flow, batch.facts[row.value.id]
        done = records.get(row.value.id, [])
        told[row.value.id] = Timeline(flow, _items(row, flow, known, done, late[row.workspace_id], now))
    return told


def _items(
    row: Locked, flow: Flow, known: Facts, done: Sequence[TouchRecord], late: timedelta, now: datetime
) -> Sequence[TimelineItem]:
    try:
        return timeline(row.value, flow, known, done, now, overdue_after=late)
    except Exception as fault:
        log.error("the timeline of enrollment %s cannot be told", row.value.id, exc_info=fault)
        return ()


def _records(rows: Sequence[Locked]) -> Records:
    """Return the journal's records, then the touches', each in its order, by enrollment."""
    found: Records = {}
    ids, pasts = [row.value.id for row in rows], _pasts(rows)
    journal = JournalEntry.objects.filter(enrollment_id__in=ids, rule__in=_RULES).order_by("id")
    for line, id_, rule, step, visit, reason, at in journal.values_list(
        "id", "enrollment_id", "rule", "step", "visit", "reason", "at"
    ):
        record = record_of(rule, step, visit, reason, at)
        if record is not None:
            then = next((flow for moved_at, flow in pasts.get(id_, ()) if line < moved_at), None)
            found.setdefault(id_, []).append(replace(record, flow=then))
    touches = Touch.objects.filter(enrollment_id__in=ids).select_related("task").order_by("id")
    for touch in touches:
        if touch.enrollment_id is not None and touch.step:
            found.setdefault(touch.enrollment_id, []).append(_of_touch(touch))
    return found


def _pasts(rows: Sequence[Locked]) -> dict[int, list[tuple[int, Flow | None]]]:
    """Return for whoever was moved the line of each move and the flow that decided what stands before it."""
    sequences = {row.value.id: row.sequence_id for row in rows}
    lines = JournalEntry.objects.filter(enrollment_id__in=sequences, rule="moved").order_by("id")
    moved = [
        (id_, line, (sequences[id_], told.get("from", 0)))
        for id_, line, told in lines.values_list("enrollment_id", "id", "facts")
    ]
    if not moved:
        return {}
    versions = SequenceVersion.objects.filter(
        sequence_id__in={sequence_id for _, _, (sequence_id, _) in moved},
        number__in={number for _, _, (_, number) in moved},
    )
    ids = {
        (sequence_id, n): id_ for id_, sequence_id, n in versions.values_list("id", "sequence_id", "number")
    }
    loaded = flows.load_flows(ids.values(), {})
    found: dict[int, list[tuple[int, Flow | None]]] = {}
    for id_, line, left in moved:
        known = loaded.get(ids.get(left, 0))
        found.setdefault(id_, []).append((line, known.flow if known is not None else None))
    return found


def _of_touch(touch: Touch) -> TouchRecord:
    task = touch.task if touch.kind == TouchKind.TASK and hasattr(touch, "task") else None
    return TouchRecord(
        step=touch.step,
        visit=touch.visit,
        status=TouchStatus(touch.status),
        due_at=touch.due_at,
        kind=touch.kind,
        reason=touch.reason,
        hold_reason=touch.hold_reason,
        not_before=touch.not_before,
        settled_at=touch.settled_at,
        task_id=task.pk if task else None,
        task_title=task.title if task else "",
        task_text=task.text if task else "",
        task_due_at=task.due_at if task else None,
    )


def _overdue_after(workspace_ids: Iterable[int]) -> dict[int, timedelta]:
    rows = Workspace.objects.filter(id__in=workspace_ids).values_list("id", "overdue_minutes")
    return {id_: timedelta(minutes=minutes) for id_, minutes in rows}


def load_bodies(version_ids: Collection[int]) -> dict[int, Mapping[str, int]]:
    """Return the id of the body that each step of the versions sends, by version and step key.

    Steps that say the same share a body; a body never changes.
    """
    rows = SequenceVersion.objects.filter(id__in=version_ids).values_list("id", "workspace_id", "document")
    hashes = {
        (version_id, step["key"]): (workspace_id, step["content"])
        for version_id, workspace_id, document in rows
        for step in document["steps"]
        if isinstance(step.get("content"), str)
    }
    bodies = Content.objects.filter(
        workspace_id__in={workspace_id for workspace_id, _ in hashes.values()},
        hash__in={hash_ for _, hash_ in hashes.values()},
    )
    ids = {
        (workspace_id, hash_): id_
        for id_, workspace_id, hash_ in bodies.values_list("id", "workspace_id", "hash")
    }
    found: dict[int, dict[str, int]] = {version_id: {} for version_id in version_ids}
    for (version_id, key), body in hashes.items():
        if body in ids:
            found[version_id][key] = ids[body]
    return dict(found)
