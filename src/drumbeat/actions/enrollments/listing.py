"""Enrollments as a list: by sequence, contact, state, reason, step, sender; and how many there are of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from drumbeat.actions import access
from drumbeat.actions.enrollments.showing import label
from drumbeat.core.flow import Flow, SendStep, TaskStep, ways_out
from drumbeat.models import Contact, Enrollment, Member
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import enrollment_lists, flows
from drumbeat.store.enrollment_lists import Counts, EnrollmentQuery

MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One enrollment in a list; `label` is the one word that people see."""

    id: int
    contact: str
    sequence_id: int
    sequence: str
    state: str
    reason: str
    label: str
    step: str | None
    next_step_at: datetime | None


def find(
    member: Member,
    *,
    state: str = "",
    reason: str = "",
    sequence_id: int | None = None,
    limit: int = MOST,
) -> tuple[Sequence[Listed], int]:
    """Return at most `limit` enrollments of the member's workspace that fit, and how many fit in all."""
    access.require(member, "enrollments.view")
    wanted = {"state": state, "reason": reason, "sequence_id": sequence_id}
    rows = access.visible_to(member, Enrollment).filter(**{name: v for name, v in wanted.items() if v})
    chosen = rows.select_related("contact", "sequence").order_by("-id")[:limit]
    return [_listed(row) for row in chosen], rows.count()


def _listed(row: Enrollment) -> Listed:
    return Listed(
        id=row.pk,
        contact=row.contact.email or row.contact.phone,
        sequence_id=row.sequence_id,
        sequence=row.sequence.name,
        state=row.state,
        reason=row.reason,
        label=label(row.state, row.reason),
        step=row.step,
        next_step_at=row.next_step_at,
    )


def rows_of(member: Member, asked: EnrollmentQuery) -> QuerySet[Enrollment]:
    """Return the member's enrollments that fit, unordered. DomainError `not_found` for a sequence of others."""
    access.require(member, "enrollments.view")
    if asked.sequence_id is not None:
        access.get(member, SequenceRow, asked.sequence_id, "sequence")
    contacts = access.visible_to(member, Contact)
    return enrollment_lists.matching(
        access.visible_to(member, Enrollment), asked, contacts, member.workspace_id
    )


def counts_of(member: Member, sequence_id: int) -> Counts:
    """Count the member's enrollments of a sequence by state, step and sender."""
    return enrollment_lists.counts(rows_of(member, EnrollmentQuery(sequence_id=sequence_id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How many are meant, and how many messages and tasks still lie ahead of them."""

    enrollments: int
    steps_ahead: int


def reach_of(member: Member, asked: EnrollmentQuery, ids: Sequence[int] | None = None) -> Reach:
    """Say what a stop would leave out: of `ids`, or of all that fit."""
    rows = rows_of(member, asked)
    if ids is not None:
        rows = rows.filter(id__in=ids)
    groups = enrollment_lists.steps_at_hand(rows)
    loaded = flows.load_flows({version_id for version_id, _, _ in groups}, {})
    ahead = sum(
        count * len(steps_ahead(loaded[version_id].flow, step))
        for version_id, step, count in groups
        if version_id in loaded
    )
    return Reach(enrollments=sum(count for _, _, count in groups), steps_ahead=ahead)


def steps_ahead(flow: Flow, step: str | None) -> list[str]:
    """Return the steps, from this one on, that may still reach somebody, in flow order."""
    ahead: set[str] = set()
    waiting = [step] if step in flow.steps else []
    while waiting:
        key = waiting.pop()
        if key is not None and key not in ahead:
            ahead.add(key)
            waiting += [target for target in ways_out(flow.steps[key]) if target]
    return [key for key, one in flow.steps.items() if key in ahead and isinstance(one, SendStep | TaskStep)]
