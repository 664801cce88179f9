"""Files that mails take along: which are taken, under which name, how much of them; pictures and their size.

What a file is, its first bytes say, not its name or what a browser claims. What runs is refused, also within archives.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from drumbeat.core.errors import DomainError

MOST_BYTES = 10 << 20
MOST_IN_MAIL = 15 << 20
MOST_FILES = 10
LONGEST_NAME = 120
MOST_PICTURE = 1 << 20
LARGEST_PICTURE = 4_000
_MOST_MEMBERS = 2_000
_SHOWN_WIDTH, _SHOWN_HEIGHT = 240, 64

_PROGRAMS = """
ade adp apk app appx bat bin cab chm cmd com command cpl deb dll dmg docm dotm elf exe ex_ gadget hta htm html img inf
ins iso jar js jse jsp lib lnk mde mht mhtml msc msi msix msp mst mui nsh ocx pif pkg potm ppam ppsm pptm ps1 psm1 py
pyc rb reg rpm scf scr sct sh shb shs svg svgz swf sys url vb vbe vbs vhd vhdx vxd website wsc wsf wsh xhtml xlam xll
xlsm xltm xml xsl
"""
_RUNS = frozenset(_PROGRAMS.split())
_ARCHIVES = frozenset({"zip", "rar", "7z", "gz", "tar", "tgz", "bz2", "xz"})


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is, and which endings its name may have."""

    content_type: str
    endings: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_BEGINNINGS: tuple[tuple[bytes, int, Kind], ...] = (
    (b"%PDF-", 0, Kind("application/pdf", ("pdf",))),
    (b"\x89PNG\r\n\x1a\n", 0, Kind("image/png", ("png",))),
    (b"\xff\xd8\xff", 0, Kind("image/jpeg", ("jpg", "jpeg"))),
    (b"GIF87a", 0, Kind("image/gif", ("gif",))),
    (b"GIF89a", 0, Kind("image/gif", ("gif",))),
    (b"WEBPVP8", 8, Kind("image/webp", ("webp",))),
    (b"{\\rtf", 0, Kind("application/rtf", ("rtf",))),
    (b"ID3", 0, Kind("audio/mpeg", ("mp3",))),
    (b"\xff\xfb", 0, Kind("audio/mpeg", ("mp3",))),
    (b"ftyp", 4, Kind("video/mp4", ("mp4", "m4a", "m4v"))),
)
_ZIPPED: Mapping[str, Kind] = MappingProxyType(
    {
        "docx": Kind(f"{_OFFICE}.wordprocessingml.document", ("docx",)),
        "xlsx": Kind(f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",)),
        "pptx": Kind(f"{_OFFICE}.presentationml.presentation", ("pptx",)),
        "odt": Kind(f"{_OPEN}.text", ("odt",)),
        "ods": Kind(f"{_OPEN}.spreadsheet", ("ods",)),
        "odp": Kind(f"{_OPEN}.presentation", ("odp",)),
        "zip": Kind("application/zip", ("zip",)),
    }
)
_TEXTS: Mapping[str, Kind] = MappingProxyType(
    {
        "txt": Kind("text/plain", ("txt",)),
        "md": Kind("text/markdown", ("md",)),
        "csv": Kind("text/csv", ("csv",)),
        "ics": Kind("text/calendar", ("ics",)),
        "vcf": Kind("text/vcard", ("vcf",)),
        "json": Kind("application/json", ("json",)),
    }
)
TAKEN = (*dict.fromkeys(end for _, _, kind in _BEGINNINGS for end in kind.endings), *_ZIPPED, *_TEXTS)
"""The endings of what may go along."""

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What is shown within a mail, and what may be a logo. SVG runs scripts: it is refused."""

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_NO_NAME = re.compile(r'[<>:"|?*;\\/]')
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|\?xml|iframe)", re.IGNORECASE)
_RUNNABLE = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xfe\xed\xfa",
    b"#!",
    b"\xd0\xcf\x11\xe0",
)


def clean_name(name: str) -> str:
    """Return a file name without ways, invisible signs and what systems refuse; `file` where nothing is left."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    bare = " ".join(_NO_NAME.sub("_", _UNSEEN.sub("", last)).split()).strip(". ")
    stem, dot, ending = bare.rpartition(".")
    if not dot or not stem:
        return bare[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending[:20]}"


def kind_of(data: bytes, name: str) -> Kind:
    """Return what a file is. DomainError `file_refused`: it is too large, empty, runs, or is another than named."""
    if not data:
        raise _refused(f"{name} is empty.")
    if len(data) > MOST_BYTES:
        raise _refused(f"{name} has {_megabytes(len(data))} MB; {_megabytes(MOST_BYTES)} are possible.")
    ending = name.rpartition(".")[2].lower()
    if _may_run(data, name):
        raise _refused(f"{name} may run programs on the reader's computer. Mail servers refuse it.")
    kind = _kind(data, ending)
    if kind is None or ending not in kind.endings:
        what = f"is {kind.content_type} by its content" if kind else "is of no kind that may go along"
        raise _refused(f"{name} {what}. Possible are: {', '.join(TAKEN)}.")
    return kind


def passed_on_as(data: bytes, name: str) -> str | None:
    """Return the type under which a file that came in goes on to own people; None for one that may run programs.

    Of what kind it is does not matter: whoever wrote chose it. An archive that cannot be looked into does not go on.
    """
    if not data or _may_run(data, name):
        return None
    ending = name.rpartition(".")[2].lower()
    try:
        kind = _kind(data, ending)
    except DomainError:
        return None
    return kind.content_type if kind and ending in kind.endings else "application/octet-stream"


def _may_run(data: bytes, name: str) -> bool:
    parts = {part.lower() for part in name.split(".")[1:]}
    return bool(parts & _RUNS) or data.startswith(_RUNNABLE)


def _kind(data: bytes, ending: str) -> Kind | None:
    for beginning, at, kind in _BEGINNINGS:
        if data.startswith(beginning, at):
            return kind
    if data.startswith(b"PK\x03\x04"):
        _look_into(data)
        return _ZIPPED.get(ending, _ZIPPED["zip"])
    return _TEXTS.get(ending) if _is_text(data) else None


def _is_text(data: bytes) -> bool:
    if b"\0" in data or _MARKUP.search(data[:2_000]):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _look_into(data: bytes) -> None:
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError) as fault:
        raise _refused("The archive is damaged.") from fault
    if len(members) > _MOST_MEMBERS:
        raise _refused(f"The archive holds more than {_MOST_MEMBERS:,} files.")
    for member in members:
        _judge(member)


