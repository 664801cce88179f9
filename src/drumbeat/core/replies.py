"""What a received mail is: an answer of a person or a machine, a bounce, a complaint, an opt-out.

Plain rules in a fixed order, no model. Whether it answers one of our touches is for `inbound.match`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from drumbeat.core.answers.automatic import is_automatic, is_out_of_office, says_away, tells_what_to_do
from drumbeat.core.answers.dates import names_a_day, returns_on
from drumbeat.core.answers.wishes import Sentiment, Wish, is_unsubscribe_word, read_wish
from drumbeat.core.bounce_reasons import BounceReason
from drumbeat.core.bounces import Bounce, FailedRecipient, read_bounce
from drumbeat.core.mail import Mail, message_ids, read_fields
from drumbeat.core.mail_text import own_text_from_html
from drumbeat.core.provider_notices import translated
from drumbeat.core.reply_text import reply_text

__all__ = ["BounceReason", "FailedRecipient", "MailKind", "Sentiment", "Verdict", "classify"]

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]{1,64}@[A-Za-z0-9.-]{1,255}")
_COMPLAINT_SUBJECT = re.compile(
    r"complaint about message from|abuse report|spam (?:complaint|report)", re.IGNORECASE
)
_STOP = Wish(Sentiment.UNSUBSCRIBE)
_FEEDBACK = re.compile(
    r"^feedback-type: *[a-z-]+ *\n(?=(?:[^\n]+\n){0,12}?(?:user-agent|version|source-ip|original-rcpt-to):)",
    re.IGNORECASE | re.MULTILINE,
)
_MAX_FEEDBACK = 20_000
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
    `is_weak`: the words only may mean the sentiment, so a person decides.
    """

    kind: MailKind
    message_ids: tuple[str, ...] = ()
    recipients: tuple[FailedRecipient, ...] = ()
    reply_text: str = ""
    returns_on: date | None = None
    sentiment: Sentiment | None = None
    is_weak: bool = False


def classify(mail: Mail) -> Verdict:
    """Say what a mail is. Total: whatever fits no rule is a reply, since a person may have written it."""
    mail = translated(mail)
    ids = _thread(mail)
    if (complaint := _complaint(mail)) is not None:
        return Verdict(MailKind.COMPLAINT, _returned_ids(mail.original) or ids, complaint)
    bounce = read_bounce(mail)
    if bounce is not None and not _is_vacation(mail, bounce):
        kind = MailKind.BOUNCE if _has_failed(bounce) else MailKind.OTHER
        return Verdict(kind, (*_returned_ids(bounce.original), *ids), bounce.recipients)
    if _is_receipt(mail):
        return Verdict(MailKind.OTHER, ids)
    return _answer(mail, ids, reply_text(mail.text.strip() or own_text_from_html(mail.html)))


def _answer(mail: Mail, ids: tuple[str, ...], words: str) -> Verdict:
    """Classify what is neither bounce nor complaint; `words` is the writer's own part."""
    wish = read_wish(words, mail.subject)
    is_program = is_automatic(mail, words)
    if _is_unsubscribe_link(mail) or (wish == _STOP and not is_program):
        return Verdict(MailKind.OPT_OUT, ids, reply_text=words, sentiment=Sentiment.UNSUBSCRIBE)
    if is_program and not is_out_of_office(mail, words):
        gone = wish.sentiment if wish.sentiment is Sentiment.WRONG_PERSON else None
        return Verdict(MailKind.AUTO_REPLY, ids, reply_text=words, sentiment=gone)
    if is_program or (mail.is_bare and _reads_like_a_note(words, wish)):
        back = _returns_on(mail, words)
        away = Sentiment.OUT_OF_OFFICE
        return Verdict(MailKind.OUT_OF_OFFICE, ids, reply_text=words, returns_on=back, sentiment=away)
    if _is_bulk(mail):
        return Verdict(MailKind.OTHER, ids, reply_text=words)
    if says_away(words) and tells_what_to_do(words):
        wish = Wish(Sentiment.OUT_OF_OFFICE, is_weak=True)
    return Verdict(MailKind.REPLY, ids, reply_text=words, sentiment=wish.sentiment, is_weak=wish.is_weak)


def _reads_like_a_note(words: str, wish: Wish) -> bool:
    """A bare text has no header that tells: it is a note if it speaks to nobody in particular."""
    if not says_away(words):
        return False
    if wish.sentiment is Sentiment.NOT_NOW:  # "not at the moment" is said of a desk too
        return tells_what_to_do(words) or names_a_day(words)
    return tells_what_to_do(words) or wish.sentiment in {None, Sentiment.WRONG_PERSON}


def _returns_on(mail: Mail, words: str) -> date | None:
    return returns_on(f"{mail.subject}.\n\n{words}", mail.date.date() if mail.date else None)


def _is_unsubscribe_link(mail: Mail) -> bool:
    """Tell whether a mail program sent this for its owner, who chose "unsubscribe" there (RFC 2369)."""
    return "x-apple-unsubscribe" in mail.headers or is_unsubscribe_word(mail.subject)


def _is_receipt(mail: Mail) -> bool:
    """Tell whether the mail only says that another one was shown or thrown away (RFC 8098)."""
    return "disposition-notification" in mail.headers.get("content-type", "").lower()


def _thread(mail: Mail) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in (mail.in_reply_to, *reversed(mail.references)) if one))


def _returned_ids(original: Mapping[str, str]) -> tuple[str, ...]:
    return message_ids(original.get("message-id", ""))


def _complaint(mail: Mail) -> tuple[FailedRecipient, ...] | None:
    """RFC 5965. The address may be withheld: the returned message's id then says whom it was."""
    feedback = mail.feedback or _feedback_in(mail)
    if not feedback and not (mail.original and _COMPLAINT_SUBJECT.search(mail.subject)):
        return None
    if feedback.get("feedback-type", "").strip().lower() == "not-spam":  # RFC 6430
        return None
    sources = (feedback, mail.headers, mail.original)
    for name in _COMPLAINED:
        for source in sources if name != "to" else (mail.original,):
            found = dict.fromkeys(_ADDRESS.findall(source.get(name, "")))
            if found:
                return tuple(FailedRecipient(address, BounceReason.COMPLAINT) for address in found)
    return ()


def _feedback_in(mail: Mail) -> Mapping[str, str]:
    """Return the fields of a report that lost its structure on the way; quoted ones are an answer's."""
    found = _FEEDBACK.search(mail.text[:_MAX_FEEDBACK])
    return read_fields(mail.text[found.start() : _MAX_FEEDBACK]) if found and not mail.in_reply_to else {}


def _has_failed(bounce: Bounce) -> bool:
    return any(one.reason is not BounceReason.DELAYED for one in bounce.recipients) or bounce.failed


def _is_vacation(mail: Mail, bounce: Bounce) -> bool:
    """A null return path is common to bounces and polite auto-replies; the latter name nobody."""
    return (
        not mail.reports
        and not bounce.recipients
        and is_automatic(mail, mail.text)
        and is_out_of_office(mail, mail.text)
    )


def _is_bulk(mail: Mail) -> bool:
    listed = "list-unsubscribe" in mail.headers or "list-id" in mail.headers
    return listed and not mail.in_reply_to and not mail.references
