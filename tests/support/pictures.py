"""Pictures and files as bytes, made here: the smallest that are what they say."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib


def a_png(width: int = 4, height: int = 2, colour: tuple[int, int, int] = (47, 91, 234)) -> bytes:
    rows = (b"\0" + bytes(colour) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_pdf(size: int = 0) -> bytes:
    return b"%PDF-1.4\n%drumbeat\n" + b"0" * size + b"\n%%EOF\n"


def a_zip(*names: str) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return into.getvalue()
