"""The way to Twilio's API: the library's client over an HTTP client of ours.

Ours can be led to another base address, follows no redirect, asks no proxy that the surroundings name, reads no answer
without an end, and logs no message. Only this module knows how the library is called.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from drumbeat.channels.twilio.outbound import TwilioAccount


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: to connect, and for an answer. Twilio answers within a few; what takes longer is in doubt."""

    connect: float = 5
    answer: float = 30


class Wire:
    """One kept-open connection, for one thread at a time; what the library wants of an HTTP client.

    `base` stands in for Twilio's hosts: the host that was meant becomes the first part of the path.
    """

    is_async = False

    def __init__(self, base: str, patience: Patience) -> None:
        import requests

        from drumbeat.channels.esp import guarded

        self._base = base.rstrip("/")
        self._patience = patience
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Accept-Encoding"] = "identity"
        guarded.bound(self._session)
        self.status = 0
        self.retry_after = ""
        """Header and status of the last answer, as they came; the library does not hand them on."""

    def request(
        self,
        method: str,
        url: str,
        params: Any = None,
        data: Any = None,
        headers: Any = None,
        auth: Any = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Any:
        """Make one request. Raises what `requests` raises; `timeout` and `allow_redirects` are not heard."""
        from twilio.http.response import Response

        answer = self._session.request(
            method,
            led(self._base, url),
            params=params,
            data=data,
            headers=headers,
            auth=auth,
            timeout=(self._patience.connect, self._patience.answer),
            allow_redirects=False,
        )
        self.status = answer.status_code
        self.retry_after = answer.headers.get("Retry-After", "")
        return Response(answer.status_code, answer.text, answer.headers)

    def close(self) -> None:
        self._session.close()


def led(base: str, url: str) -> str:
    """Return where an address of Twilio's leads when `base` stands in for its hosts, "" for nothing."""
    if not base:
        return url
    meant = urlsplit(url)
    return f"{base}/{meant.hostname}{meant.path}"


def client_of(account: TwilioAccount, wire: Wire) -> Any:
    """Return the library's client for an account; making one says nothing to anybody."""
    from twilio.rest import Client

    return Client(account.key_sid or account.sid, account.secret, account.sid, http_client=wire)
