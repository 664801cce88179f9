"""What people do with tasks: complete, skip, snooze, hand on. A settled task moves its enrollment at once."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Least

from drumbeat.actions import access, events
from drumbeat.actions.contacts.input import clean
from drumbeat.core.errors import DomainError
from drumbeat.core.touch import TouchStatus
from drumbeat.models import Contact, Enrollment, Event, Job, Member, Task
from drumbeat.store import jobs, moves, owners, sql, tasks
from drumbeat.store.jobs import Progress
from drumbeat.store.senders import UTC, zone_named
from drumbeat.store.tasks import When

CALL_OUTCOMES = ("reached", "left_message", "no_answer", "busy", "wrong_number")
TO_DO_OUTCOMES = ("done",)
REACHED = "reached"
SKIPPED = "skipped"
AGAIN_OUTCOMES = ("left_message", "no_answer", "busy")
KINDS = ("to_do", "call")
FARTHEST = timedelta(days=366)
TITLE_LONGEST, TEXT_LONGEST = 300, 10_000
MOST_TRIES = 999
AT_ONCE = timedelta(0)
LONGEST_HOLD = timedelta(seconds=30)


NEEDED = (
    "contact",
    "assignee",
    "created_by",
    "settled_by",
    "escalated_from",
    "touch__enrollment__sequence",
)
"""What whoever shows a task loads with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a task; `code` is "" when it was done, `state` the state of its enrollment then."""

    id: int
    code: str = ""
    state: str = ""
    call_logged: bool = False


def list_of(
    member: Member,
    now: datetime,
    *,
    when: When = "open",
    mine: bool = False,
    assignee_id: int | None = None,
    zone: str = "",
) -> QuerySet[Task]:
    """Return the member's view of the tasks, unordered; `mine` are those assigned to them."""
    access.require(member, "tasks.view")
    return tasks.due(
        _rows(member, mine=mine, assignee_id=assignee_id), when, now, end_of_day(member, now, zone)
    )


def counts_of(
    member: Member, now: datetime, *, mine: bool = False, assignee_id: int | None = None, zone: str = ""
) -> dict[str, int]:
    """Count what is overdue, due today and upcoming."""
    access.require(member, "tasks.view")
    rows = _rows(member, mine=mine, assignee_id=assignee_id)
    return tasks.count_open(rows, now, end_of_day(member, now, zone))


def _rows(member: Member, *, mine: bool, assignee_id: int | None) -> QuerySet[Task]:
    whose = member.pk if mine else assignee_id
    rows = access.visible_to(member, Task)
    return rows if whose is None else rows.filter(assignee_id=whose)


