"""Counts of a sequence's enrollments as the API shows them."""

from __future__ import annotations

from drumbeat.actions import access
from drumbeat.api.enrollments import view
from drumbeat.api.enrollments.schemas import (
    CountOut,
    EnrollmentCountsOut,
    SenderCountOut,
    StateCountOut,
    StepCountOut,
)
from drumbeat.models import Member, SenderProfile, Sequence
from drumbeat.store import flows
from drumbeat.store.enrollment_lists import GROUPS, Counts, Group

_STATES: dict[str, Group] = {
    "active": "running",
    "awaiting": "running",
    "pending_review": "waiting",
    "paused": "paused",
    "blocked": "blocked",
}
_ENDS: dict[str, Group] = {"replied": "replied", "completed": "completed"}


def group_of(state: str, reason: str) -> Group:
    return _STATES.get(state) or _ENDS.get(reason, "other_ends")


def counts_out(member: Member, sequence_id: int, counts: Counts) -> EnrollmentCountsOut:
    groups = dict.fromkeys(GROUPS, 0)
    for (state, reason), count in counts.states.items():
        groups[group_of(state, reason)] += count
    senders = access.visible_to(member, SenderProfile).in_bulk(list(counts.senders))
    return EnrollmentCountsOut(
        total=sum(counts.states.values()),
        groups=[CountOut(value=name, count=count) for name, count in groups.items()],
        states=[
            StateCountOut(state=state, reason=reason, count=count)
            for (state, reason), count in sorted(counts.states.items())
        ],
        steps=_steps(member, sequence_id, counts),
        senders=[
            SenderCountOut(sender=shown, count=counts.senders[id_])
            for id_, sender in sorted(senders.items())
            if (shown := view.sender_of(sender)) is not None
        ],
    )


def _steps(member: Member, sequence_id: int, counts: Counts) -> list[StepCountOut]:
    """Return the steps of the current version, and any other at which somebody stands."""
    sequence = access.get(member, Sequence, sequence_id, "sequence")
    if sequence.current_version_id is None:
        return []
    flow = flows.flow_of(sequence.current_version_id)
    keys = [*flow.steps, *(key for key in counts.steps if key and key not in flow.steps)]
    return [
        StepCountOut(
            step=key,
            kind=step.kind if (step := flow.steps.get(key)) else "",
            job_type=view.job_type_of(step),
            name=view.name_of(step),
            number=view.number_of(sequence.current_version_id, flow, key),
            count=counts.steps.get(key, 0),
        )
        for key in keys
    ]
