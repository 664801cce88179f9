"""An HTTP endpoint of the tests' own: what it does is said by the path, what it got is kept."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HEADS = {
    "/ok": b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine",
    "/nobody": b"HTTP/1.1 204 No Content\r\n\r\n",
    "/hint": b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "/gone": b"HTTP/1.1 410 Gone\r\nContent-Length: 5\r\n\r\nleft\x07",
    "/bad": b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
    "/timeout": b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n",
    "/busy": b"HTTP/1.1 429 Too Many\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n",
    "/later": b"HTTP/1.1 503 Later\r\nDate: Mon, 02 Mar 2026 09:00:00 GMT\r\n"
    b"Retry-After: Mon, 02 Mar 2026 10:00:00 GMT\r\nContent-Length: 0\r\n\r\n",
    "/nonsense-wish": b"HTTP/1.1 503 Later\r\nRetry-After: soon\r\nContent-Length: 0\r\n\r\n",
    "/broken": b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
    "/moved": b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/inner\r\nContent-Length: 0\r\n\r\n",
    "/smtp": b"220 mail.example.com ESMTP\r\n",
    "/half": b"HTTP/1.1 200 OK\r\nContent-Le",
    "/endless-head": b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 100_000,
    "/short-body": b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\nfine",
    "/long-body": b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n" + b"x" * 4000,
    "/silent": b"",
}
SILENT = {"/silent", "/body-hangs"}
HEADS["/body-hangs"] = HEADS["/short-body"]


@dataclass
class Endpoint:
    """`calls` holds each request as (path, headers, body); `log` keeps the ids for other processes."""

    port: int
    log: Path | None = None
    calls: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    connections: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def listening(
    log: Path | None = None, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Iterator[Endpoint]:
    """Listen until the block ends; connections that are still open are cut then."""
    with socket.create_server((host, 0)) as server:
        endpoint, over = Endpoint(server.getsockname()[1], log), threading.Event()
        thread = threading.Thread(target=_accept, args=(server, endpoint, over, tls), daemon=True)
        thread.start()
        try:
            yield endpoint
        finally:
            over.set()
            with socket.create_connection((host, endpoint.port)):
                thread.join()


def _accept(
    server: socket.socket, endpoint: Endpoint, over: threading.Event, tls: ssl.SSLContext | None
) -> None:
    while not over.is_set():
        line, _ = server.accept()
        if not over.is_set():
            endpoint.connections += 1
            threading.Thread(target=_answer, args=(line, endpoint, over, tls), daemon=True).start()


def _answer(
    line: socket.socket, endpoint: Endpoint, over: threading.Event, tls: ssl.SSLContext | None
) -> None:
    with ExitStack() as held:
        held.enter_context(line)
        if tls is not None:
            try:
                line = held.enter_context(tls.wrap_socket(line, server_side=True))
            except OSError:  # the caller does not trust us
                return
        path, headers, body = _request(line)
        if not path:
            return
        endpoint.calls.append((path, headers, body))
        if endpoint.log is not None:
            with endpoint.log.open("a") as log:
                log.write(f"{headers['webhook-id']}\n")
        path = path.partition("?")[0]
        if path == "/reset":
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            return
        if path.startswith("/slow"):
            time.sleep(0.5)
        line.sendall(HEADS.get(path, HEADS["/ok"]))
        if path in SILENT:
            over.wait(30)


def _request(line: socket.socket) -> tuple[str, dict[str, str], bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        part = line.recv(65536)
        if not part:
            return "", {}, b""
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    first, *rest = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (one.partition(": ") for one in rest)}
    while len(body) < int(headers.get("content-length", "0")):
        body += line.recv(65536)
    return first.split(" ")[1], headers, body
