"""What the cards of sequences read: one statement each for any number of sequences, each over an index.

The callers name sequences and senders of one workspace. `owner_id` limits what is counted to the contacts of one
member, None counts all: their indexes then hold all that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Case, Count, Exists, IntegerField, Min, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from drumbeat.core.document import content_hashes, join_contents
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.incoming import Word
from drumbeat.models import Content, Enrollment, Message, SequenceDraft, SequenceVersion, Touch
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.touch import CLAIMABLE
from drumbeat.store import sql
from drumbeat.store.owners import of_owner

RUNNING = (EnrollmentState.ACTIVE, EnrollmentState.AWAITING)


@dataclass(frozen=True, slots=True)
class Group:
    """Enrollments of one sequence that stand alike."""

    sequence_id: int
    state: str
    reason: str
    count: int


def groups(sequence_ids: Iterable[int], owner_id: int | None) -> list[Group]:
    columns = ("sequence_id", "state", "reason")
    rows = (
        of_owner(Enrollment.objects.all(), owner_id)
        .filter(sequence_id__in=list(sequence_ids))
        .order_by()
        .values(*columns)
        .annotate(n=Count("id"))
        .values_list(*columns, "n")
    )
    return [Group(*row) for row in rows]


def with_running(rows: QuerySet[SequenceRow], owner_id: int | None) -> QuerySet[SequenceRow]:
    """Annotate `running`: how many enrollments are active or wait for what is out."""
    running = (
        of_owner(Enrollment.objects.all(), owner_id)
        .filter(sequence=OuterRef("pk"), state__in=RUNNING)
        .order_by()
        .values("sequence")
        .annotate(n=Count("id"))
        .values("n")
    )
    return rows.annotate(running=Coalesce(Subquery(running, output_field=IntegerField()), Value(0)))


@dataclass(frozen=True, slots=True)
class Ahead:
    """The next look at an enrollment of a sequence, and how many come before the end of the day."""

    next_at: datetime
    until_day_end: int


_LOOKS = """
    SELECT s.id,
      (SELECT e.next_step_at FROM drumbeat_enrollment e WHERE e.sequence_id = s.id {whose}
         AND NOT (e.state = 'finished') AND e.next_step_at IS NOT NULL ORDER BY e.next_step_at LIMIT 1),
      (SELECT count(*) FROM drumbeat_enrollment e WHERE e.sequence_id = s.id {whose}
         AND NOT (e.state = 'finished') AND e.next_step_at < %s)
    FROM drumbeat_sequence s WHERE s.id IN ({marks})"""
_WHOSE = "AND EXISTS (SELECT 1 FROM drumbeat_contact c WHERE c.id = e.contact_id AND c.owner_id = %s)"


def looks(sequence_ids: Sequence[int], day_end: datetime, owner_id: int | None) -> dict[int, Ahead]:
    """Return when the planner looks next, per sequence where it does. Each is a search in the index of due ones."""
    if not sequence_ids:
        return {}
    owner, whose = ([], "") if owner_id is None else ([owner_id], _WHOSE)
    statement = _LOOKS.format(whose=whose, marks=", ".join(["%s"] * len(sequence_ids)))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*owner, *owner, sql.moment(day_end), *sequence_ids])
        rows = cursor.fetchall()
    return {id_: Ahead(_moment(at), count) for id_, at, count in rows if at is not None}


def _moment(value: datetime | str) -> datetime:
    """Read what a raw statement brings: SQLite knows no zones, its times are UTC."""
    read = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read


@dataclass(frozen=True, slots=True)
class Queued:
    """Messages of one sequence that one sender has to send."""

    sequence_id: int
    sender_id: int
    next_at: datetime
    count: int
    until_day_end: int


def queues(sender_ids: Sequence[int], day_end: datetime, owner_id: int | None) -> list[Queued]:
    """Return what is written and not handed over; what a stop withholds is left out."""
    columns = ("enrollment__sequence_id", "sender_id")
    soon = Count(Case(When(not_before__lt=day_end, then=Value(1)), output_field=IntegerField()))
    # "Has an enrollment" is asked of the rows found: as a condition it leads SQLite to walk all touches ever written.
    touches = Touch.objects.filter(CLAIMABLE, sender_id__in=sender_ids)
    rows = (
        of_owner(touches, owner_id)
        .order_by()
        .values(*columns)
        .annotate(at=Min("not_before"), n=Count("id"), soon=soon)
        .values_list(*columns, "at", "n", "soon")
    )
    return [Queued(*row) for row in rows if row[0] is not None]


@dataclass(frozen=True, slots=True)
class Reach:
    """Enrollments to which something was sent, and those of them that brought a human reply."""

    sent: int = 0
    replied: int = 0


def reach(workspace_id: int, owner_id: int | None) -> dict[int, Reach]:
    """Return the reach of each sequence. It walks all enrollments of the workspace: callers keep it for a moment."""
    ours = of_owner(Enrollment.objects.all(), owner_id).filter(workspace_id=workspace_id)
    outgoing = Message.objects.filter(enrollment=OuterRef("pk"), direction="out")
    sent = _by_sequence(ours.filter(Exists(outgoing)))
    answers = Message.objects.filter(
        workspace_id=workspace_id, direction="in", kind=Word.REPLY, enrollment__isnull=False
    )
    replied = _by_sequence(ours.filter(id__in=answers.values("enrollment_id")))
    return {id_: Reach(count, min(replied.get(id_, 0), count)) for id_, count in sent.items()}


def _by_sequence(enrollments: QuerySet[Enrollment]) -> dict[int, int]:
    rows = enrollments.order_by().values("sequence_id").annotate(n=Count("id"))
    return dict(rows.values_list("sequence_id", "n"))


def running(workspace_id: int, owner_id: int | None) -> int:
    """Count the enrollments of a workspace that are active or wait for what is out."""
    sequences = SequenceRow.objects.filter(workspace_id=workspace_id).values("id")
    return (
        of_owner(Enrollment.objects.all(), owner_id)
        .filter(sequence_id__in=sequences, state__in=RUNNING)
        .count()
    )


def sent_since(workspace_id: int, start: datetime, owner_id: int | None) -> int:
    """Count what left since `start`. It walks the messages of that time: callers keep it for a moment."""
    messages = Message.objects.filter(workspace_id=workspace_id, direction="out", occurred_at__gte=start)
    whose = {"contact__isnull": False} if owner_id is None else {"contact__owner_id": owner_id}
    return messages.filter(**whose).count()


def draft_documents(sequence_ids: Sequence[int]) -> dict[int, Any]:
    """Return the working copies of these sequences."""
    rows = SequenceDraft.objects.filter(sequence_id__in=sequence_ids)
    return dict(rows.values_list("sequence_id", "document"))


def version_documents(workspace_id: int, version_ids: Sequence[int]) -> dict[int, Any]:
    """Return the documents of these versions with their bodies, in two queries."""
    slim = dict(SequenceVersion.objects.filter(id__in=version_ids).values_list("id", "document"))
    hashes = {hashed for document in slim.values() for hashed in content_hashes(document)}
    bodies = dict(
        Content.objects.filter(workspace_id=workspace_id, hash__in=hashes).values_list("hash", "body")
    )
    return {id_: join_contents(document, bodies) for id_, document in slim.items()}
