"""What the live board reads: eight statements, however many rows there are, each over an index.

Counts walk an index, so their callers may keep them for a moment; the rest is read anew each time. `owner_id` limits
what is read to the contacts of one member, None reads all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import product
from typing import Any

from django.db.models import Case, CharField, Count, F, IntegerField, QuerySet, Subquery, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from drumbeat.core.touch import Priority
from drumbeat.models import (
    BUILT_IN_SENDERS,
    TAKES_PEOPLE,
    Enrollment,
    Message,
    SenderProfile,
    Touch,
    Worker,
    Workspace,
)
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.models.touch import CLAIMABLE
from drumbeat.store.owners import of_owner

SEQUENCES = 200
DOTS = 60
FEED = 12
NEXT = 10
MAILBOXES = 40
_PRIORITIES = (Priority.REPLY, Priority.FOLLOW_UP, Priority.FIRST_TOUCH)

_SENT = """
    SELECT (SELECT count(*) FROM drumbeat_message WHERE workspace_id = %s AND direction = 'out')
         - (SELECT count(*) FROM drumbeat_message
            WHERE workspace_id = %s AND direction = 'out' AND contact_id IS NULL)"""
_SENT_TWICE = """
    SELECT count(*) FROM drumbeat_touch t JOIN (
        SELECT touch_id FROM drumbeat_attempt WHERE outcome = 'sent' GROUP BY touch_id HAVING count(*) > 1
    ) twice ON twice.touch_id = t.id WHERE t.workspace_id = %s"""
_SENT_TO_THEIRS = """
    SELECT count(*) FROM drumbeat_message m JOIN drumbeat_contact c ON c.id = m.contact_id
    WHERE m.workspace_id = %s AND m.direction = 'out' AND c.owner_id = %s"""
_THEIRS = " AND t.contact_id IN (SELECT c.id FROM drumbeat_contact c WHERE c.owner_id = %s)"


@dataclass(frozen=True, slots=True)
class Totals:
    """`sent`: messages to contacts. `sent_twice`: touches that a server accepted more than once.

    `worker_seen_at`: the last sign of life of any worker.
    """

    sent: int
    sent_twice: int
    worker_seen_at: datetime | None


def totals(workspace_id: int, owner_id: int | None) -> Totals:
    counted = IntegerField()
    sent, twice = RawSQL(_SENT, [workspace_id] * 2, counted), RawSQL(_SENT_TWICE, [workspace_id], counted)
    if owner_id is not None:
        sent = RawSQL(_SENT_TO_THEIRS, [workspace_id, owner_id], counted)
        twice = RawSQL(_SENT_TWICE + _THEIRS, [workspace_id, owner_id], counted)
    alive = Worker.objects.order_by("-seen_at").values("seen_at")[:1]
    row = Workspace.objects.filter(id=workspace_id).values_list(sent, twice, Subquery(alive))
    return Totals(*row.get())


@dataclass(frozen=True, slots=True)
class Sender:
    id: int
    kind: str
    name: str
    enabled: bool
    down_until: datetime | None
    down_reason: str
    down_text: str
    full_until: datetime | None


_SENDER_COLUMNS = tuple(field.name for field in fields(Sender))


def senders(workspace_id: int) -> dict[int, Sender]:
    rows = (
        SenderProfile.objects.filter(workspace_id=workspace_id).order_by("id").values_list(*_SENDER_COLUMNS)
    )
    return {row[0]: Sender(*row) for row in rows}


@dataclass(frozen=True, slots=True)
class Line:
    """A sequence that runs or waits, with the version that new enrollments take."""

    id: int
    name: str
    status: str
    version_id: int


def lines(workspace_id: int) -> list[Line]:
    """Return the sequences that were ever activated and are not archived, at most SEQUENCES."""
    rows = SequenceRow.objects.filter(
        workspace_id=workspace_id,
        status__in=TAKES_PEOPLE,
        current_version__isnull=False,
    ).order_by("id")
    return [Line(*row) for row in rows.values_list("id", "name", "status", "current_version_id")[:SEQUENCES]]


@dataclass(frozen=True, slots=True)
class Group:
    """How many enrollments of a sequence are in one state; by step while they are unfinished."""

    sequence_id: int
    state: str
    reason: str
    step: str
    count: int


def groups(workspace_id: int, owner_id: int | None) -> list[Group]:
    sequence_ids = SequenceRow.objects.filter(workspace_id=workspace_id).values("id")
    rows = of_owner(Enrollment.objects.filter(sequence_id__in=sequence_ids), owner_id).order_by()
    open_ = rows.filter(UNFINISHED).annotate(at=Coalesce("step", Value("")))
    finished = rows.filter(state="finished").annotate(at=Value("", output_field=CharField()))
    columns = ("sequence_id", "state", "reason", "at")
    parts = [
        part.values(*columns).annotate(n=Count("id")).values_list(*columns, "n") for part in (open_, finished)
    ]
    return [Group(*row) for row in parts[0].union(parts[1], all=True)]


@dataclass(frozen=True, slots=True)
class Person:
    """One unfinished enrollment on its line. `next_step_at`: when the planner looks at it next."""

    id: int
    sequence_id: int
    step: str | None
    state: str
    reason: str
    origin_at: datetime
    due_at: datetime | None
    next_step_at: datetime | None
    sender_id: int | None
    contact_id: int
    first_name: str
    last_name: str
    email: str


_PERSON = (
    "id", "sequence_id", "step", "state", "reason", "origin_at", "due_at", "next_step_at", "sender_id_",
    "contact_id", "contact__first_name", "contact__last_name", "contact__email",
)  # fmt: skip


def people(samples: Mapping[int, int], owner_id: int | None) -> list[Person]:
    """Return who waits between two steps, of each sequence one in so many, and who is looked at next.

    The sample is the same at every reading: whose id the number divides.
    """
    parts: list[QuerySet[Any, Any]] = []
    for sequence_id, each in samples.items():
        rows = Enrollment.objects.filter(UNFINISHED, sequence_id=sequence_id).exclude(state="awaiting")
        rows = of_owner(rows, owner_id)
        soonest = rows.filter(next_step_at__isnull=False).order_by("next_step_at").values("id")[:NEXT]
        parts += [rows.filter(Exact(F("id") % each, 0)), rows.filter(id__in=soonest)]
    found = {row[0]: Person(*row) for row in _united(parts, _PERSON)}
    return sorted(found.values(), key=lambda person: person.id)


def one_in(count: int) -> int:
    """Return of how many people one is shown to show about DOTS; a power of two, so that samples nest."""
    return 1 << max(0, (max(count, 1) - 1) // DOTS).bit_length()


def _united(parts: Sequence[QuerySet[Any, Any]], columns: Sequence[str]) -> QuerySet[Any, Any]:
    """Read all parts in one statement; each keeps the index that its own limit needs."""
    chosen = [
        part.annotate(sender_id_=_SENDER[part.model]).order_by().values_list(*columns) for part in parts
    ]
    return chosen[0].union(*chosen[1:], all=True) if chosen else Enrollment.objects.none()


_SENDER: dict[type[Any], Any] = {
    Enrollment: Coalesce("step_sender_id", "chosen_sender_id"),
    Touch: F("sender_id"),
    Message: F("sender_id"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A message with the touch that it is or answers, and where its enrollment stands now."""

    id: int
    at: datetime
    direction: str
    channel: str
    kind: str
    subject: str
    text: str
    sender_id: int | None
    contact_id: int | None
    first_name: str | None
    last_name: str | None
    email: str | None
    touch_step: str | None
    touch_status: str | None
    touch_reason: str | None
    enrollment_id: int | None
    sequence_id: int | None
    version_id: int | None
    state: str | None
    reason: str | None
    step: str | None
    origin_at: datetime | None
    due_at: datetime | None


