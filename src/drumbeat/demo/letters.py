"""A mail as the outside world reads it: the few things that a person or a server needs to answer it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses, parsedate_to_datetime

_WEB_LINK = re.compile(r"<(https?://[^>]+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`mail_from` is the envelope sender, `recipient` the envelope recipient, `raw` all of it as it came."""

    mail_from: str
    recipient: str
    recipient_name: str
    sender: str
    sender_name: str
    reply_to: str
    subject: str
    message_id: str
    references: str
    text: str
    html: str
    unsubscribe_link: str
    sent_at: datetime | None
    raw: bytes


def read_letter(raw: bytes, mail_from: str, recipient: str) -> Letter:
    """Read a mail that was received; what it lacks is empty."""
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    sender_name, sender = _first_address(mail, "From")
    names = {address.lower(): name for name, address in getaddresses([str(mail.get("To", ""))])}
    link = _WEB_LINK.search(str(mail.get("List-Unsubscribe", "")))
    return Letter(
        mail_from=mail_from,
        recipient=recipient,
        recipient_name=names.get(recipient.lower(), ""),
        sender=sender,
        sender_name=sender_name,
        reply_to=_first_address(mail, "Reply-To")[1] or sender,
        subject=str(mail.get("Subject", "")),
        message_id=str(mail.get("Message-ID", "")).strip(),
        references=str(mail.get("References", "")).strip(),
        text=_body(mail, "plain"),
        html=_body(mail, "html"),
        unsubscribe_link=link.group(1) if link else "",
        sent_at=_date(str(mail.get("Date", ""))),
        raw=raw,
    )


def _first_address(mail: EmailMessage, header: str) -> tuple[str, str]:
    return next(iter(getaddresses([str(mail.get(header, ""))])), ("", ""))


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None
