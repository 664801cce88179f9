"""Signs mail for a domain (RFC 6376), and makes the keys for it. What is signed is said in `core.dkim`."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from drumbeat.core import dkim

KEY_BITS = 2048
"""RFC 8301 asks for at least 1,024 and recommends 2,048; longer keys do not fit one DNS string."""
_EXPONENT = 65_537


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs as one domain with one key; `selector` names the key in the DNS."""

    domain: str
    selector: str
    _key: rsa.RSAPrivateKey

    @classmethod
    def make(cls, domain: str, selector: str) -> Self:
        """Return a signer with a new key."""
        return cls(domain, selector, rsa.generate_private_key(_EXPONENT, KEY_BITS))

    @classmethod
    def load(cls, domain: str, selector: str, pem: str) -> Self:
        """Return the signer that `pem` was taken from."""
        key = serialization.load_pem_private_key(pem.encode(), password=None)
        assert isinstance(key, rsa.RSAPrivateKey), "no other key is ever made"
        return cls(domain, selector, key)

    @property
    def pem(self) -> str:
        """The private key, to be kept encrypted."""
        form = serialization.PrivateFormat.PKCS8
        return self._key.private_bytes(
            serialization.Encoding.PEM, form, serialization.NoEncryption()
        ).decode()

    @property
    def name(self) -> str:
        """Where the DNS must hold `record` as TXT."""
        return f"{self.selector}._domainkey.{self.domain}"

    @property
    def record(self) -> str:
        """What must stand there."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        public = self._key.public_key().public_bytes(serialization.Encoding.DER, form)
        return f"v=DKIM1; k=rsa; p={b64encode(public).decode()}"

    def sign(self, message: bytes) -> bytes:
        """Return the message, which has CRLF line ends, with a signature in front."""
        unsigned = dkim.prepare(message, self.domain, self.selector)
        signature = self._key.sign(unsigned.covered, padding.PKCS1v15(), hashes.SHA256())
        return dkim.signed(message, unsigned, signature)
