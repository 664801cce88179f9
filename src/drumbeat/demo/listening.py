"""An HTTP server on a socket that somebody else has bound, in threads of its own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def listening(on: socket.socket, handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """Answer with `handler` until the block ends; the socket is closed then. Gives the port."""
    host, port = on.getsockname()[:2]
    server = ThreadingHTTPServer((host, port), handler, bind_and_activate=False)
    server.socket.close()
    server.socket = on
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
