"""Mails as they come back: answers of people and machines, reports of servers. Bytes, with CRLF line ends."""

from email.utils import format_datetime

from tests.support.outreach import ADDRESS, NOW


def a_mail(
    body: str = "Yes, let us talk.\n",
    *,
    sender: str = ADDRESS,
    to: str = "rep@ours.test",
    subject: str = "Re: Hello",
    message_id: str = "answer-1@example.com",
    answers: str = "",
    **headers: str,
) -> bytes:
    """Return a plain mail; `answers` is the message id that it replies to, X_Y names the header X-Y."""
    lines = [
        f"From: Kim Lee <{sender}>",
        f"To: <{to}>",
        f"Subject: {subject}",
        f"Date: {format_datetime(NOW)}",
    ]
    lines += [f"Message-ID: <{message_id}>"] if message_id else []
    lines += [f"In-Reply-To: <{answers}>", f"References: <{answers}>"] if answers else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return _crlf("\n".join([*lines, "", body]))


def an_absence(body: str = "I am out of the office until 13 March 2026.\n", **more: str) -> bytes:
    return a_mail(body, **{"subject": "Automatic reply: Hello", "Auto_Submitted": "auto-replied"} | more)


def an_auto_reply(**more: str) -> bytes:
    text = "We have received your request and opened ticket 4711.\n"
    return a_mail(text, **{"subject": "We got your mail", "Auto_Submitted": "auto-replied"} | more)


_BOUNCE = """From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
To: <rep@ours.test>
Subject: Undelivered Mail Returned to Sender
Message-ID: <{message_id}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=b="

--=b=
Content-Type: text/plain

Your message could not be delivered.

<{recipient}>: {words}

--=b=
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--=b=
Content-Type: text/rfc822-headers

{returned}
--=b=--
"""


def a_bounce(
    *,
    status: str = "5.1.1",
    words: str = "550 5.1.1 User unknown",
    action: str = "failed",
    recipient: str = ADDRESS,
    of: str = "",
    message_id: str = "bounce-1@mx.example.com",
) -> bytes:
    """Return a delivery report (RFC 3464); `of` is the message id of the returned mail."""
    returned = f"Message-ID: <{of}>\nFrom: <rep@ours.test>\nTo: <{recipient}>\nSubject: Hello\n" if of else ""
    return _crlf(
        _BOUNCE.format(
            status=status,
            words=words,
            action=action,
            recipient=recipient,
            message_id=message_id,
            returned=returned,
        )
    )


def a_complaint(*, of: str = "", recipient: str = "", message_id: str = "fbl-1@isp.test") -> bytes:
    """Return a feedback report (RFC 5965); most providers leave the address out."""
    named = f"Original-Rcpt-To: {recipient}\n" if recipient else ""
    returned = f"Message-ID: <{of}>\n" if of else ""
    return _crlf(
        f"""From: <fbl@isp.test>
To: <rep@ours.test>
Subject: FW: Hello
Message-ID: <{message_id}>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="=b="

--=b=
Content-Type: text/plain

This is an abuse report.

--=b=
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Loop/1.0
Version: 1
{named}
--=b=
Content-Type: message/rfc822

{returned}From: <rep@ours.test>
Subject: Hello

Hello Kim
--=b=--
"""
    )


def _crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()
