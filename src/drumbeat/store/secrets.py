"""Credentials at rest: encrypted with keys outside the database, never shown again.

The first key is derived from the installation's secret. Once keys were renewed, the file `keys` in the data folder
says which are in force: the first encrypts, all decrypt. Every process looks at the file each time, so a renewed key
is in use everywhere at once.
"""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from drumbeat.core.errors import DomainError

DERIVED = "derived"
"""Stands in the file for the key of the installation's secret."""


def encrypt(text: str) -> bytes:
    """Return `text` encrypted and authenticated."""
    return _box(in_force()).encrypt(text.encode())


def decrypt(sealed: bytes | memoryview) -> str:
    """Return what `encrypt` got; DomainError `secret_unreadable` when the installation's keys are others."""
    try:
        return _box(in_force()).decrypt(bytes(sealed)).decode()
    except InvalidToken:
        raise DomainError(
            "secret_unreadable",
            "A stored password cannot be read: the file `secret` or `keys` in the data folder is not the one it was "
            "encrypted with. Put the old file back, or enter the password again.",
        ) from None


def encrypted_anew(sealed: bytes | memoryview) -> bytes | None:
    """Return it encrypted with the first key, None where it is already. DomainError `secret_unreadable`."""
    first = in_force()[0]
    try:
        _box((first,)).decrypt(bytes(sealed))
    except InvalidToken:
        return encrypt(decrypt(sealed))
    return None


def in_force() -> tuple[str, ...]:
    """Return the keys, the first encrypts. More than one: a renewal is under way."""
    path = _path()
    try:
        found = path.stat()
    except FileNotFoundError:
        return (DERIVED,)
    return _read(path, found.st_mtime_ns, found.st_ino, found.st_size)


def begin_renewal() -> bool:
    """Put a new key before the others; False where a renewal is under way already, which goes on."""
    known = in_force()
    if len(known) > 1:
        return False
    _write((Fernet.generate_key().decode("ascii"), *known))
    return True


def end_renewal() -> None:
    """Forget all keys but the first."""
    _write(in_force()[:1])


def _path() -> Path:
    path: Path = settings.CREDENTIAL_KEYS
    return path


@lru_cache(maxsize=8)
def _read(path: Path, *_version: int) -> tuple[str, ...]:
    keys = tuple(path.read_text("ascii").split())
    if not keys:
        raise DomainError(
            "keys_unreadable", f"{path} holds no key. Put back the file from the backup of this installation."
        )
    return keys


def _write(keys: Sequence[str]) -> None:
    """Replace the file at once: whoever reads it sees the old keys or the new ones, whatever dies here."""
    path = _path()
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".keys-", delete=False) as draft:
        draft.write("".join(f"{key}\n" for key in keys).encode("ascii"))
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@lru_cache(maxsize=8)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived() if key == DERIVED else key.encode("ascii")) for key in keys])


def _derived() -> bytes:
    key = hashlib.blake2b(b"credentials", key=settings.INSTALLATION_SECRET[:64], digest_size=32).digest()
    return base64.urlsafe_b64encode(key)
