"""Who am I: the signed-in member and the workspace."""

from __future__ import annotations

from django.middleware.csrf import get_token
from ninja import Router, Schema

from drumbeat.api import received
from drumbeat.api.auth import MemberRequest
from drumbeat.api.problems import Problem
from drumbeat.environment import environment

router = Router(tags=["session"])


class WorkspaceOut(Schema):
    id: int
    name: str
    time_zone: str


class SessionOut(Schema):
    """`demo`: the contacts are invented, and what reached them can be read in the dev inbox."""

    member_id: int
    name: str
    email: str
    role: str
    workspace: WorkspaceOut
    demo: bool


@router.get("/session", response={200: SessionOut, 401: Problem}, operation_id="get_session")
def get_session(request: MemberRequest) -> SessionOut:
    """Tell who is signed in, and where; sets the cookie `csrftoken`."""
    get_token(request)
    member = request.member
    return SessionOut(
        member_id=member.id,
        name=member.name,
        email=request.user.get_username(),
        role=member.role,
        workspace=WorkspaceOut.from_orm(member.workspace),
        demo=received.file_in(environment().data) is not None,
    )
