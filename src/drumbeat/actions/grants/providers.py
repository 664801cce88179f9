"""Which providers the operator registered with, and how drumbeat is known there."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from drumbeat.channels.email.imap.server import USUAL_PORTS
from drumbeat.channels.email.server import is_loopback
from drumbeat.channels.email.urls import read_server_url
from drumbeat.core.errors import DomainError
from drumbeat.core.oauth import Client, Place, Provider, google, microsoft
from drumbeat.environment import Environment, environment

CUSTOM = "custom"
NAMES = {"google": "Google", "microsoft": "Microsoft"}


@dataclass(frozen=True, slots=True)
class Registered:
    """A provider, and what it gave the operator."""

    provider: Provider
    client: Client


def registered() -> dict[str, Registered]:
    """Return the providers by key that people can connect accounts of."""
    env = environment()
    found: dict[str, Registered] = {}
    if env.google_client_id:
        client = Client(env.google_client_id, env.google_client_secret)
        found["google"] = Registered(google(), client)
    if env.microsoft_client_id:
        client = Client(env.microsoft_client_id, env.microsoft_client_secret)
        found["microsoft"] = Registered(microsoft(env.microsoft_tenant), client)
    if env.oauth_client_id:
        found[CUSTOM] = Registered(_custom(env), Client(env.oauth_client_id, env.oauth_client_secret))
    return found


def named(key: str) -> Registered:
    """Return a provider; DomainError `provider_unknown` where the operator did not register with it."""
    found = registered().get(key)
    if found is None:
        raise DomainError(
            "provider_unknown",
            f"Accounts of {NAMES.get(key, repr(key))} cannot be connected: the operator has not registered drumbeat "
            "there. How that is done: docs/how-to/connect-google-or-microsoft.md",
            {"provider": "unknown"},
        )
    return found


def name_of(key: str) -> str:
    """Return what a provider is called, registered or not."""
    found = registered().get(key)
    return found.provider.name if found is not None else NAMES.get(key, key)


def _custom(env: Environment) -> Provider:
    for name in ("authorize_url", "token_url", "smtp", "imap"):
        if not getattr(env, f"oauth_{name}"):
            raise _unset(f"DRUMBEAT_OAUTH_{name.upper()}", "is missing; DRUMBEAT_OAUTH_CLIENT_ID needs it")
    for name in ("authorize_url", "token_url", "revoke_url"):
        _check_url(f"DRUMBEAT_OAUTH_{name.upper()}", getattr(env, f"oauth_{name}"))
    return Provider(
        key=CUSTOM,
        name=env.oauth_name or urlsplit(env.oauth_authorize_url).hostname or CUSTOM,
        authorize_url=env.oauth_authorize_url,
        token_url=env.oauth_token_url,
        revoke_url=env.oauth_revoke_url,
        scopes=env.oauth_scopes,
        smtp=_place("DRUMBEAT_OAUTH_SMTP", env.oauth_smtp, "smtp", 587, 465),
        imap=_place(
            "DRUMBEAT_OAUTH_IMAP", env.oauth_imap, "imap", USUAL_PORTS["starttls"], USUAL_PORTS["tls"]
        ),
    )


def _check_url(name: str, url: str) -> None:
    parts = urlsplit(url)
    if url and not (
        parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    ):
        raise _unset(name, "must begin with https://")


def _place(name: str, url: str, scheme: str, usual: int, usual_tls: int) -> Place:
    """Read a server without a user; what goes to another machine is encrypted."""
    found = read_server_url(url, {scheme, f"{scheme}s"}, lambda why: _unset(name, f"is not usable: {why}"))
    if found.scheme == f"{scheme}s":
        return Place(found.host, found.port or usual_tls, "tls", trusted=True)
    security = "plain" if is_loopback(found.host) else "starttls"
    return Place(found.host, found.port or usual, security, trusted=True)


def _unset(name: str, why: str) -> DomainError:
    return DomainError("setting_invalid", f"{name} {why}.")
