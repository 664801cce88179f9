"""Sequences as programs of kind B read them: the published flow, nothing of the working copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from drumbeat.actions import access
from drumbeat.core.flow import Flow
from drumbeat.models import TAKES_PEOPLE, Member
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import flows, timelines


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A sequence and its published flow; None: nothing readable was published. `creator_id` is never missing."""

    row: SequenceRow
    creator_id: int
    flow: Flow | None = None
    bodies: Mapping[str, int] = field(default_factory=dict)


def find(member: Member, offset: int, limit: int) -> tuple[list[Published], int]:
    """Return a page of the sequences that one can enroll in, the oldest first, and how many there are."""
    access.require(member, "sequences.view")
    rows = access.visible_to(member, SequenceRow).filter(status__in=TAKES_PEOPLE)
    return _published(member, rows.order_by("id")[offset : offset + limit]), rows.count()


def read(member: Member, sequence_id: int) -> Published:
    """Return one sequence in any status; DomainError `not_found`."""
    access.require(member, "sequences.view")
    row = access.get(member, SequenceRow, sequence_id, "sequence")
    return _published(member, access.visible_to(member, SequenceRow).filter(id=row.pk))[0]


def _published(member: Member, rows: QuerySet[SequenceRow]) -> list[Published]:
    found: Sequence[SequenceRow] = list(rows)
    version_ids = {row.current_version_id for row in found if row.current_version_id is not None}
    broken: dict[int, Exception] = {}
    loaded = flows.load_flows(version_ids, broken)
    bodies = timelines.load_bodies(version_ids)
    owner = owner_id(member)
    return [
        Published(
            row=row,
            creator_id=row.owner_id or owner,
            flow=known.flow if (known := loaded.get(row.current_version_id or 0)) else None,
            bodies=bodies.get(row.current_version_id or 0, {}),
        )
        for row in found
    ]


def owner_id(member: Member) -> int:
    """Return the owner of the member's workspace; the member where there is none."""
    owner = Member.objects.filter(workspace_id=member.workspace_id, is_owner=True)
    return owner.values_list("id", flat=True).first() or member.pk
