"""Rows of a file read as contacts, by the columns that were chosen; who cannot be read is told by a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drumbeat.actions.contacts.input import Fields, read_contact
from drumbeat.actions.imports.columns import CUSTOM
from drumbeat.actions.imports.csv_files import Row, bare_cell
from drumbeat.core.errors import DomainError
from drumbeat.store.contacts import ContactInput

Refused = list[tuple[Row, str]]
Cells = Sequence[tuple[int, str]]
"""Places in a row, each with the name under which its cell is read."""


@dataclass(frozen=True, slots=True)
class RowsRead:
    """The contacts that rows describe, the row of each, and the rows that describe none."""

    inputs: list[ContactInput]
    taken: list[Row]
    refused: Refused


def read(rows: Sequence[Row], targets: Sequence[str], fields: Fields) -> RowsRead:
    """Read each row; a custom field that is gone meanwhile is left out."""
    own = [(i, name) for i, name in enumerate(targets) if name and not name.startswith(CUSTOM)]
    named = [(i, name.removeprefix(CUSTOM)) for i, name in enumerate(targets) if name.startswith(CUSTOM)]
    custom = [(i, key) for i, key in named if key in fields]
    found = RowsRead([], [], [])
    for row in rows:
        try:
            _require_readable(row, len(targets))
            one = read_contact(_cells(row, own), _cells(row, custom), fields)
        except DomainError as error:
            found.refused.append((row, error.message))
        else:
            found.inputs.append(one)
            found.taken.append(row)
    return found


def _cells(row: Row, places: Cells) -> dict[str, str]:
    cells, width = row.cells, len(row.cells)
    return {name: bare_cell(cells[i]) for i, name in places if i < width and cells[i]}


def _require_readable(row: Row, width: int) -> None:
    if row.fault:
        raise DomainError("csv_row_unreadable", row.fault)
    if len(row.cells) > width and any(cell.strip() for cell in row.cells[width:]):
        raise DomainError(
            "csv_row_unreadable", f"It has {len(row.cells)} columns, the first line has {width}."
        )
