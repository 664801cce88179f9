"""The steps of a working copy that send: those whose message a condition may name."""

from __future__ import annotations

from drumbeat.actions import access
from drumbeat.actions.sequences import draft_flow
from drumbeat.core.flow import Step, channel_of
from drumbeat.models import Member, Sequence


def sending_steps(member: Member, sequence_id: int) -> list[Step]:
    """Return them in the order of the flow; DomainError `not_found` for a sequence that is not there."""
    access.require(member, "sequences.view")
    flow = draft_flow(access.get(member, Sequence, sequence_id, "sequence"))
    return [step for step in flow.steps.values() if channel_of(step) is not None]
