"""Invitations: a link that an admin copies and hands over; who opens it joins the workspace, once, within a week.

The address may belong to somebody who works in other workspaces here: then only their own password, or their open
session, joins; the link alone never opens an existing account.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from drumbeat.actions import access, audit
from drumbeat.actions.members import passwords, sign_in
from drumbeat.actions.members.people import read_address, read_name
from drumbeat.core.errors import DomainError
from drumbeat.models import Invitation, LinkPurpose, Member, SignInToken, User

LIFETIME = timedelta(days=7)
PATH = "/invitation/"


@dataclass(frozen=True, slots=True)
class Opened:
    """What an invitation says to its holder. `is_known`: the address has an account, which has to prove itself."""

    workspace: str
    email: str
    role: str
    invited_by: str
    is_known: bool


def open_ones(member: Member, now: datetime) -> QuerySet[Invitation]:
    """Return the invitations that can still be accepted."""
    access.require(member, "users.view")
    return (
        access.visible_to(member, Invitation)
        .filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)
        .select_related("invited_by")
    )


def invite(member: Member, email: str, role: str, now: datetime) -> tuple[Invitation, str]:
    """Invite an address; return the invitation and its token, which is never shown again.

    An earlier invitation of the same address ends. DomainError `address_invalid`, `role_unknown`,
    `already_member`, `not_permitted` for a role beyond the member's own.
    """
    access.require(member, "users.create")
    address = read_address(email)
    access.require_within(member, access.role_rights(member.workspace_id, role))
    with transaction.atomic():
        if access.visible_to(member, Member).filter(user__email=address).exists():
            raise DomainError("already_member", f"{address} is a member of this workspace already.")
        open_ones(member, now).filter(email=address).update(withdrawn_at=now)
        token = secrets.token_urlsafe(32)
        row = Invitation.objects.create(
            workspace_id=member.workspace_id,
            email=address,
            role=role,
            invited_by=member,
            hash=sign_in.hash_of(token),
            created_at=now,
            expires_at=now + LIFETIME,
        )
        _record(member, "invitation.create", row, now, {"role": role})
    return row, token


def withdraw(member: Member, invitation_id: int, now: datetime) -> None:
    """Let the link open nothing from now on."""
    access.require(member, "users.edit")
    with transaction.atomic():
        row = access.first(open_ones(member, now).filter(pk=invitation_id), "invitation", invitation_id)
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        _record(member, "invitation.withdraw", row, now)


def look(token: str, now: datetime) -> Opened:
    """Return what the invitation says; DomainError `invitation_invalid`."""
    row = _by_token(token, now)
    return Opened(
        workspace=row.workspace.name,
        email=row.email,
        role=row.role,
        invited_by=row.invited_by.name if row.invited_by else "",
        is_known=User.objects.filter(email=row.email).exists(),
    )


def accept(
    token: str,
    name: str,
    now: datetime,
    *,
    password: str,
    signed_in: User | None,
    proves: Callable[[str, str], User | None],
) -> Member:
    """Join the workspace as a new user, or as the existing one.

    An existing account joins by its open session (`signed_in`) or its password (`proves(email, password)`).
    DomainError `invitation_invalid`, `password_wrong`, `password_weak`, `name_invalid`, `already_member`.
    """
    invitation = _by_token(token, now)
    user = _proven(invitation.email, password, signed_in, proves)
    with transaction.atomic():
        usable = _usable(token, now)
        if usable.update(accepted_at=now) != 1:
            raise _invalid()
        if user is None:
            user = _new_user(invitation.email, password)
        if Member.objects.filter(workspace_id=invitation.workspace_id, user=user).exists():
            raise DomainError("already_member", f"You are a member of {invitation.workspace.name} already.")
        # A link that an admin of another workspace kept must not open this one.
        SignInToken.objects.filter(member__user=user, purpose=LinkPurpose.PASSWORD, used_at=None).update(
            used_at=now
        )
        joined = Member.objects.create(
            workspace=invitation.workspace,
            user=user,
            name=read_name(name),
            role=invitation.role,
            created_at=now,
        )
        joined.via = "invitation"
        _record(joined, "invitation.accept", invitation, now, {"role": invitation.role})
    return joined


def _proven(
    email: str, password: str, signed_in: User | None, proves: Callable[[str, str], User | None]
) -> User | None:
    """Return the existing account of the address, proven; None when there is none."""
    if not User.objects.filter(email=email).exists():
        return None
    if signed_in is not None and signed_in.email == email:
        return signed_in
    user = proves(email, password)
    if user is None:
        sentence = "This is not the password of your account here. Sign in first, then open the link again."
        raise DomainError("password_wrong", sentence, {"password": sentence})
    return user


def _new_user(email: str, password: str) -> User:
    user = User(email=email)
    passwords.check(password, user)
    user.set_password(password)
    user.save()
    return user


def _usable(token: str, now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        hash=sign_in.hash_of(token), accepted_at=None, withdrawn_at=None, expires_at__gt=now
    )


def _by_token(token: str, now: datetime) -> Invitation:
    row = _usable(token, now).select_related("workspace", "invited_by").first()
    if row is None:
        raise _invalid()
    return row


def _invalid() -> DomainError:
    return DomainError(
        "invitation_invalid",
        "This invitation was used, withdrawn, or is more than a week old. Ask whoever invited you for a new one.",
    )


def _record(
    member: Member, act: str, row: Invitation, now: datetime, after: dict[str, object] | None = None
) -> None:
    audit.record(member, act, now, object_kind="invitation", object_id=row.pk, name=row.email, after=after)
