"""One-time links: to sign in, to take over a new installation, to set a password. The link carries the token, the
table only its hash.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from drumbeat.actions import access
from drumbeat.core.errors import DomainError
from drumbeat.models import LinkPurpose, Member, SignInToken, User

LIFETIMES: Mapping[LinkPurpose, timedelta] = {
    LinkPurpose.SIGN_IN: timedelta(days=1),
    LinkPurpose.CLAIM: timedelta(days=7),
    LinkPurpose.PASSWORD: timedelta(days=3),
}
PATHS: Mapping[LinkPurpose, str] = {
    LinkPurpose.SIGN_IN: "/sign-in/",
    LinkPurpose.CLAIM: "/welcome/",
    LinkPurpose.PASSWORD: "/password/",
}
"""The page that a link of each purpose opens."""

_INVALID: Mapping[LinkPurpose, str] = {
    LinkPurpose.SIGN_IN: "This sign-in link was used already, or it is more than a day old. Ask for a new one.",
    LinkPurpose.CLAIM: "This link was used already, or it is more than a week old. `drumbeat serve` prints a new one "
    "at its start until somebody has used it.",
    LinkPurpose.PASSWORD: "This link was used already, or it is more than three days old. Ask an admin of your "
    "workspace for a new one.",
}


def create(member: Member, now: datetime, purpose: LinkPurpose = LinkPurpose.SIGN_IN) -> str:
    """Return a new token that does what `purpose` says for `member`, once, within its lifetime."""
    token = secrets.token_urlsafe(32)
    SignInToken.objects.create(
        member=member,
        hash=hash_of(token),
        purpose=purpose,
        created_at=now,
        expires_at=now + LIFETIMES[purpose],
    )
    return token


def member_of(token: str, now: datetime, purpose: LinkPurpose) -> Member:
    """Return whom a usable token is for, and leave it as it is. DomainError `sign_in_link_invalid`."""
    row = _usable(token, now, purpose).select_related("member__user", "member__workspace").first()
    if row is None:
        raise invalid(purpose)
    return row.member


def member_called(owner: Member, email: str) -> Member:
    """Return the member of the owner's workspace with this address. DomainError `not_found`."""
    found = access.visible_to(owner, Member).filter(user__email=email.strip().lower(), deactivated_at=None)
    return access.first(found.select_related("user", "workspace"), "active member", email)


def is_usable(token: str, now: datetime) -> bool:
    """Tell whether `use` would accept the token, and leave it as it is."""
    return _usable(token, now, LinkPurpose.SIGN_IN).exists()


def use(token: str, now: datetime, purpose: LinkPurpose = LinkPurpose.SIGN_IN) -> User:
    """Consume the token and return whom it is for. Of two at once, one succeeds.

    DomainError `sign_in_link_invalid`, or `user_inactive`, which leaves the token unused.
    """
    with transaction.atomic():
        if _usable(token, now, purpose).update(used_at=now) != 1:
            raise invalid(purpose)
        member = Member.objects.select_related("user").get(signintoken__hash=hash_of(token))
        if not member.user.is_active or member.deactivated_at is not None:
            raise DomainError("user_inactive", "This user may not sign in. Ask an admin of the workspace.")
    return member.user


def invalid(purpose: LinkPurpose) -> DomainError:
    return DomainError("sign_in_link_invalid", _INVALID[purpose])


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _usable(token: str, now: datetime, purpose: LinkPurpose) -> QuerySet[SignInToken]:
    return SignInToken.objects.filter(hash=hash_of(token), purpose=purpose, used_at=None, expires_at__gt=now)
