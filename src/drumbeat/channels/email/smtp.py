"""The email channel: one sender's mail over a few kept-open connections to its own server."""

from __future__ import annotations

import asyncio
import ssl
from typing import Self

from drumbeat import crash
from drumbeat.channels.base import PermanentRefusal, Receipt, Refusal, Scope
from drumbeat.channels.email import headers
from drumbeat.channels.email.answers import sick
from drumbeat.channels.email.connection import Connection, Gone, Letter, Patience, stuffed
from drumbeat.channels.email.dkim import Signer
from drumbeat.channels.email.mime import EmailOutbound, build, needs_smtputf8
from drumbeat.channels.email.server import Security, SmtpServer, parse_smtp_url
from drumbeat.channels.email.session import tls_context
from drumbeat.core.errors import DomainError
from drumbeat.core.touch import FailureReason

__all__ = ["Delivery", "EmailChannel", "Patience", "Security", "SmtpServer", "parse_smtp_url"]

_OURS = frozenset({"From", "Reply-To", "Return-Path"})


class EmailChannel:
    """At most `connections` messages are under way at once; `prepare` waits for a free connection.

    Belongs to one event loop. Idle connections close after `patience.idle` seconds; one that the
    server closed meanwhile is replaced once without a word. `tls` replaces the usual trust store; `signer` signs
    what is sent for its domain.
    """

    def __init__(
        self,
        server: SmtpServer,
        connections: int = 4,
        *,
        patience: Patience | None = None,
        tls: ssl.SSLContext | None = None,
        signer: Signer | None = None,
    ) -> None:
        self._server = server
        self._signer = signer
        self._patience = patience or Patience()
        self._tls = tls
        self._free = asyncio.Semaphore(connections)
        self._idle: dict[Connection, asyncio.TimerHandle] = {}
        self._goodbyes: set[asyncio.Task[None]] = set()
        self._closed = False
        self._refused: Refusal | None = None
        self._refused_until = 0.0

    async def prepare(self, outbound: EmailOutbound) -> Delivery:
        """Get a connection on which the recipient is accepted. Raises a Refusal."""
        letter = _letter(outbound, self._signer)
        await self._free.acquire()
        try:
            connection = await self._addressed(letter)
            crash.point("C5")
        except BaseException:
            self._free.release()
            raise
        return Delivery(self, connection, letter.data)

    async def close(self) -> None:
        """Close what is idle now, and the rest as it is given back: nothing on the wire is cut off."""
        self._closed = True
        while self._idle:
            self._retire(next(iter(self._idle)))
        await asyncio.gather(*self._goodbyes)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def give_back(self, connection: Connection) -> None:
        """Take a connection back from a delivery and free its place."""
        self._keep(connection)
        self._free.release()

    async def _addressed(self, letter: Letter) -> Connection:
        if self._closed:
            raise sick("this sender is shutting down")
        kept = self._take()
        if kept is not None:
            try:
                return await self._address(kept, letter)
            except Gone:
                pass  # closed while it was idle: the server's good right
        try:
            return await self._address(await self._open(letter), letter)
        except Gone as gone:
            raise gone.refusal from gone

    async def _address(self, connection: Connection, letter: Letter) -> Connection:
        try:
            await connection.address(letter)
        except Refusal:
            self._keep(connection)
            raise
        except BaseException:
            connection.drop()
            raise
        return connection

    async def _open(self, letter: Letter) -> Connection:
        """Open a session, unless one was refused a moment ago: who asks again and again gets locked out."""
        now = asyncio.get_running_loop().time
        if self._refused is not None and now() < self._refused_until:
            raise sick(self._refused.text, self._refused.reason)
        if self._tls is None:
            self._tls = await asyncio.to_thread(tls_context, self._server)
        try:
            return await Connection.open(self._server, letter.helo_name, self._tls, self._patience)
        except Refusal as refusal:
            self._refused, self._refused_until = refusal, now() + self._patience.refused
            raise

    def _take(self) -> Connection | None:
        """Return the connection used last: the others may then grow idle and close."""
        while self._idle:
            connection, timer = self._idle.popitem()
            timer.cancel()
            if connection.alive:
                return connection
        return None

    def _keep(self, connection: Connection) -> None:
        if not connection.alive:
            return
        loop = asyncio.get_running_loop()
        self._idle[connection] = loop.call_later(self._patience.idle, self._retire, connection)
        if self._closed:
            self._retire(connection)

    def _retire(self, connection: Connection) -> None:
        self._idle.pop(connection).cancel()
        goodbye = asyncio.get_running_loop().create_task(connection.quit())
        self._goodbyes.add(goodbye)
        goodbye.add_done_callback(self._goodbyes.discard)


class Delivery:
    """A message whose recipient the server accepted, and nothing more: `transmit` or `abandon` it, once.

    A cancelled `transmit` leaves the outcome unknown, like `Unclear`.
    """

    def __init__(self, channel: EmailChannel, connection: Connection, data: bytes) -> None:
        self._channel = channel
        self._connection = connection
        self._data = data

    async def transmit(self) -> Receipt:
        """DATA, the message, the final dot, the answer."""
        try:
            return await self._connection.transmit(self._data)
        finally:
            self._channel.give_back(self._connection)

    async def abandon(self) -> None:
        """Give the connection back; the server's half-made transaction is reset before the next one."""
        self._channel.give_back(self._connection)


def _letter(outbound: EmailOutbound, signer: Signer | None) -> Letter:
    try:
        message = build(outbound)
        return Letter(
            sender=headers.address("Return-Path", outbound.envelope_from),
            recipient=headers.address("To", outbound.recipient_address),
            data=stuffed(message if signer is None else signer.sign(message)),
            smtputf8=needs_smtputf8(outbound),
        )
    except DomainError as fault:
        scope = Scope.SENDER if _OURS & fault.fields.keys() else Scope.RECIPIENT
        raise PermanentRefusal(fault.message, reason=FailureReason.RENDER_ERROR, scope=scope) from fault
