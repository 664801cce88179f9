"""What one enrollment did, in order, and the path it would take from here with today's facts (ENR-9).

The shell reads journal lines and touches and hands them over as records; what is shown is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from drumbeat.core.advance import CHOICES
from drumbeat.core.ahead import Ahead, path_ahead
from drumbeat.core.delay import Delay
from drumbeat.core.enrollment import Enrollment, FinishReason
from drumbeat.core.facts import Facts
from drumbeat.core.flow import Flow, Step, TaskStep, WaitForStep
from drumbeat.core.touch import SETTLED, TouchStatus

OVERDUE_AFTER = timedelta(minutes=15)
_EXECUTED = frozenset({TouchStatus.SENT, TouchStatus.DELIVERED, TouchStatus.COMPLETED})


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchRecord:
    """One step that was entered: its touch and task, or its line in the journal by `record_of`.

    `kind` is the touch's, "" for a line of the journal. `not_before`: when a message may be tried next. `flow`: the
    version in which it was written, where that is not the present one.
    """

    step: str
    visit: int
    status: TouchStatus
    due_at: datetime
    kind: str = ""
    reason: str = ""
    hold_reason: str = ""
    not_before: datetime | None = None
    settled_at: datetime | None = None
    task_id: int | None = None
    task_title: str = ""
    task_text: str = ""
    task_due_at: datetime | None = None
    flow: Flow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineItem:
    """One step as people see it. `status` is `planned` for what is to come.

    `as_planned`: the step as the version has it in which it was planned; None where no version has it.

    `estimated_execute_at` of what is done is the time that was planned for it; None: nobody can say when.
    `skip_reason` of what is to come: today it would be skipped. `way`: the branch that was taken.
    """

    position: int
    step: str
    visit: int
    kind: str
    name: str
    delay: Delay | None
    status: TouchStatus
    due_at: datetime | None = None
    executed_at: datetime | None = None
    estimated_execute_at: datetime | None = None
    overdue: bool = False
    hold_reason: str = ""
    failure_reason: str = ""
    skip_reason: str = ""
    way: str = ""
    task_id: int | None = None
    task_title: str = ""
    task_text: str = ""
    as_planned: Step | None = None


def record_of(rule: str, step: str, visit: int, reason: str, at: datetime) -> TouchRecord | None:
    """Read one line of the journal; None when it tells nothing about a step's execution."""
    status = TouchStatus(reason) if rule == "settled" else _STATUSES.get(rule)
    if rule == "finished" and reason in (FinishReason.COMPLETED, FinishReason.GOAL):
        status = TouchStatus.COMPLETED
    if status is None or not step:
        return None
    settled_at = at if status in SETTLED else None
    why = reason if rule in _REASONED else ""
    return TouchRecord(step=step, visit=visit, status=status, due_at=at, reason=why, settled_at=settled_at)


_REASONED = CHOICES | {"skipped", "failed"}
_STATUSES = {
    **dict.fromkeys(CHOICES, TouchStatus.COMPLETED),
    "planned": TouchStatus.PLANNED,
    "asked": TouchStatus.PLANNED,
    "acted": TouchStatus.COMPLETED,
    "skipped": TouchStatus.SKIPPED,
    "failed": TouchStatus.FAILED,
}


def timeline(
    enrollment: Enrollment,
    flow: Flow,
    facts: Facts,
    touches: Sequence[TouchRecord],
    now: datetime,
    *,
    overdue_after: timedelta = OVERDUE_AFTER,
) -> tuple[TimelineItem, ...]:
    """Return what was done and what would come, numbered from 0.

    `touches`: the journal's records in its order, then the touches in theirs; of one step and visit the touch
    knows better. Times of what is to come are before caps.
    """
    done = _by_step(touches)
    here = enrollment.step or "", enrollment.visit
    ahead = _ahead(enrollment, flow, facts, done.get(here), now)
    late = now - overdue_after
    items = [_done(record, ahead.get(key), flow, late, now) for key, record in done.items()]
    items += [
        _planned(one, _due_at(enrollment, flow) if key == here else None, flow, late)
        for key, one in ahead.items()
        if key not in done
    ]
    return tuple(replace(item, position=position) for position, item in enumerate(items))


def _due_at(enrollment: Enrollment, flow: Flow) -> datetime | None:
    """A step that waits for an event is late only when its time is over."""
    step = flow.steps.get(enrollment.step or "")
    return enrollment.next_step_at if isinstance(step, WaitForStep) else enrollment.due_at


def _by_step(records: Sequence[TouchRecord]) -> dict[tuple[str, int], TouchRecord]:
    """Keep one record of each step and visit, in the place where it first appeared, and the flow that planned it."""
    found: dict[tuple[str, int], TouchRecord] = {}
    planned_in: dict[tuple[str, int], Flow | None] = {}
    for record in records:
        key = record.step, record.visit
        known = found.get(key)
        if not record.kind and (record.status is TouchStatus.PLANNED or key not in planned_in):
            planned_in[key] = record.flow
        if known is None or record.kind:
            found[key] = record
        elif not known.kind:
            found[key] = replace(record, due_at=known.due_at)
    return {key: replace(record, flow=planned_in.get(key)) for key, record in found.items()}


def _ahead(
    enrollment: Enrollment, flow: Flow, facts: Facts, out: TouchRecord | None, now: datetime
) -> dict[tuple[str, int], Ahead]:
    out_until = (out.task_due_at or out.not_before or out.due_at) if out is not None else None
    return {
        (one.step, one.visit): one for one in path_ahead(enrollment, flow, facts, now, out_until=out_until)
    }


def _done(
    record: TouchRecord, ahead: Ahead | None, flow: Flow, late: datetime, now: datetime
) -> TimelineItem:
    settled, executed = record.status in SETTLED, record.status in _EXECUTED
    deadline, limit = (record.task_due_at, now) if record.task_due_at else (record.due_at, late)
    return replace(
        _of_step(record.step, record.visit, record.flow or flow, record.kind),
        status=record.status,
        due_at=record.due_at,
        executed_at=record.settled_at if executed else None,
        estimated_execute_at=ahead.at if ahead is not None and not settled else record.due_at,
        overdue=not settled and deadline < limit,
        hold_reason="" if settled else record.hold_reason,
        failure_reason=record.reason if record.status is TouchStatus.FAILED else "",
        skip_reason=record.reason if record.status is TouchStatus.SKIPPED else "",
        way=record.reason if executed else "",
        task_id=record.task_id,
        task_title=record.task_title,
        task_text=record.task_text,
    )


def _planned(ahead: Ahead, due_at: datetime | None, flow: Flow, late: datetime) -> TimelineItem:
    """`due_at` is known of the step at hand alone; only that can be overdue."""
    step = flow.steps[ahead.step]
    return replace(
        _of_step(ahead.step, ahead.visit, flow, ""),
        due_at=due_at,
        estimated_execute_at=ahead.at,
        overdue=due_at is not None and due_at < late,
        skip_reason=ahead.skip_reason,
        task_title=step.title if isinstance(step, TaskStep) else "",
        task_text=step.text if isinstance(step, TaskStep) else "",
    )


def _of_step(key: str, visit: int, flow: Flow, touch_kind: str) -> TimelineItem:
    """A step that a later version left out is known by its key and by what its touch was."""
    step = flow.steps.get(key)
    return TimelineItem(
        position=0,
        step=key,
        visit=visit,
        kind=step.kind if step else touch_kind,
        name=step.name if step else "",
        delay=step.delay if step else None,
        status=TouchStatus.PLANNED,
        as_planned=step,
    )
