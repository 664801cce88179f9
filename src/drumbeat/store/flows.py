"""Versions as flows: bodies shared by hash, flows cached by version id (a version never changes)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import DatabaseError

from drumbeat.core.advance import read_by
from drumbeat.core.conditions import Group, fields_read
from drumbeat.core.document import checksum, join_contents, read_document, split_contents, write_document
from drumbeat.core.flow import ConditionStep, Flow, WaitForStep
from drumbeat.core.triggers import StopWhen
from drumbeat.models import Content, Member, Sequence, SequenceVersion
from drumbeat.store import sql


@dataclass(frozen=True, slots=True)
class LoadedFlow:
    """A flow, and what must be loaded for it: the facts that its conditions read, the values that its texts merge."""

    flow: Flow
    reads: frozenset[str]
    merges_custom: bool
    waits_for_events: bool = False


LoadedFlows = Mapping[int, LoadedFlow]


def save_version(sequence: Sequence, flow: Flow, member: Member | None, now: datetime) -> SequenceVersion:
    """Freeze `flow` as the next version of the sequence and make it current. The caller holds the sequence's lock."""
    slim, bodies = split_contents(write_document(flow))
    rows = [(sequence.workspace_id, hash_, body) for hash_, body in sorted(bodies.items())]
    sql.insert(Content, ("workspace_id", "hash", "body"), rows, "ON CONFLICT DO NOTHING")
    last = SequenceVersion.objects.filter(sequence=sequence).order_by("-number").first()
    version = SequenceVersion.objects.create(
        workspace_id=sequence.workspace_id,
        sequence=sequence,
        number=last.number + 1 if last else 1,
        document=slim,
        checksum=checksum(flow),
        published_by=member,
        published_at=now,
    )
    Sequence.objects.filter(id=sequence.id).update(current_version=version, updated_at=now)
    sequence.current_version = version
    return version


@lru_cache(maxsize=2048)
def load_flow(version_id: int) -> LoadedFlow:
    """Return the flow of a version with its bodies."""
    version = SequenceVersion.objects.only("workspace_id", "document").get(id=version_id)
    hashes = _hashes(version.document)
    bodies = dict(
        Content.objects.filter(workspace_id=version.workspace_id, hash__in=hashes).values_list("hash", "body")
    )
    flow = read_document(join_contents(version.document, bodies))
    merges_custom = "custom" in json.dumps(list(bodies.values()))
    waits = any(isinstance(step, WaitForStep) for step in flow.steps.values())
    return LoadedFlow(flow, reads_of(flow), merges_custom, waits)


def flow_of(version_id: int) -> Flow:
    return load_flow(version_id).flow


def load_flows(version_ids: Iterable[int], broken: dict[int, Exception] | None = None) -> LoadedFlows:
    """Return the flows of a batch; after the first batch they come from memory.

    With `broken`, a version that cannot be read is put there with its fault, and the others are returned.
    """
    loaded: dict[int, LoadedFlow] = {}
    for version_id in set(version_ids):
        try:
            loaded[version_id] = load_flow(version_id)
        except DatabaseError:
            raise
        except Exception as fault:
            if broken is None:
                raise
            broken[version_id] = fault
    return loaded


def _hashes(document: Mapping[str, object]) -> list[str]:
    steps = document.get("steps")
    assert isinstance(steps, list)
    return [content for step in steps if isinstance(content := step.get("content"), str)]


def reads_of(flow: Flow, stop_rule: StopWhen | None = None) -> frozenset[str]:
    """Return the names of the facts that the conditions of a flow read, and those of its sequence's stop rule."""
    conditions: list[Group] = []
    for step in flow.steps.values():
        if step.only_if is not None:
            conditions.append(step.only_if)
        if isinstance(step, ConditionStep):
            conditions.extend(branch.condition for branch in step.branches)
    reads = frozenset[str]().union(*(fields_read(condition) for condition in conditions))
    return reads if stop_rule is None else reads | read_by(stop_rule)
