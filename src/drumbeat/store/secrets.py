"""Credentials at rest: encrypted with a key derived from the installation's secret, never shown again."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from drumbeat.core.errors import DomainError


@cache
def _box() -> Fernet:
    key = hashlib.blake2b(b"credentials", key=settings.INSTALLATION_SECRET[:64], digest_size=32).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def encrypt(text: str) -> bytes:
    """Return `text` encrypted and authenticated."""
    return _box().encrypt(text.encode())


def decrypt(sealed: bytes | memoryview) -> str:
    """Return what `encrypt` got; DomainError `secret_unreadable` when the installation's secret changed."""
    try:
        return _box().decrypt(bytes(sealed)).decode()
    except InvalidToken:
        raise DomainError(
            "secret_unreadable",
            "A stored password cannot be read: the file `secret` in the data folder is not the one it was "
            "encrypted with. Put the old file back, or enter the password again.",
        ) from None
