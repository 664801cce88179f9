"""Addresses of mail servers as operators write them: `scheme://user:password@host:port/path`, read without a guess."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from drumbeat.core.errors import DomainError

Invalid = Callable[[str], DomainError]
"""Makes the refusal from what is wrong; it never quotes the address, which may hold a password."""


@dataclass(frozen=True, slots=True)
class ServerUrl:
    """What stands in an address, %-encoding undone; `port` None where none is named."""

    scheme: str
    host: str
    port: int | None
    username: str
    password: str = field(repr=False)
    path: str


def read_server_url(url: str, schemes: Collection[str], invalid: Invalid) -> ServerUrl:
    """Read the address of a server; raise what `invalid` makes of what is wrong with it."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise invalid("its host or port cannot be read") from None
    if parts.scheme not in schemes:
        raise invalid(f"it must begin with {' or '.join(f'{scheme}://' for scheme in sorted(schemes))}")
    if not host or not host.isprintable() or any(char.isspace() for char in host):
        raise invalid("it names no host")
    if port == 0 or parts.query or parts.fragment:
        raise invalid("nothing may follow the port")
    return ServerUrl(
        parts.scheme,
        host,
        port,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        unquote(parts.path),
    )
