"""`drumbeat doctor`: why is nothing going out? Exit 1 when something stops messages."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence

from rich.markup import escape
from rich.text import Text

from drumbeat.actions import doctor
from drumbeat.actions.doctor import Finding, Level
from drumbeat.cli import acting
from drumbeat.cli.result import ExitCode, Result

_MARKS = {Level.OK: ("ok", "green"), Level.NOTE: ("note", "cyan"), Level.WARNING: ("warning", "yellow")}


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(args: argparse.Namespace) -> Result:
    findings = doctor.examine(acting.owner(args), acting.now())
    failing = any(finding.level is Level.ERROR for finding in findings)
    data = {
        "ok": not failing,
        "findings": [
            {
                "level": f.level,
                "code": f.code,
                "text": f.text,
                "count": f.count,
                "fix": f.fix,
                "stops": f.stops,
            }
            for f in findings
        ],
    }
    return Result(data, list(_grouped(findings)), ExitCode.REFUSED if failing else ExitCode.OK)


_GROUPS: Mapping[str, Callable[[Finding], bool]] = {
    "Keeps messages from leaving": lambda f: f.stops,
    "Stops nothing, but look at it": lambda f: f.level in (Level.WARNING, Level.ERROR) and not f.stops,
    "Waits as it should": lambda f: f.level is Level.NOTE,
    "Looked at and fine": lambda f: f.level is Level.OK,
}


def _grouped(findings: Sequence[Finding]) -> Iterator[Text]:
    for heading, belongs in _GROUPS.items():
        if found := [finding for finding in findings if belongs(finding)]:
            yield Text(heading, style="bold")
            yield from map(_shown, found)


def _shown(finding: Finding) -> Text:
    mark, colour = _MARKS.get(finding.level, ("error", "bold red"))
    count = f" ({finding.count})" if finding.count else ""
    line = Text.from_markup(f"[{colour}]{mark:>9}[/]  {escape(finding.text)}{count}")
    if finding.fix and finding.level is not Level.OK:
        line.append(f"\n           {finding.fix}", style="dim")
    return line
