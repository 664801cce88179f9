"""A Twilio over real HTTP: it keeps messages and calls, and does what the number says.

The last digits of a number name what happens to it, see `scripts`; any other is taken, and lives: callbacks are
signed and posted to the address that the request named.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from random import Random
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

from drumbeat.clock import Clock, SystemClock
from drumbeat.demo.listening import listening
from drumbeat.demo.twilio.callbacks import post_signed
from drumbeat.demo.twilio.dialling import rung_by
from drumbeat.demo.twilio.scripts import ANSWERS, CALLS, MESSAGES, script_of

ACCOUNT, TOKEN = "AC" + "0" * 31 + "1", "a-twilio-token"
KEY, KEY_SECRET = "SK" + "0" * 31 + "1", "a-secret-of-a-key"
SERVICE = "MG" + "0" * 31 + "1"
HOST = "api.twilio.com"
CONTENT = "content.twilio.com"
STORE = "mms.twiliocdn.com"
PAGE = {"page": 0, "page_size": 50, "next_page_url": None}
TEMPLATE = "HX" + "0" * 31 + "1"
Form: TypeAlias = dict[str, list[str]]


ENDS = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})
"""The states in which a call has ended."""
_KEPT = 2_000
_WITHOUT_END: Mapping[str, tuple[bytes, float]] = {"endless": (b" " * 65_536, 0.0), "drip": (b" ", 0.02)}
"""What such an answer says again and again, and how many seconds apart."""


@dataclass(frozen=True)
class Lying:
    """A file as Twilio's store has it. `status` instead of the file; `endless`: it comes without an end."""

    data: bytes
    content_type: str
    status: int = 200
    endless: bool = False
    leads_to: str = ""


def _sound(_path: str, _form: Form) -> list[str]:
    return []


def _alone(_sid: str) -> None:
    pass


@dataclass
class Twilio:
    """`messages` and `calls` by their sid, in the order they were taken; `asked`: each request as (path, form)."""

    port: int = 0
    token: str = TOKEN
    slow: float = 0.0
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, Form]] = field(default_factory=list)
    check: Callable[[str, Form], list[str]] = _sound
    """Says what a request breaks of the published description; what it says is kept in `faults`."""
    faults: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    says: tuple[int, str] | None = None
    """What everything is answered with, instead of what should be."""
    media: dict[str, Lying] = field(default_factory=dict)
    """What lies at an address of ours, by its path."""
    numbers: list[dict[str, Any]] = field(default_factory=list)
    templates: list[dict[str, Any]] = field(default_factory=list)
    """As the API lists them."""
    taken: Callable[[str], None] = _alone
    """Told of each message and call that was taken and answered for."""
    run: int = 0
    """Tells the sids of one run from those of another."""
    over: threading.Event = field(default_factory=threading.Event)
    clock: Clock = field(default_factory=SystemClock)
    lock: threading.Lock = field(default_factory=threading.Lock)
    count: Counter[str] = field(default_factory=Counter)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def live(self, sid: str, *, amd: bool = True, mixed: Random | None = None) -> list[int]:
        """Let a message or call live to its end; return what each callback was answered with.

        `mixed`: each callback twice and in an order by chance, as they do come.
        """
        life = self.life(sid, amd=amd)
        if mixed is not None:
            life *= 2
            mixed.shuffle(life)
        return [self.report(sid, **news) for news in life]

    def life(self, sid: str, *, amd: bool = True) -> list[dict[str, str]]:
        """Return the callbacks that a message or call brings, in their order, as form values."""
        if sid in self.messages:
            return [dict(one) for one in MESSAGES[script_of(self.messages[sid]["to"])]]
        known = CALLS[script_of(self.calls[sid]["to"])]
        return [dict(one) for one in known if amd or "AnsweredBy" not in one]

    def report(self, sid: str, **news: str) -> int:
        """Post one callback about a message or call, signed; return the status of the answer, 0 for no address."""
        known = self.messages.get(sid) or self.calls[sid]
        known["status"] = news.get("MessageStatus") or news.get("CallStatus") or known["status"]
        if news.get("CallStatus") == "completed" and (rung := rung_by(known)) and rung.tell_at:
            self._post(rung.tell_at, sid, {"CallStatus": "in-progress", **rung.news})
        to_amd = "AnsweredBy" in news and known.get("answered_url")
        address = known["answered_url"] if to_amd else known["status_url"]
        return self._post(address, sid, news)

    def _post(self, address: str, sid: str, news: Mapping[str, str]) -> int:
        known = self.messages.get(sid) or self.calls[sid]
        named = {"MessageSid": sid, "SmsSid": sid} if sid in self.messages else {"CallSid": sid}
        form = {**named, "AccountSid": ACCOUNT, "From": known["from"] or "", "To": known["to"], **news}
        return post_signed(address, form, self.token) if address else 0

    def forget_old(self) -> None:
        """Keep the newest few thousand of everything, as one does that runs for days."""
        with self.lock:
            for kept in (self.messages, self.calls):
                for sid in list(kept)[:-_KEPT]:
                    del kept[sid]
            del self.asked[:-_KEPT]

    def lay(self, lying: Lying) -> str:
        """Keep a file that somebody sent; return where Twilio's callback says that it lies."""
        path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/MM{0:032x}/Media/ME{len(self.media):032x}"
        self.media[path] = lying
        return f"https://{HOST}{path}"

    def deliver(self, address: str, sender: str, text: str, *, to: str, **other: str) -> int:
        """Post a message of a person, signed; `other` are further form values."""
        sid = f"SM{len(self.asked):032x}"
        form = {
            "MessageSid": sid,
            "SmsSid": sid,
            "AccountSid": ACCOUNT,
            "From": sender,
            "To": to,
            "Body": text,
        }
        return post_signed(address, {**form, "NumMedia": "0", "NumSegments": "1", **other}, self.token)


