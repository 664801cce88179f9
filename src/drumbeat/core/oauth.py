"""OAuth 2.0 for mail: what is asked of a provider, what its answers mean.

RFC 6749 (code and refresh), RFC 7636 (PKCE, S256 alone), RFC 7009 (revocation). The calls are made elsewhere.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

USUAL_SECONDS = 3600
"""How long an access token holds where the provider does not say."""
SHORTEST_SECONDS, LONGEST_SECONDS = 60, 7 * 86_400
_LONGEST_TOKEN = 16_000
_LONGEST_TEXT = 300
_ASKS_A_PERSON = frozenset(
    {"invalid_grant", "interaction_required", "consent_required", "login_required", "access_denied"}
)
"""Errors after which only the account's owner can help: RFC 6749 section 5.2, OpenID Connect Core section 3.1.2.6."""


@dataclass(frozen=True, slots=True)
class Place:
    """A mail server that takes tokens of a provider. `trusted`: the operator named it."""

    host: str
    port: int
    security: str
    trusted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Where to ask, for what, and whose mail servers take the token. `revoke_url` "" : it cannot be told."""

    key: str
    name: str
    authorize_url: str
    token_url: str
    revoke_url: str
    scopes: tuple[str, ...]
    smtp: Place
    imap: Place
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Client:
    """What the operator registered with the provider."""

    id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a provider gave. `refresh` None: the one that is known goes on holding.

    `account`: the address that was signed in with, "" where the provider does not say.
    """

    access: str = field(repr=False)
    seconds: int
    refresh: str | None = field(default=None, repr=False)
    scopes: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Denied:
    """What a provider said instead. `lost`: asking again is answered the same until a person connects anew."""

    code: str
    text: str
    lost: bool = False


_WHO = ("openid", "email")
"""Asked for besides mail: which account was signed in with."""


def google() -> Provider:
    """Google: developers.google.com/identity/protocols/oauth2/web-server and .../gmail/imap/xoauth2-protocol.

    Only `prompt=consent` makes it give a refresh token to somebody who allowed the same before.
    """
    return Provider(
        key="google",
        name="Google",
        authorize_url="https://accounts.google.com/o/oauth2/v2/auth",
        token_url="https://oauth2.googleapis.com/token",
        revoke_url="https://oauth2.googleapis.com/revoke",
        scopes=("https://mail.google.com/", *_WHO),
        smtp=Place("smtp.gmail.com", 465, "tls"),
        imap=Place("imap.gmail.com", 993, "tls"),
        extra={"access_type": "offline", "prompt": "consent"},
    )


def microsoft(tenant: str) -> Provider:
    """Microsoft 365: learn.microsoft.com "Authenticate an IMAP, POP or SMTP connection using OAuth".

    It has no address at which one token is revoked.
    """
    base = f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0"
    return Provider(
        key="microsoft",
        name="Microsoft",
        authorize_url=f"{base}/authorize",
        token_url=f"{base}/token",
        revoke_url="",
        scopes=(
            "https://outlook.office.com/SMTP.Send",
            "https://outlook.office.com/IMAP.AccessAsUser.All",
            "offline_access",
            *_WHO,
            "profile",
        ),
        smtp=Place("smtp.office365.com", 587, "starttls"),
        imap=Place("outlook.office365.com", 993, "tls"),
        extra={"prompt": "select_account"},
    )


def challenge_of(verifier: str) -> str:
    """Return the PKCE challenge of a verifier, method S256."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def authorize_url(
    provider: Provider, client: Client, *, back_to: str, state: str, verifier: str, address: str
) -> str:
    """Return where a person allows it; `address` is offered as the account to choose."""
    asked = {
        "response_type": "code",
        "client_id": client.id,
        "redirect_uri": back_to,
        "scope": " ".join(provider.scopes),
        "state": state,
        "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
        "login_hint": address,
        **provider.extra,
    }
    join = "&" if "?" in provider.authorize_url else "?"
    return f"{provider.authorize_url}{join}{urlencode(asked)}"


def code_form(client: Client, code: str, verifier: str, back_to: str) -> dict[str, str]:
    """Return what is asked for a code, once."""
    return {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back_to,
        "code_verifier": verifier,
        **_client(client),
    }


def refresh_form(client: Client, refresh: str) -> dict[str, str]:
    """Return what is asked for the next access token."""
    return {"grant_type": "refresh_token", "refresh_token": refresh, **_client(client)}


def revoke_form(client: Client, token: str) -> dict[str, str]:
    """Return what takes a refresh token back, and all access tokens with it."""
    return {"token": token, "token_type_hint": "refresh_token", **_client(client)}


def _client(client: Client) -> dict[str, str]:
    secret = {"client_secret": client.secret} if client.secret else {}
    return {"client_id": client.id, **secret}


def read_answer(status: int, body: bytes) -> Tokens | Denied:
    """Read what a token endpoint answered. Total."""
    said = _object(body)
    if status == 200:
        return _tokens(said)
    code = _text(said.get("error")) or f"http_{status}"
    text = _text(said.get("error_description")) or f"the provider answered {status}"
    return Denied(code, text, lost=status < 500 and code in _ASKS_A_PERSON)


def _tokens(said: Mapping[str, Any]) -> Tokens | Denied:
    access = said.get("access_token")
    if not _is_token(access):
        return Denied("no_token", "the provider answered without a token")
    if str(said.get("token_type", "bearer")).lower() != "bearer":
        return Denied("no_bearer_token", "the provider gave a token of a kind that mail servers do not take")
    refresh = said.get("refresh_token")
    return Tokens(
        str(access),
        _seconds(said.get("expires_in")),
        str(refresh) if _is_token(refresh) else None,
        _text(said.get("scope")),
        _account(said.get("id_token")),
    )


_CLAIMS = ("email", "preferred_username", "upn")
_LONGEST_ADDRESS = 320


def _account(token: object) -> str:
    """Return the address in an ID token. It came from the provider itself, so its signature is not asked for.

    OpenID Connect Core, sections 3.1.3.7 and 5.1; Microsoft names the account in `preferred_username`.
    """
    parts = token.split(".") if isinstance(token, str) and len(token) <= _LONGEST_TOKEN else []
    try:
        told = base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)) if len(parts) == 3 else b""
    except ValueError:
        told = b""
    claims = _object(told)
    named = (_text(claims.get(name)) for name in _CLAIMS)
    return next((name for name in named if "@" in name and len(name) <= _LONGEST_ADDRESS), "")


def _is_token(value: object) -> bool:
    """Say whether it can be a token. A control character would end the line that hands it to a mail server."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= _LONGEST_TOKEN
        and value.isascii()
        and value.isprintable()
    )


def _seconds(value: object) -> int:
    try:
        seconds = int(str(value))
    except ValueError:
        seconds = USUAL_SECONDS
    return max(SHORTEST_SECONDS, min(seconds, LONGEST_SECONDS))


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _text(value: object) -> str:
    """Return what was said as one line that any page can show."""
    if not isinstance(value, str):
        return ""
    shown = "".join(char if char.isprintable() else " " for char in value)
    return " ".join(shown.split())[:_LONGEST_TEXT]
