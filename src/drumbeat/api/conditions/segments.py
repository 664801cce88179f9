"""Segments. Who is in one: `GET /contacts?segment_id=`."""

from __future__ import annotations

from ninja import Router, Status

from drumbeat.actions import conditions, segments
from drumbeat.api.auth import MemberRequest
from drumbeat.api.conditions.schemas import (
    SegmentChangeIn,
    SegmentCountOut,
    SegmentIn,
    SegmentOut,
    problems_out,
)
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.core.conditions import ConditionProblem
from drumbeat.models import Member, Segment

router = Router(tags=["segments"])


def _shaped(member: Member, rows: list[Segment]) -> list[SegmentOut]:
    asked = [segments.condition_of(row) for row in rows]
    found = conditions.problems_of_each(member, asked)
    return [_out(row, problems) for row, problems in zip(rows, found, strict=True)]


def _out(row: Segment, problems: list[ConditionProblem]) -> SegmentOut:
    return SegmentOut(
        id=row.pk,
        name=row.name,
        condition=row.condition,
        problems=problems_out(problems),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _one(member: Member, row: Segment) -> SegmentOut:
    return _shaped(member, [row])[0]


@router.get("/segments", response={200: Page[SegmentOut], **REFUSALS}, operation_id="list_segments")
def list_segments(request: MemberRequest, page: Paged) -> Page[SegmentOut]:
    """List the segments by name."""
    member = request.member
    return page_of(segments.listed(member), ("name", "id"), page, lambda rows: _shaped(member, rows))


@router.post("/segments", response={201: SegmentOut, **REFUSALS}, operation_id="create_segment")
def create_segment(request: MemberRequest, body: SegmentIn) -> Status[SegmentOut]:
    """Save a condition under a name; `condition_invalid` says by path what is wrong with it."""
    row = segments.create(request.member, body.name, body.condition, SystemClock().now())
    return Status(201, _one(request.member, row))


@router.get("/segments/{segment_id}", response={200: SegmentOut, **REFUSALS}, operation_id="get_segment")
def get_segment(request: MemberRequest, segment_id: int) -> SegmentOut:
    """Show one segment."""
    return _one(request.member, segments.get(request.member, segment_id))


@router.get(
    "/segments/{segment_id}/count", response={200: SegmentCountOut, **REFUSALS}, operation_id="count_segment"
)
def count_segment(request: MemberRequest, segment_id: int) -> SegmentCountOut:
    """Count who is in a segment now, up to ten thousand."""
    count, is_more = segments.count(request.member, segment_id, SystemClock().now())
    return SegmentCountOut(count=count, is_more=is_more)


@router.patch("/segments/{segment_id}", response={200: SegmentOut, **REFUSALS}, operation_id="change_segment")
def change_segment(request: MemberRequest, segment_id: int, body: SegmentChangeIn) -> SegmentOut:
    """Rename a segment, or give it another condition."""
    now = SystemClock().now()
    row = segments.change(request.member, segment_id, now, name=body.name, data=body.condition)
    return _one(request.member, row)


@router.delete("/segments/{segment_id}", response={204: None, **REFUSALS}, operation_id="delete_segment")
def delete_segment(request: MemberRequest, segment_id: int) -> Status[None]:
    """Delete a segment; the contacts in it stay."""
    segments.delete(request.member, segment_id, SystemClock().now())
    return Status(204, None)
