"""Tasks: listed by what is due, opened with the person's context, done, skipped, put off, handed on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Annotated

from ninja import Query, Router, Status

from drumbeat.actions import access, tasks
from drumbeat.actions.tasks import NEEDED, Settled
from drumbeat.api.auth import MemberRequest
from drumbeat.api.enrollments import view
from drumbeat.api.enrollments.schemas import MarkOut
from drumbeat.api.idempotency import PARAMETER, idempotent
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS
from drumbeat.api.tasks import schemas as out
from drumbeat.clock import SystemClock
from drumbeat.models import Enrollment, Member, Message, Task

router = Router(tags=["tasks"])
SAID = 6
OTHERS = 5
PREVIEW = 600


@router.get("/tasks", response={200: Page[out.TaskOut], **REFUSALS}, operation_id="list_tasks")
def list_tasks(
    request: MemberRequest, asked: Annotated[out.TaskListIn, Query()], page: Paged
) -> Page[out.TaskOut]:
    """List tasks, what is due first; done ones with the latest first."""
    now = SystemClock().now()
    rows = tasks.list_of(request.member, now, **asked.model_dump())
    order = ("-settled_at", "-id") if asked.when == "done" else ("due_at", "id")
    return page_of(rows.select_related(*NEEDED), order, page, lambda found: _shaped(found, now))


@router.post(
    "/tasks",
    response={201: out.TaskOut, **REFUSALS},
    operation_id="create_task",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def create_task(request: MemberRequest, body: out.TaskIn) -> Status[out.TaskOut]:
    """Write a task for a contact by hand."""
    now = SystemClock().now()
    task = tasks.create(request.member, now=now, **body.model_dump())
    return Status(201, task_out(tasks.get(request.member, task.pk), now))


@router.get("/tasks/counts", response={200: out.TaskCountsOut, **REFUSALS}, operation_id="count_tasks")
def count_tasks(request: MemberRequest, asked: Annotated[out.TaskCountsIn, Query()]) -> out.TaskCountsOut:
    """Count what is overdue, due today and upcoming."""
    return out.TaskCountsOut(**tasks.counts_of(request.member, SystemClock().now(), **asked.model_dump()))


@router.get("/tasks/{int:task_id}", response={200: out.TaskDetailOut, **REFUSALS}, operation_id="get_task")
def get_task(request: MemberRequest, task_id: int) -> out.TaskDetailOut:
    """Open one task with what a person must know to do it."""
    now = SystemClock().now()
    task = tasks.get(request.member, task_id)
    return out.TaskDetailOut(
        **task_out(task, now).model_dump(),
        outcomes=list(tasks.outcomes_of(task)),
        again=list(tasks.AGAIN_OUTCOMES) if task.kind == "call" else [],
        can_take_back=tasks.can_take_back(task),
        strip=_strip(request.member, task, now),
        said=_said(request.member, task),
        others=list(_shaped(_others(request.member, task), now)),
    )


@router.post(
    "/tasks/{int:task_id}/complete", response={200: out.SettledOut, **REFUSALS}, operation_id="complete_task"
)
def complete_task(request: MemberRequest, task_id: int, body: out.CompleteIn) -> out.SettledOut:
    """Complete a task; its enrollment goes on."""
    asked = body.model_dump(exclude={"undo_within"})
    hold = timedelta(seconds=body.undo_within)
    return _settled(tasks.complete(request.member, task_id, SystemClock().now(), **asked, hold=hold))


@router.post(
    "/tasks/{int:task_id}/take-back", response={200: out.TaskOut, **REFUSALS}, operation_id="take_back_task"
)
def take_back_task(request: MemberRequest, task_id: int) -> out.TaskOut:
    """Take back what was said last: the task is open again, or one try fewer was made."""
    return task_out(tasks.take_back(request.member, task_id), SystemClock().now())


@router.post(
    "/tasks/{int:task_id}/again", response={200: out.TaskOut, **REFUSALS}, operation_id="try_task_again"
)
def try_task_again(request: MemberRequest, task_id: int, body: out.AgainIn) -> out.TaskOut:
    """Count a call that reached nobody, and let it be due again."""
    now = SystemClock().now()
    task = tasks.try_again(request.member, task_id, body.outcome, body.until, now, note=body.note)
    return task_out(task, now)


@router.post(
    "/tasks/{int:task_id}/skip", response={200: out.SettledOut, **REFUSALS}, operation_id="skip_task"
)
def skip_task(request: MemberRequest, task_id: int, body: out.SkipIn) -> out.SettledOut:
    """Leave a task undone; its enrollment takes the way of a skipped step."""
    hold = timedelta(seconds=body.undo_within)
    return _settled(tasks.skip(request.member, task_id, SystemClock().now(), note=body.note, hold=hold))


@router.post(
    "/tasks/{int:task_id}/snooze", response={200: out.TaskOut, **REFUSALS}, operation_id="snooze_task"
)
def snooze_task(request: MemberRequest, task_id: int, body: out.SnoozeIn) -> out.TaskOut:
    """Let a task be due later."""
    now = SystemClock().now()
    return task_out(tasks.snooze(request.member, task_id, body.until, now, note=body.note), now)


@router.post(
    "/tasks/{int:task_id}/reassign", response={200: out.TaskOut, **REFUSALS}, operation_id="reassign_task"
)
def reassign_task(request: MemberRequest, task_id: int, body: out.ReassignIn) -> out.TaskOut:
    """Hand a task to another member, or to nobody."""
    return task_out(tasks.reassign(request.member, task_id, body.member_id), SystemClock().now())


@router.post("/tasks/complete", response={200: out.SettledManyOut, **REFUSALS}, operation_id="complete_tasks")
def complete_tasks(request: MemberRequest, body: out.TaskIdsIn) -> out.SettledManyOut:
    """Complete many, each with its usual outcome."""
    now = SystemClock().now()
    hold = timedelta(seconds=body.undo_within)
    return _many(request.member, body.ids, lambda id_: tasks.complete(request.member, id_, now, hold=hold))


@router.post("/tasks/skip", response={200: out.SettledManyOut, **REFUSALS}, operation_id="skip_tasks")
def skip_tasks(request: MemberRequest, body: out.TaskIdsIn) -> out.SettledManyOut:
    """Skip many."""
    now = SystemClock().now()
    hold = timedelta(seconds=body.undo_within)
    return _many(request.member, body.ids, lambda id_: tasks.skip(request.member, id_, now, hold=hold))


@router.post("/tasks/snooze", response={200: out.SettledManyOut, **REFUSALS}, operation_id="snooze_tasks")
def snooze_tasks(request: MemberRequest, body: out.SnoozeManyIn) -> out.SettledManyOut:
    """Let many be due later."""
    now = SystemClock().now()
    return _many(request.member, body.ids, lambda id_: tasks.snooze(request.member, id_, body.until, now))


@router.post("/tasks/reassign", response={200: out.SettledManyOut, **REFUSALS}, operation_id="reassign_tasks")
def reassign_tasks(request: MemberRequest, body: out.ReassignManyIn) -> out.SettledManyOut:
    """Hand many to another member, or to nobody."""
    return _many(request.member, body.ids, lambda id_: tasks.reassign(request.member, id_, body.member_id))


@router.post(
    "/tasks/take-back", response={200: out.SettledManyOut, **REFUSALS}, operation_id="take_back_tasks"
)
def take_back_tasks(request: MemberRequest, body: out.TaskIdsIn) -> out.SettledManyOut:
    """Take back what was said last of many."""
    return _many(request.member, body.ids, lambda id_: tasks.take_back(request.member, id_))


def _many(member: Member, ids: Sequence[int], act: Callable[[int], Settled | Task]) -> out.SettledManyOut:
    answers = [_settled(one) for one in tasks.each(member, ids, act)]
    return out.SettledManyOut(answers=answers, counts=dict(Counter(answer.code for answer in answers)))


def _settled(one: Settled) -> out.SettledOut:
    return out.SettledOut(id=one.id, code=one.code or "done", state=one.state, call_logged=one.call_logged)


def _shaped(rows: Sequence[Task], now: datetime) -> Iterator[out.TaskOut]:
    return (task_out(row, now) for row in rows)


def task_out(task: Task, now: datetime) -> out.TaskOut:
    """Shape a task that carries NEEDED."""
    enrollment = task.touch.enrollment
    return out.TaskOut(
        id=task.pk,
        kind=task.kind,
        title=task.title,
        text=task.text,
        status=task.touch.status,
        outcome=task.outcome,
        note=task.note,
        tries=task.tries,
        due_at=task.due_at,
        overdue=task.settled_at is None and task.due_at < now,
        settled_at=task.settled_at,
        settled_by=_member(task.settled_by),
        assignee=_member(task.assignee),
        created_by=_member(task.created_by),
        escalated_at=task.escalated_at,
        escalated_from=_member(task.escalated_from),
        contact=view.contact_of(task.contact),
        contact_title=task.contact.title,
        contact_phone=task.contact.phone,
        enrollment_id=enrollment.pk if enrollment else None,
        sequence_id=enrollment.sequence_id if enrollment else None,
        sequence=enrollment.sequence.name if enrollment else "",
    )


def _member(member: Member | None) -> out.MemberRef | None:
    return out.MemberRef(id=member.pk, name=member.name) if member is not None else None


def _strip(member: Member, task: Task, now: datetime) -> list[MarkOut]:
    rows = access.visible_to(member, Enrollment).select_related(*view.NEEDED)
    row = rows.filter(id=task.touch.enrollment_id or 0).first()
    return view.row_of(row, view.load([row], now)).strip if row is not None else []


def _said(member: Member, task: Task) -> list[out.TaskSaidOut]:
    rows = access.visible_to(member, Message).filter(contact_id=task.contact_id).order_by("-id")[:SAID]
    return [
        out.TaskSaidOut(
            id=row.pk,
            at=row.occurred_at,
            direction=row.direction,
            kind=row.kind,
            subject=row.subject,
            text=row.text[:PREVIEW],
        )
        for row in rows
    ]


def _others(member: Member, task: Task) -> list[Task]:
    rows = access.visible_to(member, Task).filter(contact_id=task.contact_id, settled_at=None)
    return list(rows.exclude(id=task.pk).select_related(*NEEDED).order_by("due_at", "id")[:OTHERS])
