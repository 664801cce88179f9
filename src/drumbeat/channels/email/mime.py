"""A mail as bytes: RFC 5322 header, multipart/alternative body, files around it, one recipient.

Written by hand because it runs for every mail sent: the standard library needs about a millisecond.
Message ids are bare everywhere in the program; the angle brackets belong to the wire.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from drumbeat.channels.email import headers
from drumbeat.channels.email.attached import Attached, with_files, with_images
from drumbeat.core.errors import DomainError
from drumbeat.core.mail_text import html_from_text, text_from_html

__all__ = [
    "Attached",
    "EmailOutbound",
    "build",
    "html_from_text",
    "message_id",
    "needs_smtputf8",
    "text_from_html",
]

EXTRA_HEADERS = frozenset({"auto-submitted", "feedback-id", "importance", "list-id", "precedence"})
"""What a caller may add, besides names that begin with X-."""

_KEPT_REFERENCES = 20
_EXTRA_NAME = re.compile(r"[Xx]-[A-Za-z0-9-]{1,60}")
_ID = re.compile(r"[!-;=?-~]{1,250}")
_URL = re.compile(r"https?://[!-;=?-~]{1,900}")
_MAILTO = re.compile(r"[A-Za-z0-9._+-]{1,128}@[A-Za-z0-9.-]{1,253}")
_SEVEN_BIT = re.compile(rb"(?:[\t\x20-\x7e]{0,78}\r\n)*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_ALTERNATIVE = (
    b'Content-Type: multipart/alternative; boundary="=_%(b)b"\r\n\r\n'
    b"--=_%(b)b\r\n%(p)b\r\n--=_%(b)b\r\n%(m)b\r\n--=_%(b)b--\r\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailOutbound:
    """One mail to one person. `date` is aware; `envelope_from` receives the bounces.

    `shown_html`: what own people are shown of it, where that is not what leaves.
    """

    touch_key: str
    sender_address: str
    envelope_from: str
    recipient_address: str
    subject: str
    text: str
    message_id: str
    date: datetime
    sender_name: str = ""
    recipient_name: str = ""
    reply_to: str = ""
    html: str | None = None
    shown_html: str | None = None
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    unsubscribe_url: str = ""
    unsubscribe_address: str = ""
    attachments: tuple[Attached, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def message_id(secret: bytes, workspace_id: int, key: str, domain: str) -> str:
    """Return the id of a touch: the same on every retry, not to be guessed from outside."""
    digest = hmac.new(secret, f"message-id\0{workspace_id}\0{key}".encode(), hashlib.sha256).hexdigest()
    return f"{digest[:40]}@{domain}"


def needs_smtputf8(outbound: EmailOutbound) -> bool:
    """Tell whether an address has a local part outside ASCII (RFC 6531); domains never need it."""
    return not all(
        address.rpartition("@")[0].isascii()
        for address in (
            outbound.envelope_from,
            outbound.sender_address,
            outbound.recipient_address,
            outbound.reply_to,
        )
    )


def build(outbound: EmailOutbound) -> bytes:
    """Return the mail with CRLF line ends, equal bytes for equal values.

    Raises DomainError `header_invalid` for anything that would break a header or name a second recipient.
    """
    head = "\r\n".join(_head(outbound)).encode()
    return b"%b\r\n%b" % (head, _body(outbound))


def _body(outbound: EmailOutbound) -> bytes:
    # No body can contain it: "=_" is no quoted-printable and no base64, and the id is an HMAC.
    boundary = hashlib.sha256(outbound.message_id.encode()).hexdigest()[:32].encode()
    plain = _part(b"plain", outbound.text)
    if outbound.html is None:
        return with_files(plain, [replace(file, cid="") for file in outbound.attachments], boundary)
    html = with_images(_part(b"html", outbound.html), outbound.attachments, boundary)
    return with_files(
        _ALTERNATIVE % {b"b": boundary, b"p": plain, b"m": html}, outbound.attachments, boundary
    )


def _head(outbound: EmailOutbound) -> list[str]:
    sender = headers.address("From", outbound.sender_address)
    recipient = headers.address("To", outbound.recipient_address)
    fields = [
        headers.mailbox("From", outbound.sender_name, sender),
        headers.mailbox("To", outbound.recipient_name, recipient),
        headers.text("Subject", outbound.subject),
        f"Date: {_date(outbound.date)}",
        headers.ids("Message-ID", (_own_id(outbound.message_id),)),
        *_thread(outbound),
    ]
    if outbound.reply_to:
        fields.append(f"Reply-To: {headers.address('Reply-To', outbound.reply_to)}")
    if outbound.unsubscribe_url:
        fields += _unsubscribe(outbound.unsubscribe_url, outbound.unsubscribe_address)
    fields += [_extra(name, value) for name, value in outbound.headers.items()]
    fields.append("MIME-Version: 1.0")
    return fields


@lru_cache(maxsize=64)  # what one claim took has one date
def _date(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("the date of a mail must be aware")
    return format_datetime(moment)


def _own_id(value: str) -> str:
    if not _ID.fullmatch(value) or "@" not in value:
        raise DomainError("header_invalid", "Message-ID is not of the form word@domain, without brackets.")
    return value


def _thread(outbound: EmailOutbound) -> list[str]:
    """Return In-Reply-To and the grown References; ids of others that are malformed are left out."""
    known = [_foreign_id(value) for value in outbound.references]
    last = _foreign_id(outbound.in_reply_to)
    chain = tuple(dict.fromkeys(value for value in (*known, last) if value))
    if len(chain) > _KEPT_REFERENCES:
        chain = (chain[0], *chain[1 - _KEPT_REFERENCES :])
    fields = [headers.ids("In-Reply-To", (last,))] if last else []
    return [*fields, headers.ids("References", chain)] if chain else fields


def _foreign_id(value: str) -> str:
    value = headers.refuse_control("References", value)
    return value if _ID.fullmatch(value) else ""


def _unsubscribe(url: str, address: str) -> list[str]:
    """RFC 2369 and 8058. The latter asks for https; plain http is for a trial on one's own machine.

    The address carries the mark of the mail, which proves what comes to it; From proves nothing.
    """
    if not _URL.fullmatch(url):
        raise DomainError("header_invalid", "The unsubscribe link is not a plain http(s) address.")
    by_mail = f",\r\n <mailto:{address}?subject=unsubscribe>" if _MAILTO.fullmatch(address) else ""
    return [f"List-Unsubscribe:\r\n <{url}>{by_mail}", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"]


def _extra(name: str, value: str) -> str:
    if name.lower() not in EXTRA_HEADERS and not _EXTRA_NAME.fullmatch(name):
        raise DomainError("header_invalid", f"The header {name!r} may not be set; use a name with X-.")
    return headers.text(name, value)


def _part(subtype: bytes, body: str) -> bytes:
    encoding, data = _transfer(body)
    return b'Content-Type: text/%b; charset="utf-8"\r\nContent-Transfer-Encoding: %b\r\n\r\n%b' % (
        subtype,
        encoding,
        data,
    )


def _transfer(body: str) -> tuple[bytes, bytes]:
    """Encode a body for 7-bit transport in the form that stays the most readable."""
    data = _LINE_END.sub("\r\n", body).encode("utf-8", "replace")
    if not data.endswith(b"\r\n"):
        data += b"\r\n"
    if _SEVEN_BIT.fullmatch(data):
        return b"7bit", data
    quoted = b2a_qp(data)
    if len(quoted) > len(data) * 1.4 + 100:
        return b"base64", encodebytes(data).replace(b"\n", b"\r\n")
    return b"quoted-printable", quoted
