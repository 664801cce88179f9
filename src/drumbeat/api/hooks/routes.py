"""The hooks of a workspace: made, listed, given a new secret, removed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Field, Router, Schema, Status

from drumbeat.actions import hooks
from drumbeat.api import links
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.models import Hook

router = Router(tags=["hooks"])


class HookOut(Schema):
    """An address at which another program tells what happened. `creates_contacts`: who is new is made."""

    id: int
    name: str
    event: str
    address: str
    creates_contacts: bool
    created_at: datetime
    last_used_at: datetime | None


class HookWithSecretOut(HookOut):
    """`secret` signs, in the form of Standard Webhooks. It is shown this once."""

    secret: str


class HookIn(Body):
    name: str = Field(min_length=1, max_length=60)
    event: Literal[tuple(kind.value for kind in hooks.KINDS)]  # type: ignore[valid-type]  # the words of the enum
    creates_contacts: bool = False


def _shown(request: MemberRequest, hook: Hook) -> dict[str, object]:
    return {
        "id": hook.pk,
        "name": hook.name,
        "event": hook.event,
        "address": links.at(request, f"/hooks/{hook.token}"),
        "creates_contacts": hook.creates_contacts,
        "created_at": hook.created_at,
        "last_used_at": hook.last_used_at,
    }


@router.get("/hooks", response={200: list[HookOut], **REFUSALS}, operation_id="list_hooks")
def list_hooks(request: MemberRequest) -> list[HookOut]:
    """List the hooks; their secrets are never shown again."""
    return [HookOut.model_validate(_shown(request, hook)) for hook in hooks.listed(request.member)]


@router.post("/hooks", response={201: HookWithSecretOut, **REFUSALS}, operation_id="create_hook")
def create_hook(request: MemberRequest, body: HookIn) -> Status[HookWithSecretOut]:
    """Make a hook; its secret is in this answer and in no other."""
    hook, secret = hooks.add(
        request.member, body.name, body.event, SystemClock().now(), creates_contacts=body.creates_contacts
    )
    return Status(201, HookWithSecretOut.model_validate({**_shown(request, hook), "secret": secret}))


@router.post(
    "/hooks/{hook_id}/rotate", response={200: HookWithSecretOut, **REFUSALS}, operation_id="rotate_hook"
)
def rotate_hook(request: MemberRequest, hook_id: int) -> HookWithSecretOut:
    """Give a hook a new secret; the old one proves nothing from now on."""
    hook, secret = hooks.rotate(request.member, hook_id, SystemClock().now())
    return HookWithSecretOut.model_validate({**_shown(request, hook), "secret": secret})


@router.delete("/hooks/{hook_id}", response={204: None, **REFUSALS}, operation_id="remove_hook")
def remove_hook(request: MemberRequest, hook_id: int) -> Status[None]:
    """Remove a hook; what it brought stays."""
    hooks.remove(request.member, hook_id, SystemClock().now())
    return Status(204, None)
