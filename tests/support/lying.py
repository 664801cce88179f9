"""What lies at a provider, over real HTTP: files by their path, with what was asked for; anything else is not there."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Store:
    """`files` are (status, type, body) by path; `asked` all calls as (path, headers)."""

    port: int = 0
    files: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def put(self, path: str, body: Any, content_type: str = "application/json", status: int = 200) -> str:
        """Lay a file there and return its address."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.files[path] = (status, content_type, data)
        return self.base + path


@contextmanager
def lying() -> Iterator[Store]:
    """Answer until the block ends."""
    store = Store()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            store.asked.append((self.path, dict(self.headers.items())))
            status, content_type, body = store.files.get(
                self.path.partition("?")[0], (404, "text/plain", b"")
            )
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{store.base}/elsewhere")
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    store.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
