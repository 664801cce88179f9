"""Builders for what `advance` decides about: enrollments, facts, touches; what a test does not name fits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from drumbeat.core.advance import Look, PlanTouch
from drumbeat.core.conditions import ConditionView
from drumbeat.core.delay import parse_delay
from drumbeat.core.enrollment import Enrollment, EnrollmentState
from drumbeat.core.facts import Exit, Facts, SenderFacts, SequenceFacts, SequenceState, TouchFacts
from drumbeat.core.flow import Channel, TaskStep
from drumbeat.core.touch import TouchStatus

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""Everything begins here, at nine in the morning, UTC."""


def after(days: float = 0, **more: float) -> datetime:
    return MONDAY + timedelta(days=days, **more)


def an_enrollment(step: str | None = "hello", state: str = "active", **more: Any) -> Enrollment:
    """Make an approved enrollment that entered `step` on Monday."""
    given: dict[str, Any] = {
        "visits": {step: 1} if step else {},
        "origin_at": MONDAY,
        "approved_at": None if state == "pending_review" else MONDAY,
        "heard": {},
    }
    return Enrollment(id=7, state=EnrollmentState(state), step=step, **given | more)


def a_sender(id_: int = 1, **more: Any) -> SenderFacts:
    channel = Channel(more.pop("channel", "email"))
    given: dict[str, Any] = {"zone": ZoneInfo("UTC"), "address": f"ann{id_}@ours.test"}
    return SenderFacts(id=id_, channel=channel, **given | more)


def a_sequence(**more: Any) -> SequenceFacts:
    """Make an active sequence; exit settings and state are given as words."""
    words = {name: Exit(value) for name, value in more.items() if name.startswith("exit_on")}
    state = SequenceState(more.pop("state", "active"))
    return SequenceFacts(id=5, state=state, **more | words)


def some_facts(*, sequence: dict[str, Any] | None = None, **more: Any) -> Facts:
    """Make facts with one sender, the workspace's default."""
    senders = more.pop("senders", (a_sender(),))
    given: dict[str, Any] = {"view": ConditionView(), "workspace_sender_id": 1}
    by_id = {sender.id: sender for sender in senders}
    return Facts(sequence=a_sequence(**sequence or {}), senders=by_id, **given | more)


def a_touch(status: str = "planned", **more: Any) -> TouchFacts:
    """Make the touch of the step at hand, written on Monday by sender 1."""
    given: dict[str, Any] = {"created_at": MONDAY, "sender_id": 1}
    return TouchFacts(status=TouchStatus(status), **given | more)


def a_task(key: str = "call", *, after: str = "0m", **more: Any) -> TaskStep:
    return TaskStep(key=key, title="Call", delay=parse_delay(after), **more)


def journal(taken: Look) -> list[tuple[str, str, str]]:
    """Return rule, reason and step of each move of a look."""
    return [(entry.rule, entry.reason, entry.step) for entry in taken.entries]


def standing(enrollment: Enrollment) -> tuple[str, str, str | None, datetime | None]:
    """Return state, reason, step and next look."""
    return enrollment.state.value, enrollment.reason, enrollment.step, enrollment.next_step_at


def plans(taken: Look) -> list[PlanTouch]:
    """Return the touches that a look planned."""
    return [effect for effect in taken.effects if isinstance(effect, PlanTouch)]
