"""Which server takes a sender's mail, and how much of the way must be encrypted."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import Literal

from drumbeat.channels.email.urls import read_server_url
from drumbeat.channels.oauth.tokens import TokenSource
from drumbeat.core.errors import DomainError
from drumbeat.core.hosts import Network, may_lead_to

Security = Literal["starttls-when-offered", "starttls", "tls", "plain"]


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Raises DomainError `smtp_url_invalid` where a password could travel readably to another machine.

    "starttls-when-offered" encrypts against onlookers only: certificates are not checked. A server that is not
    `trusted` was typed by a user: it may lie in the public internet and in `networks` only. With `token` it is logged
    in by XOAUTH2 and the password is not used.
    """

    host: str
    port: int
    security: Security = "starttls-when-offered"
    username: str = ""
    password: str = field(default="", repr=False)
    trusted: bool = True
    networks: tuple[Network, ...] = ()
    token: TokenSource | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        open_way = self.security in {"plain", "starttls-when-offered"}
        if (self.password or self.token) and open_way and not is_loopback(self.host):
            raise DomainError("smtp_url_invalid", "A password needs an encrypted way: use STARTTLS or TLS.")

    def may_be_at(self, address: str) -> bool:
        """Say whether it may be connected to at an address that its name was resolved to."""
        return self.trusted or may_lead_to(address, self.networks)


def parse_smtp_url(url: str) -> SmtpServer:
    """Read `smtp[s]://[user:password@]host[:port]`; raise DomainError `smtp_url_invalid`.

    smtp:// encrypts when the server offers it, and must when a password goes to another machine;
    smtps:// encrypts from the first byte. Reserved characters in user and password are %-encoded.
    """
    found = read_server_url(url, {"smtp", "smtps"}, _invalid)
    if found.path not in {"", "/"}:
        raise _invalid("nothing may follow the port")
    if bool(found.username) != bool(found.password):
        raise _invalid("user and password go together")
    scheme, host, username = found.scheme, found.host, found.username
    port, security = found.port or _usual_port(scheme, username), _security(scheme, host, username)
    return SmtpServer(host, port, security, username, found.password)


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _security(scheme: str, host: str, username: str) -> Security:
    if scheme == "smtps":
        return "tls"
    return "starttls" if username and not is_loopback(host) else "starttls-when-offered"


def _usual_port(scheme: str, username: str) -> int:
    if scheme == "smtps":
        return 465
    return 587 if username else 25


def _invalid(why: str) -> DomainError:
    return DomainError(
        "smtp_url_invalid",
        f"The SMTP address is not usable: {why}. Write smtp://user:password@host:587 or smtps://host:465.",
        {"smtp": why},
    )
