"""Re-encrypts what is stored under older keys, row by row: safe to kill, safe beside everybody who writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Model

from drumbeat import crash
from drumbeat.core.errors import DomainError
from drumbeat.models import Grant, Hook, Mailbox, PhoneAccount, SenderProfile, SendingDomain
from drumbeat.store import secrets

SEALED: Mapping[type[Model], tuple[str, ...]] = MappingProxyType(
    {
        SenderProfile: ("password_encrypted", "provider_secrets_encrypted"),
        Mailbox: ("password_encrypted",),
        SendingDomain: ("key_encrypted",),
        Hook: ("secret_encrypted",),
        PhoneAccount: ("secrets_encrypted",),
        Grant: ("access_encrypted", "refresh_encrypted"),
    }
)
"""Every column that holds something encrypted; a test finds those that are missing here."""
PAGE = 200


@dataclass(frozen=True, slots=True)
class Pass:
    """What one walk over all rows found: how many were re-encrypted, and how many no key opens."""

    renewed: int
    unreadable: int


def renew() -> Pass:
    """Walk over everything once; what is encrypted with the first key stays."""
    renewed = unreadable = 0
    for model, columns in SEALED.items():
        for column in columns:
            found = _column(model, column)
            renewed += found.renewed
            unreadable += found.unreadable
    return Pass(renewed, unreadable)


def _column(model: type[Model], column: str) -> Pass:
    renewed = unreadable = after = 0
    rows = model._default_manager.exclude(**{column: None}).order_by("id")
    while page := list(rows.filter(id__gt=after).values_list("id", column)[:PAGE]):
        for row_id, sealed in page:
            try:
                fresh = secrets.encrypted_anew(sealed)
            except DomainError:
                unreadable += 1
                continue
            if fresh is not None:
                renewed += _replace(model, row_id, column, bytes(sealed), fresh)
                crash.point("C14")
        after = page[-1][0]
    return Pass(renewed, unreadable)


def _replace(model: type[Model], row_id: int, column: str, old: bytes, new: bytes) -> int:
    """Replace it unless somebody wrote something else meanwhile; the next walk sees what that was."""
    return model._default_manager.filter(id=row_id, **{column: old}).update(**{column: new})
