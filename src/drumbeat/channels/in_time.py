"""An answer over HTTP that comes within its time, however it drips: a socket's own limit begins anew with each byte."""

from __future__ import annotations

import http.client
import io
import socket
import time
from typing import Any

HEAD_SECONDS = 30.0
"""How long status and headers may take."""
BODY_SECONDS = 90.0
"""How long the body may take with what stands around its pieces; who reads it has a limit of its own below this."""


class InTime(http.client.HTTPResponse):
    """For `response_class` of a connection. Reading raises TimeoutError when head or body have taken too long."""

    def __init__(
        self, sock: socket.socket, *about: Any, head_seconds: float | None = None, **more: Any
    ) -> None:
        super().__init__(sock, *about, **more)
        seconds = HEAD_SECONDS if head_seconds is None else head_seconds
        self._line = _Line(self.fp.detach(), sock, time.monotonic() + seconds)
        self.fp = io.BufferedReader(self._line)

    def begin(self) -> None:
        super().begin()
        self._line.ends_at = time.monotonic() + BODY_SECONDS


class _Line(io.RawIOBase):
    """What a socket says until `ends_at` of the monotonic clock."""

    def __init__(self, line: io.RawIOBase, sock: socket.socket, ends_at: float) -> None:
        super().__init__()
        self._under = line
        self._sock = sock
        self.ends_at = ends_at

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int | None:
        patience, left = self._sock.gettimeout(), self.ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError("no whole answer in time")
        self._sock.settimeout(left if patience is None else min(patience, left))
        try:
            return self._under.readinto(into)
        finally:
            if self._sock.fileno() >= 0:
                self._sock.settimeout(patience)

    def close(self) -> None:
        try:
            self._under.close()
        finally:
            super().close()