_SAID = (
    "id", "occurred_at", "direction", "channel", "kind", "subject", "text", "sender_id_",
    "contact_id", "contact__first_name", "contact__last_name", "contact__email",
    "touch__step", "touch__status", "touch__reason",
    "enrollment_id", "enrollment__sequence_id", "enrollment__version_id", "enrollment__state",
    "enrollment__reason", "enrollment__step", "enrollment__origin_at", "enrollment__due_at",
)  # fmt: skip


def messages(workspace_id: int, owner_id: int | None) -> list[Said]:
    """Return the latest FEED messages out and in, the newest first."""
    said = Message.objects.filter(workspace_id=workspace_id, contact__isnull=False).order_by("-id")
    parts = [
        Message.objects.filter(
            id__in=of_owner(said, owner_id).filter(direction=direction).values("id")[:FEED]
        )
        for direction in ("out", "in")
    ]
    return sorted((Said(*row) for row in _united(parts, _SAID)), key=lambda said: said.id, reverse=True)[
        :FEED
    ]


@dataclass(frozen=True, slots=True)
class Queued:
    """Touches that are written and not handed over, of one sender, sequence and hold reason."""

    sender_id: int
    sequence_id: int | None
    hold_reason: str
    is_later: bool
    count: int


def queued(sender_ids: Sequence[int], now: datetime, owner_id: int | None) -> list[Queued]:
    """Count what waits in the queues of these senders; what a stop withholds is not in a queue."""
    columns = ("sender_id", "enrollment__sequence_id", "hold_reason", "later")
    rows = (
        of_owner(Touch.objects.filter(CLAIMABLE, sender_id__in=sender_ids), owner_id)
        .order_by()
        .annotate(later=Case(When(not_before__gt=now, then=Value(1)), default=Value(0)))
        .values(*columns)
        .annotate(n=Count("id"))
        .values_list(*columns, "n")
    )
    return [
        Queued(sender_id, sequence_id, hold_reason, bool(later), count)
        for sender_id, sequence_id, hold_reason, later, count in rows
    ]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A touch that leaves next, or waits for what holds it."""

    id: int
    not_before: datetime
    due_at: datetime
    kind: str
    step: str
    hold_reason: str
    sender_id: int
    enrollment_id: int | None
    sequence_id: int | None
    contact_id: int | None
    first_name: str | None
    last_name: str | None
    email: str | None


_WAITING = (
    "id", "not_before", "due_at", "kind", "step", "hold_reason", "sender_id_", "enrollment_id",
    "enrollment__sequence_id", "contact_id", "contact__first_name", "contact__last_name", "contact__email",
)  # fmt: skip


def waiting(sender_ids: Sequence[int], owner_id: int | None) -> list[Waiting]:
    """Return the touches of these senders that leave first, NEXT of each priority."""
    parts = []
    for sender_id, priority in product(sender_ids, _PRIORITIES):
        queue = of_owner(Touch.objects.filter(CLAIMABLE, sender_id=sender_id, priority=priority), owner_id)
        parts.append(Touch.objects.filter(id__in=queue.order_by("not_before").values("id")[:NEXT]))
    return sorted((Waiting(*row) for row in _united(parts, _WAITING)), key=lambda touch: touch.not_before)


def mailboxes(known: dict[int, Sender]) -> list[int]:
    """Return the ids of the first senders that reach contacts, the built-in ones left out."""
    return [sender.id for sender in known.values() if sender.kind not in BUILT_IN_SENDERS][:MAILBOXES]
