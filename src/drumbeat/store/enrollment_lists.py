"""Enrollments as lists: which are meant, how many there are of each kind, and what a page of them needs beside it.

Every list starts from a sequence or a contact and pages by id, on an index of both databases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from drumbeat.core.touch import step_key
from drumbeat.models import Contact, Enrollment, JournalEntry, Touch
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import contact_search, step_numbers
from drumbeat.store.contact_search import ContactQuery

Group = Literal["running", "waiting", "paused", "blocked", "replied", "completed", "other_ends"]
Sort = Literal["newest", "oldest", "next"]
Met = Literal["came", "done", "replied", "skipped", "failed", "way"]
"""What somebody met at a step, as `store.step_numbers` counts it."""

GROUPS: Mapping[Group, Q] = {
    "running": Q(state__in=("active", "awaiting")),
    "waiting": Q(state="pending_review"),
    "paused": Q(state="paused"),
    "blocked": Q(state="blocked"),
    "replied": Q(state="finished", reason="replied"),
    "completed": Q(state="finished", reason="completed"),
    "other_ends": Q(state="finished") & ~Q(reason__in=("replied", "completed")),
}
ORDERS: Mapping[Sort, tuple[str, ...]] = {
    "newest": ("-id",),
    "oldest": ("id",),
    "next": ("next_step_at", "id"),
}
MOST_FOUND = 1_000
"""Contacts that a search looks at; whoever finds more types another letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollmentQuery:
    """Every condition that is set must hold. `q` is a search for the contact, `until` the last id that is meant.

    `step`: where they stand now. `met`: what they met at `met_step` at any time, `met_reason`: why, or which way.
    """

    sequence_id: int | None = None
    contact_id: int | None = None
    group: Group | None = None
    state: str = ""
    reason: str = ""
    step: str = ""
    met: Met | None = None
    met_step: str = ""
    met_reason: str = ""
    sender_id: int | None = None
    q: str = ""
    until: int | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def matching(
    rows: QuerySet[Enrollment], asked: EnrollmentQuery, contacts: QuerySet[Contact], workspace_id: int
) -> QuerySet[Enrollment]:
    """Narrow the workspace's `rows` down to those that fit; a search looks among `contacts`."""
    exact = {
        "sequence_id": asked.sequence_id,
        "contact_id": asked.contact_id,
        "state": asked.state,
        "reason": asked.reason,
        "step": asked.step,
        "id__lte": asked.until,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if asked.group:
        rows = rows.filter(GROUPS[asked.group])
    if asked.step:
        rows = rows.filter(UNFINISHED)
    if asked.met:
        rows = step_numbers.who_met(rows, asked.met, asked.met_step, asked.met_reason)
    if asked.sender_id:
        rows = rows.filter(
            Q(step_sender_id=asked.sender_id) | Q(step_sender=None, chosen_sender_id=asked.sender_id)
        )
    if asked.q.strip():
        found = contact_search.matching(contacts, workspace_id, ContactQuery(q=asked.q)).order_by("id")
        rows = rows.filter(contact_id__in=list(found.values_list("id", flat=True)[:MOST_FOUND]))
    return rows


def ordered(rows: QuerySet[Enrollment], sort: Sort) -> QuerySet[Enrollment]:
    """Return what the order can hold: by the next look only those that have one."""
    return rows.filter(UNFINISHED, next_step_at__isnull=False) if sort == "next" else rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many there are: by state and reason, and of the unfinished by step and by sender."""

    states: Mapping[tuple[str, str], int]
    steps: Mapping[str, int]
    senders: Mapping[int, int]


def counts(rows: QuerySet[Enrollment]) -> Counts:
    """Count in two statements; the first walks an index alone."""
    by_state = rows.order_by().values_list("state", "reason").annotate(n=Count("id"))
    unfinished = (
        rows.filter(UNFINISHED).order_by().annotate(by=Coalesce("step_sender_id", "chosen_sender_id"))
    )
    steps: dict[str, int] = {}
    senders: dict[int, int] = {}
    for step, sender_id, count in unfinished.values_list("step", "by").annotate(n=Count("id")):
        steps[step or ""] = steps.get(step or "", 0) + count
        if sender_id is not None:
            senders[sender_id] = senders.get(sender_id, 0) + count
    states = {(state, reason): count for state, reason, count in by_state}
    return Counts(states=states, steps=steps, senders=senders)


def steps_at_hand(rows: QuerySet[Enrollment]) -> list[tuple[int, str | None, int]]:
    """Return how many unfinished ones stand at each step of each version."""
    return list(rows.filter(UNFINISHED).order_by().values_list("version_id", "step").annotate(n=Count("id")))


def touches_at_hand(rows: Iterable[Enrollment]) -> dict[int, Touch]:
    """Return the touch of the step at hand of each that has one, with its sender and task, in one statement."""
    keys = {
        step_key(row.pk, row.step, row.visits.get(row.step, 0)): row.pk
        for row in rows
        if row.step is not None
    }
    workspaces = {row.workspace_id for row in rows}
    found = Touch.objects.filter(workspace_id__in=workspaces, key__in=list(keys)).select_related(
        "sender", "task"
    )
    return {keys[touch.key]: touch for touch in found}


def last_entries(enrollment_ids: Sequence[int]) -> dict[int, JournalEntry]:
    """Return the last line of each journal, in two statements."""
    entries = JournalEntry.objects.filter(enrollment_id__in=enrollment_ids)
    last = entries.order_by().values("enrollment_id").annotate(last=Max("id")).values_list("last", flat=True)
    found = JournalEntry.objects.filter(id__in=list(last))
    return {entry.enrollment_id: entry for entry in found}
