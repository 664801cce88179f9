"""Members, their roles, and the invitations of those who are not yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Field, Router, Schema, Status

from drumbeat.actions import access, members
from drumbeat.actions.members import invitations, roles, sign_in
from drumbeat.api import links
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.models import CustomRole, Invitation, LinkPurpose, Member

router = Router(tags=["members"])


class MemberOut(Schema):
    """`is_owner`: the member whom the command line acts as. `is_you`: who asks. `phone`: calls reach them there."""

    id: int
    name: str
    email: str
    role: str
    own_contacts_only: bool
    is_owner: bool
    is_active: bool
    is_you: bool
    phone: str
    created_at: datetime


class MemberIn(Body):
    """What is absent stays as it is."""

    role: str | None = Field(default=None, max_length=40)
    own_contacts_only: bool | None = None
    is_active: bool | None = None
    phone: str | None = Field(default=None, max_length=40)


class RoleOut(Schema):
    """`id` is null for the roles that come with drumbeat: they cannot be changed."""

    id: int | None
    name: str
    rights: list[str]
    members: int


class RolesOut(Schema):
    """`rights`: every right that a role can have."""

    roles: list[RoleOut]
    rights: list[str]


class RoleIn(Body):
    name: str = Field(max_length=40)
    rights: list[str] = Field(max_length=100)


class RightsIn(Body):
    rights: list[str] = Field(max_length=100)


class InvitationOut(Schema):
    id: int
    email: str
    role: str
    invited_by: str
    created_at: datetime
    expires_at: datetime


class InvitationIn(Body):
    email: str = Field(max_length=320)
    role: str = Field(max_length=40)


class InvitedOut(InvitationOut):
    """`link` is shown this once: nobody can ask for it again."""

    link: str


class OneTimeLinkOut(Schema):
    """A link that works once, shown this once."""

    link: str
    expires_at: datetime


@router.get("/members", response={200: Page[MemberOut], **REFUSALS}, operation_id="list_members")
def list_members(request: MemberRequest, asked: Paged) -> Page[MemberOut]:
    """List the members of the workspace."""
    rows = members.all_of(request.member)
    return page_of(rows, ("id",), asked, lambda found: [_member(each, request.member) for each in found])


@router.patch("/members/{int:member_id}", response={200: MemberOut, **REFUSALS}, operation_id="change_member")
def change_member(request: MemberRequest, member_id: int, body: MemberIn) -> MemberOut:
    """Change a member's role and number, limit them to their own contacts, or let them in no more."""
    wanted = members.MemberChange(**body.dict())
    return _member(members.change(request.member, member_id, wanted, _now()), request.member)


@router.delete("/members/{int:member_id}", response={204: None, **REFUSALS}, operation_id="remove_member")
def remove_member(request: MemberRequest, member_id: int) -> Status[None]:
    """Take a member out of the workspace, with their keys."""
    members.remove(request.member, member_id, _now())
    return Status(204, None)


@router.post(
    "/members/{int:member_id}/owner", response={200: MemberOut, **REFUSALS}, operation_id="make_member_owner"
)
def make_member_owner(request: MemberRequest, member_id: int) -> MemberOut:
    """Make another admin the owner of the workspace."""
    return _member(members.make_owner(request.member, member_id, _now()), request.member)


@router.post(
    "/members/{int:member_id}/password-link",
    response={201: OneTimeLinkOut, **REFUSALS},
    operation_id="create_password_link",
)
def create_password_link(request: MemberRequest, member_id: int) -> Status[OneTimeLinkOut]:
    """Make a link by which a member sets a new password."""
    now = _now()
    token = members.password_link(request.member, member_id, now)
    expires_at = now + sign_in.LIFETIMES[LinkPurpose.PASSWORD]
    return Status(
        201, OneTimeLinkOut(link=links.to(request, LinkPurpose.PASSWORD, token), expires_at=expires_at)
    )


@router.get("/roles", response={200: RolesOut, **REFUSALS}, operation_id="list_roles")
def list_roles(request: MemberRequest) -> RolesOut:
    """List all roles with their rights."""
    shown = [RoleOut.from_orm(role) for role in roles.all_of(request.member)]
    return RolesOut(roles=shown, rights=sorted(access.ALL))


@router.post("/roles", response={201: RoleOut, **REFUSALS}, operation_id="create_role")
def create_role(request: MemberRequest, body: RoleIn) -> Status[RoleOut]:
    """Make a role of the workspace's own."""
    return Status(201, _role(roles.create(request.member, body.name, body.rights, _now())))


@router.patch("/roles/{int:role_id}", response={200: RoleOut, **REFUSALS}, operation_id="change_role")
def change_role(request: MemberRequest, role_id: int, body: RightsIn) -> RoleOut:
    """Give a role of the workspace's own other rights."""
    return _role(roles.change(request.member, role_id, body.rights, _now()))


@router.delete("/roles/{int:role_id}", response={204: None, **REFUSALS}, operation_id="remove_role")
def remove_role(request: MemberRequest, role_id: int) -> Status[None]:
    """Delete a role that nobody holds."""
    roles.remove(request.member, role_id, _now())
    return Status(204, None)


@router.get("/invitations", response={200: Page[InvitationOut], **REFUSALS}, operation_id="list_invitations")
def list_invitations(request: MemberRequest, asked: Paged) -> Page[InvitationOut]:
    """List the invitations that can still be accepted."""
    rows = invitations.open_ones(request.member, _now())
    return page_of(
        rows, ("-id",), asked, lambda found: [InvitationOut(**_invitation(each)) for each in found]
    )


@router.post("/invitations", response={201: InvitedOut, **REFUSALS}, operation_id="create_invitation")
def create_invitation(request: MemberRequest, body: InvitationIn) -> Status[InvitedOut]:
    """Invite somebody; the link is yours to hand over."""
    row, token = invitations.invite(request.member, body.email, body.role, _now())
    link = links.at(request, invitations.PATH + token)
    return Status(201, InvitedOut(**_invitation(row), link=link))


@router.delete(
    "/invitations/{int:invitation_id}", response={204: None, **REFUSALS}, operation_id="withdraw_invitation"
)
def withdraw_invitation(request: MemberRequest, invitation_id: int) -> Status[None]:
    """Let an invitation's link open nothing."""
    invitations.withdraw(request.member, invitation_id, _now())
    return Status(204, None)


def _now() -> datetime:
    return SystemClock().now()


def _member(row: Member, asking: Member) -> MemberOut:
    return MemberOut(
        id=row.pk,
        name=row.name,
        email=row.user.email,
        role=row.role,
        own_contacts_only=row.own_contacts_only,
        is_owner=row.is_owner,
        is_active=row.deactivated_at is None and row.user.is_active,
        is_you=row.pk == asking.pk,
        phone=row.phone,
        created_at=row.created_at,
    )


def _role(row: CustomRole) -> RoleOut:
    held = Member.objects.filter(workspace_id=row.workspace_id, role=row.name).count()
    return RoleOut(id=row.pk, name=row.name, rights=sorted(row.rights), members=held)


def _invitation(row: Invitation) -> dict[str, Any]:
    return {
        "id": row.pk,
        "email": row.email,
        "role": row.role,
        "invited_by": row.invited_by.name if row.invited_by else "",
        "created_at": row.created_at,
        "expires_at": row.expires_at,
    }
