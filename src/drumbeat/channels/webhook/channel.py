"""The webhook channel: calls of one workspace, a few at once, fewer to one host.

A host that keeps silent holds up nobody for long: what waits for it is put off while it is known to be silent.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

from drumbeat import crash
from drumbeat.channels.base import Receipt, Refusal, TemporaryRefusal
from drumbeat.channels.webhook.dialling import Line, Resolve, dial, resolve
from drumbeat.channels.webhook.exchange import exchange
from drumbeat.channels.webhook.outbound import WebhookOutbound
from drumbeat.core.hosts import Network
from drumbeat.core.touch import FailureReason


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: to connect, to answer; `silent` is how long a host that did neither is left alone."""

    connect: float = 5
    answer: float = 10
    silent: float = 30


@dataclass(frozen=True, slots=True)
class Lines:
    """How many calls are under way at once, in all and to one host."""

    all: int = 16
    per_host: int = 4


class WebhookChannel:
    """Belongs to one event loop. `networks` may be called besides the public internet."""

    def __init__(
        self,
        networks: Sequence[Network] = (),
        *,
        patience: Patience | None = None,
        lines: Lines | None = None,
        resolving: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._networks = networks
        self._patience = patience or Patience()
        self._lines = lines or Lines()
        self._free = asyncio.Semaphore(self._lines.all)
        self._hosts: dict[str, asyncio.Semaphore] = {}
        self._silent: dict[str, float] = {}
        self._resolving = resolving
        self._tls = tls

    async def prepare(self, outbound: WebhookOutbound) -> Call:
        """Get a connection to the endpoint; nothing is said on it yet. Raises a Refusal."""
        host = outbound.target.authority
        of_host = self._hosts.setdefault(host, asyncio.Semaphore(self._lines.per_host))
        async with AsyncExitStack() as held:
            for place in (of_host, self._free):
                await held.enter_async_context(place)
            self._spare(host)
            if self._tls is None:
                self._tls = await asyncio.to_thread(ssl.create_default_context)
            try:
                line = await dial(
                    outbound.target, self._networks, self._tls, self._resolving, self._patience.connect
                )
            except Refusal as refusal:
                self.notice(host, refusal)
                raise
            crash.point("C5")
            return Call(self, outbound, line, held.pop_all(), self._patience.answer)

    async def close(self) -> None:
        """Nothing is kept open: each call closes its own connection."""

    def notice(self, host: str, refusal: Refusal) -> None:
        """Remember a host that keeps silent."""
        if refusal.reason is FailureReason.TIMEOUT:
            self._silent[host] = asyncio.get_running_loop().time() + self._patience.silent

    def _spare(self, host: str) -> None:
        if asyncio.get_running_loop().time() < self._silent.get(host, 0):
            raise TemporaryRefusal(f"{host} kept silent a moment ago", reason=FailureReason.TIMEOUT)


class Call:
    """A call whose endpoint is connected, and nothing more: `transmit` or `abandon` it, once."""

    def __init__(
        self,
        channel: WebhookChannel,
        outbound: WebhookOutbound,
        line: Line,
        held: AsyncExitStack,
        seconds: float,
    ) -> None:
        self._channel = channel
        self._outbound = outbound
        self._line = line
        self._held = held
        self._seconds = seconds

    async def transmit(self) -> Receipt:
        """The request, the answer. Raises a Refusal; a call without an answer is one too, it may be repeated."""
        async with self._held:
            try:
                return await exchange(self._line, self._outbound, self._seconds)
            except Refusal as refusal:
                self._channel.notice(self._outbound.target.authority, refusal)
                raise
            finally:
                self._line.drop()

    async def abandon(self) -> None:
        """Close the connection; nothing was said on it."""
        async with self._held:
            self._line.drop()
