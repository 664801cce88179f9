"""A model server of our own over real HTTP: it speaks the OpenAI protocol and does what its script says.

Each call takes the next line of the script, the last one stays. What it was asked is kept.
"""

import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias

from drumbeat.agents.endpoint import Endpoint

KEY = "sk-stand-in"
MODEL = "stand-in-1"


@dataclass(frozen=True)
class Call:
    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def system(self) -> str:
        return "\n".join(one["content"] for one in self.body["messages"] if one["role"] == "system")

    @property
    def user(self) -> str:
        return "\n".join(one["content"] for one in self.body["messages"] if one["role"] != "system")

    @property
    def choices(self) -> Sequence[str]:
        """What the schema lets the model choose from."""
        told: Mapping[str, Any] = self.body["response_format"]["json_schema"]["schema"]
        choices: Sequence[str] = told["properties"]["choice"]["enum"]
        return choices


@dataclass(frozen=True)
class Said:
    """An HTTP answer, as it is written. `drips`: seconds between its bytes; `hangs`: then nothing more comes."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    drips: float = 0.0
    hangs: bool = False


Line: TypeAlias = Said | Callable[[Call], Said]


def saying(content: object, **more: Any) -> Said:
    """Return the answer of a model that says this: a text, or a value as JSON."""
    text = content if isinstance(content, str) or content is None else json.dumps(content, ensure_ascii=False)
    message = {"role": "assistant", "content": text, **more.pop("message", {})}
    answer = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": more.pop("finish", "stop")}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110},
        **more,
    }
    return Said(body=json.dumps(answer).encode())


def choosing(choice: str, confidence: float = 0.9, **more: Any) -> Said:
    """Return the answer of a model that decides well."""
    return saying({"reason": "It fits.", "choice": choice, "confidence": confidence, **more})


def refusing(status: int, text: str, **headers: str) -> Said:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Said(status, json.dumps({"error": {"message": text, "type": "x"}}).encode(), told)


HANGING = Said(body=b"{", hangs=True)
DRIPPING = Said(body=b" " * 10_000, drips=0.02)
HUGE = Said(body=b"x" * 2_000_000)
MODELS = Said(body=json.dumps({"object": "list", "data": [{"id": MODEL, "object": "model"}]}).encode())
PAGE = Said(body=b"<html>Welcome</html>")


@dataclass
class Model:
    """`script` may be changed while it listens."""

    port: int = 0
    script: list[Line] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    listing: Said = MODELS
    over: threading.Event = field(default_factory=threading.Event)
    _turn: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def endpoint(self, **more: Any) -> Endpoint:
        return Endpoint(**{"url": self.url, "model": MODEL, "key": KEY, "seconds": 5.0, **more})

    def settings(self, **more: str) -> dict[str, str]:
        return {"DRUMBEAT_MODEL_URL": self.url, "DRUMBEAT_MODEL": MODEL, "DRUMBEAT_MODEL_KEY": KEY, **more}

    def says(self, *script: Line) -> None:
        self.script, self._turn = list(script), 0

    def next(self, call: Call) -> Said:
        with self._lock:
            self.calls.append(call)
            line = self.script[min(self._turn, len(self.script) - 1)]
            self._turn += 1
        return line if isinstance(line, Said) else line(call)


@contextmanager
def a_model(*script: Line) -> Iterator[Model]:
    """Listen until the block ends; who still hangs on the line is cut off then."""
    model = Model(script=list(script))
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"model": model})) as server:
        server.daemon_threads = True
        model.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield model
        finally:
            model.over.set()
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    model: Model

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._answer(_listing(self.model, Call(self.path, dict(self.headers.items()), {})))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(self.model.next(Call(self.path, dict(self.headers.items()), body)))

    def _answer(self, said: Said) -> None:
        try:
            self._write(said)
        except OSError:  # who asked has gone
            self.close_connection = True

    def _write(self, said: Said) -> None:
        self.send_response(said.status)
        length = len(said.body) + (1_000 if said.hangs else 0)
        for name, value in {"Content-Length": str(length), **said.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if said.drips:
            for byte in said.body:
                self.wfile.write(bytes([byte]))
                if self.model.over.wait(said.drips):
                    return
        else:
            self.wfile.write(said.body)
        if said.hangs:
            self.model.over.wait(30)


def _listing(model: Model, call: Call) -> Said:
    model.calls.append(call)
    if model.script and isinstance(model.script[0], Said) and model.script[0].status != 200:
        return model.script[0]
    return model.listing


@contextmanager
def nobody() -> Iterator[str]:
    """Give an address at which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}/v1"
