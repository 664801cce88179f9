"""Reads the words and texts of the demo: files of sections, each `# name` and what follows it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def texts_of(file: str, separator: str) -> dict[str, tuple[str, ...]]:
    """Return the sections of a file in this folder by name, each split at `separator`."""
    sections = {}
    for part in (_FOLDER / file).read_text(encoding="utf-8").split("# ")[1:]:
        name, _, body = part.partition("\n")
        sections[name] = tuple(text.strip() for text in body.strip().split(separator))
    return sections
