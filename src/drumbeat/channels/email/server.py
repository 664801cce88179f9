"""Which server takes a sender's mail, and how much of the way must be encrypted."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote, urlsplit

from drumbeat.core.errors import DomainError
from drumbeat.core.hosts import Network, may_lead_to

Security = Literal["starttls-when-offered", "starttls", "tls", "plain"]


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Raises DomainError `smtp_url_invalid` where a password could travel readably to another machine.

    "starttls-when-offered" encrypts against onlookers only: certificates are not checked. A server that is not
    `trusted` was typed by a user: it may lie in the public internet and in `networks` only.
    """

    host: str
    port: int
    security: Security = "starttls-when-offered"
    username: str = ""
    password: str = field(default="", repr=False)
    trusted: bool = True
    networks: tuple[Network, ...] = ()

    def __post_init__(self) -> None:
        open_way = self.security in {"plain", "starttls-when-offered"}
        if self.password and open_way and not is_loopback(self.host):
            raise DomainError("smtp_url_invalid", "A password needs an encrypted way: use STARTTLS or TLS.")

    def may_be_at(self, address: str) -> bool:
        """Say whether it may be connected to at an address that its name was resolved to."""
        return self.trusted or may_lead_to(address, self.networks)


def parse_smtp_url(url: str) -> SmtpServer:
    """Read `smtp[s]://[user:password@]host[:port]`; raise DomainError `smtp_url_invalid`.

    smtp:// encrypts when the server offers it, and must when a password goes to another machine;
    smtps:// encrypts from the first byte. Reserved characters in user and password are %-encoded.
    """
    try:
        parts = urlsplit(url.strip())
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        raise _invalid("its host or port cannot be read") from None  # the fault may quote the password
    if scheme not in {"smtp", "smtps"}:
        raise _invalid("it must begin with smtp:// or smtps://")
    if not host or not host.isprintable() or any(char.isspace() for char in host):
        raise _invalid("it names no host")
    if port == 0 or parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise _invalid("nothing may follow the port")
    username, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(username) != bool(password):
        raise _invalid("user and password go together")
    return SmtpServer(
        host, port or _usual_port(scheme, username), _security(scheme, host, username), username, password
    )


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
