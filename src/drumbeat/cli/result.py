"""What a command answers, and the exit codes that scripts rely on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from rich.console import RenderableType
from rich.table import Table

from drumbeat.core.errors import DomainError


class ExitCode(IntEnum):
    """`BUSY`: another worker holds the SQLite database, or the port is in use."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    BUSY = 3


BUSY_CODES = frozenset({"demo_already_running", "port_in_use", "worker_already_running"})
"""Codes of a DomainError that end the process with `BUSY`."""


@dataclass(frozen=True, slots=True)
class Result:
    """`data` is what `--json` prints, exactly; `shown` is what a person reads, top down.

    `is_lines`: `data` is many, each printed on a line of its own as soon as it is known (JSON Lines).
    """

    data: Any = None
    shown: Sequence[RenderableType] = ()
    code: ExitCode = ExitCode.OK
    is_lines: bool = False


def exit_code_of(error: DomainError) -> ExitCode:
    return ExitCode.BUSY if error.code in BUSY_CODES else ExitCode.REFUSED


def table(columns: Sequence[str], rows: Sequence[Sequence[object]], title: str = "") -> Table:
    """Return a plain table; columns whose name ends in `#` hold numbers."""
    grid = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in columns:
        grid.add_column(name.rstrip("#"), justify="right" if name.endswith("#") else "left", overflow="fold")
    for row in rows:
        grid.add_row(*("" if cell is None else str(cell) for cell in row))
    return grid


def counts(title: str, numbers: Mapping[str, int]) -> Table:
    """Return one row per word with its number, most first."""
    rows = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    return table([title, "#"], rows or [("none", "")])
