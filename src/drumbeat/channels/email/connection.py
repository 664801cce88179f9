"""One session with a mail server, kept open, carrying one message at a time.

Here it is decided what is *known*: until the final dot is written, every failure means "not accepted";
from then on, everything but a complete answer is `Unclear`.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn, cast

from aiosmtplib import SMTP, SMTPException, SMTPTimeoutError
from aiosmtplib.protocol import SMTPProtocol
from aiosmtplib.response import SMTPResponse

from drumbeat import crash
from drumbeat.channels.base import PermanentRefusal, Receipt, Refusal, TemporaryRefusal, Unclear
from drumbeat.channels.email.answers import Phase, readable, refusal, sick
from drumbeat.channels.email.server import SmtpServer
from drumbeat.channels.email.session import open_session
from drumbeat.core.smtp_codes import find_status
from drumbeat.core.touch import FailureReason

_QUEUED = re.compile(r"queued as (\S+)", re.IGNORECASE)
_BARE_LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait in each phase, by RFC 5321 section 4.5.3.2; `connect`, `quit` and `idle` are ours.

    A shorter `dot` doubles mail: the server may have accepted while we no longer listen (RFC 1047).
    """

    connect: float = 30
    greeting: float = 300
    command: float = 300
    data: float = 120
    block: float = 180
    dot: float = 600
    quit: float = 5
    idle: float = 30


@dataclass(frozen=True, slots=True)
class Letter:
    """A message ready for the wire: plain ASCII-domain addresses, `data` with CRLF and stuffed dots."""

    sender: str
    recipient: str
    data: bytes
    smtputf8: bool = False

    @property
    def helo_name(self) -> str:
        return self.sender.rpartition("@")[2]


