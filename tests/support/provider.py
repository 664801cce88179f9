"""A provider of the tests' own, over real HTTP: it checks what it is asked, and does what the recipient's name says.

`<script>+anything@…` names what happens to a mail, see `SCRIPTS`; any other is taken. Its log is the judge.
"""

import json
import threading
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

KEY = "a-good-key"
ACCOUNTS: dict[str, dict[str, str]] = {
    "amazon_ses": {
        "access_key_id": KEY,
        "secret_access_key": "a-secret-key",
        "region": "eu-west-1",
        "configuration_set": "outreach",
    },
    "brevo": {"api_key": KEY},
    "mailersend": {"api_token": KEY, "signing_secret": "a-signing-secret"},
    "mailgun": {"api_key": KEY, "sender_domain": "mg.example.com", "region": "eu"},
    "mailjet": {"api_key": KEY, "secret_key": "another-key"},
    "mailtrap": {"api_token": KEY},
    "mandrill": {"api_key": KEY, "webhook_key": "a-webhook-key"},
    "postal": {"server": "postal.example.com", "api_key": KEY, "webhook_key": "a-webhook-key"},
    "postmark": {"server_token": KEY, "message_stream": "outreach"},
    "resend": {"api_key": KEY},
    "scaleway": {"secret_key": KEY, "project_id": "a-project"},
    "sendgrid": {"api_key": KEY},
    "sparkpost": {"api_key": KEY, "region": "us"},
    "unisender_go": {"api_key": KEY, "region": "go1"},
}
SCRIPTS: dict[str, tuple[int, dict[str, str], Any]] = {
    "key401": (401, {}, {"Message": "Request does not contain a valid Server token."}),
    "busy429": (429, {"Retry-After": "120"}, {"message": "Too many requests"}),
    "later503": (503, {}, {"message": "Service unavailable"}),
    "oops500": (500, {}, {"message": "Internal Server Error"}),
    "inactive406": (
        422,
        {},
        {
            "ErrorCode": 406,
            "Message": "You tried to send to a recipient that has been marked as inactive. Found inactive"
            " addresses: a@people.test. Inactive recipients are ones that have generated a hard bounce.",
        },
    ),
    "unverified": (422, {}, {"message": "The sender domain is not verified."}),
    "invalid": (422, {}, {"message": "The to address is not valid."}),
    "big413": (413, {}, {"message": "Too large"}),
    "moved302": (302, {"Location": "http://127.0.0.1:1/"}, {}),
    "broken200": (200, {}, "<html>"),
    "nothing200": (200, {}, {}),
    "list200": (200, {}, [[]]),
    "nested200": (200, {}, "[" * 100_000),
    "nested401": (401, {}, "[" * 100_000),
    "proxy403": (403, {"Content-Type": "text/html"}, "<html><h1>Forbidden</h1></html>"),
    "wish429": (429, {"Retry-After": "-1"}, "<html>"),
    "paused": (400, {"x-amzn-ErrorType": "SendingPausedException:http://x/"}, {"message": "It is paused."}),
    "notours": (
        200,
        {},
        {"status": "error", "data": {"code": "UnauthenticatedFromAddress", "message": "No."}},
    ),
    "badkey500": (500, {}, {"status": "error", "name": "Invalid_Key", "message": "Invalid API key"}),
}
"""What is answered, and nothing is taken. `hang` never answers, `lost` takes the mail and cuts."""


@dataclass
class Provider:
    """`mails` are those that it took, `asked` all calls as (path, headers, body)."""

    port: int
    log: Path | None = None
    slow: float = 0.0
    mails: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def take(self, mail: dict[str, Any]) -> str:
        self.mails.append(mail)
        if self.log is not None:
            with self.log.open("a") as log:
                log.write(json.dumps(mail) + "\n")
        return f"id-{len(self.mails)}"


