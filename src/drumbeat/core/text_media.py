"""Files that come with texts and WhatsApp messages: what they are called, which are taken, where they may lie.

Source: Twilio's pages "Accepted content types for media" and "Sending media messages with WhatsApp".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

LARGEST = 16 << 20
"""Bytes of one file. Twilio takes 5 MB with a text and 16 MB with a WhatsApp message."""
_AT_TWILIO = re.compile(
    r"https://(?:[a-z0-9-]{1,63}\.){0,9}twilio\.com(?::443)?/[\x21-\x5b\x5d-\x7e]*", re.IGNORECASE | re.ASCII
)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
"""After how long it is tried again; after the last one it is set aside."""
_ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        "image/jpeg": ".jpg",
        "image/png": ".png",
        "image/gif": ".gif",
        "image/webp": ".webp",
        "image/heic": ".heic",
        "image/tiff": ".tiff",
        "image/bmp": ".bmp",
        "audio/mpeg": ".mp3",
        "audio/mp4": ".m4a",
        "audio/ogg": ".ogg",
        "audio/amr": ".amr",
        "audio/aac": ".aac",
        "audio/3gpp": ".3gp",
        "video/mp4": ".mp4",
        "video/3gpp": ".3gp",
        "video/mpeg": ".mpeg",
        "video/quicktime": ".mov",
        "video/webm": ".webm",
        "application/pdf": ".pdf",
        "application/msword": ".doc",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
        "application/vnd.ms-excel": ".xls",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
        "application/vnd.ms-powerpoint": ".ppt",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
        "text/plain": ".txt",
        "text/csv": ".csv",
        "text/calendar": ".ics",
        "text/vcard": ".vcf",
        "text/x-vcard": ".vcf",
    }
)


class Standing(StrEnum):
    """Of a file that came: it is `here`, it is `coming`, or it could not be fetched and is `lost`."""

    HERE = "here"
    COMING = "coming"
    LOST = "lost"


def kind_of(content_type: str) -> str:
    """Return a type without what may stand behind it: `audio/ogg; codecs=opus` is `audio/ogg`."""
    return content_type.partition(";")[0].strip().lower()


def is_taken(content_type: str) -> bool:
    """Say whether files of the type are taken: pictures, sounds, films, cards and documents; nothing that acts."""
    return kind_of(content_type) in _ENDINGS


def name_of(number: int, content_type: str) -> str:
    """Return what the file `number`, from 1, of a message is called: nobody tells its name."""
    kind = kind_of(content_type)
    return f"{kind.partition('/')[0][:20] or 'file'} {number}{_ENDINGS.get(kind, '')}"


def lies_at_twilio(url: str) -> bool:
    """Say whether an address leads to Twilio alone, and by TLS: the account's secret is for no other host. Total.

    Readers of addresses differ about backslashes, spaces and the like: one that has any of them is nobody's.
    """
    return _AT_TWILIO.fullmatch(url) is not None
