"""Whether the secret on this host is the one that the database was written with.

Suppressions, marks and links are keyed by it: under another secret the list of those who must not be contacted would
look empty. So a changed or lost secret stops everything instead.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings

from drumbeat.core.errors import DomainError
from drumbeat.models import Installation

_ONLY = 1


def _fingerprint() -> str:
    return hashlib.blake2b(b"installation", key=settings.INSTALLATION_SECRET[:64], digest_size=32).hexdigest()


def remember_secret(now: datetime) -> None:
    """Note the secret's fingerprint at the first call; later calls check it."""
    Installation.objects.get_or_create(id=_ONLY, defaults={"fingerprint": _fingerprint(), "created_at": now})
    check_secret()


def check_secret() -> None:
    """Raise DomainError `secret_changed` unless this host has the secret that the database was written with."""
    known = Installation.objects.filter(id=_ONLY).values_list("fingerprint", flat=True).first()
    if known is not None and known != _fingerprint():
        raise DomainError(
            "secret_changed",
            "The file `secret` in the data folder is not the one that this database was written with: suppressions "
            "could not be read. Put the right file back (every host of an installation needs the same one).",
        )
