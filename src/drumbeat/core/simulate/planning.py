"""The planner's half of a moment: look at who is due, and carry out what the look decides."""

from __future__ import annotations

from datetime import datetime

from drumbeat.core.advance import FATES, Act, Entry, Fate, PlanTouch, look, seen
from drumbeat.core.simulate.cast import JournalLine
from drumbeat.core.simulate.outbox import Touch
from drumbeat.core.simulate.run import Run, Standing
from drumbeat.core.touch import UNHANDED, SkipReason, TouchKind, TouchStatus


def plan(run: Run, now: datetime) -> int:
    """Look once at everybody who is due; return how many that were."""
    due = run.due(now)
    for standing in due:
        _look(run, standing, now)
    return len(due)


def _look(run: Run, standing: Standing, now: datetime) -> None:
    before = run.current_touch(standing)
    taken = look(standing.enrollment, run.flow, run.facts(standing, before), now)
    standing.woken = False
    run.stand(standing, taken.enrollment)
    if before is not None and before.status in UNHANDED:
        _settle(run, before, FATES[taken.enrollment.state], now)
    for effect in taken.effects:
        match effect:
            case PlanTouch():
                _write_touch(run, standing, effect, now)
            case Act(step=step):
                standing.view = seen(standing.view, step)
            case _:
                touch = run.touches[standing.person.id, effect.step, effect.visit]
                touch.status, touch.settled_at = TouchStatus.SKIPPED, now
                touch.reason = SkipReason.TASK_EXPIRED
    run.journal.extend(_line(standing.person.id, entry, now) for entry in taken.entries)


def _line(person_id: int, entry: Entry, now: datetime) -> JournalLine:
    return JournalLine(
        at=now, person_id=person_id, rule=entry.rule, step=entry.step, visit=entry.visit, reason=entry.reason
    )


def _settle(run: Run, touch: Touch, fate: Fate, now: datetime) -> None:
    if fate is Fate.CANCEL:
        touch.status, touch.settled_at = TouchStatus.CANCELLED, now
    if touch.plan.sender_id is None:
        return
    outbox, withheld = run.posts[touch.plan.sender_id].outbox, touch.withheld
    touch.withheld = fate is not Fate.RELEASE
    if touch.withheld:
        outbox.take_out(touch)
    elif withheld:
        outbox.put(touch)


def _write_touch(run: Run, standing: Standing, plan: PlanTouch, now: datetime) -> None:
    """Write the touch, or use the one of the same key again: it was never handed over."""
    key = (standing.person.id, plan.step, plan.visit)
    is_task = plan.kind is TouchKind.TASK
    status = TouchStatus.SCHEDULED if is_task else TouchStatus.PLANNED
    before = run.touches.get(key)
    if before is not None and before.plan.sender_id is not None:
        run.posts[before.plan.sender_id].outbox.take_out(before)
    touch = run.touches[key] = Touch(standing.person.id, plan, now, plan.due_at, status)
    if plan.sender_id is not None:
        run.posts[plan.sender_id].outbox.put(touch)
    if is_task:
        for arrival in run.world.after_sent(*key, now):
            run.expect(arrival)
