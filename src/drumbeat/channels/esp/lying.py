"""Fetches from a provider what its call only named: a received mail, or the certificate of a signature.

Addresses come from the provider, so they lead into the public internet alone. Each answer is read up to a limit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from email.utils import unquote
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from drumbeat.core.hosts import Network
from drumbeat.core.provider_lying import Lying, What, is_bucket
from drumbeat.core.providers import Account
from drumbeat.core.sigv4 import Keys

if TYPE_CHECKING:
    import requests

LARGEST = 30 << 20
SECONDS = 60.0
"""How long one answer may take as a whole."""
MOST_FILES = 100
_PATIENCE = (5.0, 15.0)
_LARGEST_CERTIFICATE = 64 * 1024
_HEADER = re.compile(r"[!-9;-~]+")
"""The name of a header (RFC 5322, 3.6.8)."""
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_TOO_LARGE = f"it has more than {LARGEST >> 20} MB"


class Unfetched(Exception):
    """It could not be fetched; the text says why."""


class Source:
    """One provider's account to fetch from. `base` stands in for the hosts of providers and of Amazon."""

    def __init__(self, account: Account, base: str = "", networks: Sequence[Network] = ()) -> None:
        from drumbeat.channels.esp import guarded

        self.account = account
        self._base = base.rstrip("/")
        self._session = guarded.session(networks)
        self._trusted = guarded.plain()
        self._left = LARGEST

    def fetch(self, lying: Lying) -> bytes | None:
        """Return the mail, None for what is none. Raises Unfetched."""
        try:
            return _FETCHERS[lying.what](self, lying.about)
        except (KeyError, TypeError, AttributeError, ValueError) as fault:
            raise Unfetched(f"the provider's answer has another form ({type(fault).__name__})") from fault
        finally:
            self._session.close()
            self._trusted.close()

    def api(self, path: str, host: str) -> str:
        """Return an address of the provider's API."""
        return f"{self._base}/{self.account.provider}/{path}" if self._base else f"https://{host}/{path}"

    def amazon(self, service: str, url: str) -> str:
        """Return an address at Amazon, or where the operator put another in its place."""
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        return f"{self._base}/{service}{parts.path}{query}" if self._base else url

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, auth: Any = None) -> bytes:
        """Return a body. All of a mail's parts together have one limit."""
        return self._got(url, headers, auth)[0]

    def json(self, url: str, headers: Mapping[str, str]) -> Any:
        return json.loads(self.get(url, headers=headers))

    def file(self, url: str, headers: Mapping[str, str] | None = None) -> tuple[bytes, str]:
        """Return a file and its type."""
        return self._got(url, headers, None)

    def _got(self, url: str, headers: Mapping[str, str] | None, auth: Any) -> tuple[bytes, str]:
        ours = bool(self._base) and url.startswith(f"{self._base}/")
        if not ours and urlsplit(url).scheme != "https" and not self._base:
            raise Unfetched("the provider names an address without TLS")
        session = self._trusted if ours else self._session
        body, kind = _read(session, url, self._left, headers=headers, auth=auth)
        self._left -= len(body)
        return body, kind


def _read(session: requests.Session, url: str, most: int, **how: Any) -> tuple[bytes, str]:
    import requests

    from drumbeat.channels.esp import guarded

    try:
        with session.get(url, timeout=_PATIENCE, stream=True, **how) as response:
            if response.status_code != 200:
                raise Unfetched(f"{urlsplit(url).hostname} answers {response.status_code}")
            body = bytearray()
            for part in guarded.parts(response, SECONDS):
                body += part
                if len(body) > most:
                    raise Unfetched(_TOO_LARGE)
            return bytes(body), response.headers.get("Content-Type", "")
    except requests.exceptions.TooManyRedirects as fault:
        raise Unfetched(f"{urlsplit(url).hostname} answers with a redirect, which is not followed") from fault
    except requests.exceptions.ReadTimeout as fault:
        raise Unfetched(f"{urlsplit(url).hostname} is too slow") from fault
    except requests.RequestException as fault:
        raise Unfetched(f"{urlsplit(url).hostname} cannot be reached: {_said(fault)}") from fault


def _said(fault: Exception) -> str:
    from drumbeat.channels.esp.guarded import NotAllowed

    reason = getattr(fault.args[0] if fault.args else None, "reason", None)
    return str(reason if isinstance(reason, NotAllowed) else type(fault).__name__)


def _resend(source: Source, about: Mapping[str, Any]) -> bytes:
    """The mail as it came where Resend keeps it so, else made of the parts that it read."""
    key = {"Authorization": f"Bearer {source.account.secrets['api_key']}"}
    path = f"emails/receiving/{quote(str(about['email_id']), safe='')}"
    said = source.json(source.api(path, "api.resend.com"), key)
    if url := (said.get("raw") or {}).get("download_url"):
        return source.get(url)
    files = [
        _file(
            one.get("filename"),
            one.get("content_id"),
            one.get("content_type"),
            source.file(one["download_url"]),
        )
        for one in (said.get("attachments") or [])[:MOST_FILES]
    ]
    whole = {
        "from_email": said.get("from"),
        **{name: ", ".join(said.get(name) or []) or None for name in ("to", "cc", "bcc")},
        "subject": said.get("subject"),
    }
    mail = _made(said.get("headers") or {}, said, files, **whole)
    for name, value in (
        ("Reply-To", ", ".join(said.get("reply_to") or [])),
        ("Message-ID", said.get("message_id")),
    ):
        if value and name not in mail:
            mail[name] = value
    return bytes(mail.as_bytes())


