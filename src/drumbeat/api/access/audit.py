"""The audit log, for those who may edit the settings. It is read here and written by the verbs alone."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, FilterLookup, FilterSchema, Query, Router, Schema

from drumbeat.actions import audit
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Moment
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import Problem
from drumbeat.models import AuditEntry

router = Router(tags=["audit log"])


class AuditEntryOut(Schema):
    """`by` is the member's name of then; `via` is "web", "key <prefix>", "cli" or the kind of link."""

    id: int
    at: datetime
    by: str
    member_id: int | None
    via: str
    act: str
    object_kind: str
    object_id: int | None
    name: str
    before: dict[str, Any]
    after: dict[str, Any]


class AuditFilter(FilterSchema):
    act: Annotated[str | None, FilterLookup("act")] = Field(default=None, max_length=60)
    member_id: Annotated[int | None, FilterLookup("member_id")] = Field(default=None, ge=1, lt=2**63)
    object_kind: Annotated[str | None, FilterLookup("object_kind")] = Field(default=None, max_length=40)
    object_id: Annotated[int | None, FilterLookup("object_id")] = Field(default=None, ge=1, lt=2**63)
    since: Annotated[Moment | None, FilterLookup("at__gte")] = None
    until: Annotated[Moment | None, FilterLookup("at__lt")] = None


@router.get(
    "/audit",
    response={200: Page[AuditEntryOut], 401: Problem, 403: Problem, 422: Problem},
    operation_id="list_audit_entries",
)
def list_audit_entries(
    request: MemberRequest, asked: Paged, chosen: Annotated[AuditFilter, Query()]
) -> Page[AuditEntryOut]:
    """List who changed what, newest first."""
    rows = chosen.filter(audit.entries(request.member))
    return page_of(rows, ("-id",), asked, lambda found: [_shown(each) for each in found])


def _shown(row: AuditEntry) -> AuditEntryOut:
    return AuditEntryOut.from_orm(row)
