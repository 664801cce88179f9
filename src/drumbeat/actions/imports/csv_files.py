"""CSV files as they come out of other programs: encoding, delimiter and header found, rows read in pieces.

`normalise` copies the file as UTF-8 in one pass, so that later pieces can begin at a byte.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from drumbeat.core.errors import DomainError

DELIMITERS = ",;\t|"
SAMPLE_BYTES = 65_536
MOST_BYTES = 512 * 1024 * 1024
"""The largest file that is taken: far beyond a million contacts."""
LONGEST_LINE = 1_000_000
"""A line beyond it is no row of contacts; memory is bounded by it."""
MOST_COLUMNS = 200
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
MOST_LINES_A_ROW = 50
"""A record over more lines has an unclosed quote that swallowed its neighbours."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Row:
    """One record with the number of the line on which it ends; `fault` says why it cannot be read."""

    line: int
    cells: Sequence[str]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go on reading a normalised file: the byte and the number of lines before it."""

    offset: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Normalised:
    """What the copy holds: how columns are divided, their names, where rows begin, how many lines."""

    delimiter: str
    header: Sequence[str]
    start: Place
    lines: int
    encoding: str


def normalise(source: Path, copy: Path) -> Normalised:
    """Copy `source` as UTF-8 with plain line ends; DomainError for a file that nobody could read rightly."""
    if source.stat().st_size > MOST_BYTES:
        raise DomainError(
            "csv_too_large",
            f"{source.name} is larger than {MOST_BYTES // 2**20} MB. Split it and import the parts.",
        )
    encoding = detect_encoding(source)
    lines = _copy(source, encoding, copy)
    if lines == 0:
        raise DomainError("csv_empty", f"{source.name} is empty.")
    delimiter, start = _delimiter(copy)
    header, place = read_rows(copy, delimiter, start, 1)
    if not header:
        raise DomainError("csv_empty", f"{source.name} has no header line.")
    if header[0].fault:
        raise DomainError(
            "csv_row_unreadable", f"The first line of {source.name} cannot be read. {header[0].fault}"
        )
    if len(header[0].cells) > MOST_COLUMNS:
        raise DomainError(
            "csv_too_wide",
            f"{source.name} has {len(header[0].cells)} columns; at most {MOST_COLUMNS} are read.",
        )
    return Normalised(delimiter, [cell.strip() for cell in header[0].cells], place, lines, encoding)


def _copy(source: Path, encoding: str, copy: Path) -> int:
    lines = 0
    with (
        source.open(encoding=encoding, newline=None) as read,
        copy.open("w", encoding="utf-8", newline="\n") as out,
    ):
        while line := read.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                raise DomainError(
                    "csv_line_too_long",
                    f"{source.name}, line {lines + 1}: it has more than {LONGEST_LINE} characters. Is this a CSV file?",
                )
            out.write(line.replace("\x00", ""))
            lines += 1
    return lines


def detect_encoding(path: Path) -> str:
    """Return the encoding of the whole file: UTF-8 or UTF-16 with or without mark, else Windows-1252.

    Raises DomainError `csv_undecodable` that names the line, for a file that is damaged rather than old.
    """
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    marked = next((name for bom, name in _BOMS if sample.startswith(bom)), None)
    if marked is None and (name := _unmarked_utf16(sample)):
        marked = name
    if marked is not None:
        _require(path, marked)
        return marked
    fault = _first_fault(path, "utf-8")
    if fault is None:
        return "utf-8"
    if fault.after_text_in_it or _first_fault(path, "cp1252") is not None:
        raise _undecodable(path, fault)
    return "cp1252"


def _unmarked_utf16(sample: bytes) -> str | None:
    """Mostly Latin text in UTF-16 has a zero in every second byte."""
    half = max(1, len(sample) // 2)
    if sample[1::2].count(0) > 0.4 * half:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > 0.4 * half else None


@dataclass(frozen=True, slots=True)
class _Fault:
    """The first place that cannot be decoded. `after_text_in_it`: more than ASCII was read before it."""

    line: int
    after_text_in_it: bool


def _first_fault(path: Path, encoding: str) -> _Fault | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    lines, beyond_ascii = 0, False
    with path.open("rb") as file:
        while True:
            piece = file.read(SAMPLE_BYTES)
            try:
                text = decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as fault:
                good = fault.object[: fault.start]
                text = good.decode(encoding, "ignore")
                return _Fault(lines + text.count("\n") + 1, beyond_ascii or not text.isascii())
            lines += text.count("\n")
            beyond_ascii = beyond_ascii or not text.isascii()
            if not piece:
                return None


def _require(path: Path, encoding: str) -> None:
    if fault := _first_fault(path, encoding):
        raise _undecodable(path, fault)


def _undecodable(path: Path, fault: _Fault) -> DomainError:
    return DomainError(
        "csv_undecodable",
        f"{path.name}, line {fault.line}: these bytes are no text in UTF-8, UTF-16 or Windows-1252. "
        "Save the file as CSV UTF-8 and try again.",
    )


def _delimiter(copy: Path) -> tuple[str, Place]:
    """Return the delimiter that divides the header most, and where the header begins."""
    with copy.open("rb") as file:
        first = file.readline()
    text = first.decode().strip()
    if text.lower().startswith("sep=") and len(text) == 5:  # a line that spreadsheets understand and hide
        return text[4], Place(len(first), 1)
    columns = {mark: len(next(csv.reader([text], delimiter=mark), [])) for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: columns[mark]), Place()


def read_rows(copy: Path, delimiter: str, place: Place, limit: int) -> tuple[list[Row], Place]:
    """Return at most `limit` rows of a normalised file from `place` on, and the place after them.

    Empty lines are left out. Memory is bounded by the rows returned.
    """
    with copy.open("rb") as file:
        file.seek(place.offset)
        return read_lines(file, delimiter, place, limit)


def read_lines(lines: Iterable[bytes], delimiter: str, place: Place, limit: int) -> tuple[list[Row], Place]:
    """Do the same from the lines that begin at `place`, wherever they come from."""
    counted = _Counted(iter(lines), place)
    rows = list(islice(_records(counted, delimiter), limit))
    return rows, Place(counted.offset, counted.line)


def safe_cell(text: str) -> str:
    """Return a cell that no spreadsheet runs: an apostrophe before what begins like a formula."""
    return f"'{text}" if text.startswith(FORMULAS) else text


def bare_cell(text: str) -> str:
    """Return a cell without the apostrophe that `safe_cell` put before it."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULAS) else text


class _Counted:
    """The lines of a file as text, with how far they were taken: the csv reader takes no line too many."""

    def __init__(self, lines: Iterator[bytes], place: Place) -> None:
        self._lines = lines
        self.offset = place.offset
        self.line = place.line

    def __iter__(self) -> Iterator[str]:
        for raw in self._lines:
            self.offset += len(raw)
            self.line += 1
            yield raw.decode()


def _records(counted: _Counted, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(counted, delimiter=delimiter)
    while True:
        before = counted.line
        try:
            cells = next(reader, None)
        except csv.Error as fault:
            yield Row(counted.line, [], f"Lines {before + 1} to {counted.line} cannot be read: {fault}.")
            reader = csv.reader(counted, delimiter=delimiter)
            continue
        if cells is None:
            return
        if counted.line - before > MOST_LINES_A_ROW:
            yield Row(
                counted.line,
                [],
                f'Lines {before + 1} to {counted.line} are one row: a quote (") is not closed.',
            )
        elif any(cell.strip() for cell in cells):
            yield Row(counted.line, cells)
