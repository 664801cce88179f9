"""Mails as they came in: the whole text, the HTML made harmless, the files. A conversation shows what is new."""

from __future__ import annotations

from drumbeat.actions import access
from drumbeat.core.errors import DomainError
from drumbeat.core.mail import read_mail
from drumbeat.core.mail_text import text_from_html
from drumbeat.core.received_files import ReceivedFile, file_of, pictures_of
from drumbeat.core.received_html import SafeHtml, safe_html
from drumbeat.models import Member, Message

LONGEST = 200_000


def text_of(member: Member, message_id: int) -> tuple[str, bool]:
    """Return the text of a mail with its quotes, and whether its HTML shows pictures from elsewhere.

    DomainError `not_found`, also when the mail is no longer kept.
    """
    mail = read_mail(_raw(member, message_id))
    text = mail.text.strip() and mail.text
    shown = safe_html(mail.html, {}, remote=False).has_remote
    return (text or text_from_html(mail.html))[:LONGEST], shown


def html_of(member: Member, message_id: int, *, remote: bool) -> SafeHtml:
    """Return the HTML of a mail with nothing that acts; pictures from outside only with `remote`.

    DomainError as for `text_of`.
    """
    raw = _raw(member, message_id)
    return safe_html(read_mail(raw).html, pictures_of(raw), remote=remote)


def file_in(member: Member, message_id: int, number: int) -> tuple[ReceivedFile, bytes]:
    """Return the file at `number`, from 0, that was attached. DomainError as for `text_of`."""
    found = file_of(_raw(member, message_id), number)
    if found is None:
        raise DomainError("not_found", f"There is no file {number} attached to this mail.")
    return found


def _raw(member: Member, message_id: int) -> bytes:
    access.require(member, "contacts.view")
    rows = access.visible_to(member, Message).select_related("raw").filter(id=message_id)
    raw = access.first(rows, "message", message_id).raw
    if raw is None or not raw.raw:
        raise DomainError("not_found", "The mail as it came is no longer kept.")
    return bytes(raw.raw)
