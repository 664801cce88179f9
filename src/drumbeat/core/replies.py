"""What a received mail is: an answer of a person or a machine, a bounce, a complaint, an opt-out.

Plain rules in a fixed order, no model. Whether it answers one of our touches is for `inbound.match`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from drumbeat.core.auto_replies import is_automatic, is_out_of_office, returns_on
from drumbeat.core.bounce_reasons import BounceReason
from drumbeat.core.bounces import Bounce, FailedRecipient, read_bounce
from drumbeat.core.mail import Mail, message_ids
from drumbeat.core.mail_text import text_from_html
from drumbeat.core.opt_outs import asks_to_stop, is_unsubscribe_link
from drumbeat.core.reply_text import reply_text

__all__ = ["BounceReason", "FailedRecipient", "MailKind", "Verdict", "classify"]

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]{1,64}@[A-Za-z0-9.-]{1,255}")
_COMPLAINT_SUBJECT = re.compile(
    r"complaint about message from|abuse report|spam (?:complaint|report)", re.IGNORECASE
)
_COMPLAINED = ("original-rcpt-to", "removal-recipient", "x-hmxmroriginalrecipient", "to")


class MailKind(StrEnum):
    """`other`: a delay or success report, a newsletter, an empty mail: nothing that somebody answered."""

    REPLY = "reply"
    AUTO_REPLY = "auto_reply"
    OUT_OF_OFFICE = "out_of_office"
    OPT_OUT = "opt_out"
    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`message_ids`: the mails it speaks of, the nearest first; with a bounce or complaint the returned one.

    `recipients`: whom a bounce or complaint names; of a delay, with reason `delayed`, under kind `other`.
    """

    kind: MailKind
    message_ids: tuple[str, ...] = ()
    recipients: tuple[FailedRecipient, ...] = ()
    reply_text: str = ""
    returns_on: date | None = None


def classify(mail: Mail) -> Verdict:
    """Say what a mail is. Total: whatever fits no rule is a reply, since a person may have written it."""
    ids = _thread(mail)
    if (complaint := _complaint(mail)) is not None:
        return Verdict(MailKind.COMPLAINT, _returned_ids(mail.original) or ids, complaint)
    bounce = read_bounce(mail)
    if bounce is not None and not _is_vacation(mail, bounce):
        kind = MailKind.BOUNCE if _has_failed(bounce) else MailKind.OTHER
        return Verdict(kind, (*_returned_ids(bounce.original), *ids), bounce.recipients)
    words = reply_text(mail.text.strip() or text_from_html(mail.html))
    if is_unsubscribe_link(mail):
        return Verdict(MailKind.OPT_OUT, ids, reply_text=words)
    if is_automatic(mail):
        if is_out_of_office(mail, words):
            sent_on = mail.date.date() if mail.date else None
            back = returns_on(f"{mail.subject}.\n{words}", sent_on)
            return Verdict(MailKind.OUT_OF_OFFICE, ids, reply_text=words, returns_on=back)
        return Verdict(MailKind.AUTO_REPLY, ids, reply_text=words)
    if asks_to_stop(words, mail.subject):
        return Verdict(MailKind.OPT_OUT, ids, reply_text=words)
    if _is_bulk(mail):
        return Verdict(MailKind.OTHER, ids, reply_text=words)
    return Verdict(MailKind.REPLY, ids, reply_text=words)


def _thread(mail: Mail) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in (mail.in_reply_to, *reversed(mail.references)) if one))


def _returned_ids(original: Mapping[str, str]) -> tuple[str, ...]:
    return message_ids(original.get("message-id", ""))


def _complaint(mail: Mail) -> tuple[FailedRecipient, ...] | None:
    """RFC 5965. The address may be withheld: the returned message's id then says whom it was."""
    if not mail.feedback and not _COMPLAINT_SUBJECT.search(mail.subject):
        return None
    if not mail.feedback and not mail.original:
        return None
    sources = (mail.feedback, mail.headers, mail.original)
    for name in _COMPLAINED:
        for source in sources if name != "to" else (mail.original,):
            found = dict.fromkeys(_ADDRESS.findall(source.get(name, "")))
            if found:
                return tuple(FailedRecipient(address, BounceReason.COMPLAINT) for address in found)
    return ()


def _has_failed(bounce: Bounce) -> bool:
    return any(one.reason is not BounceReason.DELAYED for one in bounce.recipients) or bounce.failed


def _is_vacation(mail: Mail, bounce: Bounce) -> bool:
    """A null return path is common to bounces and polite auto-replies; the latter name nobody."""
    return (
        not mail.reports
        and not bounce.recipients
        and is_automatic(mail)
        and is_out_of_office(mail, mail.text)
    )


def _is_bulk(mail: Mail) -> bool:
    listed = "list-unsubscribe" in mail.headers or "list-id" in mail.headers
    return listed and not mail.in_reply_to and not mail.references
