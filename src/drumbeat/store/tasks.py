"""Tasks: settled with their touch, event and the look that follows, in one transaction; listed by what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Count, F, Q, QuerySet

from drumbeat.core.facts import EventKind
from drumbeat.core.touch import SkipReason, TouchKind, TouchStatus, own_task_key
from drumbeat.models import Contact, ContactFact, Enrollment, Event, Member, SenderKind, Task, Touch
from drumbeat.store import sql, stops, touch_rows
from drumbeat.store.marks import mark_of
from drumbeat.store.senders import built_in

When = Literal["overdue", "today", "upcoming", "open", "done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """A task that belongs to no step of a sequence."""

    kind: str
    title: str
    text: str
    due_at: datetime
    assignee_id: int | None


def create(contact: Contact, wanted: ToDo, by: Member | None, token: str, now: datetime) -> Task:
    """Write a task that belongs to no enrollment, with its touch, in the caller's transaction.

    `by`: who wrote it by hand; None where something that happened asks for it. `token` names it in the workspace.
    """
    key = own_task_key(token)
    touch = Touch.objects.create(
        workspace_id=contact.workspace_id,
        key=key,
        mark=mark_of(contact.workspace_id, key),
        kind=TouchKind.TASK,
        contact=contact,
        sender_id=built_in([contact.workspace_id], SenderKind.TASK)[contact.workspace_id],
        status=TouchStatus.SCHEDULED,
        due_at=now,
        not_before=now,
        created_at=now,
    )
    return Task.objects.create(
        workspace_id=contact.workspace_id,
        touch=touch,
        contact=contact,
        kind=wanted.kind,
        title=wanted.title,
        text=wanted.text,
        due_at=wanted.due_at,
        assignee_id=wanted.assignee_id,
        created_by=by,
        created_at=now,
    )


def say(task: Task, outcome: str, note: str, by: Member, now: datetime) -> bool:
    """Keep how a task went, for `settle` to take effect; return False when it was said before."""
    open_ones = Task.objects.filter(id=task.pk, settled_at=None)
    return bool(
        open_ones.filter(id__in=sql.lock(open_ones)).update(
            settled_at=now, outcome=outcome, note=note, settled_by=by
        )
    )


def settle(task: Task, status: TouchStatus, outcome: str, now: datetime) -> bool:
    """Settle a task as completed or skipped, in the caller's transaction; return False when it was settled before.

    What a person said of it already stays.
    """
    touch = task.touch
    others = _enrollments_of(task) if status is TouchStatus.COMPLETED else ()
    locked = touch_rows.lock_enrollments([touch.enrollment_id, *others])
    reason = SkipReason.BY_PERSON if status is TouchStatus.SKIPPED else ""
    changed = Touch.objects.filter(id=touch.pk, settled_at=None).update(
        status=status, reason=reason, settled_at=now
    )
    if not changed:
        return False
    Task.objects.filter(id=task.pk, settled_at=None).update(settled_at=now, outcome=outcome)
    if status is TouchStatus.COMPLETED:
        Event.objects.create(
            workspace_id=task.workspace_id,
            kind=EventKind.TASK_COMPLETED,
            contact_id=task.contact_id,
            enrollment_id=touch.enrollment_id,
            touch=touch,
            source="person",
            payload={"outcome": outcome},
            occurred_at=now,
            received_at=now,
        )
        _record_fact(task, now)
        Enrollment.objects.filter(id__in=locked).update(woken_at=now)
    touch_rows.look_again(locked, now)
    return True


def unsay(task: Task) -> bool:
    """Open a task of which a person's word has not taken effect; False when it has."""
    waiting = Touch.objects.filter(id=task.touch_id, settled_at=None)
    return bool(sql.lock(waiting)) and _open_again(task)


def unsettle(task: Task) -> bool:
    """Open a settled task that belongs to no enrollment, as if nothing had been said; False when that cannot be."""
    by_person = Q(status=TouchStatus.COMPLETED) | Q(status=TouchStatus.SKIPPED, reason=SkipReason.BY_PERSON)
    touches = Touch.objects.filter(by_person, id=task.touch_id, enrollment=None)
    if not touches.filter(id__in=sql.lock(touches)).update(
        status=TouchStatus.SCHEDULED, reason="", settled_at=None
    ):
        return False
    if Event.objects.filter(touch_id=task.touch_id, kind=EventKind.TASK_COMPLETED).delete()[0]:
        facts = ContactFact.objects.filter(
            contact_id=task.contact_id, kind=EventKind.TASK_COMPLETED, scope=""
        )
        facts.filter(count__lte=1).delete()
        facts.update(count=F("count") - 1)
    return _open_again(task)


def _open_again(task: Task) -> bool:
    said = Task.objects.filter(id=task.pk, settled_at__isnull=False)
    return bool(said.update(settled_at=None, settled_by=None, outcome=""))


def _enrollments_of(task: Task) -> list[int]:
    """Whoever waits for the contact's tasks hears of it; all are locked in one order."""
    return list(Enrollment.objects.filter(contact_id=task.contact_id).values_list("id", flat=True))


def _record_fact(task: Task, now: datetime) -> None:
    touch, kind = task.touch, EventKind.TASK_COMPLETED.value
    scopes = [""]
    if touch.enrollment_id is not None:
        scopes += [f"enrollment:{touch.enrollment_id}", f"step:{touch.enrollment_id}:{touch.step}"]
    for scope in scopes:
        stops.record_fact(task.workspace_id, [task.contact_id], kind, now, scope=scope)


def due(rows: QuerySet[Task], when: When, now: datetime, day_ends_at: datetime) -> QuerySet[Task]:
    """Narrow down to what is overdue, due today (overdue included), later, all of these, or done."""
    if when == "done":
        return rows.filter(settled_at__isnull=False)
    rows = rows.filter(settled_at=None)
    match when:
        case "overdue":
            return rows.filter(due_at__lt=now)
        case "today":
            return rows.filter(due_at__lt=day_ends_at)
        case "upcoming":
            return rows.filter(due_at__gte=day_ends_at)
        case _:
            return rows


def count_open(rows: QuerySet[Task], now: datetime, day_ends_at: datetime) -> dict[str, int]:
    """Count what is open, in one statement: overdue, today (overdue included), upcoming."""
    open_ = rows.filter(settled_at=None)
    counted: dict[str, int] = open_.aggregate(
        overdue=Count("id", filter=Q(due_at__lt=now)),
        today=Count("id", filter=Q(due_at__lt=day_ends_at)),
        upcoming=Count("id", filter=Q(due_at__gte=day_ends_at)),
    )
    return counted
