"""What a command answers, and the exit codes that scripts rely on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
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


_COMMANDS = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160), 0x202D, 0x202E)}
"""What would act on a terminal instead of being read, such as the beginning of a colour or of a window's title."""
del _COMMANDS[9], _COMMANDS[10]


def harmless(text: str) -> str:
    """Return a text of strangers as a terminal may show it."""
    return text.translate(_COMMANDS)


class Screen(Console):
    """Shows names and words of strangers without carrying out what stands in them."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(harmless(segment.text), segment.style)


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
