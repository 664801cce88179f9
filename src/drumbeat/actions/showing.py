"""One enrollment as people see it: what it did, in order, then the path it would take with today's facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from drumbeat.actions import access
from drumbeat.actions.explaining import words
from drumbeat.core.conditions import holds
from drumbeat.core.enrollment import Enrollment, EnrollmentState
from drumbeat.core.facts import Facts
from drumbeat.core.flow import (
    RUNNING_KINDS,
    ConditionStep,
    EmailStep,
    EndStep,
    Flow,
    Step,
    WayKind,
    channel_of,
)
from drumbeat.core.timing import choose_sender, due_at
from drumbeat.core.touch import SkipReason, TouchKind, TouchStatus
from drumbeat.models import Enrollment as EnrollmentRow
from drumbeat.models import JournalEntry, Member, Touch
from drumbeat.store import enrollments, facts, flows

MOST_AHEAD = 100
"""Steps that are looked ahead; a flow that goes in circles has more."""

_LABELS = {
    "pending_review": "Waiting for review",
    "active": "Active",
    "awaiting": "Active",
    "completed": "Completed",
    "replied": "Replied",
    "opted_out": "Unsubscribed",
    "manual": "Stopped",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One step. `estimated_execute_at`: an estimate of what is to come, else the planned time.

    `status` is the touch's; for what has none `completed`, `skipped`, or `planned` for what lies ahead.
    """

    position: int = 0
    step: str
    visit: int
    kind: str
    delay: str
    job_type: str | None = None
    status: str
    reason: str = ""
    due_at: datetime | None = None
    executed_at: datetime | None = None
    estimated_execute_at: datetime | None = None
    overdue: bool = False
    task_id: int | None = None
    task_content: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollmentView:
    """`label` is the one word that people see; state and reason are the stored ones."""

    id: int
    contact: str
    sequence: str
    version: int
    state: str
    reason: str
    label: str
    step: str | None
    next_step_at: datetime | None
    finished_at: datetime | None
    timeline: Sequence[Item]


def show(member: Member, enrollment_id: int, now: datetime) -> EnrollmentView:
    """Return one enrollment of the member's workspace with its timeline."""
    access.require(member, "enrollments.view")
    rows = access.visible_to(member, EnrollmentRow)
    rows = rows.select_related("sequence", "version", "contact", "workspace").filter(id=enrollment_id)
    row = access.first(rows, "enrollment", enrollment_id)
    (locked,) = enrollments.read([row.pk])
    loaded = flows.load_flows([row.version_id])
    known = facts.load_facts([locked], loaded, now).facts[row.pk]
    flow = loaded[row.version_id].flow
    done = _done(row, flow, now)
    ahead = _ahead(locked.value, flow, known, done, now)
    return EnrollmentView(
        id=row.pk,
        contact=row.contact.email or row.contact.phone,
        sequence=row.sequence.name,
        version=row.version.number,
        state=row.state,
        reason=row.reason,
        label=label(row.state, row.reason),
        step=row.step,
        next_step_at=row.next_step_at,
        finished_at=row.finished_at,
        timeline=[replace(item, position=n) for n, item in enumerate([*done, *ahead])],
    )


def label(state: str, reason: str) -> str:
    """Return the word for a state that people see."""
    match state:
        case EnrollmentState.PAUSED | EnrollmentState.BLOCKED:
            return f"{state.capitalize()}: {words(reason)}"
        case EnrollmentState.FINISHED:
            return _LABELS.get(reason, words(reason).capitalize())
        case _:
            return _LABELS.get(state, state)


_STEP_RULES = ("planned", "settled", "failed", "skipped", "branched", "acted")