@contextmanager
def answering(twilio: Twilio, on: socket.socket) -> Iterator[Twilio]:
    """Let `twilio` answer on a bound and listening socket until the block ends."""
    with listening(on, type("Handler", (_Handler,), {"told": twilio})) as twilio.port:
        try:
            yield twilio
        finally:
            twilio.over.set()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    told: Twilio

    def do_GET(self) -> None:
        if self.path.startswith(f"/{STORE}/"):
            self._hand_out(self.path.removeprefix(f"/{STORE}"))
        elif self.path.startswith(f"/{CONTENT}/"):
            self._answer(200, {"contents": self.told.templates, "meta": PAGE | {"key": "contents"}})
        elif self._is_known() and not self._shows_one():
            if (lying := self.told.media.get(self._path())) is not None:
                to = lying.leads_to or f"{self.told.base}/{STORE}{self._path()}"
                self._answer(307, "", {"Location": to})
                return
            if "/IncomingPhoneNumbers.json" in self.path:
                self._answer(200, {"incoming_phone_numbers": self.told.numbers, "next_page_uri": None})
                return
            kind = "messages" if "/Messages.json" in self.path else "calls"
            page = [shown(one) for one in self._wanted(kind)]
            self._answer(200, {kind: page, "page": 0, "page_size": 50, "next_page_uri": None})

    def _hand_out(self, path: str) -> None:
        """Twilio's store asks for no password: its addresses are secrets, and who tells it one gives ours away."""
        lying = self.told.media[path]
        self.told.asked.append(
            (f"/{STORE}{path}", {"Authorization": self.headers.get_all("Authorization") or []})
        )
        self.send_response(lying.status)
        self.send_header("Content-Type", lying.content_type)
        if lying.endless:
            self.close_connection = True
            self.end_headers()
            self._repeat(lying.data, 0.0)
            return
        self.send_header("Content-Length", str(len(lying.data)))
        self.end_headers()
        self.wfile.write(lying.data)

    def _repeat(self, piece: bytes, seconds_apart: float) -> None:
        try:
            while not self.told.over.wait(seconds_apart):
                self.wfile.write(piece)
        except OSError:
            return

    def _wanted(self, kind: str) -> list[dict[str, Any]]:
        asked = parse_qs(urlsplit(self.path).query)
        if "ParentCallSid" in asked:
            parent = self.told.calls.get(asked["ParentCallSid"][0])
            rung = rung_by(parent) if parent is not None else None
            return (
                [{**parent, "sid": rung.sid, "to": rung.number, "status": rung.status}]
                if parent and rung
                else []
            )
        [to] = asked.get("To", [""])
        return [one for one in reversed(list(getattr(self.told, kind).values())) if to in ("", one["to"])]

    def _shows_one(self) -> bool:
        kind, _, name = urlsplit(self.path).path.removesuffix(".json").rpartition("/")
        if not kind.endswith("/Calls"):
            return False
        if (one := self.told.calls.get(name)) is not None:
            self._answer(200, shown(one))
        else:
            self._refuse(404, 20404, f"The requested resource {name} was not found")
        return True

    def do_POST(self) -> None:
        form = parse_qs(
            self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode(), keep_blank_values=True
        )
        with self.told.lock:
            self.told.at_once += 1
            self.told.most_at_once = max(self.told.most_at_once, self.told.at_once)
        try:
            if self._is_known():
                time.sleep(self.told.slow)
                self._act(self._path(), form)
        finally:
            with self.told.lock:
                self.told.at_once -= 1

    def _act(self, path: str, form: Form) -> None:
        self.told.asked.append((path, form))
        if faults := self.told.check(path, form):
            self.told.faults += faults
            self._refuse(400, 20001, "; ".join(faults))
            return
        kind, _, sid = path.removesuffix(".json").partition(f"/{ACCOUNT}/")[2].partition("/")
        if sid:
            self._steer(sid, form)
            return
        script = script_of(form["To"][0])
        if script == "hang":
            self.told.over.wait(30)
        elif script in ANSWERS:
            status, code, text, headers = ANSWERS[script]
            self._refuse(status, code, text, headers)
        elif script == "broken":
            self._answer(201, "<html>")
        elif script in _WITHOUT_END:
            self._say_for_ever(*_WITHOUT_END[script])
        else:
            self._taken(script, self._take(kind, {name: values[0] for name, values in form.items()}))

    def _taken(self, script: str, made: dict[str, Any]) -> None:
        if script == "late":
            self.told.over.wait(30)
        elif script == "lost":
            self.close_connection = True
        elif script == "failed_at_once":
            made["status"] = "failed"
            self._answer(201, shown(made) | {"error_code": 30007})
        else:
            self._answer(201, shown(made))
            self.told.taken(made["sid"])

    def _say_for_ever(self, piece: bytes, seconds_apart: float) -> None:
        self.close_connection = True
        self.send_response(201)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self._repeat(piece, seconds_apart)

    def _take(self, kind: str, said: Mapping[str, str]) -> dict[str, Any]:
        with self.told.lock:
            kept = self.told.messages if kind == "Messages" else self.told.calls
            self.told.count[kind] += 1
            sid = f"{'SM' if kind == 'Messages' else 'CA'}{self.told.run:08x}{self.told.count[kind]:024x}"
            made = {
                "sid": sid,
                "status": "queued",
                "to": said["To"],
                "from": said.get("From"),
                "body": said.get("Body"),
                "status_url": said.get("StatusCallback", ""),
                "answered_url": said.get("AsyncAmdStatusCallback", ""),
                "date_created": format_datetime(self.told.clock.now(), usegmt=True),
                "twiml": [said["Twiml"]] if "Twiml" in said else [],
                "said": dict(said),
            }
            kept[sid] = made
        return made

    def _steer(self, sid: str, form: Form) -> None:
        call = self.told.calls.get(sid)
        if call is None:
            self._refuse(404, 20404, f"The requested resource {sid} was not found")
        elif call["status"] in ENDS:
            self._refuse(400, 21220, "Call is not in-progress. Cannot redirect.")
        else:
            call["twiml"] += form.get("Twiml", [])
            call["status"] = form.get("Status", [call["status"]])[0]
            self._answer(200, shown(call))

    def _path(self) -> str:
        return urlsplit(self.path).path.removeprefix(f"/{HOST}")

    def _is_known(self) -> bool:
        if self.told.says is not None:
            self._answer(*self.told.says)
            return False
        scheme, _, proof = self.headers.get("Authorization", "").partition(" ")
        good = {f"{ACCOUNT}:{self.told.token}", f"{KEY}:{KEY_SECRET}"}
        known = scheme == "Basic" and b64decode(proof).decode() in good
        if not known:
            self._refuse(401, 20003, "Authenticate")
        elif f"/Accounts/{ACCOUNT}/" not in self.path:
            known = False
            self._refuse(404, 20404, "The requested resource was not found")
        return known

    def _refuse(self, status: int, code: int, text: str, headers: Mapping[str, str] | None = None) -> None:
        told: dict[str, Any] = {"message": text, "status": status}
        if code:
            told |= {"code": code, "more_info": f"https://www.twilio.com/docs/errors/{code}"}
        self._answer(status, told, headers)

    def _answer(self, status: int, told: Any, headers: Mapping[str, str] | None = None) -> None:
        body = told.encode() if isinstance(told, str) else json.dumps(told).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


def shown(made: Mapping[str, Any]) -> dict[str, Any]:
    """Return a message or call as the API shows it."""
    told = {name: made[name] for name in ("sid", "status", "to", "from", "body", "date_created")}
    fixed = {
        "account_sid": ACCOUNT,
        "api_version": "2010-04-01",
        "error_code": None,
        "direction": "outbound-api",
    }
    return told | fixed
