"""The `drumbeat` command: words and options in, verbs called, answers and exit codes out. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    from drumbeat.cli.entry import run

    return run(argv)
