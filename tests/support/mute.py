"""A mail server that answers as it should until one word of the conversation, and then says nothing for ever.

Words are the client's: CONNECT is its arrival, TLS the handshake after STARTTLS, BODY the message, which is not even
read, "." its end, and QUIT the goodbye.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

PHASES = ("CONNECT", "EHLO", "STARTTLS", "TLS", "AUTH", "MAIL", "RCPT", "DATA", "BODY", ".", "QUIT")
_ANSWERS = {
    "CONNECT": b"220 mute.test\r\n",
    "MAIL": b"250 2.1.0 Ok\r\n",
    "RCPT": b"250 2.1.5 Ok\r\n",
    "DATA": b"354 Go on\r\n",
    ".": b"250 2.0.0 Ok\r\n",
    "AUTH": b"235 2.7.0 Ok\r\n",
    "STARTTLS": b"220 2.0.0 Go on\r\n",
    "RSET": b"250 2.0.0 Ok\r\n",
    "QUIT": b"221 2.0.0 Bye\r\n",
}
_BEFORE_LOGIN = ("STARTTLS", "TLS")


@dataclass
class Mute:
    """`silences`: one permit for each connection that is left without an answer."""

    until: str
    port: int = 0
    silences: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    _open: list[socket.socket] = field(default_factory=list)

    @property
    def security(self) -> str:
        return "starttls" if self.until in _BEFORE_LOGIN else "plain"

    def serve(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                line, _ = listening.accept()
                self._open.append(line)
                threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        with suppress(OSError, StopIteration):
            self._answer(line, "CONNECT")
            words = line.makefile("rb")
            while heard := words.readline():
                word = heard.split()[0].decode().upper()
                self._answer(line, "EHLO" if word == "HELO" else word)
                if word == "STARTTLS" and self.until == "TLS":
                    self._fall_silent()
                if word == "DATA":
                    if self.until == "BODY":
                        self._fall_silent()
                    while words.readline() != b".\r\n":
                        pass
                    self._answer(line, ".")

    def _answer(self, line: socket.socket, word: str) -> None:
        if word == self.until:
            self._fall_silent()
        line.sendall(self._offers() if word == "EHLO" else _ANSWERS[word])

    def _offers(self) -> bytes:
        extension = b"STARTTLS" if self.until in _BEFORE_LOGIN else b"AUTH PLAIN"
        return b"250-mute.test\r\n250 " + extension + b"\r\n"

    def _fall_silent(self) -> None:
        self.silences.release()
        raise StopIteration

    def close(self) -> None:
        for line in self._open:
            line.close()


@contextmanager
def mute(until: str) -> Iterator[Mute]:
    """Serve on loopback until the end of the context."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Mute(until, listening.getsockname()[1])
        threading.Thread(target=server.serve, args=(listening,), daemon=True).start()
        try:
            yield server
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            server.close()
