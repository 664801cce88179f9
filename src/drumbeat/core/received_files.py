"""What is attached to a mail that came in: its files, and the pictures that its text shows. Nothing is opened here."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from urllib.parse import quote

from drumbeat.core.mail import decoded, parsed, parts_of

MOST_FILES = 100
LONGEST_NAME = 150
MOST_PICTURES = 2 << 20
"""Bytes of pictures that a shown mail carries with it."""

_FALLBACK = "attachment"
_NOT_IN_NAMES = re.compile(
    r"[\x00-\x1f\x7f-\x9f<>:\"/\\|?*\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+"
)
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}")
_SHOWN = frozenset({"image/png", "image/gif", "image/jpeg", "image/webp"})
_OF_THE_MAIL = frozenset({"text/plain", "text/html", "text/rfc822-headers"})
_REPORTS = "message/"


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """`name` is safe to save under; `content_type` is what the sender says. `size` in bytes."""

    name: str
    content_type: str
    size: int


def files_of(raw: bytes) -> tuple[ReceivedFile, ...]:
    """Return what is attached, in order, at most 100. Total."""
    return tuple(file for file, _ in _attached(raw))


def contents_of(raw: bytes) -> tuple[tuple[ReceivedFile, bytes], ...]:
    """Return what is attached with its content, in order, at most 100. Total."""
    return tuple(_attached(raw))


def file_of(raw: bytes, number: int) -> tuple[ReceivedFile, bytes] | None:
    """Return the attached file at `number`, from 0, with its content. Total."""
    return next((one for index, one in enumerate(_attached(raw)) if index == number), None)


def pictures_of(raw: bytes) -> dict[str, str]:
    """Return the pictures that the mail's own HTML shows, as data URLs by Content-ID. Total."""
    pictures: dict[str, str] = {}
    room = MOST_PICTURES
    for part in parts_of(parsed(raw)):
        name, kind = _content_id(part), part.get_content_type()
        content = _content(part) if name and kind in _SHOWN else b""
        if content and len(content) <= room:
            room -= len(content)
            pictures[name] = f"data:{kind};base64,{base64.b64encode(content).decode()}"
    return pictures


def safe_name(name: str) -> str:
    """Return a file name without folders, controls and marks that turn it round, at most 150 characters."""
    bare = _NOT_IN_NAMES.sub("_", name).strip(" .")
    stem, dot, ending = bare.rpartition(".")
    if len(bare) > LONGEST_NAME:
        ending = ending[:20]
        bare = f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if dot else bare[:LONGEST_NAME]
    return bare or _FALLBACK


def disposition(name: str) -> str:
    """Return the header that has a browser save a file and never show it (RFC 6266)."""
    plain = re.sub(r"[^\w. ()-]", "_", safe_name(name).encode("ascii", "replace").decode().replace("?", "_"))
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe_name(name), safe='')}"


def _attached(raw: bytes) -> Iterator[tuple[ReceivedFile, bytes]]:
    found = 0
    for part in parts_of(parsed(raw)):
        if found == MOST_FILES:
            return
        if not _is_file(part):
            continue
        found += 1
        content = _content(part)
        yield ReceivedFile(_name(part), _type(part), len(content)), content


def _is_file(part: Message) -> bool:
    kind = part.get_content_type()
    attached = _disposition(part).startswith("attachment")
    if kind.startswith(_REPORTS):
        return attached and kind == "message/rfc822"
    if part.is_multipart() or kind.startswith("multipart/"):
        return False
    if _content_id(part) and kind in _SHOWN:
        return attached
    return attached or bool(_named(part)) or kind not in _OF_THE_MAIL


def _disposition(part: Message) -> str:
    return str(part.get("content-disposition", "")).lower().lstrip()


def _content_id(part: Message) -> str:
    return str(part.get("content-id", "")).strip("<> \t\r\n")


def _named(part: Message) -> str:
    try:
        return decoded(str(part.get_filename() or ""))
    except Exception:  # a malformed parameter
        return ""


def _name(part: Message) -> str:
    ending = {"message/rfc822": ".eml", "text/calendar": ".ics"}.get(part.get_content_type(), "")
    return safe_name(_named(part) or f"{_FALLBACK}{ending}")


def _type(part: Message) -> str:
    kind = part.get_content_type()
    return kind if _TYPE.fullmatch(kind) else "application/octet-stream"


def _content(part: Message) -> bytes:
    """Return the bytes of a part; of one that cannot be decoded what stands there."""
    inner = part.get_payload()
    if isinstance(inner, list):
        whole = next((one for one in inner if isinstance(one, Message)), None)
        return _bytes(whole) if whole is not None else b""
    try:
        payload = part.get_payload(decode=True)
    except Exception:  # an unknown or broken transfer encoding
        payload = None
    return payload if isinstance(payload, bytes) else str(inner or "").encode("utf-8", "surrogateescape")


def _bytes(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except Exception:  # headers that cannot be written as they were read
        return message.as_string().encode("utf-8", "surrogateescape")
