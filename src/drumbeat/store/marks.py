"""Names that strangers may see: marks of touches and sealed tokens. None tells an id or an address."""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings


def _key(purpose: str, size: int = 32) -> bytes:
    """Derive the key of one purpose from the installation's secret."""
    return hashlib.blake2b(purpose.encode(), key=settings.INSTALLATION_SECRET[:64], digest_size=size).digest()


@cache
def _mark_key() -> bytes:
    return _key("mark")


def mark_of(workspace_id: int, key: str) -> str:
    """Return the mark of the touch with this key: 32 lower-case letters and digits, the same on every retry.

    It is the local part of the Message-ID and the token in reply and return addresses, so it must survive
    systems that fold case.
    """
    mac = hmac.digest(_mark_key(), f"{workspace_id}:{key}".encode(), "sha256")
    return base64.b32encode(mac[:20]).decode().lower()


@cache
def _sealer(purpose: str) -> AESSIV:
    return AESSIV(_key(f"seal:{purpose}", 64))


def seal(purpose: str, payload: str) -> str:
    """Return `payload` as an opaque, unforgeable, url-safe token that never expires."""
    token = _sealer(purpose).encrypt(payload.encode(), None)
    return base64.urlsafe_b64encode(token).decode().rstrip("=")


def unseal(purpose: str, token: str) -> str | None:
    """Return what `seal` put in, None for anything else."""
    try:
        sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        return _sealer(purpose).decrypt(sealed, None).decode()
    except (ValueError, InvalidTag):
        return None


@cache
def _address_key() -> bytes:
    return _key("suppression")


def address_hash(base_address: str) -> str:
    """Return the keyed hash under which suppression knows a base address; "" stays ""."""
    if not base_address:
        return ""
    return hashlib.blake2b(base_address.encode(), key=_address_key(), digest_size=32).hexdigest()