def _mailtrap(source: Source, about: Mapping[str, Any]) -> bytes:
    inbox, message = (quote(str(about[name]), safe="") for name in ("inbox_id", "message_id"))
    key = {"Authorization": f"Bearer {source.account.secrets['api_token']}"}
    path = f"api/inbound/inboxes/{inbox}/messages/{message}"
    return source.get(source.json(source.api(path, "mailtrap.io"), key)["raw_message_url"])


def _brevo(source: Source, about: Mapping[str, Any]) -> bytes:
    key = {"api-key": source.account.secrets["api_key"]}
    files = []
    for one in about["Attachments"][:MOST_FILES]:
        path = f"v3/inbound/attachments/{quote(str(one['DownloadToken']), safe='')}"
        got = source.file(source.api(path, "api.brevo.com"), key)
        files.append(_file(one.get("Name"), one.get("ContentID"), one.get("ContentType"), got))
    return brevo_mail(about, files)


def brevo_mail(item: Mapping[str, Any], files: Sequence[Any] = ()) -> bytes:
    """Return the mail that an item of Brevo's call tells of."""
    said = {"text": item.get("RawTextBody") or "", "html": item.get("RawHtmlBody") or ""}
    return bytes(_made(item.get("Headers") or {}, said, files).as_bytes())


def envelope_of(headers: Mapping[str, Any], name: str) -> str:
    """Return the address that a server noted in a header."""
    value = headers.get(name)
    return unquote(_one_line(value)) if isinstance(value, str) else ""


def _s3(source: Source, about: Mapping[str, Any]) -> bytes:
    from drumbeat.channels.esp.raw import Signed

    options, bucket = source.account.options, about["bucket"]
    if not is_bucket(bucket):
        raise Unfetched("the call names no bucket")
    secret = source.account.secrets["secret_access_key"]
    keys = Keys(options["access_key_id"], secret, options["region"], "s3")
    path = quote(about["key"], safe="/~")
    url = source.amazon("s3", f"https://s3.{options['region']}.amazonaws.com/{bucket}/{path}")
    return source.get(url, auth=Signed(keys))


def _subscription(source: Source, about: Mapping[str, Any]) -> None:
    if not about["url"]:
        raise Unfetched("the address that confirms the subscription is not one of Amazon's")
    source.get(source.amazon("sns", about["url"]))


def _made(headers: Any, said: Mapping[str, Any], files: Sequence[Any], **whole: Any) -> Any:
    from anymail.inbound import AnymailInboundMessage

    pairs = headers.items() if isinstance(headers, dict) else [(one["name"], one["value"]) for one in headers]
    listed = [
        (name, _one_line(one))
        for name, value in pairs
        for one in (value if isinstance(value, list) else [value])
        if isinstance(name, str) and _HEADER.fullmatch(name) and isinstance(one, (str, int, float))
    ]
    whole = {name: _one_line(one) if isinstance(one, str) else one for name, one in whole.items()}
    text, html = (_writable(said.get(name)) for name in ("text", "html"))
    return AnymailInboundMessage.construct(headers=listed, text=text, html=html, attachments=files, **whole)


def _one_line(value: object) -> str:
    """Return a value as a header holds it: strangers write it, and a line end in it would begin another."""
    return " ".join(_BREAKS.sub(" ", str(value).encode("utf-8", "replace").decode()).split())


def _writable(text: Any) -> Any:
    return text.encode("utf-8", "replace").decode() if isinstance(text, str) else text


def _file(name: Any, cid: Any, kind: Any, got: tuple[bytes, str]) -> Any:
    from anymail.inbound import AnymailInboundMessage

    return AnymailInboundMessage.construct_attachment(
        content_type=got[1] or kind or "application/octet-stream",
        content=got[0],
        filename=name,
        content_id=cid,
    )


_FETCHERS: Mapping[What, Callable[[Source, Mapping[str, Any]], bytes | None]] = {
    What.RESEND: _resend,
    What.MAILTRAP: _mailtrap,
    What.BREVO: _brevo,
    What.S3: _s3,
    What.SUBSCRIPTION: _subscription,
}


@lru_cache(maxsize=32)
def certificate(url: str, base: str = "", networks: tuple[Network, ...] = ()) -> bytes:
    """Return a certificate of Amazon's, kept once it was fetched. Raises Unfetched."""
    from drumbeat.channels.esp import guarded

    session = guarded.plain() if base else guarded.session(networks)
    try:
        parts = urlsplit(url)
        place = f"{base.rstrip('/')}/sns{parts.path}" if base else url
        return _read(session, place, _LARGEST_CERTIFICATE)[0]
    finally:
        session.close()
