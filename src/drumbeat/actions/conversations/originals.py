"""Mails as they came in: the whole text, the HTML made harmless, the files. A conversation shows what is new."""

from __future__ import annotations

from drumbeat.actions import access
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Channel
from drumbeat.core.mail import read_mail
from drumbeat.core.mail_text import text_from_html
from drumbeat.core.received_files import file_of, pictures_of
from drumbeat.core.received_html import SafeHtml, safe_html
from drumbeat.models import Attachment, Member, Message
from drumbeat.store import message_files, text_media

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


def file_in(member: Member, message_id: int, number: int) -> tuple[str, bytes]:
    """Return name and bytes of the file at `number`, from 0, that came with a message or went along.

    DomainError as for `text_of`.
    """
    message = _message(member, message_id)
    found = _sent(message, number) if message.direction == "out" else _received(message, number)
    if found is None:
        raise DomainError("not_found", f"There is no file {number} attached to this message.")
    return found


def _received(message: Message, number: int) -> tuple[str, bytes] | None:
    if message.channel in (Channel.SMS, Channel.WHATSAPP):
        return _of_text(message, number)
    found = file_of(_raw_of(message), number)
    return (found[0].name, found[1]) if found is not None else None


def _of_text(message: Message, number: int) -> tuple[str, bytes] | None:
    """Return a file that came with a text, once it was fetched."""
    data = text_media.data_of(message.pk, number)
    return None if data is None else (str(message.files[number]["name"]), data)


def _sent(message: Message, number: int) -> tuple[str, bytes] | None:
    """Return a file of ours under the name that it went by. Who sees the message may have it."""
    for file in message_files.load([message])[message.pk]:
        if file.place == number:
            data = Attachment.objects.values_list("data", flat=True).get(id=file.attachment_id or 0)
            return file.name, bytes(data)
    return None


def _message(member: Member, message_id: int) -> Message:
    access.require(member, "contacts.view")
    rows = access.visible_to(member, Message).select_related("raw", "touch", "enrollment")
    return access.first(rows.filter(id=message_id), "message", message_id)


def _raw(member: Member, message_id: int) -> bytes:
    return _raw_of(_message(member, message_id))


def _raw_of(message: Message) -> bytes:
    if message.raw is None or not message.raw.raw:
        raise DomainError("not_found", "The mail as it came is no longer kept.")
    return bytes(message.raw.raw)