@contextmanager
def providing(log: Path | None = None, slow: float = 0.0) -> Iterator[Provider]:
    """Answer until the block ends."""
    provider = Provider(0, log, slow)

    class Handler(_Handler):
        told = provider

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    provider.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    told: Provider

    def do_GET(self) -> None:
        self._note(b"")
        good = KEY in _credentials(self.headers)
        self._answer(200 if good else 401, {}, {} if good else {"message": "The API key is not valid."})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self._note(body)
        name = self.path.split("/")[1]
        said = _said(self.headers.get("Content-Type", ""), body)
        if raw := _raw(name, said):
            said = {**said, "mail": raw}
        if KEY not in _credentials(self.headers) + json.dumps(said):
            self._answer(401, {}, {"message": "The API key is not valid."})
            return
        if self.path.endswith(("users/ping2.json", "system/info.json")):
            self._answer(200, {}, {})
            return
        recipient = _recipient(name, said)
        mark = said.get("Metadata", {}).get("drumbeat", "") if isinstance(said, dict) else ""
        self._act(
            name,
            recipient,
            {"provider": name, "to": recipient, "said": said, "message_id": f"{mark}@ours.test"},
        )

    def _act(self, name: str, recipient: str, mail: dict[str, Any]) -> None:
        script = recipient.partition("+")[0].partition("@")[0]
        if script in SCRIPTS:
            self._answer(*SCRIPTS[script])
            return
        if script == "hang":
            self.told.over.wait(30)
            return
        time.sleep(self.told.slow)
        taken = self.told.take(mail)
        if script == "lost":
            self.close_connection = True
            return
        self._answer(*_success(name, taken, recipient))

    def _note(self, body: bytes) -> None:
        self.told.asked.append((self.path, dict(self.headers.items()), body))

    def _answer(self, status: int, headers: dict[str, str], told: Any) -> None:
        body = b"" if told is None else told.encode() if isinstance(told, str) else json.dumps(told).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


def _credentials(headers: Any) -> str:
    said = " ".join(headers.values())
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    return said + (b64decode(token).decode() if scheme == "Basic" else "")


def _said(content_type: str, body: bytes) -> Any:
    if content_type.startswith("application/json") or body[:1] in b"{[":
        return json.loads(body)
    if content_type.startswith("multipart/"):
        whole = BytesParser(policy=HTTP).parsebytes(
            b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body
        )
        return {
            str(part.get_param("name", header="content-disposition")): part.get_content()
            for part in whole.iter_parts()
        }
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}


def _raw(name: str, said: Any) -> str:
    """Return the mail of a provider that takes it as by SMTP."""
    data = {"amazon_ses": lambda: said["Content"]["Raw"]["Data"], "postal": lambda: said["data"]}.get(name)
    return b64decode(data()).decode() if data is not None else ""


def _recipient(name: str, said: Any) -> str:
    """Find whom the mail is for: the only address of the people of the tests in the call."""
    words = json.dumps(said).replace("\\", " ").replace('"', " ").replace("<", " ").replace(">", " ").split()
    found = [word.strip(",;") for word in words if word.strip(",;").endswith("@people.test")]
    assert found, (name, said)
    return found[0]


def _success(name: str, taken: str, recipient: str) -> tuple[int, dict[str, str], Any]:
    if name in {"amazon_ses", "postal"}:
        by_recipient = {"status": "success", "data": {"messages": {recipient: {"id": taken}}}}
        return 200, {}, {"MessageId": taken} if name == "amazon_ses" else by_recipient
    shapes: dict[str, tuple[int, dict[str, str], Any]] = {
        "postmark": (200, {}, {"ErrorCode": 0, "Message": "OK", "MessageID": taken, "To": recipient}),
        "mailgun": (200, {}, {"id": f"<{taken}>", "message": "Queued. Thank you."}),
        "sendgrid": (202, {"X-Message-Id": taken}, None),
        "brevo": (201, {}, {"messageId": f"<{taken}>"}),
        "mailersend": (202, {"X-Message-Id": taken, "Content-Type": "text/html"}, None),
        "mailjet": (
            200,
            {},
            {
                "Messages": [
                    {
                        "Status": "success",
                        "To": [{"Email": recipient, "MessageID": taken, "MessageUUID": taken}],
                        "Cc": [],
                        "Bcc": [],
                    }
                ]
            },
        ),
        "mailtrap": (200, {}, {"success": True, "message_ids": [taken]}),
        "mandrill": (200, {}, [{"email": recipient, "status": "sent", "_id": taken}]),
        "sparkpost": (
            200,
            {},
            {"results": {"total_rejected_recipients": 0, "total_accepted_recipients": 1, "id": taken}},
        ),
        "resend": (200, {}, {"id": taken}),
        "scaleway": (
            200,
            {},
            {"emails": [{"id": taken, "message_id": taken, "mail_rcpt": recipient, "status": "new"}]},
        ),
        "unisender_go": (200, {}, {"status": "success", "job_id": taken, "emails": [recipient]}),
    }
    return shapes[name]
