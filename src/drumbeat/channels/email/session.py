"""From a server's name to a session that is encrypted and logged in as its settings say."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from threading import Lock
from weakref import WeakKeyDictionary

from aiosmtplib import SMTP, SMTPException, SMTPHeloError, SMTPResponseException

from drumbeat.channels.base import Refusal, TemporaryRefusal
from drumbeat.channels.email.answers import Phase, refusal, sick
from drumbeat.channels.email.server import SmtpServer
from drumbeat.channels.oauth.tokens import TokenFault, TokenSource
from drumbeat.core.touch import FailureReason

_CONNECTING = re.compile(r"^Error connecting to \S* on port \S+: ")
"""How the library begins: it does not know the port of a connection that it was given."""
_LOGINS = ("plain", "login", "cram-md5")
_START_TLS = {"starttls": True, "starttls-when-offered": None}


async def open_session(
    server: SmtpServer, helo_name: str, tls: ssl.SSLContext, *, connect: float, answer: float
) -> SMTP:
    """Return a client that may say MAIL; times in seconds. Raises a TemporaryRefusal about the sender.

    A server that refuses a token is asked once more with another one: tokens end early, when a password is changed
    for instance.
    """
    patience = Patience(connect, answer)
    if server.token is None:
        return await _open(server, helo_name, tls, patience, "")
    token = await _token(server.token, "")
    try:
        return await _open(server, helo_name, tls, patience, token)
    except TemporaryRefusal as refusal:
        if refusal.reason is not FailureReason.SENDER_AUTH:
            raise
    return await _open(server, helo_name, tls, patience, await _token(server.token, token))


@dataclass(frozen=True, slots=True)
class Patience:
    connect: float
    answer: float


_MOST_ASKING = 32
_asking: WeakKeyDictionary[asyncio.AbstractEventLoop, ThreadPoolExecutor] = WeakKeyDictionary()
"""Threads of their own: those of a loop look up names for all senders, and must not wait for a silent provider."""


def _askers(loop: asyncio.AbstractEventLoop) -> ThreadPoolExecutor:
    return _asking.setdefault(loop, ThreadPoolExecutor(_MOST_ASKING, thread_name_prefix="token"))


async def _token(source: TokenSource, refused: str) -> str:
    try:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_askers(loop), source, refused)
    except TokenFault as fault:
        raise sick(
            fault.text, FailureReason.SENDER_AUTH if fault.lost else FailureReason.PROVIDER_ERROR
        ) from fault


async def _open(
    server: SmtpServer, helo_name: str, tls: ssl.SSLContext, patience: Patience, token: str
) -> SMTP:
    phase = Phase.SESSION
    try:
        sock = await _connect(server, patience.connect)
        client = _client(sock, server, helo_name, tls, patience.answer)
        with ExitStack() as undo:
            undo.callback(client.close)
            await client.connect()
            await _greet(client)
            phase = Phase.LOGIN
            await (_log_in_by_token(client, server, token) if token else _log_in(client, server))
            undo.pop_all()
    except (SMTPException, OSError, UnicodeError) as fault:
        raise _session_refusal(fault, phase) from fault
    return client


def tls_context(server: SmtpServer) -> ssl.SSLContext:
    """Return how certificates are checked; all servers whose are checked alike share it.

    The first call of a process reads the trust store, for a tenth of a second or two: call it in a thread.
    """
    with _one_at_a_time:
        return _tls_context(checked=server.security != "starttls-when-offered")


_one_at_a_time = Lock()


@cache
def _tls_context(*, checked: bool) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not checked:  # RFC 7435: better than nothing, and nothing is promised
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _client(
    sock: socket.socket, server: SmtpServer, helo_name: str, tls: ssl.SSLContext, answer: float
) -> SMTP:
    return SMTP(
        hostname=server.host,
        sock=sock,
        local_hostname=helo_name,
        timeout=answer,
        use_tls=server.security == "tls",
        start_tls=_START_TLS.get(server.security, False),
        tls_context=tls,
    )


async def _connect(server: SmtpServer, seconds: float) -> socket.socket:
    loop = asyncio.get_running_loop()
    fault = OSError(f"{server.host} has no address")
    async with asyncio.timeout(seconds):
        found = await loop.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
        if not all(server.may_be_at(str(target[0])) for *_, target in found):
            # Who names one inner address is not to be trusted with the others.
            raise OSError(f"{server.host} lies in a network that may not be connected to")
        for family, kind, proto, _, target in found:
            with ExitStack() as undo:
                sock = undo.enter_context(socket.socket(family, kind, proto))
                sock.setblocking(False)
                try:
                    await loop.sock_connect(sock, target)
                except OSError as refused:
                    fault = refused
                else:
                    undo.pop_all()
                    return sock
    raise fault


async def _greet(client: SMTP) -> None:
    if not client.is_ehlo_or_helo_needed:
        return
    try:
        await client.ehlo()
    except SMTPHeloError:
        await client.helo()


async def _log_in(client: SMTP, server: SmtpServer) -> None:
    """Try one way only: each failure counts towards a lock-out."""
    if not server.username:
        return
    offered = next((way for way in _LOGINS if way in client.server_auth_methods), None)
    ways = {"plain": client.auth_plain, "login": client.auth_login, "cram-md5": client.auth_crammd5}
    if offered is None:
        raise SMTPException("the server offers no login")
    await ways[offered](server.username, server.password)


async def _log_in_by_token(client: SMTP, server: SmtpServer, token: str) -> None:
    if "xoauth2" not in client.server_auth_methods:
        raise SMTPException("the server offers no login by XOAUTH2")
    await client.auth_xoauth2(server.username, token)


def _session_refusal(fault: Exception, phase: Phase) -> Refusal:
    if isinstance(fault, SMTPResponseException):
        if fault.code >= 400:
            return refusal(fault.code, fault.message, phase)
        return sick("what answers there does not speak SMTP")
    if isinstance(fault, TimeoutError):
        return sick("the server does not answer", FailureReason.TIMEOUT)
    reason = FailureReason.SENDER_AUTH if phase is Phase.LOGIN else FailureReason.PROVIDER_ERROR
    if isinstance(fault, ssl.SSLCertVerificationError):
        return sick(f"the server's certificate is not trusted: {fault.verify_message}")
    return sick(_CONNECTING.sub("the connection fails: ", str(fault)), reason)
