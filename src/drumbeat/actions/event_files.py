"""Events from a CSV file: what happened outside, a row each; what cannot be logged is refused with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from drumbeat.actions import access, contacts
from drumbeat.actions.contacts.input import clean
from drumbeat.actions.events import log_event
from drumbeat.core.errors import DomainError
from drumbeat.models import Member

COLUMNS = ("kind", "email", "occurred_at", "external_id", "note", "name")
NEEDED = ("kind", "email")
MOST_ROWS = 10_000
LARGEST = 8 * 2**20
SOURCE = "file"


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not logged: the line on which it stands, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """`again`: rows whose external id was counted before."""

    counted: int
    again: int
    refused: Sequence[Refused]


def load(member: Member, data: bytes, now: datetime) -> Loaded:
    """Log every row, each by itself, so that a file can be loaded again after it was mended.

    Raises DomainError `events_unreadable` for what is no table of events, before anything is logged.
    """
    access.require(member, "contacts.edit")
    rows = list(_rows(data))
    counted, again, refused = 0, 0, []
    for line, cells in rows:
        try:
            logged = _log(member, cells, now)
        except DomainError as error:
            refused.append(Refused(line, error.message))
            continue
        counted, again = counted + logged, again + (not logged)
    return Loaded(counted, again, refused)


def _log(member: Member, cells: Mapping[str, str], now: datetime) -> bool:
    contact = contacts.find(member, cells["email"])
    return log_event(
        member,
        contact,
        cells["kind"],
        now,
        source=SOURCE,
        external_id=cells["external_id"],
        occurred_at=_moment(cells["occurred_at"]),
        note=cells["note"],
        name=cells["name"],
    ).counted


def _moment(text: str) -> datetime | None:
    """Read a moment; one without a zone is in UTC."""
    if not text:
        return None
    try:
        read = datetime.fromisoformat(text)
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        raise DomainError(
            "event_time_invalid", f"{text[:40]!r} is no moment. Write it like 2026-01-31 09:30."
        ) from None


def _rows(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    if len(data) > LARGEST:
        raise _unreadable(f"The file is larger than {LARGEST // 2**20} MB. Split it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable("The file is not in UTF-8.") from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    # Of the file's own line ends: a note may hold other characters that split lines elsewhere.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [clean(name).lower() for name in next(reader, [])]
        if lacking := [name for name in NEEDED if name not in header]:
            raise _unreadable(f"No column is called {lacking[0]}. There are: {', '.join(header) or 'none'}.")
        for count, cells in enumerate(reader):
            if count >= MOST_ROWS:
                raise _unreadable(f"The file has more than {MOST_ROWS} rows. Split it.")
            if any(cell.strip() for cell in cells):
                named = dict(zip(header, map(clean, cells), strict=False))
                yield reader.line_num, {name: named.get(name, "") for name in COLUMNS}
    except csv.Error as fault:
        raise _unreadable(f"Line {reader.line_num} cannot be read: {fault}.") from None


def _unreadable(sentence: str) -> DomainError:
    return DomainError("events_unreadable", sentence)
