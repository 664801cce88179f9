"""A received mail as a value: what matching and classification need, bounded, whatever was sent.

Nothing is concluded here: that is `core.replies`. Message ids are bare, without angle brackets.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from itertools import islice

MAX_RAW = 10 << 20
MAX_TEXT = 200_000
_MAX_HEADER = 4_000
_MAX_HEADERS = 1_000
_MAX_PARTS = 200
_MAX_IDS = 100
_MAX_ADDRESSES = 100
_MAX_HEAD = 200_000
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_COSTLY = (
    (re.compile(rb"\n--"), 3_000),
    (re.compile(rb"multipart/|message/", re.IGNORECASE), 60),
    (
        re.compile(rb"^content-[a-z-]+:(?=[^\n]{5000}|(?:[^\n]*\n[ \t]){100})", re.IGNORECASE | re.MULTILINE),
        0,
    ),
)

_ID = re.compile(r"<\s*([^<>\s]{1,400})\s*>")
_BARE_ID = re.compile(r"[^<>\s,;\"()]{1,200}@[^<>\s,;\"()]{1,200}")
_WHOLE = frozenset({"message/rfc822", "message/global", "message/delivery-status"})
_FOLD = re.compile(r"[\r\n]+[ \t]*")
_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_GAP = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """`headers` holds the first value of each header by lower-case name, decoded, on one line.

    `reports` are the field groups of delivery-status parts (RFC 3464), the message's own group first;
    `feedback` the fields of a feedback report (RFC 5965); `original` the headers of a returned message;
    `calendar` is the first calendar part, `preamble` what a broken structure left outside its parts.
    `wrapped` is a delivery report that a gateway passed on inside a mail of its own.
    `return_path` is None where the mail names none, and empty for the null sender.
    """

    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    from_address: str = ""
    from_name: str = ""
    to_addresses: tuple[str, ...] = ()
    return_path: str | None = None
    subject: str = ""
    date: datetime | None = None
    content_type: str = "text/plain"
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    html: str = ""
    reports: tuple[Mapping[str, str], ...] = ()
    feedback: Mapping[str, str] = field(default_factory=dict)
    original: Mapping[str, str] = field(default_factory=dict)
    calendar: str = ""
    preamble: str = ""
    wrapped: Mail | None = None

    @property
    def is_bare(self) -> bool:
        """A body without anything that says where it came from."""
        return not (self.headers or self.from_address or self.message_id or self.subject)


@dataclass(slots=True)
class _Found:
    """What the parts held, in reading order."""

    text: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    reports: list[Mapping[str, str]] = field(default_factory=list)
    feedback: Mapping[str, str] = field(default_factory=dict)
    original: Mapping[str, str] = field(default_factory=dict)
    calendar: str = ""
    wrapped: Message | None = None


def read_mail(raw: bytes) -> Mail:
    """Read a mail. Total: garbage gives a value with little in it, never an error.

    Beyond 10 MB, 200 parts or 200,000 characters of text it stops reading.
    """
    return _read(parsed(raw), nested=True)


def _read(message: Message, *, nested: bool) -> Mail:
    headers = _headers(message)
    found = _Found()
    for part in parts_of(message):
        _note(part, found)
    senders = _mailboxes([headers.get("from", "")])
    return Mail(
        message_id=next(iter(message_ids(headers.get("message-id", ""))), ""),
        in_reply_to=next(iter(message_ids(headers.get("in-reply-to", ""))), ""),
        references=message_ids(headers.get("references", "")),
        from_address=senders[0][1] if senders else "",
        from_name=senders[0][0] if senders else "",
        to_addresses=_recipients(message),
        return_path=_return_path(headers),
        subject=headers.get("subject", ""),
        date=_date(headers.get("date", "")),
        content_type=message.get_content_type(),
        headers=headers,
        text="\n".join(found.text)[:MAX_TEXT],
        html="\n".join(found.html)[:MAX_TEXT],
        reports=tuple(found.reports),
        feedback=found.feedback,
        original=found.original,
        calendar=found.calendar[:MAX_TEXT],
        preamble=_UNUSABLE.sub("", (message.preamble or "")[:MAX_TEXT]),
        wrapped=_read(found.wrapped, nested=False) if found.wrapped and nested else None,
    )


def message_ids(value: str) -> tuple[str, ...]:
    """Return the message ids in a header's value, each once, in order; bare ones where no brackets are."""
    found = _ID.findall(value) or _BARE_ID.findall(value)
    return tuple(dict.fromkeys(found))[:_MAX_IDS]


def read_fields(text: str) -> dict[str, str]:
    """Return the header fields at the beginning of `text` by lower-case name, the first of each."""
    return _headers(_from_text(text))


def parsed(raw: bytes) -> Message:
    """Return the parts of a mail, cut where they would cost too much. Total."""
    # compat32 gives plain strings: the newer policies parse headers on access, and fail on some.
    try:
        return email.message_from_bytes(_cut(raw), policy=compat32)
    except Exception:  # whatever the parser trips over, the mail is still there to be kept
        return Message(policy=compat32)


def _from_text(text: str) -> Message:
    try:
        return email.message_from_string(text[:MAX_TEXT], policy=compat32)
    except Exception:  # as above
        return Message(policy=compat32)


def _cut(raw: bytes) -> bytes:
    """End the mail where it would cost the parser too much time, memory or depth."""
    raw = raw[:MAX_RAW]
    head_end = next((found.start() for found in _HEAD_END.finditer(raw[: 2 * _MAX_HEAD])), len(raw))
    if head_end > _MAX_HEAD:
        return raw[:_MAX_HEAD].rpartition(b"\n")[0]
    for costly, allowed in _COSTLY:
        found = next(islice(costly.finditer(raw), allowed, None), None)
        raw = raw[: found.start()] if found else raw
    return raw


