"""What people without an account press: take over a new installation, accept an invitation, set a password.

The link's token is the proof, and comes in a body: an address would be kept in logs. Each answer signs in.
"""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.core.exceptions import RateLimited
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Field, Router, Schema, Status

from drumbeat.actions import members
from drumbeat.actions.members import first as first_member
from drumbeat.actions.members import invitations, sign_in
from drumbeat.api.access.sign_in import BACKEND
from drumbeat.api.auth import WORKSPACE_KEY, our_page
from drumbeat.api.bodies import Body
from drumbeat.api.problems import Problem
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.models import LinkPurpose, User

router = Router(tags=["joining"], auth=our_page)
REFUSALS = {403: Problem, 422: Problem, 429: Problem}


class LinkTokenIn(Body):
    token: str = Field(max_length=200)


class ClaimIn(LinkTokenIn):
    name: str = Field(max_length=200)
    email: str = Field(max_length=320)
    password: str = Field(max_length=1_000)
    workspace: str = Field(max_length=200)
    time_zone: str = Field(max_length=64)


class AcceptIn(LinkTokenIn):
    """`password`: a new one, or that of the account which exists for the address."""

    name: str = Field(max_length=200)
    password: str = Field(default="", max_length=1_000)


class NewPasswordIn(LinkTokenIn):
    password: str = Field(max_length=1_000)


class PasswordLinkShownOut(Schema):
    """Whom a link is for."""

    name: str
    email: str
    workspace: str


class InvitationShownOut(Schema):
    """`is_known`: the address has an account here, whose password (or open session) joins."""

    workspace: str
    email: str
    role: str
    invited_by: str
    is_known: bool
    is_signed_in: bool


@router.get("/join", response={204: None}, operation_id="prepare_to_join", auth=None)
def prepare_to_join(request: HttpRequest) -> Status[None]:
    """Set the cookie `csrftoken`, which the other routes here ask for."""
    get_token(request)
    return Status(204, None)


@router.post("/claim/look", response={204: None, **REFUSALS}, operation_id="look_at_claim_link")
def look_at_claim_link(request: HttpRequest, body: LinkTokenIn) -> Status[None]:
    """Tell whether the claim link still works."""
    _throttle(request)
    sign_in.member_of(body.token, SystemClock().now(), LinkPurpose.CLAIM)
    return Status(204, None)


@router.post("/claim", response={204: None, **REFUSALS}, operation_id="claim_installation")
def claim_installation(request: HttpRequest, body: ClaimIn) -> Status[None]:
    """Become the owner of a new installation."""
    _throttle(request)
    first = first_member.FirstMember(body.name, body.email, body.password, body.workspace, body.time_zone)
    return _signed_in(request, first_member.claim(body.token, first, SystemClock().now()))


@router.post(
    "/invitations/look", response={200: InvitationShownOut, **REFUSALS}, operation_id="look_at_invitation"
)
def look_at_invitation(request: HttpRequest, body: LinkTokenIn) -> InvitationShownOut:
    """Tell what an invitation opens, and for whom."""
    _throttle(request)
    opened = invitations.look(body.token, SystemClock().now())
    asking = _asking(request)
    return InvitationShownOut(
        workspace=opened.workspace,
        email=opened.email,
        role=opened.role,
        invited_by=opened.invited_by,
        is_known=opened.is_known,
        is_signed_in=asking is not None and asking.email == opened.email,
    )


@router.post("/invitations/accept", response={204: None, **REFUSALS}, operation_id="accept_invitation")
def accept_invitation(request: HttpRequest, body: AcceptIn) -> Status[None]:
    """Join the workspace that invites."""
    _throttle(request)
    joined = invitations.accept(
        body.token,
        body.name,
        SystemClock().now(),
        password=body.password,
        signed_in=_asking(request),
        proves=lambda email, password: _proven(request, email, password),
    )
    return _signed_in(request, joined.user, joined.workspace_id)


@router.post(
    "/password-links/look",
    response={200: PasswordLinkShownOut, **REFUSALS},
    operation_id="look_at_password_link",
)
def look_at_password_link(request: HttpRequest, body: LinkTokenIn) -> PasswordLinkShownOut:
    """Tell whose password a link sets."""
    _throttle(request)
    member = sign_in.member_of(body.token, SystemClock().now(), LinkPurpose.PASSWORD)
    return PasswordLinkShownOut(name=member.name, email=member.user.email, workspace=member.workspace.name)


@router.post("/password-links/use", response={204: None, **REFUSALS}, operation_id="set_password_by_link")
def set_password_by_link(request: HttpRequest, body: NewPasswordIn) -> Status[None]:
    """Set a new password; all other sessions end."""
    _throttle(request)
    return _signed_in(request, members.set_password(body.token, body.password, SystemClock().now()))


def _throttle(request: HttpRequest) -> None:
    if not ratelimit.consume(request, action="link"):
        raise _too_many()


def _too_many() -> DomainError:
    return DomainError("throttled", "Too many tries. Wait a minute, then try again.")


def _asking(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _proven(request: HttpRequest, email: str, password: str) -> User | None:
    """Return the user whose password this is; failed tries count as at the sign-in page."""
    try:
        user = get_adapter().authenticate(request, email=email, password=password)
    except (ValidationError, RateLimited):
        raise _too_many() from None
    return user if isinstance(user, User) else None


def _signed_in(request: HttpRequest, user: User, workspace_id: int | None = None) -> Status[None]:
    login(request, user, backend=BACKEND)
    if workspace_id is not None:
        request.session[WORKSPACE_KEY] = workspace_id
    return Status(204, None)
