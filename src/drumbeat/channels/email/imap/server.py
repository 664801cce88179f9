"""Which server holds a mailbox, and how much of the way must be encrypted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote, urlsplit

from drumbeat.channels.email.server import is_loopback
from drumbeat.core.errors import DomainError
from drumbeat.core.hosts import Network, may_lead_to

Security = Literal["tls", "starttls", "plain"]
USUAL_PORTS = {"tls": 993, "starttls": 143, "plain": 143}
INBOX = "INBOX"


@dataclass(frozen=True, slots=True)
class ImapServer:
    """Raises DomainError `imap_url_invalid` where a password could travel readably to another machine.

    A server that is not `trusted` was typed by a user: it may lie in the public internet and in `networks` only.
    """

    host: str
    port: int
    security: Security = "tls"
    username: str = ""
    password: str = field(default="", repr=False)
    trusted: bool = True
    networks: tuple[Network, ...] = ()

    def __post_init__(self) -> None:
        if self.security == "plain" and not is_loopback(self.host):
            raise DomainError(
                "imap_url_invalid",
                "A mailbox on another machine is read over an encrypted way: use TLS or STARTTLS.",
                {"security": "not_encrypted"},
            )

    def may_be_at(self, address: str) -> bool:
        """Say whether it may be connected to at an address that its name was resolved to."""
        return self.trusted or may_lead_to(address, self.networks)


def parse_imap_url(url: str) -> tuple[ImapServer, str]:
    """Read `imap[s]://user:password@host[:port][/folder]` as a server and a folder; DomainError `imap_url_invalid`.

    imaps:// encrypts from the first byte; imap:// must be upgraded by STARTTLS, except on this machine. Reserved
    characters in user, password and folder are %-encoded.
    """
    try:
        parts = urlsplit(url.strip())
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        raise _invalid("its host or port cannot be read") from None  # the fault may quote the password
    if scheme not in {"imap", "imaps"}:
        raise _invalid("it must begin with imap:// or imaps://")
    if not host or not host.isprintable() or any(char.isspace() for char in host):
        raise _invalid("it names no host")
    if port == 0 or parts.query or parts.fragment:
        raise _invalid("nothing but a folder may follow the port")
    username, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not username or not password:
        raise _invalid("it names no user and password")
    security: Security = "tls" if scheme == "imaps" else "plain" if is_loopback(host) else "starttls"
    server = ImapServer(host, port or USUAL_PORTS[security], security, username, password)
    return server, unquote(parts.path.strip("/")) or INBOX


def _invalid(why: str) -> DomainError:
    return DomainError(
        "imap_url_invalid",
        f"The IMAP address is not usable: {why}. Write imaps://user:password@host/INBOX.",
        {"imap": why},
    )
