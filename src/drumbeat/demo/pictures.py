"""A picture that somebody sends with a text: a bicycle, drawn here, each in another colour."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from math import hypot

WIDTH, HEIGHT = 320, 200
_SKY, _ROAD, _RUBBER = (226, 236, 245), (196, 190, 180), (45, 48, 56)
_HORIZON = 160
_WHEELS = ((90, 125), (230, 125))
_RADIUS = 42
_FRAME = (
    *(((90, 125), (135, 70)), ((135, 70), (205, 70)), ((205, 70), (150, 125)), ((150, 125), (90, 125))),
    *(((135, 70), (150, 125)), ((205, 70), (230, 125)), ((205, 70), (200, 50)), ((135, 70), (130, 55))),
)
_THICK = 4.0

Colour = tuple[int, int, int]


def a_bicycle(number: int) -> bytes:
    """Return a PNG of it; another `number`, another colour."""
    colour = (40 + number * 83 % 180, 40 + number * 47 % 180, 40 + number * 131 % 180)
    rows = b"".join(b"\0" + bytes(_row(y, colour)) for y in range(HEIGHT))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _row(y: int, colour: Colour) -> Iterator[int]:
    for x in range(WIDTH):
        yield from _point(x, y, colour)


def _point(x: int, y: int, colour: Colour) -> Colour:
    if any(_far(x, y, *ends) < _THICK for ends in _FRAME):
        return colour
    if any(abs(hypot(x - at_x, y - at_y) - _RADIUS) < _THICK for at_x, at_y in _WHEELS):
        return _RUBBER
    return _SKY if y < _HORIZON else _ROAD


def _far(x: int, y: int, begin: tuple[int, int], end: tuple[int, int]) -> float:
    """Return how far a point is from a line between two."""
    along_x, along_y = end[0] - begin[0], end[1] - begin[1]
    share = ((x - begin[0]) * along_x + (y - begin[1]) * along_y) / (along_x**2 + along_y**2)
    share = max(0.0, min(1.0, share))
    return hypot(x - begin[0] - share * along_x, y - begin[1] - share * along_y)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
