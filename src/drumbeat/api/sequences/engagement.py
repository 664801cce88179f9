"""What came of a sequence's mails."""

from __future__ import annotations

from dataclasses import asdict

from ninja import Router, Schema

from drumbeat.actions.sequences import engagement
from drumbeat.api.auth import MemberRequest
from drumbeat.api.problems import REFUSALS

router = Router(tags=["sequences"])


class StepEngagementOut(Schema):
    """How many people the mail of a step was sent to, and with how many of them what happened; each counts once."""

    step: str
    name: str
    subject: str
    sent: int
    opened: int
    clicked: int
    opened_by_machines: int
    clicked_by_machines: int


@router.get(
    "/sequences/{sequence_id}/engagement",
    response={200: list[StepEngagementOut], **REFUSALS},
    operation_id="get_sequence_engagement",
)
def get_sequence_engagement(request: MemberRequest, sequence_id: int) -> list[StepEngagementOut]:
    """Tell how many opened and clicked each mail of the sequence; what machines did stands apart."""
    return [StepEngagementOut(**asdict(one)) for one in engagement.of(request.member, sequence_id)]
