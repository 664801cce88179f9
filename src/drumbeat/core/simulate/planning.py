"""The planner's half of a moment: look at who is due, and carry out what the look decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from drumbeat.core.advance import (
    Act,
    AskDecision,
    Effect,
    Entry,
    Escalate,
    Fate,
    GiveUpTask,
    PlanTouch,
    StopTouch,
    look,
    seen,
    unreachable_after,
)
from drumbeat.core.facts import DecisionFacts, Move
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
    taken = look(standing.enrollment, standing.flow, run.facts(standing, before), now)
    standing.woken = False
    if taken.changed_version and standing.move is not None:
        standing.flow = standing.move.flow
    if taken.enrollment.move_id is None:
        standing.move = None
    run.stand(standing, taken.enrollment)
    if before is not None and before.status in UNHANDED:
        _settle(run, before, taken.fate, now)
    for effect in taken.effects:
        _carry_out(run, standing, effect, now)
    run.journal.extend(_line(standing.person.id, entry, now) for entry in taken.entries)


def _carry_out(run: Run, standing: Standing, effect: Effect, now: datetime) -> None:
    match effect:
        case PlanTouch():
            _write_touch(run, standing, effect, now)
        case Act(step=step):
            standing.view = seen(standing.view, step)
            standing.unreachable = dict(unreachable_after(standing.unreachable, step))
        case StopTouch():
            pass  # it leaves after the end, and nothing that follows from it is this sequence's
        case GiveUpTask():
            touch = run.touches[standing.person.id, effect.step, effect.visit]
            touch.status, touch.settled_at = TouchStatus.SKIPPED, now
            touch.reason = SkipReason.TASK_EXPIRED
        case Escalate():
            run.touches[standing.person.id, effect.step, effect.visit].escalated = True
        case AskDecision():
            standing.decisions[effect.step, effect.visit] = DecisionFacts(asked_at=now)
            for arrival in run.world.after_asked(standing.person.id, effect.step, effect.visit, now):
                run.expect(arrival)
        case _:
            asked = standing.decisions[effect.step, effect.visit]
            standing.decisions[effect.step, effect.visit] = replace(asked, decided_at=now)


def ask_over(run: Run, move: Move, now: datetime) -> None:
    """Ask everybody who has not finished to go on in another version; what is out holds the move."""
    for standing in run.standings:
        if standing.enrollment.is_finished:
            continue
        standing.move = move
        standing.enrollment = replace(standing.enrollment, move_id=move.id)
        _look(run, standing, now)
        after = standing.enrollment
        if after.move_id is not None and not after.is_finished:
            entry = Entry(rule="move_waits", step=after.step or "", visit=after.visit)
            run.journal.append(_line(standing.person.id, entry, now))


def _line(person_id: int, entry: Entry, now: datetime) -> JournalLine:
    return JournalLine(
        at=now, person_id=person_id, rule=entry.rule, step=entry.step, visit=entry.visit, reason=entry.reason
    )


def _settle(run: Run, touch: Touch, fate: Fate, now: datetime) -> None:
    if fate is Fate.CANCEL:
        touch.status, touch.settled_at = TouchStatus.CANCELLED, now
    post = run.post_of(touch.plan)
    if post is None:
        return
    outbox, withheld = post.outbox, touch.withheld
    touch.withheld = fate is not Fate.RELEASE
    if touch.withheld:
        outbox.take_out(touch)
    elif withheld:
        outbox.put(touch)


def _write_touch(run: Run, standing: Standing, plan: PlanTouch, now: datetime) -> None:
    """Write the touch, or use the one of the same key again: it is not handed over, and its tries still count."""
    key = (standing.person.id, plan.step, plan.visit)
    is_task = plan.kind is TouchKind.TASK
    status = TouchStatus.SCHEDULED if is_task else TouchStatus.PLANNED
    before = run.touches.get(key)
    if before is not None and (post := run.post_of(before.plan)) is not None:
        post.outbox.take_out(before)
    touch = run.touches[key] = Touch(standing.person.id, plan, now, plan.due_at, status)
    if before is not None:
        touch.attempts = before.attempts
        touch.reserved = before.reserved if before.plan.sender_id == plan.sender_id else ()
    if (post := run.post_of(plan)) is not None:
        post.outbox.put(touch)
    if is_task:
        for arrival in run.world.after_sent(*key, now):
            run.expect(arrival)
