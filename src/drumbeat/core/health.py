"""The health of a sequence: of all that could be said, the one sentence that matters most, and where to look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from drumbeat.core.enrollment import BlockReason
from drumbeat.core.facts import SequenceState


class Level(StrEnum):
    GOOD = "good"
    QUIET = "quiet"
    WAITING = "waiting"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Link:
    """A room, and what to filter there by."""

    room: str
    filter: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Health:
    """A sentence by its code and arguments; moments are ISO texts."""

    level: Level
    code: str
    args: Mapping[str, str | int] = field(default_factory=dict)
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthFacts:
    """What the sentence may know. `people` are unfinished, `ever` all that were enrolled.

    `blocked` counts by block reason; `down` are messages whose sender cannot send, until `down_until` (None: open).
    `errors`: those of a draft, None for what was published.
    """

    state: SequenceState
    people: int = 0
    ever: int = 0
    blocked: Mapping[str, int] = field(default_factory=dict)
    pending_review: int = 0
    next_send_at: datetime | None = None
    planned_today: int = 0
    down: int = 0
    down_until: datetime | None = None
    emergency_stopped_by: str | None = None
    changed_by: str = ""
    changed_at: datetime | None = None
    errors: int | None = None
    is_empty: bool = False


def health_of(facts: HealthFacts) -> Health:
    """Return the most pressing sentence. Total."""
    match facts.state:
        case SequenceState.DRAFT:
            return _draft(facts)
        case SequenceState.ARCHIVED:
            return Health(Level.QUIET, "archived", _change(facts))
        case SequenceState.PAUSED:
            return Health(Level.WAITING, "paused", {**_change(facts), "people": facts.people})
        case _:
            return next(_running(facts))


def _draft(facts: HealthFacts) -> Health:
    if facts.is_empty:
        return Health(Level.QUIET, "draft_empty", link=Link("steps"))
    if facts.errors:
        return Health(Level.PROBLEM, "draft_errors", {"count": facts.errors}, Link("steps"))
    return Health(Level.GOOD, "draft_ready")


def _change(facts: HealthFacts) -> dict[str, str | int]:
    return {"by": facts.changed_by, "at": _text(facts.changed_at)}


def _running(facts: HealthFacts) -> Iterator[Health]:
    """Yield what could be said of a running one, the most pressing first; the last always holds."""
    if facts.emergency_stopped_by is not None:
        yield Health(Level.PROBLEM, "emergency_stop", {"by": facts.emergency_stopped_by}, Link("doctor"))
    yield from _blocked(facts)
    if facts.down:
        args: dict[str, str | int] = {"count": facts.down, "until": _text(facts.down_until)}
        yield Health(Level.WARNING, "sender_down", args, Link("senders"))
    if facts.pending_review:
        yield Health(Level.WAITING, "waiting_for_review", {"count": facts.pending_review}, Link("review"))
    if facts.next_send_at is not None:
        planned: dict[str, str | int] = {
            "at": _text(facts.next_send_at),
            "planned_today": facts.planned_today,
        }
        yield Health(Level.GOOD, "next_send", planned)
    if facts.people:
        yield Health(Level.QUIET, "waits", {"people": facts.people})
    yield Health(Level.QUIET, "all_finished" if facts.ever else "nobody")


def _blocked(facts: HealthFacts) -> Iterator[Health]:
    for reason in BlockReason:
        if count := facts.blocked.get(reason, 0):
            where = {"state": "blocked", "reason": reason.value}
            room = "senders" if reason is BlockReason.SENDER_UNAVAILABLE else "enrollments"
            filter_ = {} if room == "senders" else where
            yield Health(Level.PROBLEM, f"blocked_{reason.value}", {"count": count}, Link(room, filter_))


def _text(moment: datetime | None) -> str:
    return moment.isoformat() if moment is not None else ""
