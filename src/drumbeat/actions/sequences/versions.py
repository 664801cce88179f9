"""Versions of a sequence: listed, read, compared with each other or the working copy, restored into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from drumbeat.actions import access
from drumbeat.actions.sequences import draft_flow, editable, record, write_draft
from drumbeat.core.difference import StepChange
from drumbeat.core.difference import compare as compare_flows
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Flow
from drumbeat.models import Enrollment, Member, SequenceVersion
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import flows

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """A version, with how many unfinished enrollments run through it and whether new ones get it.

    `movable`: how many run through other versions, and could move to it.
    """

    version: SequenceVersion
    flow: Flow
    people: int
    movable: int
    current: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    changes: Sequence[StepChange]
    equal: bool


def find(member: Member, sequence_id: int) -> QuerySet[SequenceVersion]:
    """Return the versions of a sequence, without their documents."""
    access.require(member, "sequences.view")
    sequence = access.get(member, SequenceRow, sequence_id, "sequence")
    return (
        SequenceVersion.objects.filter(sequence=sequence)
        .select_related("published_by", "sequence")
        .defer("document")
    )


def seen(versions: Sequence[SequenceVersion]) -> list[VersionSeen]:
    """Return the versions of one sequence with their numbers, in two queries and what flows are not cached."""
    ids = [version.pk for version in versions]
    unfinished = Enrollment.objects.filter(
        ~Q(state=EnrollmentState.FINISHED), sequence_id__in={version.sequence_id for version in versions}
    )
    people = dict(unfinished.order_by().values_list("version_id").annotate(n=Count("id")))
    everybody = sum(people.values())
    loaded = flows.load_flows(ids)
    return [
        VersionSeen(
            version,
            loaded[version.pk].flow,
            people.get(version.pk, 0),
            everybody - people.get(version.pk, 0),
            version.sequence.current_version_id == version.pk,
        )
        for version in versions
    ]


def one(member: Member, sequence_id: int, number: int) -> VersionSeen:
    return seen([_version(member, sequence_id, number)])[0]


def _version(member: Member, sequence_id: int, number: int) -> SequenceVersion:
    return access.first(find(member, sequence_id).filter(number=number), "version", number)


def flow_of(member: Member, sequence_id: int, side: str) -> Flow:
    """Return the flow of a version by its number, or of the working copy (`draft`)."""
    if side == DRAFT:
        access.require(member, "sequences.view")
        return draft_flow(access.get(member, SequenceRow, sequence_id, "sequence"))
    if not side.isdecimal():
        raise DomainError(
            "version_invalid", f"Name a version by its number, or {DRAFT}; {side!r} is neither."
        )
    return flows.flow_of(_version(member, sequence_id, int(side)).pk)


def compare(member: Member, sequence_id: int, before: str, after: str) -> Comparison:
    """Say what is different between two versions, or a version and the working copy (`draft`)."""
    old, new = flow_of(member, sequence_id, before), flow_of(member, sequence_id, after)
    return Comparison(compare_flows(old, new), old == new)


def restore(member: Member, sequence_id: int, number: int, now: datetime, *, revision: int) -> int:
    """Make the flow of a version the working copy of that `revision`; return the new revision."""
    access.require(member, "sequences.edit")
    sequence = editable(member, sequence_id)
    flow = flows.flow_of(_version(member, sequence_id, number).pk)
    with transaction.atomic():
        new = write_draft(member, sequence, flow, now, revision=revision)
        record(member, "sequences.restore", sequence, now, after={"version": number})
    return new
