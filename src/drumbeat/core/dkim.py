"""What a DKIM signature is made over: header and body in their relaxed form (RFC 6376). Signing itself is elsewhere."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

SIGNED = (
    b"from",
    b"to",
    b"subject",
    b"date",
    b"message-id",
    b"reply-to",
    b"in-reply-to",
    b"references",
    b"list-unsubscribe",
    b"list-unsubscribe-post",
    b"auto-submitted",
    b"mime-version",
    b"content-type",
    b"content-transfer-encoding",
)
OVERSIGNED = b"from"
"""Named once more than it occurs: nobody can put a second one in front."""
NAME = b"DKIM-Signature"
_FIELD_END = re.compile(rb"\r\n(?![ \t])")
_SPACE = re.compile(rb"[ \t\r\n]+")
_IN_LINE = re.compile(rb"[ \t]+")
_LINE_TAIL = re.compile(rb"[ \t]+\r\n")
_LAST_LINES = re.compile(rb"(?:\r\n)+\Z")
_FOLD_AT = 70


@dataclass(frozen=True, slots=True)
class Unsigned:
    """`covered` is what the signature is made over; `header` the field that only its value is missing from."""

    header: bytes
    covered: bytes


def prepare(message: bytes, domain: str, selector: str) -> Unsigned:
    """Return what is to be signed of a message with CRLF line ends, as `domain` under `selector`."""
    head, _, body = message.partition(b"\r\n\r\n")
    fields = [(name.lower(), value) for name, _, value in (f.partition(b":") for f in _FIELD_END.split(head))]
    names = [name for name in SIGNED if any(name == each for each, _ in fields)]
    tags = [
        b"v=1; a=rsa-sha256; c=relaxed/relaxed; d=%b; s=%b;" % (domain.encode(), selector.encode()),
        b"h=%b;" % _folded(b":".join([*names, OVERSIGNED]), b":"),
        b"bh=%b;" % body_hash(body),
        b"b=",
    ]
    header = b"%b: %b" % (NAME, b"\r\n ".join(tags))
    lines = [relaxed(name, _last(fields, name)) for name in names]
    own = relaxed(NAME, header.partition(b":")[2])
    return Unsigned(header, b"\r\n".join([*lines, own]))


def signed(message: bytes, unsigned: Unsigned, signature: bytes) -> bytes:
    """Return the message with its signature in front."""
    text = b64encode(signature)
    value = b"\r\n ".join(text[start : start + _FOLD_AT] for start in range(0, len(text), _FOLD_AT))
    return b"%b%b\r\n%b" % (unsigned.header, value, message)


def relaxed(name: bytes, value: bytes) -> bytes:
    """Return a header field in relaxed form (section 3.4.2), without the line end."""
    return b"%b:%b" % (name.lower().strip(), _SPACE.sub(b" ", value).strip())


def body_hash(body: bytes) -> bytes:
    """Return the hash of a body in relaxed form (section 3.4.4)."""
    if body and not body.endswith(b"\r\n"):
        body += b"\r\n"
    lines = _IN_LINE.sub(b" ", _LINE_TAIL.sub(b"\r\n", body))
    ended = _LAST_LINES.sub(b"\r\n", lines)
    return b64encode(hashlib.sha256(b"" if ended == b"\r\n" else ended).digest())


def _last(fields: Sequence[tuple[bytes, bytes]], name: bytes) -> bytes:
    """Return the value that verifiers take first: the lowest of that name."""
    return next(value for each, value in reversed(fields) if each == name)


def _folded(value: bytes, at: bytes) -> bytes:
    lines, line = [], b""
    for word in value.split(at):
        longer = line + at + word if line else word
        if len(longer) > _FOLD_AT:
            lines.append(line + at)
            longer = word
        line = longer
    return b"\r\n ".join([*lines, line])
