"""Unfinished enrollments of a sequence moved to a version of it: foreseen, asked for, carried out as a job.

What a move does is decided by `core.advance.moving`; here it is only counted, asked and told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet

from drumbeat.actions import access, audit
from drumbeat.core.advance.moving import Course, foresee
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import Move
from drumbeat.core.flow import Flow
from drumbeat.core.touch import TouchKind, TouchStatus
from drumbeat.models import Enrollment, Job, Member, SequenceStatus, SequenceVersion, Touch
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import enrollments, facts, flows, jobs, moves, version_moves
from drumbeat.store.contacts import in_ids
from drumbeat.store.jobs import Progress

KIND = "move_to_version"
CHUNK = 200
WAITS, FINISHED, MOVED = "waits", "finished", "moved"
_OUT = Q(handed_at__isnull=False) | Q(kind=TouchKind.TASK) | Q(status=TouchStatus.IN_APPROVAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Those who stand at one step of one version. `to` None: the version has no such step and they stay.

    `out`: of them, whose message, task or draft is out, so that they move when it has settled. `behind`: of them, who
    were at `to` already and therefore stay.
    """

    version: int
    step: str
    name: str
    kind: str
    people: int
    out: int = 0
    behind: int = 0
    to: str | None = None
    mapped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a move to `version` would do with how many: at once, when what is out has settled, not at all."""

    version: int
    people: int
    at_once: int
    when_settled: int
    stay: int
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One enrollment as it stands, and as it would stand after the move."""

    row: Enrollment
    version: int
    course: Course
    to: str | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A version to move to, with the steps for those who stand where it has none."""

    sequence: SequenceRow
    version: SequenceVersion
    flow: Flow
    steps: Mapping[str, str]

    def as_move(self) -> Move:
        return Move(
            id=0, version_id=self.version.pk, number=self.version.number, flow=self.flow, steps=self.steps
        )


def target_of(
    member: Member, sequence_id: int, number: int | None, steps: Mapping[str, str] | None = None
) -> Target:
    """Return where to; without a number the current version. DomainError `not_found`, `mapping_invalid`."""
    access.require(member, "enrollments.view")
    sequence = access.get(member, SequenceRow, sequence_id, "sequence")
    versions = SequenceVersion.objects.filter(sequence=sequence)
    wanted = (
        versions.filter(pk=sequence.current_version_id or 0)
        if number is None
        else versions.filter(number=number)
    )
    version = access.first(wanted, "version", "published yet" if number is None else number)
    flow = flows.flow_of(version.pk)
    faults = dict(_faults(flow, version.number, steps or {}))
    if faults:
        first = next(iter(faults.items()))
        raise DomainError("mapping_invalid", f"{first[0]}: {first[1]}", faults)
    return Target(sequence=sequence, version=version, flow=flow, steps=dict(steps or {}))


def _faults(flow: Flow, number: int, steps: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    faults = []
    for old, new in steps.items():
        if old in flow.steps:
            faults.append((old, f"Version {number} has this step still; who stands there stays at it."))
        elif new not in flow.steps:
            faults.append((old, f"Version {number} has no step {new!r}."))
    return faults


def rows_of(member: Member, target: Target, ids: Sequence[int] | None = None) -> QuerySet[Enrollment]:
    """Return the member's unfinished enrollments of the sequence that run through another version."""
    rows = access.visible_to(member, Enrollment).filter(UNFINISHED, sequence=target.sequence)
    rows = rows.exclude(version=target.version)
    return rows if ids is None else rows.filter(id__in=in_ids(list(ids)))


def movable(sequence_id: int, version_id: int) -> int:
    """Return how many unfinished enrollments of the sequence run through other versions than this."""
    return (
        Enrollment.objects.filter(UNFINISHED, sequence_id=sequence_id).exclude(version_id=version_id).count()
    )


def preview(member: Member, target: Target) -> Preview:
    """Count by step what a move would do now, in a few statements whatever the number of people."""
    rows = rows_of(member, target)
    groups = list(
        rows.order_by("version__number", "step")
        .values_list("version_id", "version__number", "step")
        .annotate(n=Count("id"))
    )
    out = _out(rows)
    old = flows.load_flows({version_id for version_id, *_ in groups}, {})
    parts = [
        _part(
            rows,
            target,
            old[version_id].flow if version_id in old else None,
            version_id,
            number,
            step,
            n,
            out,
        )
        for version_id, number, step, n in groups
    ]
    settled = sum(part.out for part in parts)
    stay = sum(part.people - part.out if part.to is None else part.behind for part in parts)
    people = sum(part.people for part in parts)
    return Preview(
        version=target.version.number,
        people=people,
        at_once=people - settled - stay,
        when_settled=settled,
        stay=stay,
        parts=parts,
    )


def _out(rows: QuerySet[Enrollment]) -> Counter[tuple[int, str]]:
    """Count by version and step whose touch of the step at hand is out."""
    touches = Touch.objects.filter(_OUT, enrollment__in=rows, settled_at=None, step=F("enrollment__step"))
    counted = touches.order_by().values_list("enrollment__version_id", "step")
    return Counter(
        {
            (version_id, step): n
            for version_id, step, n in counted.annotate(n=Count("enrollment_id", distinct=True))
            if version_id is not None
        }
    )


