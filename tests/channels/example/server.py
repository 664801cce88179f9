"""The provider of the example: takes texts, and does what the recipient's name says."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STATUSES = {"gone": 410, "busy": 429, "oops": 500}


@contextmanager
def pigeons() -> Iterator[tuple[int, list[dict[str, str]]]]:
    """Answer until the block ends; yields the port and the texts that were taken."""
    taken: list[dict[str, str]] = []
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            script = said["to"]
            if script == "hang":
                over.wait(30)
                return
            if script in STATUSES:
                self._answer(STATUSES[script], {})
                return
            taken.append(said)
            if script != "lost":
                self._answer(201, {"id": len(taken)})

        def _answer(self, status: int, told: dict[str, int]) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1], taken
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()
