"""Reads the mails that the demo's outside world received, from the file that it keeps; never writes to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

FOLDER = "world"
_COLUMNS = "id, at, sender, recipient, subject, answer, answered_at"
_NEWEST = f"SELECT {_COLUMNS} FROM mail WHERE id < ? ORDER BY id DESC LIMIT ?"
_ONE = f"SELECT {_COLUMNS}, raw, answered FROM mail WHERE id = ?"
_BEYOND = 1 << 62


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in the list. `answer` is what its invented reader does with it, `answered_at` when that left."""

    id: int
    at: datetime
    sender: str
    recipient: str
    subject: str
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A mail as it arrived: `headers` in order, decoded; `source` byte by byte, odd bytes replaced."""

    letter: Letter
    answered: str
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    source: str


def file_in(data: Path) -> Path | None:
    """Return the world's file, None outside the demo."""
    return next(iter(sorted((data / FOLDER).glob("*.sqlite3"))), None)


def newest(file: Path, limit: int, before: int | None = None) -> list[Letter]:
    """Return mails older than the id `before`, the newest first."""
    with _reading(file) as database:
        rows = database.execute(_NEWEST, (_BEYOND if before is None else before, limit)).fetchall()
    return [_letter(row) for row in rows]


def opened(file: Path, mail_id: int) -> Opened | None:
    with _reading(file) as database:
        row = database.execute(_ONE, (mail_id,)).fetchone()
    if row is None:
        return None
    raw = bytes(row[-2])
    message = BytesParser(policy=policy.default).parsebytes(raw)
    return Opened(
        letter=_letter(row),
        answered=row[-1],
        headers=tuple((name, str(value)) for name, value in message.items()),
        text=_part(message, "plain"),
        html=_part(message, "html"),
        source=raw.decode("utf-8", errors="replace"),
    )


@contextmanager
def _reading(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=2)) as database:
        yield database


def _letter(row: tuple[object, ...]) -> Letter:
    id_, at, sender, recipient, subject, answer, answered_at = row[:7]
    assert isinstance(id_, int)
    left = datetime.fromisoformat(str(answered_at)) if answered_at else None
    return Letter(
        id_, datetime.fromisoformat(str(at)), str(sender), str(recipient), str(subject), str(answer), left
    )


def _part(message: EmailMessage, subtype: str) -> str:
    part = message.get_body(preferencelist=(subtype,))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, ValueError):  # a charset that Python does not know
        return bytes(part.get_payload(decode=True) or b"").decode("utf-8", errors="replace")
