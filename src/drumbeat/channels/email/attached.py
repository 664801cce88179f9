"""Files within a mail: their parts, and the structure around them (RFC 2045, 2046, 2183, 2231, 2387, 2392)."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from drumbeat.channels.email import headers
from drumbeat.core.errors import DomainError

_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,98}")
_CID = re.compile(r"[A-Za-z0-9._-]{1,60}@[A-Za-z0-9.-]{1,255}")
_UNFIT = re.compile(r'[^\x20-\x7e]|["\\]')
_PIECE = 60
_CHARACTERS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file of a mail. `encoded` is its base64 in lines that end in CRLF; with `cid` the HTML shows it."""

    name: str
    content_type: str
    encoded: bytes
    cid: str = ""


def with_images(html: bytes, files: Sequence[Attached], boundary: bytes) -> bytes:
    """Return the HTML part together with the images that it shows (RFC 2387)."""
    shown = [file for file in files if file.cid]
    if not shown:
        return html
    return _multipart(b'related; type="text/html"', b"=_r" + boundary, [html, *map(_part, shown)])


def with_files(body: bytes, files: Sequence[Attached], boundary: bytes) -> bytes:
    """Return the body together with the files that go along."""
    along = [file for file in files if not file.cid]
    if not along:
        return body
    return _multipart(b"mixed", b"=_m" + boundary, [body, *map(_part, along)])


def _multipart(kind: bytes, boundary: bytes, parts: Sequence[bytes]) -> bytes:
    head = b'Content-Type: multipart/%b; boundary="%b"\r\n' % (kind, boundary)
    between = b"\r\n--%b\r\n" % boundary
    return b"".join((head, between, between.join(parts), b"\r\n--%b--\r\n" % boundary))


def _part(file: Attached) -> bytes:
    return b"%b\r\n\r\n%b" % (_head(file.name, file.content_type, file.cid), file.encoded)


@lru_cache(maxsize=1024)
def _head(name: str, content_type: str, cid: str) -> bytes:
    """Return the header of a part. Raises DomainError `header_invalid` for a name that would break it."""
    headers.refuse_control("A file name", name)
    if not name or not _TYPE.fullmatch(content_type) or (cid and not _CID.fullmatch(cid)):
        raise DomainError("header_invalid", "A file has no name or no type.")
    charset = '; charset="utf-8"' if content_type.startswith("text/") else ""
    lines = [
        f"Content-Type: {content_type}{charset};",
        f' name="{_in_words(name)}"',
        "Content-Transfer-Encoding: base64",
        f"Content-Disposition: {'inline' if cid else 'attachment'};",
        *_file_name(name),
    ]
    return "\r\n".join([*lines, f"Content-ID: <{cid}>"] if cid else lines).encode()


def _file_name(name: str) -> list[str]:
    """Return the name as RFC 2231 has it; a long one in pieces, since a line has an end."""
    if not _UNFIT.search(name):
        return [f' filename="{name}"']
    written = quote(name, safe="")
    if len(written) <= _PIECE:
        return [f" filename*=UTF-8''{written}"]
    pieces = re.findall(r"(?:%[0-9A-F]{2}|[^%]){1,20}", written)
    lines = [f" filename*{number}*={piece};" for number, piece in enumerate(pieces)]
    return [lines[0].replace("*=", "*=UTF-8''", 1), *lines[1:-1], lines[-1].removesuffix(";")]


def _in_words(name: str) -> str:
    """Return the name as older programs read it: encoded words within a parameter (not RFC 2047, but everywhere)."""
    if not _UNFIT.search(name):
        return name
    pieces = (name[at : at + _CHARACTERS] for at in range(0, len(name), _CHARACTERS))
    return "\r\n ".join(f"=?utf-8?b?{b64encode(piece.encode()).decode()}?=" for piece in pieces)
