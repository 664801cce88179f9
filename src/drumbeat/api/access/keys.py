"""Bearer keys for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Field, Router, Schema, Status

from drumbeat.actions.members import keys
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body, Moment
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.models import ApiKey

router = Router(tags=["keys"])


class KeyOut(Schema):
    """A key without its secret. `member` is as whom it acts; `rights` (empty: all of the role) narrow the role."""

    id: int
    name: str
    prefix: str
    member: str
    role: str
    rights: list[str]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


class KeyIn(Body):
    """`role`: your own without one. `rights`: all of the role without any."""

    name: str = Field(max_length=200)
    role: str = Field(default="", max_length=40)
    rights: list[str] = Field(default_factory=list, max_length=100)
    expires_at: Moment | None = None


class CreatedKeyOut(KeyOut):
    """`key` is shown this once: only its hash is kept."""

    key: str


@router.get("/keys", response={200: Page[KeyOut], **REFUSALS}, operation_id="list_keys")
def list_keys(request: MemberRequest, asked: Paged) -> Page[KeyOut]:
    """List the keys, newest first."""
    rows = keys.all_of(request.member)
    return page_of(rows, ("-id",), asked, lambda found: [KeyOut(**_shown(each)) for each in found])


@router.post("/keys", response={201: CreatedKeyOut, **REFUSALS}, operation_id="create_key")
def create_key(request: MemberRequest, body: KeyIn) -> Status[CreatedKeyOut]:
    """Make a key that acts as you."""
    row, text = keys.create(
        request.member,
        body.name,
        SystemClock().now(),
        role=body.role,
        rights=body.rights,
        expires_at=body.expires_at,
    )
    return Status(201, CreatedKeyOut(**_shown(row), key=text))


@router.delete("/keys/{int:key_id}", response={200: KeyOut, **REFUSALS}, operation_id="revoke_key")
def revoke_key(request: MemberRequest, key_id: int) -> KeyOut:
    """Let a key act no more."""
    return KeyOut(**_shown(keys.revoke(request.member, key_id, SystemClock().now())))


def _shown(row: ApiKey) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "prefix": row.prefix,
        "member": row.member.name,
        "role": row.role,
        "rights": row.rights,
        "created_at": row.created_at,
        "expires_at": row.expires_at,
        "revoked_at": row.revoked_at,
        "last_used_at": row.last_used_at,
    }
