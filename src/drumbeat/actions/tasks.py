"""What people do with tasks: complete, skip, snooze, hand on. A settled task moves its enrollment at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from drumbeat.actions import access, events
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import EventKind
from drumbeat.core.touch import TouchStatus
from drumbeat.models import Enrollment, Member, Task
from drumbeat.store import moves, sql, tasks
from drumbeat.store.senders import UTC, zone_named
from drumbeat.store.tasks import When

CALL_OUTCOMES = ("reached", "left_message", "no_answer", "busy", "wrong_number")
TO_DO_OUTCOMES = ("done",)
REACHED = "reached"
SKIPPED = "skipped"
FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a task; `code` is "" when it was done, `state` the state of its enrollment then."""

    id: int
    code: str = ""
    state: str = ""
    call_logged: bool = False


def list_of(
    member: Member, now: datetime, *, when: When = "open", mine: bool = False, zone: str = ""
) -> QuerySet[Task]:
    """Return the member's view of the tasks, unordered; `mine` are those assigned to them."""
    access.require(member, "tasks.view")
    return tasks.due(_rows(member, mine=mine), when, now, end_of_day(member, now, zone))


def counts_of(member: Member, now: datetime, *, mine: bool = False, zone: str = "") -> dict[str, int]:
    """Count what is overdue, due today and upcoming."""
    access.require(member, "tasks.view")
    return tasks.count_open(_rows(member, mine=mine), now, end_of_day(member, now, zone))


def _rows(member: Member, *, mine: bool) -> QuerySet[Task]:
    rows = access.visible_to(member, Task)
    return rows.filter(assignee_id=member.pk) if mine else rows


def end_of_day(member: Member, now: datetime, zone: str = "") -> datetime:
    """Return when the day of `now` ends in `zone`, else in the workspace's."""
    here: ZoneInfo = zone_named(zone) or zone_named(member.workspace.time_zone) or UTC
    local = now.astimezone(here)
    return (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def get(member: Member, task_id: int) -> Task:
    """Return one task with its contact and touch."""
    access.require(member, "tasks.view")
    rows = access.visible_to(member, Task).select_related(
        "contact", "touch__enrollment__sequence", "assignee"
    )
    return access.first(rows.filter(id=task_id), "task", task_id)


def complete(
    member: Member, task_id: int, now: datetime, *, outcome: str = "", log_call: bool | None = None
) -> Settled:
    """Complete a task and let its enrollment go on.

    A call that reached the contact counts as a logged call, unless `log_call` says otherwise. DomainErrors
    `task_settled`, `outcome_unknown`.
    """
    task = _open(member, task_id)
    outcome = outcome or ("done" if task.kind != "call" else REACHED)
    known = CALL_OUTCOMES if task.kind == "call" else TO_DO_OUTCOMES
    if outcome not in known:
        raise DomainError("outcome_unknown", f"The outcome of this task is one of: {', '.join(known)}.")
    logs = task.kind == "call" and outcome == REACHED if log_call is None else log_call
    return _settle(
        task, TouchStatus.COMPLETED, outcome, now, lambda: _log_call(member, task, now) if logs else False
    )


def skip(member: Member, task_id: int, now: datetime) -> Settled:
    """Leave a task undone; its enrollment takes the way of a skipped step. DomainError `task_settled`."""
    return _settle(_open(member, task_id), TouchStatus.SKIPPED, SKIPPED, now, lambda: False)


def _open(member: Member, task_id: int) -> Task:
    access.require(member, "tasks.edit")
    task = get(member, task_id)
    if task.settled_at is not None:
        raise DomainError("task_settled", "This task is done or skipped already.")
    return task


def _settle(
    task: Task, status: TouchStatus, outcome: str, now: datetime, then: Callable[[], bool]
) -> Settled:
    enrollment_id = task.touch.enrollment_id
    with transaction.atomic():
        logged = then()
        if not tasks.settle(task, status, outcome, now):
            raise DomainError("task_settled", "This task is done or skipped already.")
        if enrollment_id is not None:
            unfinished = Enrollment.objects.filter(id=enrollment_id).exclude(state="finished")
            moves.move(list(unfinished.values_list("id", flat=True)), now)
    state = Enrollment.objects.filter(id=enrollment_id or 0).values_list("state", flat=True).first() or ""
    return Settled(id=task.pk, state=state, call_logged=logged)


def _log_call(member: Member, task: Task, now: datetime) -> bool:
    logged = events.log_event(
        member, task.contact, EventKind.CALL_LOGGED, now, source="task", external_id=f"task:{task.pk}"
    )
    return logged.counted


def snooze(member: Member, task_id: int, until: datetime, now: datetime) -> Task:
    """Let a task be due later. DomainErrors `task_settled`, `moment_invalid`."""
    task = _open(member, task_id)
    if not now < until <= now + FARTHEST:
        raise DomainError("moment_invalid", "A task can be put off to a moment within a year from now.")
    return _change(task, due_at=until)


def reassign(member: Member, task_id: int, to_member_id: int | None) -> Task:
    """Hand a task to another member, or to nobody. DomainErrors `task_settled`, `not_found`."""
    task = _open(member, task_id)
    to = access.get(member, Member, to_member_id, "member") if to_member_id is not None else None
    return _change(task, assignee=to)


def _change(task: Task, **values: object) -> Task:
    with transaction.atomic():
        rows = Task.objects.filter(id=task.pk, settled_at=None)
        if not rows.filter(id__in=sql.lock(rows)).update(**values):
            raise DomainError("task_settled", "This task is done or skipped already.")
    task.refresh_from_db()
    return task


def settle_many(member: Member, task_ids: Sequence[int], act: Callable[[int], Settled]) -> list[Settled]:
    """Apply a verb to each task by itself; what cannot be done says why."""
    access.require(member, "tasks.edit")
    answers = []
    for task_id in dict.fromkeys(task_ids):
        try:
            answers.append(act(task_id))
        except DomainError as refused:
            answers.append(Settled(id=task_id, code=refused.code))
    return answers
