"""Who else has a sequence open, and whether somebody saved it meanwhile."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Router, Schema

from drumbeat.actions.sequences import presence
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.problems import REFUSALS
from drumbeat.api.sequences import view
from drumbeat.api.sequences.schemas import PersonRef
from drumbeat.clock import SystemClock
from drumbeat.core.step_fields import KEY_PATTERN

router = Router(tags=["sequences"])


class PresenceIn(Body):
    """`step` is the key of the step that is open, null for none."""

    step: str | None = Field(default=None, pattern=KEY_PATTERN)


class OtherHereOut(Schema):
    """Somebody else who has the sequence open. `step`: the key of the step that they look at."""

    id: int
    name: str
    step: str | None


class PresenceOut(Schema):
    """Who else is here, and which revision of the working copy is saved."""

    others: list[OtherHereOut]
    revision: int
    saved_at: datetime
    saved_by: PersonRef | None


@router.put(
    "/sequences/{int:sequence_id}/presence",
    response={200: PresenceOut, **REFUSALS},
    operation_id="tell_presence",
)
def tell_presence(request: MemberRequest, sequence_id: int, body: PresenceIn) -> PresenceOut:
    """Say that you have this sequence open, and learn who else does.

    Ask again every few seconds: whoever was not heard of for 30 seconds has left.
    """
    here = presence.tell(request.member, sequence_id, body.step or "", SystemClock().now())
    return PresenceOut(
        others=[
            OtherHereOut(id=each.member_id, name=each.member.name, step=each.step or None)
            for each in here.others
        ],
        revision=here.draft.revision,
        saved_at=here.draft.updated_at,
        saved_by=view.person(here.draft.saved_by),
    )
