"""A person's rights: all data about a contact, and erasing it."""

from __future__ import annotations

import json

from django.http import HttpResponse
from ninja import Field, Router, Status

from drumbeat.actions.contacts import erasing
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock

router = Router(tags=["contacts"])


class EraseIn(Body):
    """`confirmation`: the contact's mail address, or its number. `suppress`: never contact the addresses again."""

    confirmation: str = Field(max_length=400)
    suppress: bool = True


@router.get("/contacts/{contact_id}/data", response=REFUSALS, operation_id="get_contact_data")
def get_contact_data(request: MemberRequest, contact_id: int) -> HttpResponse:
    """Hand out everything that is kept about a contact, as a JSON file."""
    found = erasing.data(request.member, contact_id)
    answer = HttpResponse(
        json.dumps(found, ensure_ascii=False, default=str), content_type="application/json; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="contact-{contact_id}.json"'
    answer["Cache-Control"] = "no-store"
    return answer


@router.post("/contacts/{contact_id}/erase", response={204: None, **REFUSALS}, operation_id="erase_contact")
def erase_contact(request: MemberRequest, contact_id: int, body: EraseIn) -> Status[None]:
    """Erase a contact everywhere, for an admin who types its address. It cannot be undone."""
    erasing.erase(request.member, contact_id, body.confirmation, SystemClock().now(), suppress=body.suppress)
    return Status(204, None)