def _judge(member: zipfile.ZipInfo) -> None:
    ending = member.filename.rpartition(".")[2].lower()
    office = member.filename == "[Content_Types].xml" or ending in {"xml", "rels", "bin"}
    if member.flag_bits & 1:
        raise _refused("The archive is locked by a password: nobody can look into it.")
    if member.filename.endswith("vbaProject.bin"):
        raise _refused("The document holds macros. Save it without them.")
    if ending in _ARCHIVES or (ending in _RUNS and not office):
        raise _refused(f"The archive holds {clean_name(member.filename)}, which mail servers refuse.")


def check_mail(sizes: Iterable[int]) -> None:
    """Refuse more than a mail may carry: DomainError `files_too_large`."""
    known = list(sizes)
    if len(known) > MOST_FILES:
        raise DomainError("files_too_large", f"A mail takes {MOST_FILES} files along, not {len(known)}.")
    if sum(known) > MOST_IN_MAIL:
        sentence = (
            f"Together the files have {_megabytes(sum(known))} MB; a mail takes {_megabytes(MOST_IN_MAIL)}."
        )
        raise DomainError("files_too_large", sentence)


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):.1f}".removesuffix(".0")


def _refused(sentence: str) -> DomainError:
    return DomainError("file_refused", sentence, {"file": sentence})


@dataclass(frozen=True, slots=True)
class Shape:
    """An image: its type, its size in pixels."""

    content_type: str
    width: int
    height: int

    def shown(self) -> tuple[int, int]:
        """Return the size at which a logo is shown."""
        share = min(1.0, _SHOWN_WIDTH / self.width, _SHOWN_HEIGHT / self.height)
        return max(1, round(self.width * share)), max(1, round(self.height * share))


def shape_of(data: bytes) -> Shape:
    """Return what a picture is by its content. DomainError `picture_refused`; SVG is none, it can run scripts."""
    if len(data) > MOST_PICTURE:
        raise _no_picture(f"The picture has {_megabytes(len(data))} MB; 1 is possible.")
    kind = _kind(data, "") if data and not data.startswith(b"PK") else None
    measure = _MEASURES.get(kind.content_type) if kind else None
    size = measure(data) if measure else None
    if kind is None or size is None:
        raise _no_picture("A logo is a PNG, JPEG, GIF or WebP picture.")
    if not (0 < size[0] <= LARGEST_PICTURE and 0 < size[1] <= LARGEST_PICTURE):
        raise _no_picture(f"The picture has {size[0]} × {size[1]} pixels; {LARGEST_PICTURE} are possible.")
    return Shape(kind.content_type, *size)


def _no_picture(sentence: str) -> DomainError:
    return DomainError("picture_refused", sentence, {"file": sentence})


def _number(data: bytes, at: int, length: int, order: str = "big") -> int:
    return int.from_bytes(data[at : at + length], "big" if order == "big" else "little")


def _png(data: bytes) -> tuple[int, int] | None:
    return (_number(data, 16, 4), _number(data, 20, 4)) if data[12:16] == b"IHDR" else None


def _gif(data: bytes) -> tuple[int, int] | None:
    return (_number(data, 6, 2, "little"), _number(data, 8, 2, "little")) if len(data) > 9 else None


_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in _FRAMES:
            return _number(data, at + 7, 2), _number(data, at + 5, 2)
        at += 2 + max(2, _number(data, at + 2, 2))
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    if len(data) < 30:
        return None
    form = data[12:16]
    if form == b"VP8X":
        return 1 + _number(data, 24, 3, "little"), 1 + _number(data, 27, 3, "little")
    if form == b"VP8 ":
        return _number(data, 26, 2, "little") & 0x3FFF, _number(data, 28, 2, "little") & 0x3FFF
    bits = _number(data, 21, 4, "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


_MEASURES: Mapping[str, Callable[[bytes], tuple[int, int] | None]] = MappingProxyType(
    {"image/png": _png, "image/gif": _gif, "image/jpeg": _jpeg, "image/webp": _webp}
)
