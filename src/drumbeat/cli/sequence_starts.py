"""`drumbeat sequence triggers`: what starts and ends a sequence by itself, and whom it met last."""

from __future__ import annotations

import argparse
from typing import Any

from drumbeat.actions import sequences
from drumbeat.actions.enrollments.elsewhere import SENTENCES
from drumbeat.actions.sequences import triggers
from drumbeat.cli import acting
from drumbeat.cli.result import Result, table

_NOTHING = "Nothing starts it by itself: people are enrolled by hand, by a flow or by the API."


def add_verbs(verbs: Any) -> None:
    shown = verbs.add_parser("triggers", help="show what starts and ends it by itself, and whom it met last")
    shown.add_argument("sequence", metavar="ID")
    shown.add_argument(
        "--last", type=int, default=10, metavar="N", help="how many matches to show (default: 10)"
    )
    shown.set_defaults(act=_triggers)


def _triggers(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    sequence = sequences.find(member, args.sequence)
    said = triggers.sentences(sequence)
    met = triggers.matches(member, sequence.pk).order_by("-id")[: max(0, args.last)]
    data: list[dict[str, Any]] = [
        {
            "contact": row.contact.email,
            "entry": row.entry,
            "kind": row.kind,
            "answer": row.answer,
            "at": row.at.isoformat(),
        }
        for row in met
    ]
    lines = [
        (
            row["at"][:16].replace("T", " "),
            row["contact"],
            row["kind"] or "a condition",
            SENTENCES.get(row["answer"], row["answer"]),
        )
        for row in data
    ]
    shown: list[Any] = [said["starts"] or said["takes"] or _NOTHING]
    shown += [said[name] for name in ("takes", "ends") if said[name] and said[name] != shown[0]]
    if lines:
        shown.append(table(("at (UTC)", "contact", "by", "what came of it"), lines))
    return Result({**said, "matches": data}, shown)
