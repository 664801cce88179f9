"""One session with a mail server, kept open, carrying one message at a time.

Here it is decided what is *known*: until the final dot is written, every failure means "not accepted";
from then on, everything but a complete answer is `Unclear`.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from drumbeat import crash
from drumbeat.channels.base import PermanentRefusal, Receipt, Refusal, TemporaryRefusal, Unclear
from drumbeat.channels.email.answers import Phase, readable, refusal, sick
from drumbeat.channels.email.conversation import Answer, Conversation, Lost
from drumbeat.channels.email.server import SmtpServer
from drumbeat.channels.email.session import open_session
from drumbeat.core.smtp_codes import find_status
from drumbeat.core.touch import FailureReason

_QUEUED = re.compile(r"queued as (\S+)", re.IGNORECASE)
_BARE_LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait in each phase, by RFC 5321 section 4.5.3.2; `connect`, `quit`, `idle` and `refused` are ours.

    For `refused` seconds a session that did not come about is not tried again. A shorter `dot` doubles mail: the server
    may have accepted while we no longer listen (RFC 1047).
    """

    connect: float = 30
    greeting: float = 300
    command: float = 300
    data: float = 120
    block: float = 180
    dot: float = 600
    quit: float = 5
    idle: float = 30
    refused: float = 5


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

    def __init__(self, session: Conversation, offered: Mapping[str, str], patience: Patience) -> None:
        self._session = session
        self._offered = offered
        self._patience = patience
        self._addressed = False

    @classmethod
    async def open(
        cls, server: SmtpServer, helo_name: str, tls: ssl.SSLContext, patience: Patience
    ) -> Connection:
        """Raises a TemporaryRefusal about the sender."""
        client = await open_session(
            server, helo_name, tls, connect=patience.connect, answer=patience.greeting
        )
        if client.transport is None:
            raise sick("the server closed the connection")
        session = Conversation(cast(asyncio.Transport, client.transport))
        return cls(session, client.esmtp_extensions, patience)

    @property
    def alive(self) -> bool:
        return self._session.alive

    async def address(self, letter: Letter) -> None:
        """Give sender and recipient; afterwards only DATA is missing."""
        mail = b" ".join([f"MAIL FROM:<{letter.sender}>".encode(), *self._options(letter)])
        asked = [(Phase.MAIL, mail), (Phase.RCPT, f"RCPT TO:<{letter.recipient}>".encode())]
        if self._addressed:
            asked.insert(0, (Phase.SESSION, b"RSET"))
        if "pipelining" in self._offered:  # RFC 2920
            await self._ask(*asked)
            return
        for one in asked:
            await self._ask(one)

    async def transmit(self, data: bytes) -> Receipt:
        """Hand the message over. Raises a Refusal when it was not accepted, Unclear when nobody can know."""
        try:
            await self._upload(data)
            if not self.alive:  # nothing runs between this look and the write
                raise _cut("the connection was lost before the end of the message")
            self._session.ask(b".")
            crash.point("C7")
            return await self._verdict()
        except Refusal:
            raise
        except BaseException:
            self.drop()
            raise

    async def quit(self) -> None:
        """Say goodbye and close. Never raises."""
        with suppress(Lost, OSError):
            self._session.ask(b"QUIT")
            await self._session.answer(self._patience.quit)
        self.drop()

    def drop(self) -> None:
        """Close at once; what is not sent yet is not sent."""
        self._session.drop()

    def _options(self, letter: Letter) -> list[bytes]:
        limit = self._offered.get("size", "")
        if limit.isdigit() and 0 < int(limit) < len(letter.data):
            raise PermanentRefusal(f"the message is larger than the server takes ({limit} bytes)")
        options = [b"SIZE=%d" % len(letter.data)] if "size" in self._offered else []
        if not letter.smtputf8:
            return options
        if "smtputf8" not in self._offered:
            raise PermanentRefusal("an address needs SMTPUTF8, which the server does not offer")
        return [*options, b"BODY=8BITMIME", b"SMTPUTF8"]

    async def _ask(self, *asked: tuple[Phase, bytes]) -> None:
        """Say all at once and read every answer; the first refusal counts."""
        refused: Refusal | Gone | None = None
        try:
            self._session.ask(*(command for _, command in asked))
        except Lost as fault:
            raise Gone(sick("the server closed the connection")) from fault
        for phase, command in asked:
            try:
                answer = await self._answer_to(command, phase)
            except (Refusal, Gone) as fault:
                raise (refused or fault) from fault
            if answer.code // 100 != 2:
                refused = refused or self._refused(answer, phase)
            elif phase is Phase.MAIL:
                self._addressed = True
        if refused is not None:
            raise refused

    async def _answer_to(self, command: bytes, phase: Phase) -> Answer:
        try:
            return await self._session.answer(self._patience.command)
        except TimeoutError as fault:
            raise sick(f"no answer to {command[:4].decode()}", FailureReason.TIMEOUT) from fault
        except Lost as fault:
            lost = _cut if phase is Phase.RCPT else sick  # one recipient must not hold all the others
            raise Gone(lost("the server closed the connection")) from fault

    def _refused(self, answer: Answer, phase: Phase) -> Refusal | Gone:
        found = refusal(answer.code, answer.text, phase)
        if answer.code == 421 and isinstance(found, TemporaryRefusal):
            self.drop()
            return Gone(found)
        return found

    async def _upload(self, data: bytes) -> None:
        """Send all but the final dot. Every failure here is known: without the dot there is no message."""
        try:
            self._session.ask(b"DATA")
            answer = await self._session.answer(self._patience.data)
            if answer.code != 354:
                raise self._said_no(answer)
            self._session.write(data)
            crash.point("C6")
            await self._session.drain(self._patience.block)
        except TimeoutError as fault:
            raise _cut("the server stopped reading", FailureReason.TIMEOUT) from fault
        except Lost as fault:
            raise _cut("the connection was lost before the end of the message") from fault

    async def _verdict(self) -> Receipt:
        try:
            answer = await self._session.answer(self._patience.dot)
        except (Lost, OSError) as fault:
            raise Unclear("the connection was lost before the server answered") from fault
        crash.point("C8")
        self._addressed = False
        if answer.code // 100 == 2:
            return _receipt(answer)
        if answer.code // 100 in (4, 5):
            raise self._said_no(answer)
        raise Unclear(readable(answer.text), code=str(answer.code))

    def _said_no(self, answer: Answer) -> Refusal:
        if answer.code == 421:
            self.drop()
        return refusal(answer.code, answer.text, Phase.DATA)


def _receipt(answer: Answer) -> Receipt:
    queued = _QUEUED.search(answer.text)
    return Receipt(
        provider_id=readable(queued.group(1)) if queued else "",
        code=f"{answer.code} {find_status(answer.text)}".strip(),
        text=readable(answer.text),
    )


def _cut(text: str, reason: FailureReason = FailureReason.PROVIDER_ERROR) -> TemporaryRefusal:
    return TemporaryRefusal(text, reason=reason)
