"""From a host's name to a connection that may be used: resolved once, every address checked, the checked one called.

Nothing asks for the name a second time, so an answer that changes meanwhile leads nowhere.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from drumbeat.channels.base import PermanentRefusal, Refusal, TemporaryRefusal
from drumbeat.core.hosts import Network, may_lead_to
from drumbeat.core.touch import FailureReason
from drumbeat.core.webhook import PORTS, Target

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Returns the addresses of a host; asked once for each call."""


@dataclass(frozen=True, slots=True)
class Line:
    """An open connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def drop(self) -> None:
        """Close at once; what is not sent yet is not sent."""
        self.writer.transport.abort()


async def resolve(host: str, port: int) -> Sequence[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(target[0]) for *_, target in found))


async def dial(
    target: Target, networks: Sequence[Network], tls: ssl.SSLContext, resolving: Resolve, seconds: float
) -> Line:
    """Connect; raise a Refusal, permanent when the address may not be called at all."""
    try:
        async with asyncio.timeout(seconds):
            addresses = await resolving(target.host, target.port)
            _check(target, addresses, networks)
            return await _connect(target, addresses, tls)
    except Refusal:
        raise
    except TimeoutError as fault:
        raise TemporaryRefusal(f"{target.host} does not answer", reason=FailureReason.TIMEOUT) from fault
    except (OSError, UnicodeError) as fault:
        raise TemporaryRefusal(_said(target, fault), reason=FailureReason.PROVIDER_ERROR) from fault


def _check(target: Target, addresses: Sequence[str], networks: Sequence[Network]) -> None:
    """One address that may not be called forbids all: who answers so is not to be trusted."""
    if not all(may_lead_to(address, networks) for address in addresses):
        raise PermanentRefusal(f"{target.host} lies in a network that may not be connected to")
    public = any(may_lead_to(address) for address in addresses)
    if public and target.port not in PORTS:
        ports = ", ".join(map(str, sorted(PORTS)))
        raise PermanentRefusal(f"port {target.port} may not be called; these may: {ports}")


async def _connect(target: Target, addresses: Sequence[str], tls: ssl.SSLContext) -> Line:
    fault = OSError(f"{target.host} has no address")
    for address in addresses:
        try:
            return await _open(target, address, tls)
        except OSError as refused:
            fault = refused
    raise fault


async def _open(target: Target, address: str, tls: ssl.SSLContext) -> Line:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with ExitStack() as undo:
        sock = undo.enter_context(socket.socket(family, socket.SOCK_STREAM))
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, (address, target.port))
        secure = target.scheme == "https"
        reader, writer = await asyncio.open_connection(
            sock=sock, ssl=tls if secure else None, server_hostname=target.host if secure else None
        )
        undo.pop_all()
    return Line(reader, writer)


def _said(target: Target, fault: Exception) -> str:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"the certificate of {target.host} is not trusted: {fault.verify_message}"
    if isinstance(fault, socket.gaierror):
        return f"{target.host} has no address"
    return f"{target.host} cannot be reached: {fault}"
