"""`drumbeat stats`: what there is, in numbers."""

from __future__ import annotations

import argparse

from drumbeat.actions import statistics
from drumbeat.cli import acting
from drumbeat.cli.result import Result, counts


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(args: argparse.Namespace) -> Result:
    stats = statistics.of_workspace(acting.owner(args))
    shown = [f"Contacts: {stats.contacts}"]
    named = (
        ("enrollments", stats.enrollments),
        ("finish reason", stats.finish_reasons),
        ("touches", stats.touches),
        ("events", stats.events),
    )
    tables = [counts(title, numbers) for title, numbers in named if numbers]
    return Result(stats.as_data(), [shown[0], *[part for table in tables for part in ("", table)]])
