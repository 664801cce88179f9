"""An OAuth 2.0 provider of our own over real HTTP: it redirects, checks PKCE, gives tokens, takes them back.

What it does with the next question is set on it: `rotates`, `status`, `slow`, `signs_in` (it says who
signed in), `raw` (a status and a body in place of its answer), `silent` (no answer until the end).
Accounts that `revoke` names are refused.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT = ("drumbeat-client", "drumbeat-secret")


@dataclass
class Provider:
    """`asked` holds every question but the authorization ones as (path, form)."""

    port: int = 0
    rotates: bool = False
    gives_refresh: bool = True
    seconds: int = 3600
    status: int = 200
    slow: float = 0.0
    raw: tuple[int, bytes] | None = None
    silent: bool = False
    asking: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    """Counts questions that are met with silence."""
    over: threading.Event = field(default_factory=threading.Event)
    scopes: tuple[str, ...] = ("mail.all",)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    signs_in: str = ""
    access: dict[str, str] = field(default_factory=dict)
    refresh: dict[str, str] = field(default_factory=dict)
    at_once: int = 0
    most_at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def settings(self, **more: str) -> dict[str, str]:
        """Return the settings of an installation that is registered here."""
        return {
            "DRUMBEAT_OAUTH_NAME": "Stand-in",
            "DRUMBEAT_OAUTH_CLIENT_ID": CLIENT[0],
            "DRUMBEAT_OAUTH_CLIENT_SECRET": CLIENT[1],
            "DRUMBEAT_OAUTH_AUTHORIZE_URL": self.url("/authorize"),
            "DRUMBEAT_OAUTH_TOKEN_URL": self.url("/token"),
            "DRUMBEAT_OAUTH_REVOKE_URL": self.url("/revoke"),
            "DRUMBEAT_OAUTH_SCOPES": ",".join(self.scopes),
            "DRUMBEAT_OAUTH_SMTP": "smtp://127.0.0.1:2525",
            "DRUMBEAT_OAUTH_IMAP": "imap://127.0.0.1:1143",
            **more,
        }

    def questions(self, kind: str) -> int:
        return sum(form.get("grant_type") == kind for _, form in self.asked)

    def revoke(self, account: str) -> None:
        """Do what an account's owner does who takes the access back."""
        self.refresh = {token: who for token, who in self.refresh.items() if who != account}
        self.access = {token: who for token, who in self.access.items() if who != account}

    def forget_access(self) -> None:
        """Let all access tokens end early, as a change of the password does."""
        self.access.clear()

    def takes(self, account: str, token: str) -> bool:
        return self.access.get(token) == account

    def allow(self, query: dict[str, str]) -> str:
        """Be the person who says yes; return where the browser is sent."""
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT[0]
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.asked.append((path, form))
        if self.status != 200:
            return self.status, {"error": "server_error", "error_description": "Come back later"}
        if (form.get("client_id"), form.get("client_secret")) != CLIENT:
            return 401, {"error": "invalid_client"}
        if path == "/revoke":
            account = self.refresh.get(form["token"], "")
            self.revoke(account)
            return 200, {}
        return self._for_code(form) if form["grant_type"] == "authorization_code" else self._for_refresh(form)

    def written(self, path: str, form: dict[str, str]) -> tuple[int, bytes, str]:
        """Return the answer as it leaves: status, body, kind."""
        if self.raw is not None:
            return (*self.raw, "text/html")
        status, said = self.answer(path, form)
        return status, json.dumps(said).encode(), "application/json"

    def _for_code(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        query = self.codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            query is None
            or query["code_challenge"] != challenge
            or query["redirect_uri"] != form["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant", "error_description": "Bad code"}
        return 200, self._given(query["login_hint"], fresh=self.gives_refresh)

    def _for_refresh(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        account = self.refresh.get(form["refresh_token"])
        if account is None:
            return 400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
        if self.rotates:
            del self.refresh[form["refresh_token"]]
        return 200, self._given(account, fresh=self.rotates)

    def _given(self, account: str, *, fresh: bool) -> dict[str, Any]:
        access = secrets.token_urlsafe(16)
        self.access[access] = account
        given: dict[str, Any] = {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": self.seconds,
            "scope": " ".join(self.scopes),
        }
        if self.signs_in:
            claims = base64.urlsafe_b64encode(json.dumps({"email": self.signs_in}).encode()).rstrip(b"=")
            given["id_token"] = f"e30.{claims.decode()}.c2lnbmVk"
        if fresh:
            refresh = secrets.token_urlsafe(16)
            self.refresh[refresh] = account
            given["refresh_token"] = refresh
        return given

    def meanwhile(self) -> bool:
        """Count who asks at the same time; return whether they are answered."""
        with self._lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(self.slow)
        with self._lock:
            self.at_once -= 1
        if self.silent:
            self.asking.release()
            self.over.wait(60)
            return False
        return True


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = _first(parts.query)
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.allow(query))
                self.end_headers()
                return
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")  # as Dovecot asks
            account = provider.access.get(token)
            said = {"email": account} if account else {"error": "invalid_token"}
            self._write(200 if account else 401, json.dumps(said).encode(), "application/json")

        def do_POST(self) -> None:
            form = _first(self.rfile.read(int(self.headers["Content-Length"])).decode())
            if provider.meanwhile():
                self._write(*provider.written(urlsplit(self.path).path, form))

        def _write(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler


def _first(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


@contextmanager
def providing(**knobs: Any) -> Iterator[Provider]:
    """Run a provider until the end of the context."""
    provider = Provider(**knobs)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
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
