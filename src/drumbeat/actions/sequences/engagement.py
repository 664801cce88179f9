"""What came of a sequence's mails, step by step: opened and clicked, people and machines apart."""

from __future__ import annotations

from dataclasses import dataclass

from drumbeat.actions import access
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import EmailStep
from drumbeat.models import Member
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import engagement, flows


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEngagement:
    """How many people a step's mail was sent to, and with how many of them what happened; each counts once."""

    step: str
    name: str
    subject: str
    sent: int
    opened: int
    clicked: int
    opened_by_machines: int
    clicked_by_machines: int


def of(member: Member, sequence_id: int) -> list[StepEngagement]:
    """Return the mails of the version that is in force, in the order of its steps."""
    access.require(member, "sequences.view")
    sequence = access.get(member, SequenceRow, sequence_id, "sequence")
    if sequence.current_version_id is None:
        return []
    flow = flows.load_flow(sequence.current_version_id).flow
    sent = engagement.sent_by_step(sequence.pk)
    seen = engagement.seen_by_step(sequence.pk)

    def count(step: str, kind: EventKind, visitor: str) -> int:
        return seen.get((step, kind.value, visitor), 0)

    return [
        StepEngagement(
            step=step.key,
            name=step.name,
            subject=step.content.subject if step.content else "",
            sent=sent.get(step.key, 0),
            opened=count(step.key, EventKind.OPENED, "human"),
            clicked=count(step.key, EventKind.CLICKED, "human"),
            opened_by_machines=count(step.key, EventKind.OPENED, "machine"),
            clicked_by_machines=count(step.key, EventKind.CLICKED, "machine"),
        )
        for step in flow.steps.values()
        if isinstance(step, EmailStep)
    ]
