"""`drumbeat sequence move`: unfinished enrollments go on in another version; with --dry-run it only says who would."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import RenderableType

from drumbeat.actions import sequences
from drumbeat.actions.enrollments import moving
from drumbeat.actions.enrollments.moving import Preview
from drumbeat.cli import acting
from drumbeat.cli.result import Result, counts, table
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError


def add_verbs(verbs: Any) -> None:
    """Add the verb to those of `drumbeat sequence`."""
    move = verbs.add_parser("move", help="let unfinished enrollments go on in another version")
    move.add_argument("sequence", metavar="ID")
    move.add_argument("--to", type=int, metavar="N", help="the version; default: the current one")
    move.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="OLD=NEW",
        help="where those go on who stand at a step that the version has no more; without it they stay",
    )
    move.add_argument("--dry-run", action="store_true", help="say what it would do, and do nothing")
    move.set_defaults(act=_move)


def _move(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    sequence = sequences.find(member, args.sequence)
    target = moving.target_of(member, sequence.pk, args.to, _steps(args.map))
    if args.dry_run:
        seen = moving.preview(member, target)
        return Result(asdict(seen), _told(seen))
    from drumbeat.engine import jobs

    now = acting.now()
    job_id, total = moving.start(member, target, now)
    last = jobs.run_to_end(job_id, SystemClock())
    said = f"{total} enrollments asked to go on in version {target.version.number}."
    shown: list[RenderableType] = [said]
    if last.result:
        shown.append(counts("what became of it", {_WORDS.get(k, k): int(n) for k, n in last.result.items()}))
    return Result({"version": target.version.number, "total": total, "counts": dict(last.result)}, shown)


_WORDS = {
    "moved": "moved",
    "waits": "move when what is out has settled",
    "step_vanished": "stay: the version has no such step",
    "step_behind": "stay: the step named instead was done already",
    "finished": "finished",
}


def _steps(pairs: Sequence[str]) -> dict[str, str]:
    steps: dict[str, str] = {}
    for pair in pairs:
        old, sign, new = pair.partition("=")
        if not (old and sign and new):
            raise DomainError("mapping_invalid", f"{pair!r} is no pair of steps. Write OLD=NEW.")
        steps[old] = new
    return steps


def _told(seen: Preview) -> list[RenderableType]:
    rows = [
        (part.version, part.step, part.people, part.to or "stays", part.out or "", part.behind or "")
        for part in seen.parts
    ]
    columns = ("version#", "at step", "people#", "goes to", "of them out#", "of them done#")
    said = (
        f"To version {seen.version}: {seen.at_once} at once, {seen.when_settled} when what is out has settled, "
        f"{seen.stay} stay."
    )
    return [table(columns, rows), said] if rows else ["Nobody runs through another version."]
