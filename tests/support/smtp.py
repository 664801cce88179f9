"""A scriptable mail server for tests, and the judge of what was really sent.

Its log holds one JSON line for each complete message, written before the server answers; nothing of ours is
asked. What it does with a message is told by the recipient: `bounce550@example.com`, see `SCRIPTS`.
In a test: `with serving(log) as server`; alone: `python -m tests.support.smtp --port 2525 --log x`.
"""

import argparse
import asyncio
import json
import logging
import subprocess
import sys
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any, Literal

from aiosmtpd.smtp import MISSING, SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.certificate import Certificate

Phase = Literal["MAIL", "RCPT", "DATA", "body", "dot", "accepted"]
Deed = Literal["say", "cut", "hang"]


@dataclass(frozen=True)
class Act:
    """What happens at a phase: an answer, a cut connection, or silence.

    `body`: after some bytes of it. `dot`: the message is complete, not taken. `accepted`: taken, then this.
    """

    phase: Phase
    deed: Deed = "say"
    answer: str = ""


SCRIPTS = {
    "bounce550": Act("RCPT", answer="550 5.1.1 No such user here"),
    "full552": Act("RCPT", answer="552 5.2.2 Mailbox full"),
    "policy550": Act("RCPT", answer="550 5.7.1 Rejected by policy"),
    "defer451": Act("RCPT", answer="451 4.7.1 Greylisted, come back later"),
    "busy421": Act("RCPT", answer="421 4.3.2 Too busy, closing"),
    "hangrcpt": Act("RCPT", "hang"),
    "cutrcpt": Act("RCPT", "cut"),
    "sender550": Act("MAIL", answer="550 5.1.0 Sender refused"),  # by the sender's local part
    "nodata554": Act("DATA", answer="554 5.5.1 No message wanted"),
    "cutdata": Act("DATA", "cut"),
    "hangdata": Act("DATA", "hang"),
    "cutbody": Act("body", "cut"),
    "stallbody": Act("body", "hang"),
    "dot451": Act("dot", answer="451 4.3.0 Try again later"),
    "dot550": Act("dot", answer="550 5.6.0 Content refused"),
    "spam550": Act("dot", answer="550 5.7.1 Looks like spam"),
    "close421": Act("dot", answer="421 4.3.2 Closing"),
    "cutdot": Act("dot", "cut"),
    "hangdot": Act("dot", "hang"),
    "lost250": Act("accepted", "cut"),
    "late250": Act("accepted", "hang"),
    "odd354": Act("accepted", answer="354 Nonsense"),
}
BODY_READ = 4096
logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # the judge's log is enough


@dataclass(frozen=True)
class Settings:
    """`token`: the user and the access token that XOAUTH2 takes.

    `goodbye_after`: how many messages a connection may carry; the next MAIL is answered 421.
    """

    tls: Literal["", "starttls", "tls"] = ""
    login: tuple[str, str] | None = None
    token: tuple[str, str] | None = None
    smtputf8: bool = True
    size_limit: int = 32 << 20
    greeting: str = ""
    goodbye_after: int = 0
    keep_raw: bool = False


