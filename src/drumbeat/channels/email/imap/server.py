"""Which server holds a mailbox, and how much of the way must be encrypted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from drumbeat.channels.email.server import is_loopback
from drumbeat.channels.email.urls import read_server_url
from drumbeat.channels.oauth.tokens import TokenSource
from drumbeat.core.errors import DomainError
from drumbeat.core.hosts import Network, may_lead_to

Security = Literal["tls", "starttls", "plain"]
USUAL_PORTS = {"tls": 993, "starttls": 143, "plain": 143}
INBOX = "INBOX"


@dataclass(frozen=True, slots=True)
class ImapServer:
    """Raises DomainError `imap_url_invalid` where a password could travel readably to another machine.

    A server that is not `trusted` was typed by a user: it may lie in the public internet and in `networks` only.
    With `token` it is logged in by XOAUTH2 and the password is not used.
    """

    host: str
    port: int
    security: Security = "tls"
    username: str = ""
    password: str = field(default="", repr=False)
    trusted: bool = True
    networks: tuple[Network, ...] = ()
    token: TokenSource | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.security == "plain" and not is_loopback(self.host):
            raise DomainError(
                "imap_url_invalid",
                "A mailbox on another machine is read over an encrypted way: use TLS or STARTTLS.",
                {"security": "not_encrypted"},
            )
        for name in ("username", "password"):
            if any(ord(char) < 32 or char == "\x7f" for char in getattr(self, name)):
                told = (
                    f"The {name} of a mailbox holds a line end or another control character. Type it again."
                )
                raise DomainError("imap_url_invalid", told, {name: "control_character"})

    def may_be_at(self, address: str) -> bool:
        """Say whether it may be connected to at an address that its name was resolved to."""
        return self.trusted or may_lead_to(address, self.networks)


def parse_imap_url(url: str) -> tuple[ImapServer, str]:
    """Read `imap[s]://user:password@host[:port][/folder]` as a server and a folder; DomainError `imap_url_invalid`.

    imaps:// encrypts from the first byte; imap:// must be upgraded by STARTTLS, except on this machine. Reserved
    characters in user, password and folder are %-encoded.
    """
    found = read_server_url(url, {"imap", "imaps"}, _invalid)
    if not found.username or not found.password:
        raise _invalid("it names no user and password")
    security: Security = (
        "tls" if found.scheme == "imaps" else "plain" if is_loopback(found.host) else "starttls"
    )
    port = found.port or USUAL_PORTS[security]
    server = ImapServer(found.host, port, security, found.username, found.password)
    return server, found.path.strip("/") or INBOX


def _invalid(why: str) -> DomainError:
    return DomainError(
        "imap_url_invalid",
        f"The IMAP address is not usable: {why}. Write imaps://user:password@host/INBOX.",
        {"imap": why},
    )
