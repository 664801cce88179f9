"""Who am I: the signed-in member, their rights and the workspace; signing out."""

from __future__ import annotations

from django.contrib.auth import logout
from django.middleware.csrf import get_token
from ninja import Field, Router, Schema, Status

from drumbeat.actions import access, members, notifications, workspaces
from drumbeat.api.auth import MemberRequest
from drumbeat.api.board import received
from drumbeat.api.board.schemas import StopOut
from drumbeat.api.bodies import Body
from drumbeat.api.problems import Problem
from drumbeat.clock import SystemClock
from drumbeat.environment import environment
from drumbeat.store.owners import sees_own_contacts_only

router = Router(tags=["session"])


class WorkspaceOut(Schema):
    id: int
    name: str
    time_zone: str


class WorkspaceNameOut(Schema):
    id: int
    name: str


class SessionOut(Schema):
    """`rights`: what you may do, for example `contacts.edit`. `own_contacts_only`: you see the contacts that you own.

    `workspaces`: where you can work. `stop`: the emergency stop that is in force.
    `demo`: the contacts are invented, and what reached them can be read in the dev inbox.
    """

    member_id: int
    name: str
    email: str
    role: str
    rights: list[str]
    own_contacts_only: bool
    phone: str
    has_password: bool
    unread: int
    workspace: WorkspaceOut
    workspaces: list[WorkspaceNameOut]
    stop: StopOut | None
    demo: bool


class OwnselfIn(Body):
    """What is absent stays as it is. `phone`: calls that your contacts answer are put through to it; "" takes none."""

    name: str | None = Field(default=None, max_length=200)
    phone: str | None = Field(default=None, max_length=40)


@router.get("/session", response={200: SessionOut, 401: Problem}, operation_id="get_session")
def get_session(request: MemberRequest) -> SessionOut:
    """Tell who is signed in, and where; sets the cookie `csrftoken`."""
    get_token(request)
    return _session(request)


@router.patch(
    "/session", response={200: SessionOut, 401: Problem, 422: Problem}, operation_id="change_ownself"
)
def change_ownself(request: MemberRequest, body: OwnselfIn) -> SessionOut:
    """Change the name that others see, and the number that calls are put through to."""
    members.change_own(request.member, body.name, body.phone, SystemClock().now())
    return _session(request)


@router.delete("/session", response={204: None, 401: Problem}, operation_id="sign_out")
def sign_out(request: MemberRequest) -> Status[None]:
    """End this session; a key goes on working."""
    if request.member.narrowed_to is None:
        logout(request)
    return Status(204, None)


def _session(request: MemberRequest) -> SessionOut:
    member = request.member
    stopped_at = member.workspace.stopped_at
    return SessionOut(
        member_id=member.id,
        name=member.name,
        email=member.user.email,
        role=member.role,
        rights=sorted(access.rights_of(member)),
        own_contacts_only=sees_own_contacts_only(member),
        phone=member.phone,
        has_password=member.user.has_usable_password(),
        unread=notifications.of(member, unread=True).count(),
        workspace=WorkspaceOut.from_orm(member.workspace),
        workspaces=[WorkspaceNameOut.from_orm(each.workspace) for each in workspaces.of(member)],
        stop=StopOut(at=stopped_at, by=member.workspace.stopped_by) if stopped_at else None,
        demo=received.file_in(environment().data) is not None,
    )
