"""Saved views of a room, and the lines that drumbeat wrote for a member."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Field, Query, Router, Schema, Status

from drumbeat.actions import notifications, views
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body, Id
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import Problem
from drumbeat.clock import SystemClock
from drumbeat.models import Notification, SavedView

router = Router(tags=["views and notifications"])
REFUSALS = {401: Problem, 404: Problem, 422: Problem}
ROOM = r"^[a-z][a-z-]*$"


class ViewOut(Schema):
    """`query` is the room's part of the address after the question mark. `is_yours`: you may change it."""

    id: int
    room: str
    name: str
    query: str
    shared: bool
    by: str
    is_yours: bool


class ViewIn(Body):
    room: str = Field(max_length=40, pattern=ROOM)
    name: str = Field(max_length=100)
    query: str = Field(default="", max_length=4_000)
    shared: bool = False


class ViewChange(Body):
    """What is absent stays as it is."""

    name: str | None = Field(default=None, max_length=100)
    query: str | None = Field(default=None, max_length=4_000)
    shared: bool | None = None


class NotificationOut(Schema):
    id: int
    kind: str
    text: str
    contact_id: int | None
    enrollment_id: int | None
    created_at: datetime
    read_at: datetime | None


class ReadIn(Body):
    """Without `ids` all are meant."""

    ids: list[Id] | None = Field(default=None, max_length=200)


class ReadOut(Schema):
    """How many lines became read by this."""

    read: int


@router.get("/views", response={200: Page[ViewOut], **REFUSALS}, operation_id="list_views")
def list_views(
    request: MemberRequest, asked: Paged, room: Annotated[str, Query(max_length=40, pattern=ROOM)]
) -> Page[ViewOut]:
    """List your views of a room and those that others share."""
    rows = views.of_room(request.member, room)
    return page_of(rows, ("name", "id"), asked, lambda found: [_view(each, request) for each in found])


@router.post("/views", response={201: ViewOut, **REFUSALS}, operation_id="save_view")
def save_view(request: MemberRequest, body: ViewIn) -> Status[ViewOut]:
    """Keep the filters and order of a room under a name."""
    now = SystemClock().now()
    row = views.save(request.member, body.room, body.name, body.query, now, shared=body.shared)
    return Status(201, _view(row, request))


@router.patch("/views/{int:view_id}", response={200: ViewOut, **REFUSALS}, operation_id="change_view")
def change_view(request: MemberRequest, view_id: int, body: ViewChange) -> ViewOut:
    """Change one of your views."""
    return _view(views.change(request.member, view_id, **body.dict()), request)


@router.delete("/views/{int:view_id}", response={204: None, **REFUSALS}, operation_id="remove_view")
def remove_view(request: MemberRequest, view_id: int) -> Status[None]:
    """Delete one of your views."""
    views.remove(request.member, view_id)
    return Status(204, None)


@router.get(
    "/notifications", response={200: Page[NotificationOut], **REFUSALS}, operation_id="list_notifications"
)
def list_notifications(request: MemberRequest, asked: Paged, unread: bool = False) -> Page[NotificationOut]:
    """List the lines for you, newest first."""
    rows = notifications.of(request.member, unread=unread)
    return page_of(rows, ("-id",), asked, lambda found: [_notification(each) for each in found])


@router.post("/notifications/read", response={200: ReadOut, **REFUSALS}, operation_id="read_notifications")
def read_notifications(request: MemberRequest, body: ReadIn) -> ReadOut:
    """Mark lines read."""
    return ReadOut(read=notifications.read(request.member, body.ids, SystemClock().now()))


def _view(row: SavedView, request: MemberRequest) -> ViewOut:
    return ViewOut(
        id=row.pk,
        room=row.room,
        name=row.name,
        query=row.query,
        shared=row.shared,
        by=row.member.name,
        is_yours=row.member_id == request.member.pk,
    )


def _notification(row: Notification) -> NotificationOut:
    return NotificationOut.from_orm(row)
