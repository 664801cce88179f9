"""Hand-made lists. Who is on one: `GET /contacts?list_id=`."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Router, Schema, Status

from drumbeat.actions import access, lists
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.contacts.schemas import Id, NamedIn
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.models import ContactList, Member

router = Router(tags=["lists"])
MOST_IDS = 10_000


class ListOut(Schema):
    id: int
    name: str
    contacts: int
    created_at: datetime


class ListMembersIn(Body):
    contact_ids: list[Id] = Field(max_length=MOST_IDS)


class ListMembersOut(Schema):
    """`count`: how many of those asked were put on the list or were on it; when they leave, how many left."""

    count: int


def _out(row: ContactList) -> ListOut:
    return ListOut(id=row.pk, name=row.name, contacts=row.contacts, created_at=row.created_at)  # type: ignore[attr-defined]


def _one(member: Member, list_id: int) -> ListOut:
    return _out(access.first(lists.counted(member).filter(id=list_id), "list", list_id))


@router.get("/lists", response={200: Page[ListOut], **REFUSALS}, operation_id="list_lists")
def list_lists(request: MemberRequest, page: Paged) -> Page[ListOut]:
    """List the lists by name, each with how many contacts are on it."""
    return page_of(lists.counted(request.member), ("name", "id"), page, lambda rows: map(_out, rows))


@router.post("/lists", response={201: ListOut, **REFUSALS}, operation_id="create_list")
def create_list(request: MemberRequest, body: NamedIn) -> Status[ListOut]:
    """Make a list; one with this name that is there already is returned."""
    row = lists.create(request.member, body.name, SystemClock().now())
    return Status(201, _one(request.member, row.pk))


@router.get("/lists/{list_id}", response={200: ListOut, **REFUSALS}, operation_id="get_list")
def get_list(request: MemberRequest, list_id: int) -> ListOut:
    """Show one list."""
    return _one(request.member, list_id)


@router.patch("/lists/{list_id}", response={200: ListOut, **REFUSALS}, operation_id="rename_list")
def rename_list(request: MemberRequest, list_id: int, body: NamedIn) -> ListOut:
    """Give a list another name."""
    lists.rename(request.member, list_id, body.name)
    return _one(request.member, list_id)


@router.delete("/lists/{list_id}", response={204: None, **REFUSALS}, operation_id="delete_list")
def delete_list(request: MemberRequest, list_id: int) -> Status[None]:
    """Delete a list; the contacts on it stay."""
    lists.delete(request.member, list_id, SystemClock().now())
    return Status(204, None)


@router.post("/lists/{list_id}/join", response={200: ListMembersOut, **REFUSALS}, operation_id="join_list")
def join_list(request: MemberRequest, list_id: int, body: ListMembersIn) -> ListMembersOut:
    """Put contacts on a list."""
    return ListMembersOut(count=lists.join(request.member, list_id, body.contact_ids, SystemClock().now()))


@router.post("/lists/{list_id}/leave", response={200: ListMembersOut, **REFUSALS}, operation_id="leave_list")
def leave_list(request: MemberRequest, list_id: int, body: ListMembersIn) -> ListMembersOut:
    """Take contacts off a list."""
    return ListMembersOut(count=lists.leave(request.member, list_id, body.contact_ids, SystemClock().now()))
