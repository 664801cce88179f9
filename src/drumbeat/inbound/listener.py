"""drumbeat's own SMTP and LMTP listener: a mail is stored and committed before it is acknowledged.

It takes mail for the domains of sender profiles and relays nothing. It has no TLS and no spam filter: towards
the open internet a mail server belongs in front of it.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import threading
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from drumbeat.core.errors import DomainError
from drumbeat.environment import HostPort
from drumbeat.inbound.sessions import Handler, LmtpSession, SmtpSession, Turned

MOST_SESSIONS = 50
GRACE_SECONDS = 5.0
"""How long a stop waits for mails that are being stored."""

_NO_SUCH_HOST = "is no address of this machine"
_WHY_NOT = {
    errno.EADDRINUSE: ("port_in_use", "is used by another program. Stop that one, or choose another port"),
    errno.EACCES: ("port_not_permitted", "needs more rights. Choose a port from 1024 on"),
    errno.EADDRNOTAVAIL: ("host_unknown", _NO_SUCH_HOST),
}


class Listener:
    """A running listener, also a context. `stop` lets mails that are being stored end first."""

    def __init__(
        self, handler: Handler, session: type[SmtpSession], sock: socket.socket, hostname: str
    ) -> None:
        self.port = int(sock.getsockname()[1])
        self._handler = handler
        self._session = session
        self._hostname = hostname
        self._open: set[SmtpSession] = set()
        self._loop = asyncio.new_event_loop()
        self._server = self._loop.run_until_complete(self._loop.create_server(self._answer, sock=sock))
        self._thread = threading.Thread(target=self._loop.run_forever, name="inbound", daemon=True)
        self._thread.start()

    def _answer(self) -> asyncio.BaseProtocol:
        if len(self._open) >= MOST_SESSIONS:
            return Turned()
        return self._session(self._handler, self._open, self._hostname)

    def stop(self) -> None:
        """Take no more mail: what was acknowledged is stored, what is unfinished stays with its sender."""
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._handler.threads.shutdown(wait=True)

    async def _close(self) -> None:
        self._server.close()
        ends_at = self._loop.time() + GRACE_SECONDS
        while self._handler.storing and self._loop.time() < ends_at:
            await asyncio.sleep(0.01)
        for session in list(self._open):
            if session.transport is not None:
                session.transport.close()
        await asyncio.sleep(0)  # the answers and the closing reach their sockets
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(
    host_port: HostPort,
    on_arrival: Callable[[], None],
    now: Callable[[], datetime],
    *,
    lmtp: bool = False,
) -> Listener:
    """Listen on `host_port` in a thread of its own; port 0 takes any free one.

    `on_arrival` is called in some thread after each commit of a new mail. Raises DomainError `port_in_use`,
    `port_not_permitted`, `port_unusable` or `host_unknown`.
    """
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd logs every command, addresses included
    sock = _bind(host_port)
    handler = Handler("lmtp" if lmtp else "smtp", on_arrival, now)
    return Listener(handler, LmtpSession if lmtp else SmtpSession, sock, host_port.host)


def _bind(host_port: HostPort) -> socket.socket:
    family = socket.AF_INET6 if ":" in host_port.host else socket.AF_INET
    try:
        return socket.create_server((host_port.host, host_port.port), family=family, backlog=MOST_SESSIONS)
    except socket.gaierror as fault:
        raise _refusal(host_port, "host_unknown", _NO_SUCH_HOST) from fault
    except OSError as fault:
        code, why = _WHY_NOT.get(fault.errno or 0, ("port_unusable", f"cannot be used: {fault.strerror}"))
        raise _refusal(host_port, code, why) from fault


def _refusal(host_port: HostPort, code: str, why: str) -> DomainError:
    return DomainError(code, f"Mail cannot be received on {host_port.host}:{host_port.port}: it {why}.")
