"""Tries a sender's server without sending anything, and names the stage at which it goes no further."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from typing import Literal

from drumbeat.channels.base import Refusal
from drumbeat.channels.email.server import SmtpServer
from drumbeat.channels.email.session import open_session, tls_context
from drumbeat.core.touch import FailureReason

Stage = Literal["dns", "network", "tcp", "tls", "greeting", "auth", "ok"]
PATIENCE_SECONDS = 10.0
_TLS_WORDS = ("certificate", "ssl", "tls")


@dataclass(frozen=True, slots=True)
class Tried:
    """`stage` is where it ended, `ok` when nothing is in the way; `text` is what was said there."""

    stage: Stage
    text: str = ""


async def try_server(server: SmtpServer, helo_name: str) -> Tried:
    """Resolve, connect, greet, encrypt and log in, each within PATIENCE_SECONDS. Never raises for the server's sake."""
    try:
        addresses = await _addresses(server)
    except OSError as fault:
        return Tried("dns", f"{server.host} cannot be found: {fault.strerror or fault}")
    if not any(server.may_be_at(address) for address in addresses):
        return Tried("network", f"{server.host} lies in a network that may not be connected to.")
    if (refused := await _reach(server, addresses)) is not None:
        return refused
    return await _converse(server, helo_name)


async def _addresses(server: SmtpServer) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
    return [str(target[0]) for *_, target in found]


async def _reach(server: SmtpServer, addresses: list[str]) -> Tried | None:
    """Say why no connection comes about, None when one does."""
    said = "nothing answers"
    for address in filter(server.may_be_at, addresses):
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                _, writer = await asyncio.open_connection(address, server.port)
        except TimeoutError:
            said = "no answer in time"
        except OSError as fault:
            said = fault.strerror or str(fault)
        else:
            writer.close()
            return None
    return Tried("tcp", f"{server.host}:{server.port} cannot be reached: {said}.")


async def _converse(server: SmtpServer, helo_name: str) -> Tried:
    tls = await asyncio.to_thread(tls_context, server)
    try:
        client = await open_session(server, helo_name, tls, connect=PATIENCE_SECONDS, answer=PATIENCE_SECONDS)
    except Refusal as refusal:
        return Tried(_stage(refusal), f"{refusal.code} {refusal.text}".strip())
    client.close()
    return Tried("ok")


def _stage(refusal: Refusal) -> Stage:
    if refusal.reason is FailureReason.SENDER_AUTH:
        return "auth"
    return "tls" if any(word in refusal.text.lower() for word in _TLS_WORDS) else "greeting"
