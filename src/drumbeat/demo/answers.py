"""The mails that come back: replies with the original quoted, absences, requests to stop, bounces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import SMTP
from email.utils import format_datetime, formataddr, make_msgid
from random import Random

from drumbeat.demo.habits import Answer
from drumbeat.demo.letters import Letter
from drumbeat.demo.texts import texts_of

_HOST = "mx.outside.test"


@dataclass(frozen=True, slots=True)
class Sending:
    """A mail ready to go: its envelope and its bytes. A bounce has an empty envelope sender."""

    mail_from: str
    recipient: str
    raw: bytes


def answer_to(letter: Letter, answer: Answer, now: datetime) -> Sending:
    """Return the mail with which the outside world answers `letter`."""
    chance = Random(letter.message_id)
    match answer:
        case Answer.BOUNCE:
            return _bounce(letter, now)
        case Answer.OUT_OF_OFFICE:
            return _absence(letter, chance, now)
        case Answer.STOP:
            return _reply(letter, chance.choice(_texts("stops")), now)
        case _:
            return _reply(letter, chance.choice(_texts("replies")), now)


def _reply(letter: Letter, text: str, now: datetime) -> Sending:
    mail = _mail_back(letter, f"Re: {_bare(letter.subject)}", now)
    mail.set_content(f"{_filled(text, letter)}\n\n{_quoted(letter)}")
    return Sending(letter.recipient, letter.reply_to, mail.as_bytes(policy=SMTP))


def _absence(letter: Letter, chance: Random, now: datetime) -> Sending:
    back = now + timedelta(days=chance.randint(3, 12))
    mail = _mail_back(letter, f"Out of office: {_bare(letter.subject)}", now)
    mail["Auto-Submitted"] = "auto-replied"  # RFC 3834
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(_filled(chance.choice(_texts("absences")), letter, day=f"{back.day} {back:%B %Y}"))
    return Sending(letter.recipient, letter.reply_to, mail.as_bytes(policy=SMTP))


def _mail_back(letter: Letter, subject: str, now: datetime) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = formataddr((letter.recipient_name, letter.recipient))
    mail["To"] = letter.reply_to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = make_msgid(domain=letter.recipient.rpartition("@")[2])
    mail["In-Reply-To"] = letter.message_id
    mail["References"] = f"{letter.references} {letter.message_id}".strip()
    return mail


def _texts(section: str) -> tuple[str, ...]:
    return texts_of("replies.txt", "\n---\n")[section]


def _filled(text: str, letter: Letter, **more: str) -> str:
    first_name = letter.recipient_name.split(" ")[0] or letter.recipient.partition(".")[0].title()
    return text.format(us=letter.sender_name.split(" ")[0] or "there", me=first_name, **more)


def _bare(subject: str) -> str:
    return subject[3:].lstrip() if subject.lower().startswith("re:") else subject


def _quoted(letter: Letter) -> str:
    on = f"On {letter.sent_at:%a, %d %b %Y at %H:%M}, " if letter.sent_at else ""
    lines = "\n".join(f"> {line}".rstrip() for line in letter.text.strip().splitlines())
    return f"{on}{formataddr((letter.sender_name, letter.sender))} wrote:\n{lines}\n"


def _bounce(letter: Letter, now: datetime) -> Sending:
    """Return a delivery status notification to the envelope sender (RFC 3464), with the original's header."""
    report = MIMEMultipart("report", report_type="delivery-status")
    report["From"] = f"Mail Delivery Subsystem <MAILER-DAEMON@{_HOST}>"
    report["To"] = letter.mail_from
    report["Subject"] = "Undelivered mail returned to sender"
    report["Date"] = format_datetime(now)
    report["Message-ID"] = make_msgid(domain=_HOST)
    report["Auto-Submitted"] = "auto-replied"
    report.attach(
        MIMEText(
            f"This is the mail system at {_HOST}.\n\nYour message could not be delivered:\n\n"
            f"<{letter.recipient}>: host {_HOST} said: 550 5.1.1 User unknown\n"
        )
    )
    status = MIMEBase("message", "delivery-status")
    status.set_payload([_fields(("Reporting-MTA", f"dns; {_HOST}")), _fields(*_recipient_fields(letter))])
    report.attach(status)
    header = MIMEText(_header_of(letter.raw), "rfc822-headers")
    report.attach(header)
    return Sending("", letter.mail_from, report.as_bytes(policy=SMTP))


def _recipient_fields(letter: Letter) -> tuple[tuple[str, str], ...]:
    return (
        ("Final-Recipient", f"rfc822; {letter.recipient}"),
        ("Action", "failed"),
        ("Status", "5.1.1"),
        ("Diagnostic-Code", "smtp; 550 5.1.1 User unknown"),
    )


def _fields(*fields: tuple[str, str]) -> Message:
    block = Message()
    for name, value in fields:
        block[name] = value
    return block


def _header_of(raw: bytes) -> str:
    return raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0].decode("ascii", "replace") + "\n"
