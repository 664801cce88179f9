"""One-time links that sign a member in. The link carries the token, the table only its hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from drumbeat.core.errors import DomainError
from drumbeat.models import Member, SignInToken, User

LIFETIME = timedelta(days=1)


def create(member: Member, now: datetime) -> str:
    """Return a new token that signs `member` in once, within a day."""
    token = secrets.token_urlsafe(32)
    SignInToken.objects.create(member=member, hash=_hash(token), created_at=now, expires_at=now + LIFETIME)
    return token


def is_usable(token: str, now: datetime) -> bool:
    """Tell whether `use` would accept the token, and leave it as it is."""
    return SignInToken.objects.filter(hash=_hash(token), used_at=None, expires_at__gt=now).exists()


def use(token: str, now: datetime) -> User:
    """Consume the token and return whom it signs in. Of two at once, one succeeds."""
    with transaction.atomic():
        usable = SignInToken.objects.filter(hash=_hash(token), used_at=None, expires_at__gt=now)
        if usable.update(used_at=now) != 1:
            raise DomainError(
                "sign_in_link_invalid",
                "This sign-in link was used already, or it is more than a day old. Ask for a new one.",
            )
        user = User.objects.get(memberships__signintoken__hash=_hash(token))
        if not user.is_active:
            raise DomainError("user_inactive", "This user may not sign in. Ask an admin of the workspace.")
    return user


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
