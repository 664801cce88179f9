"""From a server's name to a logged-in session: resolved once, every address checked, the checked one called."""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Literal

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError

from drumbeat.channels.email.imap.server import ImapServer
from drumbeat.channels.oauth.tokens import TokenFault, TokenSource

Stage = Literal["dns", "network", "tcp", "tls", "greeting", "auth", "folder", "lost"]
CONNECT_SECONDS = 20.0
ANSWER_SECONDS = 60.0
_LONGEST_SAID = 300

Resolve = Callable[[str, int], list[str]]
"""Returns the addresses of a host; asked once for each session."""


class MailboxFault(Exception):
    """A mailbox cannot be read. `stage` is where it ended, the text what was said there, shortened."""

    def __init__(self, stage: Stage, text: str) -> None:
        super().__init__(text)
        self.stage: Stage = stage
        self.text = " ".join(text.split())[:_LONGEST_SAID]


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(target[0]) for *_, target in found))


@contextmanager
def session(server: ImapServer, resolving: Resolve = resolve) -> Iterator[Client]:
    """Give a client that is logged in, and log out at the end. Raises MailboxFault.

    A server that refuses a token is asked once more with another one.
    """
    client = _open(server, resolving)
    try:
        yield client
    finally:
        _leave(client)


def _open(server: ImapServer, resolving: Resolve) -> Client:
    if server.token is None:
        return _logged_in(server, resolving, "")
    token = _token(server.token, "")
    try:
        return _logged_in(server, resolving, token)
    except MailboxFault as fault:
        if fault.stage != "auth":
            raise
    return _logged_in(server, resolving, _token(server.token, token))


def _token(source: TokenSource, refused: str) -> str:
    try:
        return source(refused)
    except TokenFault as fault:
        raise MailboxFault("auth" if fault.lost else "lost", fault.text) from fault


def _logged_in(server: ImapServer, resolving: Resolve, token: str) -> Client:
    sock = _connect(server, resolving)
    try:
        client = _greeted(server, sock)
    except BaseException:
        sock.close()
        raise
    try:
        _log_in(client, server, token)
    except BaseException:
        _leave(client)
        raise
    return client


def _leave(client: Client) -> None:
    with suppress(Exception):
        client.logout()
    with suppress(Exception):
        client.shutdown()


def _connect(server: ImapServer, resolving: Resolve) -> socket.socket:
    try:
        addresses = resolving(server.host, server.port)
    except (OSError, UnicodeError) as fault:
        raise MailboxFault("dns", f"{server.host} cannot be found: {fault}") from fault
    allowed = [address for address in addresses if server.may_be_at(address)]
    if len(allowed) < len(addresses):  # who names one inner address is not to be trusted with the others
        raise MailboxFault("network", f"{server.host} lies in a network that may not be connected to")
    said: object = "it has no address"
    for address in allowed:
        try:
            return socket.create_connection((address, server.port), timeout=CONNECT_SECONDS)
        except OSError as fault:
            said = fault.strerror or fault
    raise MailboxFault("tcp", f"{server.host}:{server.port} cannot be reached: {said}")


def _greeted(server: ImapServer, sock: socket.socket) -> Client:
    try:
        if server.security == "tls":
            sock = _tls().wrap_socket(sock, server_hostname=server.host)
        client = Client(server, sock)
    except ssl.SSLError as fault:
        raise _not_encrypted(server, fault) from fault
    except (OSError, ValueError, imaplib.IMAP4.error) as fault:  # ValueError: bytes that are no text
        raise MailboxFault("greeting", f"what answers at {server.host} does not speak IMAP") from fault
    if server.security == "starttls":
        _encrypt(client, server)
    return client


def _encrypt(client: Client, server: ImapServer) -> None:
    """Upgrade the connection; with a server that does not offer it nothing goes on in the open."""
    try:
        client.starttls(_tls())
    except (OSError, imaplib.IMAP4.error) as fault:
        raise _not_encrypted(server, fault) from fault


def _not_encrypted(server: ImapServer, fault: Exception) -> MailboxFault:
    said = getattr(fault, "verify_message", "") or fault
    return MailboxFault("tls", f"the way to {server.host} cannot be encrypted: {said}")


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


class Client(IMAPClient):  # type: ignore[misc]  # the library has no types
    """Speaks over a connection that stands already, so that no name is looked up a second time."""

    def __init__(self, server: ImapServer, sock: socket.socket) -> None:
        self._standing = sock
        timeout = SocketTimeout(CONNECT_SECONDS, ANSWER_SECONDS)
        super().__init__(server.host, server.port, ssl=False, timeout=timeout)

    def _create_IMAP4(self) -> imaplib.IMAP4:
        return _Standing(self.host, self._standing)

    def told_of_mail(self) -> bool:
        """Say whether the server told of mail beside its answers since this was asked last."""
        _, told = self._imap.response("EXISTS")
        return bool(told != [None])

    def log_in_by_token(self, username: str, token: str) -> None:
        """Log in by XOAUTH2. What the server says against the token is answered with an empty line, as it asks.

        The library would say the token a second time.
        """
        words = [f"user={username}\1auth=Bearer {token}\1\1"]
        try:
            self._command_and_check("authenticate", "XOAUTH2", lambda _: words.pop() if words else "")
        except imaplib.IMAP4.abort:
            raise
        except (imaplib.IMAP4.error, ValueError) as fault:  # ValueError: a challenge that is no base64
            raise TokenRefused(*fault.args) from fault


class TokenRefused(Exception):
    """The server took no token, or not this one."""


class _Standing(imaplib.IMAP4):
    def __init__(self, host: str, sock: socket.socket) -> None:
        self._standing = sock
        super().__init__(host, timeout=ANSWER_SECONDS)

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        return self._standing


def _log_in(client: Client, server: ImapServer, token: str) -> None:
    try:
        if token:
            client.log_in_by_token(server.username, token)
        elif f"{server.username}{server.password}".isascii():
            client.login(server.username, server.password)
        else:  # LOGIN knows no other letters (RFC 9051 section 6.2.3); SASL's PLAIN takes UTF-8 (RFC 4616)
            client.plain_login(server.username, server.password)
    except (LoginError, TokenRefused) as fault:
        # Dovecot calls it unavailable when a token is refused: another token is worth a try.
        is_passing = not token and _PASSING.search(said(fault)) is not None
        if is_passing or isinstance(fault.__context__, imaplib.IMAP4.abort):
            raise MailboxFault("lost", f"the server takes no logins now: {said(fault)}") from fault
        raise MailboxFault("auth", f"the login was refused: {said(fault)}") from fault
    except (OSError, imaplib.IMAP4.error) as fault:
        raise MailboxFault("lost", f"the connection was lost: {said(fault)}") from fault


_PASSING = re.compile(r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]", re.IGNORECASE)
"""Codes of RFC 5530 that say nothing against user or password."""


def said(fault: Exception) -> str:
    """Return what the server said, which the library leaves as bytes or as their spelling."""
    first = fault.args[0] if fault.args else ""
    text = first.decode("utf-8", "replace") if isinstance(first, bytes) else str(fault)
    return text.removeprefix("b'").removesuffix("'")