def _part(
    rows: QuerySet[Enrollment],
    target: Target,
    flow: Flow | None,
    version_id: int,
    number: int,
    step: str | None,
    people: int,
    out: Counter[tuple[int, str]],
) -> Part:
    key = step or ""
    here = flow.steps.get(key) if flow is not None else None
    to = key if key in target.flow.steps else target.steps.get(key)
    mapped = to is not None and to != key
    waiting = out[version_id, key]
    behind = 0
    if mapped:
        group = rows.filter(version_id=version_id, step=step, visits__has_key=to)
        behind = min(group.count(), people - waiting)
    return Part(
        version=number,
        step=key,
        name=here.name if here is not None else "",
        kind=here.kind if here is not None else "",
        people=people,
        out=waiting,
        behind=behind,
        to=to,
        mapped=mapped,
    )


def foreseen(target: Target, shown: Sequence[Enrollment], now: datetime) -> list[Person]:
    """Say for each of a page of enrollments what the move would do, with the new due time."""
    read = {row.value.id: row for row in enrollments.read([row.pk for row in shown])}
    loaded = flows.load_flows({row.version_id for row in read.values()} | {target.version.pk}, {})
    known = [row for row in read.values() if row.version_id in loaded]
    batch = facts.load_facts(known, loaded, now)
    numbers = dict(
        SequenceVersion.objects.filter(id__in={row.version_id for row in known}).values_list("id", "number")
    )
    move = target.as_move()
    found = []
    for one in shown:
        row = read.get(one.pk)
        if row is None or row.version_id not in loaded:
            continue
        told = foresee(row.value, loaded[row.version_id].flow, batch.facts[one.pk], move, now)
        found.append(
            Person(
                row=one, version=numbers[row.version_id], course=told.course, to=told.step, due_at=told.due_at
            )
        )
    return found


def start(
    member: Member, target: Target, now: datetime, *, ids: Sequence[int] | None = None
) -> tuple[int, int]:
    """Begin to move all that are unfinished now, or those of `ids`; return the job and how many are meant."""
    access.require(member, "enrollments.edit")
    if target.sequence.status == SequenceStatus.ARCHIVED:
        raise DomainError(
            "sequence_archived", "This sequence is archived: its enrollments end, they do not move."
        )
    rows = rows_of(member, target, ids)
    with transaction.atomic():
        row = version_moves.write(member.workspace_id, target.version.pk, target.steps, member.pk, now)
        audit.record(
            member,
            "enrollments.move",
            now,
            object_kind="sequence",
            object_id=target.sequence.pk,
            name=target.sequence.name,
            after={"version": target.version.number, "steps": dict(target.steps)},
        )
        total = rows.count()
        arguments = {
            **access.who_asks(member),
            "move_id": row.pk,
            "until": rows.aggregate(last=Max("id"))["last"] or 0,
            "ids": list(ids) if ids is not None else None,
        }
        return jobs.enqueue(KIND, arguments, now, workspace_id=member.workspace_id, total=total), total


def chunk(job: Job, now: datetime) -> Progress:
    """Ask the next ones to go over, as the member who asked."""
    member = access.who_asked(job)
    asked = version_moves.load([job.arguments["move_id"]])[job.arguments["move_id"]]
    version = SequenceVersion.objects.select_related("sequence").get(id=asked.version_id)
    target = Target(
        sequence=version.sequence, version=version, flow=flows.flow_of(version.pk), steps=asked.steps
    )
    with transaction.atomic():
        rows = rows_of(member, target, job.arguments["ids"])
        rows = rows.filter(id__gt=job.cursor.get("id", 0), id__lte=job.arguments["until"])
        ids = list(rows.order_by("id").values_list("id", flat=True)[:CHUNK])
        counted = Counter(job.result) + Counter(
            _answer(one) for one in moves.ask_over(ids, asked.id, asked.number, now)
        )
        progress = Progress(
            done=job.done + len(ids),
            total=job.total,
            cursor={"id": ids[-1]} if ids else job.cursor,
            result=dict(counted),
            finished=len(ids) < CHUNK,
        )
        return jobs.save(job, progress, now)


def _answer(one: moves.Moved) -> str:
    if one.look.changed_version:
        return MOVED
    if one.look.enrollment.is_finished:
        return FINISHED
    if one.look.enrollment.move_id is not None:
        return WAITS
    return next((entry.reason for entry in one.look.entries if entry.rule == "move_dropped"), WAITS)


def cancel(member: Member, job_id: int, now: datetime) -> Job:
    """End a job that moves enrollments; what it has done stays done. One that has ended stays as it is."""
    access.require(member, "enrollments.edit")
    job = access.first(
        access.visible_to(member, Job).filter(pk=job_id, kind__in=(KIND, "move_enrollments")), "job", job_id
    )
    jobs.cancel(Job.objects.filter(pk=job.pk), now)
    job.refresh_from_db()
    return job
