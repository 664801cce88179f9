"""What must hold before anything is sent: refuses a database set-up under which the hand-over mark could be lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection


@register(Tags.database)
def check_durability(databases: Sequence[str] | None, **_: Any) -> list[CheckMessage]:
    """Refuse SQLite without IMMEDIATE, WAL and FULL, and PostgreSQL that acknowledges before the disk has it."""
    if not databases:
        return []
    wrong = _sqlite_faults() if connection.vendor == "sqlite" else _postgresql_faults()
    return [Error(text, id="drumbeat.E001") for text in wrong]


def _value(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return str(cursor.fetchone()[0]).lower()


def _sqlite_faults() -> list[str]:
    faults = []
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        faults.append(
            "SQLite must run with transaction_mode IMMEDIATE: without it two workers can claim one touch."
        )
    in_memory = connection.is_in_memory_db()  # type: ignore[attr-defined]  # SQLite's wrapper only
    if not in_memory and _value("PRAGMA journal_mode") != "wal":
        faults.append("SQLite must run with journal_mode WAL, or the web waits for each write of the worker.")
    if _value("PRAGMA synchronous") != "2":
        faults.append(
            "SQLite must run with synchronous FULL: a power cut could undo the hand-over mark and send twice."
        )
    return faults


def _postgresql_faults() -> list[str]:
    if _value("SHOW synchronous_commit") != "off":
        return []
    return [
        "PostgreSQL must not run with synchronous_commit=off: a crash could undo the hand-over mark and send twice."
    ]
