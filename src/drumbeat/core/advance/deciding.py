"""Steps that a model decides: asked once per visit, answered by the name of a way, else the fallback."""

from __future__ import annotations

from datetime import datetime

from drumbeat.core.advance.outcome import AskDecision, GiveUpDecision, Transition, entry_of
from drumbeat.core.advance.step_moves import At, go, here
from drumbeat.core.decisions import FALLBACK, way_named, ways_of
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.evolve import evolve
from drumbeat.core.flow import AiStep
from drumbeat.core.timing import later


def decide(at: At[AiStep]) -> Transition:
    """Ask, await the answer, take its way. The time limit counts from the asking, which a late look delays."""
    known, enrollment, step = at.facts.decision, at.enrollment, at.step
    if known is not None and known.decided_at is not None:
        return _decided(at, known.answer, max(at.due, known.decided_at))
    asked_at = known.asked_at if known is not None else at.now
    limit = later(asked_at, step.time_limit, at.facts)
    if known is not None and at.now >= limit:
        moved = _decided(at, "", limit)
        return evolve(moved, effects=(GiveUpDecision(step=step.key, visit=enrollment.visit),))
    waiting = here(enrollment, EnrollmentState.AWAITING, at.due, None, limit)
    if known is not None:
        return Transition(waiting)
    ask = AskDecision(step=step.key, visit=enrollment.visit)
    return Transition(waiting, entry_of("asked", step.kind, enrollment), (ask,))


def _decided(at: At[AiStep], answer: str, settled_at: datetime) -> Transition:
    way = way_named(at.step, answer)
    entry = entry_of("decided", way or FALLBACK, at.enrollment, fallback=not way)
    following = ways_of(at.step)[way] if way else at.step.next
    return go(at.enrollment, following, settled_at, entry, at.now)