class Gone(Exception):
    """The server ended the session before it took anything."""

    def __init__(self, refusal: TemporaryRefusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


def stuffed(message: bytes) -> bytes:
    """Return a message for DATA: CRLF line ends alone (no smuggling), dots doubled, no final dot."""
    if not message.count(b"\r\n") == message.count(b"\n") == message.count(b"\r"):
        message = _BARE_LINE_END.sub(b"\r\n", message)
    if not message.endswith(b"\r\n"):
        message += b"\r\n"
    if message.startswith(b"."):
        message = b"." + message
    return message.replace(b"\r\n.", b"\r\n..")


class Connection:
    """Raises a `Refusal` when the server said no, `Gone` when it left; `alive`: it may be kept."""

    def __init__(
        self, client: SMTP, protocol: SMTPProtocol, transport: asyncio.Transport, patience: Patience
    ):
        self._client = client
        self._protocol = protocol
        self._patience = patience
        self._addressed = False
        # Paused while anything is unsent, so that draining means: all is handed to the kernel.
        transport.set_write_buffer_limits(high=1, low=0)
        self._writer = asyncio.StreamWriter(transport, protocol, None, asyncio.get_running_loop())

    @classmethod
    async def open(
        cls, server: SmtpServer, helo_name: str, tls: ssl.SSLContext, patience: Patience
    ) -> Connection:
        """Raises a TemporaryRefusal about the sender."""
        client = await open_session(
            server, helo_name, tls, connect=patience.connect, answer=patience.greeting
        )
        if client.protocol is None or client.transport is None:
            raise sick("the server closed the connection")
        return cls(client, client.protocol, cast(asyncio.Transport, client.transport), patience)

    @property
    def alive(self) -> bool:
        return self._client.is_connected

    async def address(self, letter: Letter) -> None:
        """Give sender and recipient; afterwards only DATA is missing."""
        options = self._options(letter)
        if self._addressed:
            await self._ask(Phase.SESSION, b"RSET")
        await self._ask(Phase.MAIL, b"MAIL", f"FROM:<{letter.sender}>".encode(), *options)
        self._addressed = True
        await self._ask(Phase.RCPT, b"RCPT", f"TO:<{letter.recipient}>".encode())

    async def transmit(self, data: bytes) -> Receipt:
        """Hand the message over. Raises a Refusal when it was not accepted, Unclear when nobody can know."""
        try:
            await self._upload(data)
            if not self.alive:  # nothing runs between this look and the write
                raise _cut("the connection was lost before the end of the message")
            self._protocol.write(b".\r\n")
            crash.point("C7")
            return await self._verdict()
        except Refusal:
            raise
        except BaseException:
            self.drop()
            raise

    async def quit(self) -> None:
        """Say goodbye and close. Never raises."""
        with suppress(SMTPException, OSError):
            await self._client.quit(timeout=self._patience.quit)
        self.drop()

    def drop(self) -> None:
        """Close at once; what is not sent yet is not sent."""
        self._writer.transport.abort()
        self._client.close()

    def _options(self, letter: Letter) -> list[bytes]:
        offered = self._client.esmtp_extensions
        limit = offered.get("size", "")
        if limit.isdigit() and 0 < int(limit) < len(letter.data):
            raise PermanentRefusal(f"the message is larger than the server takes ({limit} bytes)")
        options = [b"SIZE=%d" % len(letter.data)] if "size" in offered else []
        if not letter.smtputf8:
            return options
        if "smtputf8" not in offered:
            raise PermanentRefusal("an address needs SMTPUTF8, which the server does not offer")
        return [*options, b"BODY=8BITMIME", b"SMTPUTF8"]

    async def _ask(self, phase: Phase, *command: bytes) -> SMTPResponse:
        try:
            answer = await self._client.execute_command(*command, timeout=self._patience.command)
        except SMTPTimeoutError as fault:
            raise sick(f"no answer to {command[0].decode()}", FailureReason.TIMEOUT) from fault
        except SMTPException as fault:
            self.drop()
            lost = _cut if phase is Phase.RCPT else sick  # one recipient must not hold all the others
            raise Gone(lost("the server closed the connection")) from fault
        if answer.code // 100 == 2:
            return answer
        self._refuse(answer, phase)

    def _refuse(self, answer: SMTPResponse, phase: Phase) -> NoReturn:
        found = refusal(answer.code, answer.message, phase)
        if answer.code == 421 and isinstance(found, TemporaryRefusal):
            raise Gone(found)
        raise found

    async def _upload(self, data: bytes) -> None:
        """Send all but the final dot. Every failure here is known: without the dot there is no message."""
        try:
            answer = await self._client.execute_command(b"DATA", timeout=self._patience.data)
            if answer.code != 354:
                raise refusal(answer.code, answer.message, Phase.DATA)
            half = len(data) // 2
            async with asyncio.timeout(self._patience.block):
                self._writer.write(data[:half])
                crash.point("C6")
                self._writer.write(data[half:])
                await self._writer.drain()
        except TimeoutError as fault:
            self.drop()
            raise _cut("the server stopped reading", FailureReason.TIMEOUT) from fault
        except (SMTPException, OSError) as fault:
            self.drop()
            raise _cut("the connection was lost before the end of the message") from fault

    async def _verdict(self) -> Receipt:
        try:
            answer = await self._protocol.read_response(timeout=self._patience.dot)
        except (SMTPException, OSError) as fault:
            raise Unclear("the connection was lost before the server answered") from fault
        crash.point("C8")
        self._addressed = False
        if answer.code // 100 == 2:
            return _receipt(answer)
        if answer.code // 100 in (4, 5):
            if answer.code == 421:
                self.drop()
            raise refusal(answer.code, answer.message, Phase.DATA)
        raise Unclear(readable(answer.message), code=str(answer.code))


def _receipt(answer: SMTPResponse) -> Receipt:
    queued = _QUEUED.search(answer.message)
    return Receipt(
        provider_id=readable(queued.group(1)) if queued else "",
        code=f"{answer.code} {find_status(answer.message)}".strip(),
        text=readable(answer.message),
    )


def _cut(text: str, reason: FailureReason = FailureReason.PROVIDER_ERROR) -> TemporaryRefusal:
    return TemporaryRefusal(text, reason=reason)