def _headers(message: Message) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in message.raw_items():
        if len(headers) == _MAX_HEADERS:
            break
        headers.setdefault(str(name).lower(), decoded(str(value)))
    return headers


def decoded(value: str) -> str:
    """Return a header's value as text on one line. Total."""
    value = _FOLD.sub(" ", value[:_MAX_HEADER])
    value = _eight_bit(value)
    if "=?" not in value:
        return _UNUSABLE.sub("", value).strip()
    try:
        pieces = decode_header(value)
    except Exception:  # malformed base64 and worse
        return _UNUSABLE.sub("", value).strip()
    return _UNUSABLE.sub("", "".join(_text_of(piece, charset) for piece, charset in pieces)).strip()


def _eight_bit(value: str) -> str:
    """Read raw bytes in a header, which the parser keeps as surrogates, as UTF-8 or else Latin-1."""
    if value.isascii():
        return value
    raw = value.encode("utf-8", "surrogateescape")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _text_of(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    try:
        return piece.decode(charset or "ascii", "replace")
    except (LookupError, ValueError):
        return piece.decode("latin-1")


def parts_of(message: Message) -> Iterator[Message]:
    """Yield the parts of the mail itself, a returned message as a whole and not its parts."""
    waiting = [message]
    for _ in range(_MAX_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        yield part
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_type() not in _WHOLE:
            waiting.extend(reversed([child for child in inner if isinstance(child, Message)]))


def _note(part: Message, found: _Found) -> None:
    kind = part.get_content_type().split(maxsplit=1)[0]  # parameters without their semicolon
    if kind in {"message/delivery-status", "message/global-delivery-status"}:
        found.reports += _groups(part)
    elif kind == "message/feedback-report":
        found.feedback = found.feedback or _fields_of(part)
    elif kind in {"message/rfc822", "message/global"}:
        found.original = found.original or _returned(part)
        found.wrapped = found.wrapped or _report_in(part)
    elif kind in {"text/rfc822-headers", "text/rfc822-header", "message/rfc822-headers"}:
        found.original = found.original or read_fields(_body(part).lstrip())
    elif kind in {"text/calendar", "application/ics"}:
        found.calendar = found.calendar or _body(part)
    elif not part.is_multipart() and not _is_attached(part):
        _note_text(part, kind, found)


def _note_text(part: Message, kind: str, found: _Found) -> None:
    if kind == "text/plain" or kind.startswith("multipart/"):  # the latter: its boundary is wrong
        found.text.append(_body(part))
    elif kind == "text/html":
        found.html.append(_body(part))


def _inner(part: Message) -> list[Message]:
    """Return what the parser made of a message/* part: one message, or the groups of a delivery status."""
    inner = part.get_payload()
    return [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []


def _groups(part: Message) -> list[Mapping[str, str]]:
    """Return the groups of a delivery-status part; the parser splits only those of the older type."""
    groups: list[Mapping[str, str]] = []
    for group in _inner(part)[:_MAX_PARTS]:
        groups.append(_headers(group))
        groups += [read_fields(more) for more in _GAP.split(_body(group).strip())[:_MAX_PARTS]]
    return [group for group in groups if group]


def _fields_of(part: Message) -> Mapping[str, str]:
    """Return a feedback report's fields; those that may repeat (RFC 5965) have their values joined."""
    joined: dict[str, str] = {}
    for name, value in (pair for inner in _inner(part) for pair in inner.raw_items()):
        known = joined.get(str(name).lower())
        joined[str(name).lower()] = f"{known}, {decoded(str(value))}" if known else decoded(str(value))
        if len(joined) == _MAX_HEADERS:
            break
    return joined


def _returned(part: Message) -> Mapping[str, str]:
    return next((_headers(inner) for inner in _inner(part)), {})


def _report_in(part: Message) -> Message | None:
    return next((inner for inner in _inner(part) if inner.get_content_type() == "multipart/report"), None)


def _is_attached(part: Message) -> bool:
    return str(part.get("content-disposition", "")).lower().lstrip().startswith("attachment")


def _body(part: Message) -> str:
    """Return a part's text: transfer encoding and charset undone as far as they can be, line ends as LF."""
    try:
        payload = part.get_payload(decode=True)
    except Exception:  # an unknown or broken transfer encoding
        payload = None
    if not isinstance(payload, bytes):
        inner = part.get_payload()
        payload = inner.encode("utf-8", "surrogateescape") if isinstance(inner, str) else b""
    text = _text_of(payload[: 4 * MAX_TEXT], _charset(part, payload))[:MAX_TEXT]
    return _UNUSABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _charset(part: Message, payload: bytes) -> str:
    try:
        named = str(part.get_content_charset() or "")
    except Exception:  # a malformed parameter
        named = ""
    if named and named not in {"us-ascii", "ascii", "unknown-8bit"}:
        return named
    try:
        payload.decode()
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _recipients(message: Message) -> tuple[str, ...]:
    """Return who it was for: the words of the delivering server before those of the writer."""
    named = ("x-original-to", "delivered-to", "envelope-to", "to", "cc")
    values = [
        decoded(str(value))
        for wanted in named
        for name, value in message.raw_items()
        if str(name).lower() == wanted
    ]
    return tuple(dict.fromkeys(address for _, address in _mailboxes(values)))[:_MAX_ADDRESSES]


def _mailboxes(values: list[str]) -> list[tuple[str, str]]:
    try:
        pairs = getaddresses(values)
    except Exception:  # the parser of addresses has its own limits
        return []
    return [(name, address.strip()) for name, address in pairs if "@" in address]


def _return_path(headers: Mapping[str, str]) -> str | None:
    value = headers.get("return-path")
    return None if value is None else value.strip("<> ")


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
