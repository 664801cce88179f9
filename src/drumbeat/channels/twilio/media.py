"""Fetches a file that came with a text, from where Twilio says that it lies.

The account's secret goes to Twilio's own host alone. From there it leads to a store, in the public internet; no other
place is asked, and of no answer more is read than a file may have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from drumbeat.channels.twilio.outbound import TwilioAccount
from drumbeat.channels.twilio.wire import led
from drumbeat.core.hosts import Network
from drumbeat.core.text_media import LARGEST, is_taken, lies_at_twilio

if TYPE_CHECKING:
    import requests

SECONDS = 60.0
"""How long one answer may take as a whole."""
_HOPS = 3
_PATIENCE = (5.0, 15.0)


class Unfetched(Exception):
    """It could not be fetched; the text says why. `for_good`: no other try helps."""

    def __init__(self, text: str, *, for_good: bool = False) -> None:
        super().__init__(text)
        self.for_good = for_good


def fetch(account: TwilioAccount, url: str, base: str = "", networks: Sequence[Network] = ()) -> bytes:
    """Return the bytes of a file. Raises Unfetched. `base` stands in for Twilio's hosts."""
    import requests

    from drumbeat.channels.esp import guarded

    if not lies_at_twilio(url):
        raise Unfetched("it does not lie at Twilio", for_good=True)
    place, secret = led(base.rstrip("/"), url), (account.key_sid or account.sid, account.secret)
    with guarded.session(networks) as foreign, guarded.plain() as trusted:
        foreign.max_redirects = trusted.max_redirects = (
            1  # none is followed but here, after a look at where to
        )
        auth: tuple[str, str] | None = secret
        for _ in range(_HOPS):
            ours = bool(base) and place.startswith(f"{base.rstrip('/')}/")
            if not ours and urlsplit(place).scheme != "https":
                raise Unfetched("it lies at an address without TLS", for_good=True)
            try:
                found = _asked(trusted if ours else foreign, place, auth)
            except requests.RequestException as fault:
                raise Unfetched(f"{urlsplit(place).hostname} cannot be reached ({_said(fault)})") from fault
            if isinstance(found, bytes):
                return found
            place, auth = urljoin(place, found), None
    raise Unfetched("it leads from one place to another without an end")


def _asked(session: requests.Session, url: str, auth: tuple[str, str] | None) -> bytes | str:
    """Return the file, or where else it lies."""
    how: dict[str, Any] = {"timeout": _PATIENCE, "stream": True, "allow_redirects": False}
    with session.get(url, auth=auth, **how) as response:
        if response.is_redirect:
            return str(response.headers["Location"])
        if response.status_code != 200:
            gone = response.status_code in (404, 410)
            raise Unfetched(f"{urlsplit(url).hostname} answers {response.status_code}", for_good=gone)
        kind = response.headers.get("Content-Type", "")
        if not is_taken(kind):
            raise Unfetched(f"files of the type {kind[:100] or '(none)'} are not taken", for_good=True)
        return _read(response)


def _read(response: requests.Response) -> bytes:
    from drumbeat.channels.esp import guarded

    body = bytearray()
    for part in guarded.parts(response, SECONDS):
        body += part
        if len(body) > LARGEST:
            raise Unfetched(f"it has more than {LARGEST >> 20} MB", for_good=True)
    return bytes(body)


def _said(fault: Exception) -> str:
    from drumbeat.channels.esp.guarded import NotAllowed

    reason = getattr(fault.args[0] if fault.args else None, "reason", None)
    return str(reason).partition(": ")[2] if isinstance(reason, NotAllowed) else type(fault).__name__
