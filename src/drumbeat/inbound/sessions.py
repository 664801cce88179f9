"""One mail session on the wire, SMTP or LMTP, over aiosmtpd: our limits, our answers, one row per mail.

Whatever goes wrong here is answered with a temporary error, so that the other side keeps the mail and tries
again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, AnyStr, TypeVar

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import close_old_connections

from drumbeat.inbound.arrivals import Arrival, keep, plain, takes

log = logging.getLogger(__name__)

SIZE_LIMIT = 25 * 1024 * 1024
LINE_LIMIT = 1024 * 1024
"""RFC 5321 4.5.3.1.6 allows 1000 octets; many real senders do not count."""
MOST_RECIPIENTS = 100
STORING_THREADS = 4

STORED = "250 2.0.0 Stored"
LATER = "451 4.3.0 The mail cannot be taken now; try again later"
NOT_OURS = "550 5.7.1 No mailbox of this domain is here and nothing is relayed"
TOO_MANY_RECIPIENTS = "452 4.5.3 Too many recipients; send the rest in another transaction"
BUSY = b"421 4.3.2 Too many connections; try again later\r\n"

ResultT = TypeVar("ResultT")


class Handler:
    """aiosmtpd's hooks. Database work runs in threads, so that no session waits for another one's commit."""

    def __init__(self, source: str, on_arrival: Callable[[], None], now: Callable[[], datetime]) -> None:
        self.source = source
        self.on_arrival = on_arrival
        self.now = now
        self.threads = ThreadPoolExecutor(STORING_THREADS, thread_name_prefix=f"inbound-{source}")
        self.storing = 0

    async def handle_RCPT(
        self, _: Any, __: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY_RECIPIENTS
        recipient = plain(address)
        try:
            ours = await self._in_thread(takes, recipient)
        except Exception:
            log.exception("cannot tell whether a recipient is ours; the sender will try again")
            return LATER
        if not ours:
            return NOT_OURS
        envelope.rcpt_tos.append(recipient)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _: Any, __: Session, envelope: Envelope) -> str:
        raw = envelope.original_content or b""
        arrival = Arrival(self.source, plain(envelope.mail_from or ""), tuple(envelope.rcpt_tos), raw)
        self.storing += 1
        try:
            await self._in_thread(self._store, arrival)
        except Exception:
            log.exception("a mail could not be stored; the sender keeps it and will try again")
            return LATER
        finally:
            self.storing -= 1
        return STORED

    async def handle_exception(self, fault: Exception) -> str:
        log.error("a mail session failed", exc_info=fault)
        return LATER

    def _store(self, arrival: Arrival) -> None:
        if keep(arrival, self.now()):
            self._announce()

    def _announce(self) -> None:
        try:
            self.on_arrival()
        except Exception:  # the mail is safe, so it must be acknowledged
            log.exception("the worker could not be woken; it will find the mail by itself")

    async def _in_thread(self, work: Callable[[Any], ResultT], argument: Any) -> ResultT:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, _on_sound_connection, work, argument)


def _on_sound_connection(work: Callable[[Any], ResultT], argument: Any) -> ResultT:
    """Run `work` on a connection that a restart of the database has not broken."""
    close_old_connections()
    try:
        return work(argument)
    finally:
        close_old_connections()


class SmtpSession(SMTP):
    """An SMTP session (RFC 5321). It enters itself into `sessions` while it is open."""

    line_length_limit = LINE_LIMIT

    def __init__(self, handler: Handler, sessions: set[SmtpSession], hostname: str) -> None:
        super().__init__(
            handler,
            data_size_limit=SIZE_LIMIT,
            enable_SMTPUTF8=True,
            hostname=hostname,
            ident="drumbeat",
            auth_exclude_mechanism=("LOGIN", "PLAIN"),
        )
        self._sessions = sessions

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._sessions.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._sessions.discard(self)
        super().connection_lost(error)


class LmtpSession(SmtpSession, LMTP):
    """An LMTP session. After a mail it owes one answer per recipient (RFC 2033 4.2); aiosmtpd gives one."""

    _owed = 1

    async def push(self, status: AnyStr) -> None:
        copies, self._owed = self._owed, 1
        if self.envelope is not None and str(status).startswith("354"):
            self._owed = len(self.envelope.rcpt_tos)
        for _ in range(copies):
            await super().push(status)


class Turned(asyncio.Protocol):
    """Turns a caller away while too many sessions are open."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        transport.write(BUSY)
        transport.close()
