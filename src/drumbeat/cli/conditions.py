"""A condition as a word of the command line: JSON as it is, else the name of a file of JSON or YAML."""

from __future__ import annotations

from pathlib import Path

from drumbeat.core.document import parse_text
from drumbeat.core.errors import DomainError

WHERE = "a condition: JSON, or a file of JSON or YAML"


def read(word: str) -> object:
    """Return the condition's data; DomainError `document_unreadable`, `file_unreadable`."""
    if word.lstrip().startswith("{"):
        return parse_text(word)
    try:
        return parse_text(Path(word).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        reason = getattr(fault, "strerror", None) or "it is not UTF-8 text"
        raise DomainError(
            "file_unreadable", f"{word!r:.200} cannot be read: {reason}. Give a file, or JSON."
        ) from None
