"""What a step waits for that is neither a message nor a task, as sentences: an event, a decision, a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from drumbeat.actions.approvals.showing import reason_of
from drumbeat.core.flow import AiStep, Step, WaitForStep
from drumbeat.core.touch import TouchStatus
from drumbeat.models import Decision, Draft, Enrollment, Touch
from drumbeat.store import flows

Standing = tuple[str, datetime | None, Sequence[str]]

_EVENTS: Mapping[str, str] = {
    "replied": "a reply",
    "opened": "the message to be opened",
    "clicked": "a click",
    "meeting_booked": "a meeting",
    "meeting_cancelled": "a meeting to be cancelled",
    "call_logged": "a call",
    "converted": "a conversion",
    "task_completed": "a task to be done",
    "auto_replied": "an automatic reply",
    "out_of_office": "an out-of-office reply",
    "custom": "an event of your own",
}


def waits_for(row: Enrollment, now: datetime) -> Standing | None:
    """Say what the step at hand waits for, None when it waits for its time, a message or a task."""
    step = flows.flow_of(row.version_id).steps.get(row.step or "")
    if row.next_step_at is None or row.next_step_at <= now:
        return None
    if isinstance(step, WaitForStep) and _has_begun(row, now):
        event = _EVENTS.get(step.event, step.event.replace("_", " "))
        return f"{row.step}: waits for {event}, until its time is over.", row.next_step_at, []
    return _decision(row, step) if row.state == "awaiting" else None


def _has_begun(row: Enrollment, now: datetime) -> bool:
    return row.due_at is not None and row.due_at <= now


def _decision(row: Enrollment, step: Step | None) -> Standing | None:
    if not isinstance(step, AiStep):
        return None
    decision = Decision.objects.filter(enrollment=row, step=step.key).order_by("visit").last()
    sentence = f"{row.step}: waits for the model's decision; at its time limit the fallback is taken."
    if decision is None or not decision.fault:
        return sentence, row.next_step_at, []
    often = "once" if decision.tries == 1 else f"{decision.tries} times"
    return f"{sentence} It was asked {often}: {decision.fault}", row.next_step_at, []


def for_a_text(touch: Touch) -> Standing | None:
    """Say what a message waits for of which there is no text yet; None for any other."""
    if touch.status != TouchStatus.DRAFTING:
        return None
    sentence, draft = f"{touch.step}: an agent writes the text.", Draft.objects.filter(touch=touch).first()
    if draft is None or not (reason := reason_of(draft)):
        return sentence, None, []
    return f"{sentence} {reason}", draft.not_before, []


def reasons_given(row: Enrollment) -> dict[tuple[str, int], str]:
    """Return why each decision of the enrollment was taken, by step and visit, as the model put it."""
    decided = Decision.objects.filter(enrollment=row).exclude(reason="")
    return {(step, visit): reason for step, visit, reason in decided.values_list("step", "visit", "reason")}
