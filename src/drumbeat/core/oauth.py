"""OAuth 2.0 for mail: what is asked of a provider, what its answers mean.

RFC 6749 (code and refresh), RFC 7636 (PKCE, S256 alone), RFC 7009 (revocation). The calls are made elsewhere.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

USUAL_SECONDS = 3600
"""How long an access token holds where the provider does not say."""
SHORTEST_SECONDS, LONGEST_SECONDS = 60, 7 * 86_400
_LONGEST_TOKEN = 16_000
_LONGEST_TEXT = 300
_LONGEST_SCOPES = 4_000


class Why(StrEnum):
    """Why there is no token, by what helps. The values are the codes of refusals."""

    NOT_ALLOWED = "access_denied"
    """A person said no."""
    CONSENT = "consent_needed"
    """Somebody has to allow it first: the account's owner, or an administrator of the organisation."""
    REGISTRATION = "registration_refused"
    """What the operator registered with the provider is not as it should be."""
    SILENT = "provider_silent"
    """No word on the account: the provider is away, or ill. To be tried again."""
    REFUSED = "grant_denied"
    """This code or token is not taken, or the reason is not known here."""


_WHYS = MappingProxyType(
    {
        code: why
        for why, codes in (
            (Why.NOT_ALLOWED, ("access_denied",)),
            (
                Why.CONSENT,
                (
                    *("consent_required", "interaction_required", "login_required"),
                    *("account_selection_required", "admin_policy_enforced", "org_internal"),
                ),
            ),
            (
                Why.REGISTRATION,
                (
                    *("invalid_scope", "invalid_client", "unauthorized_client", "invalid_request"),
                    *("unsupported_response_type", "unsupported_grant_type", "invalid_resource"),
                    *("redirect_uri_mismatch", "deleted_client"),
                ),
            ),
            (Why.SILENT, ("server_error", "temporarily_unavailable", "slow_down")),
        )
        for code in codes
    }
)
"""RFC 6749 sections 4.1.2.1 and 5.2, RFC 8628 section 3.5, OpenID Connect Core section 3.1.2.6, and the codes that
Google ("Authorization errors") and Microsoft ("Error codes for authorization endpoint errors") list besides."""


def why(code: str) -> Why:
    """Return what an error code of a provider means, of its consent screen or of its token endpoint."""
    return _WHYS.get(code, Why.REFUSED)


@dataclass(frozen=True, slots=True)
class Place:
    """A mail server that takes tokens of a provider. `trusted`: the operator named it.

    `scope`: what a token must be good for there; "" where only the operator knows.
    """

    host: str
    port: int
    security: str
    trusted: bool = False
    scope: str = ""


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
    why: Why
    lost: bool = False


_WHO = ("openid", "email")
"""Asked for besides mail: which account was signed in with."""
_GMAIL = "https://mail.google.com/"
_OUTLOOK = ("https://outlook.office.com/SMTP.Send", "https://outlook.office.com/IMAP.AccessAsUser.All")


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
        scopes=(_GMAIL, *_WHO),
        smtp=Place("smtp.gmail.com", 465, "tls", scope=_GMAIL),
        imap=Place("imap.gmail.com", 993, "tls", scope=_GMAIL),
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
        scopes=(*_OUTLOOK, "offline_access", *_WHO, "profile"),
        smtp=Place("smtp.office365.com", 587, "starttls", scope=_OUTLOOK[0]),
        imap=Place("outlook.office365.com", 993, "tls", scope=_OUTLOOK[1]),
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
    """Read what a token endpoint answered. Total.

    What is no word of a provider (a page, a redirect, a server's fault) says nothing about the account.
    """
    said = _object(body)
    error = _text(said.get("error"))
    if status == 200 and not error:
        return _tokens(said)
    code = error or f"http_{status}"
    text = _text(said.get("error_description")) or f"the provider answered {status}"
    if not error or status >= 500 or status == 429:
        return Denied(code, text, Why.SILENT)
    meaning = why(code)
    return Denied(code, text, meaning, lost=code == "invalid_grant" or meaning in _ASKS_A_PERSON)


_ASKS_A_PERSON = frozenset({Why.NOT_ALLOWED, Why.CONSENT})
"""After these only the account's owner can help, as after `invalid_grant`."""


def _tokens(said: Mapping[str, Any]) -> Tokens | Denied:
    access = said.get("access_token")
    if not _is_token(access):
        return Denied("no_token", "the provider answered without a token", Why.SILENT)
    if str(said.get("token_type", "bearer")).lower() != "bearer":
        text = "the provider gave a token of a kind that mail servers do not take"
        return Denied("no_bearer_token", text, Why.REGISTRATION)
    refresh = said.get("refresh_token")
    return Tokens(
        str(access),
        _seconds(said.get("expires_in")),
        str(refresh) if _is_token(refresh) else None,
        _text(said.get("scope"), _LONGEST_SCOPES),
        _account(said.get("id_token")),
    )


def is_granted(tokens: Tokens, place: Place) -> bool:
    """Say whether tokens are good for a mail server: people may allow less than was asked for.

    A provider that says nothing of scopes gave what was asked for (RFC 6749 section 5.1).
    """
    return not tokens.scopes or _bare(place.scope) in {"", *map(_bare, tokens.scopes.split())}


def _bare(scope: str) -> str:
    """Return a scope without the address it begins with, in which providers are not exact."""
    return scope.rstrip("/").rpartition("/")[2].casefold()


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


def _text(value: object, longest: int = _LONGEST_TEXT) -> str:
    """Return what was said as one line that any page can show."""
    if not isinstance(value, str):
        return ""
    shown = "".join(char if char.isprintable() else " " for char in value)
    return " ".join(shown.split())[:longest]
