"""The first member of an installation: a link that the operator sees makes whoever opens it the owner, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from drumbeat.actions import audit, settings, workspaces
from drumbeat.actions.members import passwords, sign_in
from drumbeat.actions.members.people import read_address, read_name
from drumbeat.models import LinkPurpose, Member, SignInToken, User


@dataclass(frozen=True, slots=True)
class FirstMember:
    name: str
    email: str
    password: str
    workspace: str
    time_zone: str


def link_token(now: datetime) -> str | None:
    """Return a token for the claim link; None when somebody claimed the installation, or it has no tables yet."""
    owner = Member.objects.filter(user__email=workspaces.FIRST_OWNER, is_owner=True).first()
    return sign_in.create(owner, now, LinkPurpose.CLAIM) if owner else None


def claim(token: str, first: FirstMember, now: datetime) -> User:
    """Make the holder of the link the owner, with a workspace of their name; every other link ends.

    DomainError `sign_in_link_invalid`, `name_invalid`, `address_invalid`, `password_weak`, `setting_invalid`.
    """
    with transaction.atomic():
        user = sign_in.use(token, now, LinkPurpose.CLAIM)
        owner = Member.objects.select_related("workspace").get(user=user, is_owner=True)
        user.email = read_address(first.email)
        owner.name = read_name(first.name)
        passwords.check(first.password, user)
        user.set_password(first.password)
        user.save(update_fields=["email", "password"])
        owner.save(update_fields=["name"])
        owner.via = "claim link"
        settings.change_all(owner, {"name": first.workspace, "time_zone": first.time_zone}, now)
        SignInToken.objects.filter(member=owner, used_at=None).update(used_at=now)
        audit.record(owner, "workspace.claim", now, object_kind="member", object_id=owner.pk, name=owner.name)
    return user
