"""Review before execution: who waits for a yes or no, of a sequence or of the workspace; many answered at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, QuerySet

from drumbeat.actions import access
from drumbeat.actions.enrollments import bulk
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.models import Contact, Enrollment, Member
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import enrollment_lists
from drumbeat.store.enrollment_lists import EnrollmentQuery


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait for review in a sequence."""

    sequence_id: int
    sequence: str
    people: int


def rows_of(member: Member, asked: EnrollmentQuery) -> QuerySet[Enrollment]:
    """Return who waits for review and fits, unordered. DomainError `not_found` for a sequence of others."""
    access.require(member, "reviews.view")
    if asked.sequence_id is not None:
        access.get(member, SequenceRow, asked.sequence_id, "sequence")
    return enrollment_lists.matching(
        access.visible_to(member, Enrollment),
        _in_review(asked),
        access.visible_to(member, Contact),
        member.workspace_id,
    )


def _in_review(asked: EnrollmentQuery) -> EnrollmentQuery:
    return replace(asked, state=EnrollmentState.PENDING_REVIEW.value, group=None, reason="")


def counts(member: Member) -> Sequence[Waiting]:
    """Return the sequences in which somebody waits, by name."""
    found = (
        rows_of(member, EnrollmentQuery())
        .order_by()
        .values_list("sequence_id", "sequence__name")
        .annotate(n=Count("id"))
    )
    return sorted(
        (Waiting(*row) for row in found), key=lambda one: (one.sequence.casefold(), one.sequence_id)
    )


def decide_all(member: Member, asked: EnrollmentQuery, kind: VerbKind, now: datetime) -> int:
    """Begin to approve or reject everybody who waits now and fits; return the job."""
    access.require(member, "reviews.edit")
    return bulk.start_verb(member, _in_review(asked), Verb(kind=kind), now)