class Judge:
    """The log: appended and written through line by line, so that it outlives whoever is killed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._log = path.open("ab", buffering=0)

    def record(self, **line: Any) -> None:
        self._log.write(json.dumps(line).encode() + b"\n")

    def close(self) -> None:
        self._log.close()


def read_log(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@dataclass
class Handler:
    settings: Settings
    judge: Judge
    refuse_logins: bool = False
    logins: int = 0
    heard: list[str] = field(default_factory=list)
    """What clients said to the error that answers a wrong token."""
    carried: dict[int, int] = field(default_factory=dict)

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.logins += 1
        user, password = self.settings.login or ("", "")
        right = isinstance(data, LoginPassword) and data == LoginPassword(user.encode(), password.encode())
        return AuthResult(success=right and not self.refuse_logins, handled=False)

    def takes_token(self, user: str, token: str) -> bool:
        """Say whether XOAUTH2 succeeds; replace it to ask a provider."""
        return (user, token) == self.settings.token

    async def handle_MAIL(
        self, server: "Server", session: Any, envelope: Any, address: str, options: Any
    ) -> Any:
        allowed = self.settings.goodbye_after
        if allowed and self.carried.get(id(session), 0) >= allowed:
            return await server.leave("421 4.7.0 Enough for one connection")
        answer = await server.perform("MAIL", address)
        if answer is MISSING:
            envelope.mail_from = address
            return "250 2.1.0 Ok"
        return answer

    async def handle_RCPT(
        self, server: "Server", session: Any, envelope: Any, address: str, options: Any
    ) -> Any:
        answer = await server.perform("RCPT", address)
        if answer is MISSING:
            envelope.rcpt_tos.append(address)
            return "250 2.1.5 Ok"
        return answer

    async def handle_DATA(self, server: "Server", session: Any, envelope: Any) -> Any:
        to = envelope.rcpt_tos[0]
        answer = await server.perform("dot", to)
        if answer is not MISSING:
            return answer
        self.carried[id(session)] = self.carried.get(id(session), 0) + 1
        encrypted = server.transport.get_extra_info("sslcontext") is not None
        self.record(envelope, tls=encrypted, login=str(session.authenticated))
        answer = await server.perform("accepted", to)
        return f"250 2.0.0 Ok: queued as Q{self.carried[id(session)]}" if answer is MISSING else answer

    def record(self, envelope: Any, **about: Any) -> None:
        raw = envelope.original_content
        head = BytesHeaderParser().parsebytes(raw.partition(b"\r\n\r\n")[0])
        kept = {"raw": b64encode(raw).decode()} if self.settings.keep_raw else {}
        self.judge.record(
            at=time.time(),
            mail_from=envelope.mail_from,
            rcpt_tos=envelope.rcpt_tos,
            message_id=str(head["Message-ID"] or "").strip(" <>"),
            size=len(raw),
            **about,
            **kept,
        )


class Server(SMTP):
    """One connection."""

    connections: set[asyncio.BaseTransport]
    changed: threading.Condition
    transport: asyncio.Transport  # while connected
    session: Session
    envelope: Envelope

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.connections.add(transport)

    def connection_lost(self, error: Exception | None) -> None:
        with self.changed:
            self.connections.discard(self.transport)
            self.changed.notify_all()
        super().connection_lost(error)

    async def auth_XOAUTH2(self, _: SMTP, args: list[str]) -> AuthResult:
        """Take a token as Gmail does: against a wrong one comes an error that the client answers with nothing."""
        handler: Handler = self.event_handler
        handler.logins += 1
        words = b64decode(args[1]).decode().split("\1")
        user, token = words[0].removeprefix("user="), words[1].removeprefix("auth=Bearer ")
        if handler.takes_token(user, token):
            return AuthResult(success=True, auth_data=user)
        complaint = b64encode(b'{"status":"400"}').decode()
        await self.push(f"334 {complaint}")
        handler.heard.append((await self._reader.readline()).decode().strip())
        await self.push("535 5.7.8 Username and Password not accepted")
        return AuthResult(success=False, handled=True)

    async def perform(self, phase: Phase, address: str) -> Any:
        """Act as the address asks; MISSING when it asks for nothing here."""
        act = SCRIPTS.get(address.partition("@")[0].partition("+")[0])
        if act is None or act.phase != phase:
            return MISSING
        if act.deed == "hang":
            await self.for_ever()
        if act.deed == "cut":
            self.transport.abort()
            await self.for_ever()
        if act.answer.startswith("421"):
            return await self.leave(act.answer)
        return act.answer

    async def leave(self, answer: str) -> None:
        await self.push(answer)
        self.transport.close()
        await self.for_ever()

    async def for_ever(self) -> None:
        await asyncio.Event().wait()  # the lost connection cancels it

    async def push(self, status: Any) -> None:
        greeting = self.event_handler.settings.greeting
        if greeting and str(status).startswith("220 ") and self.session.host_name is None:
            if greeting == "hang":
                await self.for_ever()
            await super().push(greeting)
            self.transport.close()
            return
        await super().push(status)

    async def smtp_DATA(self, arg: str) -> None:
        recipients = self.envelope.rcpt_tos
        answer = await self.perform("DATA", recipients[0]) if recipients else MISSING
        if answer is not MISSING:
            await self.push(answer)
            return
        if recipients and recipients[0].startswith(("cutbody", "stallbody")):
            await self.push("354 Go on")
            await self._reader.readexactly(BODY_READ)
            await self.perform("body", recipients[0])
        await super().smtp_DATA(arg)


class Running:
    """A server in a thread of its own."""

    def __init__(self, log: Path, settings: Settings, port: int = 0) -> None:
        self.judge = Judge(log)
        self.handler = Handler(settings, self.judge)
        self.port = port
        self.certificate: Certificate | None = Certificate.make() if settings.tls else None
        self._settings = settings
        self._connections: set[asyncio.BaseTransport] = set()
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._up = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def messages(self) -> list[dict[str, Any]]:
        return read_log(self.judge.path)

    def refuse_logins(self) -> None:
        self.handler.refuse_logins = True

    def drop_connections(self) -> None:
        """Close every connection, as a server does with idle ones; return when that is done."""
        asyncio.run_coroutine_threadsafe(self._drop(), self._loop).result(5)

    def open_connections(self) -> int:
        return len(self._connections)

    def wait_until_left(self) -> None:
        """Return when no client is connected any more; fail after five seconds."""
        with self._changed:
            if not self._changed.wait_for(lambda: not self._connections, 5):
                raise TimeoutError("a client stays connected")

    def start(self) -> None:
        self._thread.start()
        if not self._up.wait(10):
            raise RuntimeError("the mail server did not start")

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    async def _drop(self) -> None:
        for transport in tuple(self._connections):
            transport.close()

    def _protocol(self) -> Server:
        settings, context = self._settings, self.certificate.server_side() if self.certificate else None
        server = Server(
            self.handler,
            loop=self._loop,
            hostname="mx.test",
            enable_SMTPUTF8=settings.smtputf8,
            data_size_limit=settings.size_limit,
            tls_context=context if settings.tls == "starttls" else None,
            authenticator=self.handler.authenticate if settings.login else None,
            auth_required=settings.login is not None or settings.token is not None,
            auth_require_tls=settings.tls == "starttls" or not (settings.login or settings.token),
            auth_exclude_mechanism=() if settings.token else ("XOAUTH2",),
        )
        server.connections, server.changed = self._connections, self._changed
        return server

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        implicit = (
            self.certificate.server_side() if self.certificate and self._settings.tls == "tls" else None
        )
        listener = self._loop.run_until_complete(
            self._loop.create_server(self._protocol, "127.0.0.1", self.port, ssl=implicit)
        )
        self.port = listener.sockets[0].getsockname()[1]
        self._up.set()
        self._loop.run_forever()
        listener.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()
        self.judge.close()


@contextmanager
def serving(log: Path, settings: Settings | None = None, **changes: Any) -> Iterator[Running]:
    """Serve in this process; `changes` are fields of `Settings`."""
    server = Running(log, replace(settings or Settings(), **changes))
    server.start()
    try:
        yield server
    finally:
        server.stop()
        if server.certificate:
            server.certificate.remove()


@contextmanager
def spawned(log: Path) -> Iterator[int]:
    """Serve in a process of its own, for tests that kill or measure; yields the port."""
    command = [sys.executable, "-m", "tests.support.smtp", "--with-parent", "--log", str(log)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any free one; it is printed")
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--tls", choices=["", "starttls", "tls"], default="")
    parser.add_argument("--login", help="user:password that is asked for")
    parser.add_argument("--keep-raw", action="store_true", help="log the messages themselves, base64")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input does")
    options = parser.parse_args()
    login = tuple(options.login.split(":", 1)) if options.login else None
    settings = Settings(tls=options.tls, login=login, keep_raw=options.keep_raw)
    server = Running(options.log, settings, options.port)
    server.start()
    print(server.port, flush=True)
    if options.with_parent:
        sys.stdin.read()
    else:
        threading.Event().wait()


if __name__ == "__main__":
    main()
