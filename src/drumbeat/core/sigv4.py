"""Signs a request to Amazon's services: Signature Version 4, as Amazon's reference for signing requests says it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl, quote

_ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Keys:
    """Who signs, for which service in which region."""

    access_key_id: str
    secret_access_key: str = field(repr=False)
    region: str
    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """`path` is encoded as it is sent; `headers` hold at least Host, and are all signed."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str]
    body: bytes = b""


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def signed(request: Request, keys: Keys, now: datetime) -> dict[str, str]:
    """Return the request's headers with the two that prove who sends it. `now` is aware UTC."""
    moment = now.strftime("%Y%m%dT%H%M%SZ")
    headers = {**request.headers, "X-Amz-Date": moment}
    plain = {name.lower(): " ".join(value.split()) for name, value in headers.items()}
    names = ";".join(sorted(plain))
    canonical = "\n".join(
        (
            request.method,
            request.path if keys.service == "s3" else quote(request.path, safe="/~"),
            _query(request.query),
            *(f"{name}:{plain[name]}" for name in sorted(plain)),
            "",
            names,
            digest(request.body),
        )
    )
    scope = f"{moment[:8]}/{keys.region}/{keys.service}/aws4_request"
    to_sign = "\n".join((_ALGORITHM, moment, scope, digest(canonical.encode())))
    signature = _mac(_signing_key(keys, moment[:8]), to_sign).hex()
    proof = f"Credential={keys.access_key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**headers, "Authorization": f"{_ALGORITHM} {proof}"}


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return "&".join(sorted(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in pairs))


def _signing_key(keys: Keys, day: str) -> bytes:
    key = f"AWS4{keys.secret_access_key}".encode()
    for part in (day, keys.region, keys.service, "aws4_request"):
        key = _mac(key, part)
    return key


def _mac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