def end_of_day(member: Member, now: datetime, zone: str = "") -> datetime:
    """Return when the day of `now` ends in `zone`, else in the workspace's."""
    here: ZoneInfo = zone_named(zone) or zone_named(member.workspace.time_zone) or UTC
    local = now.astimezone(here)
    return (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def get(member: Member, task_id: int) -> Task:
    """Return one task with its contact and touch."""
    access.require(member, "tasks.view")
    rows = access.visible_to(member, Task).select_related(*NEEDED)
    return access.first(rows.filter(id=task_id), "task", task_id)


def complete(
    member: Member,
    task_id: int,
    now: datetime,
    *,
    outcome: str = "",
    note: str | None = None,
    log_call: bool | None = None,
    hold: timedelta = AT_ONCE,
) -> Settled:
    """Complete a task and let its enrollment go on; with `hold` that follows later, and can be taken back until then.

    A call that reached the contact counts as a logged call, with the note, unless `log_call` says otherwise.
    DomainErrors `task_settled`, `outcome_unknown`.
    """
    task = _open(member, task_id)
    outcome = outcome or ("done" if task.kind != "call" else REACHED)
    known = outcomes_of(task)
    if outcome not in known:
        raise DomainError("outcome_unknown", f"The outcome of this task is one of: {', '.join(known)}.")
    logs = task.kind == "call" and outcome == REACHED if log_call is None else log_call
    if logs:
        access.require(member, "contacts.edit")
    said = Said(TouchStatus.COMPLETED, outcome, _note(task, note), logs)
    return _settle(member, task, said, hold, now)


def outcomes_of(task: Task) -> tuple[str, ...]:
    """Return how a task of this kind may go, the usual first."""
    return CALL_OUTCOMES if task.kind == "call" else TO_DO_OUTCOMES


def skip(
    member: Member, task_id: int, now: datetime, *, note: str | None = None, hold: timedelta = AT_ONCE
) -> Settled:
    """Leave a task undone; its enrollment takes the way of a skipped step. `note`: why; None: what is there stays.

    DomainError `task_settled`.
    """
    task = _open(member, task_id)
    return _settle(member, task, Said(TouchStatus.SKIPPED, SKIPPED, _note(task, note)), hold, now)


def _open(member: Member, task_id: int) -> Task:
    access.require(member, "tasks.edit")
    task = get(member, task_id)
    if task.settled_at is not None:
        raise _settled_already()
    return task


def _settled_already() -> DomainError:
    return DomainError("task_settled", "This task is done or skipped already.")


def _note(task: Task, note: str | None) -> str:
    return task.note if note is None else _text(note)


def _text(text: str) -> str:
    return clean(text)[:TEXT_LONGEST]


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of a task."""

    status: TouchStatus
    outcome: str
    note: str
    logs_call: bool = False


def _settle(member: Member, task: Task, said: Said, hold: timedelta, now: datetime) -> Settled:
    if hold > AT_ONCE:
        with transaction.atomic():
            if not tasks.say(task, said.outcome, said.note, member, now):
                raise _settled_already()
            kept = {
                "task_id": task.pk,
                "said_at": now.isoformat(),
                "status": said.status,
                "logs_call": said.logs_call,
            }
            jobs.enqueue(jobs.SETTLE_TASKS, kept, now, workspace_id=task.workspace_id, not_before=now + hold)
        return Settled(id=task.pk, state=_state(task))
    with transaction.atomic():
        logged = said.logs_call and _log_call(member, task, said.note, now)
        if not tasks.settle(task, said.status, said.outcome, now):
            raise _settled_already()
        Task.objects.filter(id=task.pk).update(note=said.note, settled_by=member)
        _go_on(task, now)
    return Settled(id=task.pk, state=_state(task), call_logged=logged)


def _go_on(task: Task, now: datetime) -> None:
    unfinished = Enrollment.objects.filter(id=task.touch.enrollment_id or 0).exclude(state="finished")
    moves.move(list(unfinished.values_list("id", flat=True)), now)


def _state(task: Task) -> str:
    rows = Enrollment.objects.filter(id=task.touch.enrollment_id or 0)
    return rows.values_list("state", flat=True).first() or ""


def take_effect(job: Job, now: datetime) -> Progress:
    """Carry out what a person said of a task, unless it was taken back or the task ended otherwise."""
    about = job.arguments
    said_at = datetime.fromisoformat(about["said_at"])
    rows = Task.objects.select_related("contact", "touch", "settled_by__workspace", "settled_by__user")
    task = rows.filter(id=about["task_id"], settled_at=said_at, touch__settled_at=None).first()
    with transaction.atomic():
        if task is not None:
            with suppress(TakenBack):
                _carry_out(task, TouchStatus(about["status"]), said_at, now, logs_call=about["logs_call"])
        return jobs.save(job, Progress(done=1, total=1, finished=True), now)


class TakenBack(Exception):
    """A person took their word back while it took effect: nothing of it may stay."""


@transaction.atomic
def _carry_out(task: Task, status: TouchStatus, said_at: datetime, now: datetime, *, logs_call: bool) -> None:
    if logs_call and task.settled_by is not None:
        _log_call(task.settled_by, task, task.note, said_at)
    if not tasks.settle(task, status, task.outcome, now):
        return
    if not Task.objects.filter(id=task.pk, settled_at=said_at).exists():
        raise TakenBack
    _go_on(task, now)


def _log_call(member: Member, task: Task, note: str, now: datetime) -> bool:
    return events.log_call(member, task.contact, _call(task), note, now).counted


def _call(task: Task) -> str:
    return f"task:{task.pk}"


def take_back(member: Member, task_id: int) -> Task:
    """Take back what was said last: the task is open again, or one try fewer was made.

    DomainErrors `task_untouched` when nothing was said, `task_followed` when something followed from it.
    """
    access.require(member, "tasks.edit")
    task = get(member, task_id)
    if task.settled_at is None:
        tried = Task.objects.filter(id=task.pk, settled_at=None, tries__gt=0)
        if not tried.filter(id__in=sql.lock(tried)).update(tries=F("tries") - 1, outcome=""):
            raise DomainError(
                "task_untouched", "Nothing was said of this task; there is nothing to take back."
            )
    else:
        with transaction.atomic():
            opened = tasks.unsay(task)
            if not opened and not (can_take_back(get(member, task_id)) and tasks.unsettle(task)):
                raise DomainError(
                    "task_followed",
                    "What follows from this task has happened. Move the enrollment back to its step, "
                    "or write a new to-do.",
                )
    return get(member, task_id)


def can_take_back(task: Task) -> bool:
    """Tell whether a settled task can be opened again: nothing followed from it that stays."""
    if task.touch.settled_at is None:
        return task.settled_at is not None
    if task.touch.enrollment_id is not None or task.touch.status not in (
        TouchStatus.COMPLETED,
        TouchStatus.SKIPPED,
    ):
        return False
    logged = Event.objects.filter(workspace_id=task.workspace_id, source="task", external_id=_call(task))
    return not logged.exists()


def try_again(
    member: Member, task_id: int, outcome: str, until: datetime, now: datetime, *, note: str | None = None
) -> Task:
    """Count a call that reached nobody, and let the task be due again; its enrollment goes on waiting.

    DomainErrors `task_settled`, `outcome_unknown`, `moment_invalid`.
    """
    task = _open(member, task_id)
    if task.kind != "call" or outcome not in AGAIN_OUTCOMES:
        raise DomainError(
            "outcome_unknown", f"A call is tried again after one of: {', '.join(AGAIN_OUTCOMES)}."
        )
    _require_ahead(until, now)
    tries = Least(F("tries") + 1, MOST_TRIES)
    return _change(task, tries=tries, outcome=outcome, due_at=until, **_noted(note))


def create(
    member: Member,
    contact_id: int,
    title: str,
    now: datetime,
    *,
    kind: str = "to_do",
    text: str = "",
    due_at: datetime | None = None,
    assignee_id: int | None = None,
) -> Task:
    """Write a task for a contact by hand, due now unless said; without an assignee it is the member's own.

    DomainErrors `not_found`, `task_invalid`, `moment_invalid`, `assignee_cannot_see`.
    """
    access.require(member, "tasks.create")
    contact = access.get(member, Contact, contact_id, "contact")
    if kind not in KINDS:
        raise DomainError("task_invalid", f"A task is one of: {', '.join(KINDS)}.", {"field": "kind"})
    if not 0 < len(clean(title)) <= TITLE_LONGEST:
        raise DomainError(
            "task_invalid", f"Say what is to do, in at most {TITLE_LONGEST} characters.", {"field": "title"}
        )
    if due_at is not None:
        _require_ahead(due_at, now)
    assignee = member if assignee_id is None else access.get(member, Member, assignee_id, "member")
    _require_sight(assignee, contact)
    wanted = tasks.ToDo(
        kind=kind, title=clean(title), text=_text(text), due_at=due_at or now, assignee_id=assignee.pk
    )
    with transaction.atomic():
        return tasks.create(contact, wanted, member, secrets.token_hex(8), now)


def _require_ahead(moment: datetime, now: datetime) -> None:
    if not now < moment <= now + FARTHEST:
        raise DomainError("moment_invalid", "A task can be due at a moment within a year from now.")


def _require_sight(assignee: Member, contact: Contact) -> None:
    """Nobody gets what they would never see."""
    if assignee.deactivated_at is not None:
        raise DomainError("not_found", f"{assignee.name} works here no more. Choose somebody else.")
    if not owners.sees(assignee, contact):
        raise DomainError(
            "assignee_cannot_see",
            f"{assignee.name} sees their own contacts only, and this one is not theirs. "
            "Make them its owner first, or choose somebody else.",
        )


def snooze(member: Member, task_id: int, until: datetime, now: datetime, *, note: str | None = None) -> Task:
    """Let a task be due later. `note`: why; None: what is there stays.

    DomainErrors `task_settled`, `moment_invalid`.
    """
    task = _open(member, task_id)
    _require_ahead(until, now)
    return _change(task, due_at=until, **_noted(note))


def _noted(note: str | None) -> dict[str, object]:
    """Return the note as a value to be changed, where one was written."""
    return {} if note is None else {"note": _text(note)}


def reassign(member: Member, task_id: int, to_member_id: int | None) -> Task:
    """Hand a task to another member, or to nobody. DomainErrors `task_settled`, `not_found`, `assignee_cannot_see`."""
    task = _open(member, task_id)
    to = access.get(member, Member, to_member_id, "member") if to_member_id is not None else None
    if to is not None:
        _require_sight(to, task.contact)
    return _change(task, assignee=to)


def _change(task: Task, **values: object) -> Task:
    with transaction.atomic():
        rows = Task.objects.filter(id=task.pk, settled_at=None)
        if not rows.filter(id__in=sql.lock(rows)).update(**values):
            raise _settled_already()
    task.refresh_from_db()
    return task


def each(member: Member, task_ids: Sequence[int], act: Callable[[int], Settled | Task]) -> list[Settled]:
    """Apply a verb to each task by itself; what cannot be done says why."""
    access.require(member, "tasks.edit")
    answers = []
    for task_id in dict.fromkeys(task_ids):
        try:
            done = act(task_id)
            answers.append(done if isinstance(done, Settled) else Settled(id=task_id))
        except DomainError as refused:
            answers.append(Settled(id=task_id, code=refused.code))
    return answers
