"""The mailboxes of the outside world: what reached it and its answers, in a SQLite file of its own.

The web app's dev inbox reads the table by the names of its columns.
"""

from __future__ import annotations

import sqlite3
import threading
from datetime import datetime
from pathlib import Path

from drumbeat.demo.letters import Letter, read_letter

_TABLE = """
CREATE TABLE IF NOT EXISTS mail (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, sender TEXT NOT NULL, recipient TEXT NOT NULL,
    subject TEXT NOT NULL, raw BLOB NOT NULL, mail_from TEXT NOT NULL, answer TEXT NOT NULL DEFAULT '',
    answered TEXT NOT NULL DEFAULT '', answered_at TEXT
)
"""
_INDEX = "CREATE INDEX IF NOT EXISTS mail_of ON mail (recipient, id)"
_KEEP = 5_000


class Post:
    """Keeps the newest few thousand mails. Threads share one connection in turn."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        # A lost mail of an invented person harms nobody.
        self._database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;")
        self._database.execute(_TABLE)
        self._database.execute(_INDEX)

    def deliver(self, letter: Letter, now: datetime) -> tuple[int, int]:
        """Keep a mail; return its id and how many this recipient has had, this one included."""
        with self._lock:
            row = self._database.execute(
                "INSERT INTO mail (at, sender, recipient, subject, raw, mail_from) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    now.isoformat(timespec="seconds"),
                    letter.sender,
                    letter.recipient,
                    letter.subject,
                    letter.raw,
                    letter.mail_from,
                ),
            )
            mail_id = int(row.lastrowid or 0)
            if mail_id % 100 == 0:
                self._database.execute("DELETE FROM mail WHERE id <= ?", (mail_id - _KEEP,))
            count = self._database.execute(
                "SELECT count(*) FROM mail WHERE recipient = ?", (letter.recipient,)
            )
            return mail_id, int(count.fetchone()[0])

    def intend(self, mail_id: int, answer: str) -> None:
        """Note what the person will do with the mail."""
        with self._lock:
            self._database.execute("UPDATE mail SET answer = ? WHERE id = ?", (answer, mail_id))

    def unanswered(self) -> list[tuple[int, str, Letter]]:
        """Return id, answer and letter of the mails whose answer has not left."""
        with self._lock:
            rows = self._database.execute(
                "SELECT id, answer, raw, mail_from, recipient FROM mail"
                " WHERE answer <> '' AND answered_at IS NULL ORDER BY id"
            ).fetchall()
        return [(id_, answer, read_letter(raw, *envelope)) for id_, answer, raw, *envelope in rows]

    def answered(self, mail_id: int, text: str, now: datetime) -> None:
        """Note what was answered, and that it left."""
        with self._lock:
            self._database.execute(
                "UPDATE mail SET answered = ?, answered_at = ? WHERE id = ?",
                (text, now.isoformat(timespec="seconds"), mail_id),
            )

    def close(self) -> None:
        with self._lock:
            self._database.close()
