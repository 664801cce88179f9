"""The day at a glance: what left and what is due by quarter hours, what waits for people, what leaves next.

Each function is a fixed number of statements over an index, however many rows there are. `owner_id` limits what is
counted to the contacts of one member, None counts all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet
from django.db.models.expressions import RawSQL

from drumbeat.core.touch import CONTACT_FACING, TouchStatus
from drumbeat.models import (
    Enrollment,
    InboundMail,
    Job,
    Message,
    SenderProfile,
    SequenceStatus,
    Touch,
    Worker,
)
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.models.touch import BY_HAND, CLAIMABLE
from drumbeat.store import sql
from drumbeat.store.owners import of_owner

QUARTER_SECONDS = 900
SOON = 12
_PRIORITIES = (10, 20, 30)


def _quarter(column: str) -> RawSQL:
    """Return in which quarter hour since 1970 a moment lies."""
    if sql.is_postgresql():
        return RawSQL(f"floor(extract(epoch from {column}) / {QUARTER_SECONDS})::int", [], IntegerField())
    return RawSQL(f"CAST(strftime('%%s', {column}) AS INTEGER) / {QUARTER_SECONDS}", [], IntegerField())


def sent_by_quarter(
    workspace_id: int, start: datetime, end: datetime, owner_id: int | None
) -> dict[tuple[int, str], int]:
    """Count the messages to contacts that left between two moments, by quarter hour and channel."""
    rows = Message.objects.filter(
        workspace_id=workspace_id,
        direction="out",
        contact__isnull=False,
        occurred_at__gte=start,
        occurred_at__lt=end,
    ).order_by()
    counted = (
        of_owner(rows, owner_id)
        .annotate(quarter=_quarter("drumbeat_message.occurred_at"))
        .values_list("quarter", "channel")
    )
    return {(quarter, channel): count for quarter, channel, count in counted.annotate(n=Count("id"))}


def waiting_by_quarter(
    sender_ids: Sequence[int], end: datetime, owner_id: int | None
) -> dict[tuple[int, str], int]:
    """Count what is written and may leave before `end`, by quarter hour and channel."""
    rows = Touch.objects.filter(
        CLAIMABLE,
        sender_id__in=sender_ids,
        priority__in=_PRIORITIES,
        not_before__lt=end,
        kind__in=CONTACT_FACING,
    ).order_by()
    counted = (
        of_owner(rows, owner_id)
        .annotate(quarter=_quarter("drumbeat_touch.not_before"))
        .values_list("quarter", "kind")
    )
    return {(quarter, kind): count for quarter, kind, count in counted.annotate(n=Count("id"))}


@dataclass(frozen=True, slots=True)
class Due:
    """How many enrollments of a version reach a step in a quarter hour."""

    version_id: int
    step: str | None
    quarter: int
    count: int


def due_by_quarter(sequence_ids: Sequence[int], end: datetime, owner_id: int | None) -> list[Due]:
    """Count the enrollments of running sequences that the planner looks at before `end`."""
    rows = Enrollment.objects.filter(
        UNFINISHED, sequence_id__in=sequence_ids, next_step_at__lt=end, state="active"
    ).order_by()
    columns = ("version_id", "step", "quarter")
    counted = (
        of_owner(rows, owner_id)
        .annotate(quarter=_quarter("drumbeat_enrollment.next_step_at"))
        .values_list(*columns)
    )
    return [Due(*row) for row in counted.annotate(n=Count("id"))]


def active_sequences(workspace_id: int) -> list[int]:
    rows = SequenceRow.objects.filter(workspace_id=workspace_id, status=SequenceStatus.ACTIVE)
    return list(rows.order_by("id").values_list("id", flat=True))


def soonest(
    rows: QuerySet[Enrollment], sequence_ids: Sequence[int], needed: Sequence[str]
) -> list[Enrollment]:
    """Return those of `rows` that come next; each sequence is looked at by its own index, in one statement."""
    coming = rows.filter(UNFINISHED, next_step_at__isnull=False, state="active")
    parts = [
        coming.filter(sequence_id=id_).order_by("next_step_at").values("id")[:SOON] for id_ in sequence_ids
    ]
    found = rows.filter(id__in=_ids(Enrollment, parts)).select_related(*needed)
    return list(found.order_by("next_step_at", "id")[:SOON])


def leaving(rows: QuerySet[Touch], sender_ids: Sequence[int]) -> list[Touch]:
    """Return those of `rows` that wait in the queues of these senders, the first to leave first."""
    parts = [
        rows.filter(CLAIMABLE, sender_id=sender_id, priority=priority)
        .order_by("not_before")
        .values("id")[:SOON]
        for sender_id in sender_ids
        for priority in _PRIORITIES
    ]
    found = rows.filter(id__in=_ids(Touch, parts)).select_related("contact", "sender", "enrollment")
    return list(found.order_by("not_before", "id")[:SOON])


def _ids(model: type[Enrollment] | type[Touch], parts: Sequence[QuerySet[Any, Any]]) -> list[int]:
    """Read the ids of all parts in one statement; each keeps the index that its own limit needs."""
    if not parts:
        return []
    first, *rest = [model._default_manager.filter(id__in=part).order_by().values_list("id") for part in parts]
    return [row[0] for row in first.union(*rest, all=True)]


@dataclass(frozen=True, slots=True)
class Stuck:
    """How many enrollments of a sequence are blocked for one reason."""

    sequence_id: int
    sequence: str
    reason: str
    count: int


def stuck(workspace_id: int, owner_id: int | None) -> list[Stuck]:
    """Count the blocked enrollments by sequence and reason."""
    sequences = SequenceRow.objects.filter(workspace_id=workspace_id).values("id")
    blocked = Enrollment.objects.filter(sequence_id__in=sequences, state="blocked").order_by()
    blocked = of_owner(blocked, owner_id)
    rows = blocked.values_list("sequence_id", "sequence__name", "reason").annotate(n=Count("id"))
    return [Stuck(*row) for row in rows]


def in_review(workspace_id: int, owner_id: int | None) -> int:
    sequences = SequenceRow.objects.filter(workspace_id=workspace_id).values("id")
    waiting = Enrollment.objects.filter(sequence_id__in=sequences, state="pending_review")
    return of_owner(waiting, owner_id).count()


def doubtful_by_hand(touches: QuerySet[Touch]) -> list[Touch]:
    """Return a few messages that people wrote and of which nobody knows whether they arrived."""
    rows = touches.filter(BY_HAND, status=TouchStatus.INTERRUPTED).select_related("contact")
    return list(rows.order_by("-id")[:SOON])


def waiting_for(senders: Sequence[SenderProfile]) -> Mapping[int, int]:
    """Return how many messages wait for each of these senders."""
    rows = Touch.objects.filter(CLAIMABLE, sender_id__in=[sender.pk for sender in senders]).order_by()
    return dict(rows.values_list("sender_id").annotate(n=Count("id")))


def unread_mail(before: datetime) -> dict[str, int]:
    """Count the mails of the installation that could not be read, and those that nobody has read for a while."""
    counted: dict[str, int] = InboundMail.objects.filter(processed_at=None).aggregate(
        poison=Count("id", filter=~Q(fault="")),
        behind=Count("id", filter=Q(fault="", received_at__lt=before)),
    )
    return counted


def failed_jobs(workspace_id: int, since: datetime) -> list[Job]:
    rows = Job.objects.filter(workspace_id=workspace_id, state="failed", finished_at__gt=since)
    return list(rows.order_by("-id")[:3])


def worker_seen_at() -> datetime | None:
    return Worker.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
