"""The step that waits for an event: on when it came, another way when its time is over."""

from __future__ import annotations

from datetime import datetime

from drumbeat.core.advance.outcome import Transition, entry_of
from drumbeat.core.advance.step_moves import At, go, here
from drumbeat.core.conditions import ConditionView, EventFact
from drumbeat.core.conditions.fields import MESSAGE_EVENTS
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import WaitForStep
from drumbeat.core.timing import later

TIMED_OUT = "timed_out"
_OF_THIS_ENROLLMENT = MESSAGE_EVENTS | {EventKind.TASK_COMPLETED}


def wait_for(at: At[WaitForStep]) -> Transition:
    """Wait for what happens after the last message left, up to the limit; nothing sent: since it began."""
    limit = later(at.due, at.step.time_limit, at.facts)
    since = at.facts.last_sent_at or at.enrollment.approved_at or at.enrollment.origin_at
    came_at = _came_at(_event(at.step.event, at.facts.view), since, limit)
    if came_at is not None:
        entry = entry_of("waited", at.step.event, at.enrollment)
        return go(at.enrollment, at.step.next, max(at.due, came_at), entry, at.now)
    if at.now >= limit:
        entry = entry_of("waited", TIMED_OUT, at.enrollment)
        return go(at.enrollment, at.step.timed_out, limit, entry, at.now)
    return Transition(here(at.enrollment, at.enrollment.state, at.due, None, limit))


def _event(kind: str, view: ConditionView) -> EventFact | None:
    """Answers to messages, and tasks, mean this enrollment's; whatever else, the contact's."""
    return view.events.get((kind, "enrollment" if kind in _OF_THIS_ENROLLMENT else ""))


def _came_at(fact: EventFact | None, since: datetime, limit: datetime) -> datetime | None:
    """Return when it happened after `since` and by `limit`; of several, the first and the last are known."""
    if fact is None:
        return None
    return next((moment for moment in (fact.first_at, fact.last_at) if since < moment <= limit), None)
