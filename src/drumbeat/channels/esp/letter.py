"""A mail as anymail takes it: the headers as by SMTP, our mark beside it, and no tracking of the provider's own."""

from __future__ import annotations

from email.mime.base import MIMEBase
from typing import Any

from drumbeat.channels.email import headers
from drumbeat.channels.email.attached import Attached
from drumbeat.channels.email.mime import EmailOutbound
from drumbeat.core.provider_events import MARK
from drumbeat.core.providers import PROVIDERS, Account

_KEEP_ID = {"postmark": {"X-PM-KeepID": "true"}}
_LEFT_OUT = {
    "mailersend": frozenset({"Message-ID", "References", "List-Unsubscribe", "List-Unsubscribe-Post", "Date"})
}
"""Headers for which a provider asks more money, or that it writes itself: a mail that has them is refused."""


def letter_of(outbound: EmailOutbound, account: Account) -> Any:
    """Return the message. DomainError `header_invalid` for what would break a header or name a second recipient."""
    provider = account.provider
    about = PROVIDERS[provider]
    if about.raw:
        from drumbeat.channels.esp import raw

        return raw.letter_of(outbound, provider)
    from django.core.mail import EmailMultiAlternatives

    message: Any = EmailMultiAlternatives(
        subject=headers.refuse_control("Subject", outbound.subject),
        body=outbound.text,
        from_email=_mailbox("From", outbound.sender_name, outbound.sender_address),
        to=[_mailbox("To", outbound.recipient_name, outbound.recipient_address)],
        reply_to=[headers.address("Reply-To", outbound.reply_to)] if outbound.reply_to else None,
        headers=_headers(outbound, provider),
    )
    if outbound.html is not None:
        message.attach_alternative(outbound.html, "text/html")
    for file in outbound.attachments:
        message.attach(_attached(file))
    mark = outbound.message_id.partition("@")[0]
    if about.tags_only:
        message.tags = [mark]
    else:
        message.metadata = {MARK: mark}
    if (
        provider == "mailersend"
        and account.options.get("own_unsubscribe") == "yes"
        and outbound.unsubscribe_url
    ):
        message.esp_extra = {"list_unsubscribe": outbound.unsubscribe_url}
    if about.tracks:
        message.track_opens = message.track_clicks = False
    return message


def _mailbox(field: str, name: str, address: str) -> str:
    plain = headers.address(field, address)
    shown = " ".join("".join(char if char.isprintable() else " " for char in name).split())
    escaped = shown.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" <{plain}>' if escaped else plain


def _attached(file: Attached) -> MIMEBase:
    headers.refuse_control("Attachment", file.name + file.content_type + file.cid)
    maintype, _, subtype = file.content_type.partition("/")
    part = MIMEBase(maintype, subtype)
    part.set_payload(file.encoded.decode("ascii"))
    part["Content-Transfer-Encoding"] = "base64"
    part.add_header("Content-Disposition", "inline" if file.cid else "attachment", filename=file.name)
    if file.cid:
        part["Content-ID"] = f"<{file.cid}>"
    return part


def _headers(outbound: EmailOutbound, provider: str) -> dict[str, str]:
    written = {"Message-ID": f"<{outbound.message_id}>"}
    if outbound.in_reply_to:
        written["In-Reply-To"] = f"<{outbound.in_reply_to}>"
    if outbound.references:
        written["References"] = " ".join(f"<{one}>" for one in outbound.references[-20:])
    if outbound.unsubscribe_url:
        written["List-Unsubscribe"] = f"<{outbound.unsubscribe_url}>"
        written["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    written |= outbound.headers
    written |= _KEEP_ID.get(provider, {})
    checked = {name: headers.refuse_control(name, value) for name, value in written.items()}
    return {name: value for name, value in checked.items() if name not in _LEFT_OUT.get(provider, ())}
