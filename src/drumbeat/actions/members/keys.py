"""API keys: made once, shown once, checked at each request, revoked. Only a hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from drumbeat.actions import access, audit
from drumbeat.core.errors import DomainError
from drumbeat.models import ApiKey, Member

SCHEME = "db"
PREFIX_BYTES = 5
SECRET_BYTES = 32
USED_EVERY = timedelta(minutes=1)
"""How exact `last_used_at` is: a write for each request would cost more than the request."""


def all_of(member: Member) -> QuerySet[ApiKey]:
    """Return the keys of the workspace, revoked ones too; none carries its secret."""
    access.require(member, "settings.edit")
    return access.visible_to(member, ApiKey).select_related("member")


def create(
    member: Member,
    name: str,
    now: datetime,
    *,
    role: str = "",
    rights: Collection[str] = (),
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Create a key that acts as `member` within `role` (default: the member's own); return it and its text.

    The text is never shown again. DomainError `not_permitted` for a role beyond the member's own.
    """
    access.require(member, "settings.edit")
    if not name.strip() or len(name) > 200:
        raise DomainError("key_name_invalid", "A key needs a name of 1 to 200 characters.")
    if expires_at is not None and expires_at <= now:
        raise DomainError("key_expiry_invalid", "A key must expire in the future, or never.")
    if unknown := frozenset(rights) - access.ALL:
        raise DomainError("right_unknown", f"There is no right {sorted(unknown)[0]}.")
    granted = access.role_rights(member.workspace_id, role or member.role)
    narrowed = granted & frozenset(rights) if rights else granted
    if beyond := narrowed - access.rights_of(member):
        raise DomainError("not_permitted", f"A key cannot do what you may not: {sorted(beyond)[0]}.")
    prefix = secrets.token_hex(PREFIX_BYTES)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        key = ApiKey.objects.create(
            workspace_id=member.workspace_id,
            member=member,
            name=name.strip(),
            prefix=prefix,
            hash=_hash(secret),
            role=role or member.role,
            rights=sorted(rights),
            created_at=now,
            expires_at=expires_at,
        )
        _record(member, "key.create", key, now, {"role": key.role, "rights": key.rights})
    return key, f"{SCHEME}_{prefix}_{secret}"


def revoke(member: Member, key_id: int, now: datetime) -> ApiKey:
    """Let a key act no more from this moment on; a revoked one stays so."""
    access.require(member, "settings.edit")
    with transaction.atomic():
        key = access.get(member, ApiKey, key_id, "key")
        if key.revoked_at is None:
            key.revoked_at = now
            key.save(update_fields=["revoked_at"])
            _record(member, "key.revoke", key, now)
    return key


def member_of(token: str, now: datetime) -> Member | None:
    """Return the member that this key acts as, narrowed to the key's rights; None for any other text."""
    scheme, _, rest = token.partition("_")
    prefix, _, secret = rest.partition("_")
    if scheme != SCHEME or not secret or not token.isascii():
        return None
    key = ApiKey.objects.select_related("member__workspace", "member__user").filter(prefix=prefix).first()
    if key is None or not hmac.compare_digest(key.hash, _hash(secret)):
        return None
    if key.revoked_at is not None or (key.expires_at is not None and key.expires_at <= now):
        return None
    if not key.member.user.is_active or key.member.deactivated_at is not None:
        return None
    if key.last_used_at is None or now - key.last_used_at >= USED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    member = key.member
    granted = access.rights_of_role(member.workspace_id, key.role)
    member.narrowed_to = granted & frozenset(key.rights) if key.rights else granted
    member.narrowed_role = key.role
    member.via = f"key {key.prefix}"
    return member


def _record(
    member: Member, act: str, key: ApiKey, now: datetime, after: dict[str, object] | None = None
) -> None:
    audit.record(member, act, now, object_kind="key", object_id=key.pk, name=key.name, after=after)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