def _done(row: EnrollmentRow, flow: Flow, now: datetime) -> list[Item]:
    """Return what the journal says was done or planned, each entry into a step once, in order."""
    journal = JournalEntry.objects.filter(enrollment=row, rule__in=_STEP_RULES).order_by("id")
    touches = {
        (touch.step, touch.visit): touch
        for touch in Touch.objects.filter(enrollment=row).select_related("task").order_by("id")
    }
    items: dict[tuple[str, int], Item] = {}
    late = timedelta(minutes=row.workspace.overdue_minutes)
    for entry in journal:
        key, step = (entry.step, entry.visit), flow.steps.get(entry.step)
        if step is None:
            continue
        touch = touches.get(key)
        if touch is not None:
            items[key] = _of_touch(touch, step, now, late)
        else:
            status = "skipped" if entry.rule == "skipped" else "completed"
            reason = entry.reason if entry.rule in ("skipped", "branched") else ""
            items[key] = replace(_item(step, entry.visit, status), reason=reason, executed_at=entry.at)
    return list(items.values())


def _item(step: Step, visit: int, status: str) -> Item:
    job_type = step.job_type.value if isinstance(step, EmailStep) else None
    return Item(
        step=step.key, visit=visit, kind=step.kind, delay=str(step.delay), job_type=job_type, status=status
    )


_NOT_DONE = (TouchStatus.CANCELLED, TouchStatus.SKIPPED)


def _of_touch(touch: Touch, step: Step, now: datetime, late: timedelta) -> Item:
    task = touch.task if touch.kind == TouchKind.TASK and hasattr(touch, "task") else None
    settled = touch.settled_at is not None
    due = task.due_at if task else touch.due_at + late
    return replace(
        _item(step, touch.visit, touch.status),
        reason=touch.reason or touch.hold_reason,
        due_at=touch.due_at,
        executed_at=touch.settled_at
        if touch.status not in (TouchStatus.CANCELLED, TouchStatus.SKIPPED)
        else None,
        estimated_execute_at=touch.due_at if settled or task else max(touch.not_before, now),
        overdue=not settled and now > due,
        task_id=task.pk if task else None,
        task_content=task.title if task else None,
    )


def _ahead(
    value: Enrollment, flow: Flow, known: Facts, done: Sequence[Item], now: datetime
) -> Iterator[Item]:
    """Yield what would follow, each with its estimated time; nothing for what is finished."""
    if value.is_finished:
        return
    following = _after_current(value, flow, done, now)
    for _ in range(MOST_AHEAD):
        step = flow.steps.get(following.step or "")
        if step is None or step.kind not in RUNNING_KINDS or isinstance(step, EndStep):
            return
        sender = choose_sender(step, following, known)
        due = due_at(step, following, sender, known)
        if due is None:
            return
        at, skip = max(due, now), _would_skip(step, known, now)
        item = _item(step, following.visit, "skipped" if skip else "planned")
        yield replace(item, reason=skip, due_at=due, estimated_execute_at=at)
        origin = due if skip or not channel_of(step) else at
        following = _enter(following, _way(step, known, now, skipped=bool(skip)), origin)


def _after_current(value: Enrollment, flow: Flow, done: Sequence[Item], now: datetime) -> Enrollment:
    """Return where the path ahead begins: the step at hand, or the one after it when its touch is out."""
    out = next((i for i in done if (i.step, i.visit) == (value.step, value.visit)), None)
    if out is None or value.step is None or out.status == TouchStatus.CANCELLED:
        return value
    step = flow.steps[value.step]
    return _enter(value, step.next, out.executed_at or out.estimated_execute_at or now)


def _would_skip(step: Step, known: Facts, now: datetime) -> str:
    if step.only_if is not None and not holds(step.only_if, known.view, now):
        return SkipReason.CONDITION_FALSE.value
    channel = channel_of(step)
    return known.unreachable.get(channel, "") if channel else ""


def _way(step: Step, known: Facts, now: datetime, *, skipped: bool) -> str | None:
    if skipped and step.on_skip.kind is not WayKind.GO_ON:
        return step.on_skip.step
    branches = step.branches if isinstance(step, ConditionStep) else ()
    return next((branch.next for branch in branches if holds(branch.condition, known.view, now)), step.next)


def _enter(value: Enrollment, key: str | None, origin: datetime) -> Enrollment:
    visits: Mapping[str, int] = value.visits
    if key is not None:
        visits = {**visits, key: visits.get(key, 0) + 1}
    return replace(value, step=key, visits=visits, origin_at=origin, due_at=None, step_sender_id=None)
