"""`drumbeat sequence times`: when messages would leave for one contact."""

from __future__ import annotations

import argparse
from typing import Any
from zoneinfo import ZoneInfo

from drumbeat.actions import contacts, sequences
from drumbeat.cli import acting
from drumbeat.cli.result import Result, table
from drumbeat.core.delay import parse_delay


def add_verb(verbs: Any) -> None:
    times = verbs.add_parser("times", help="show when messages would leave for a contact")
    times.add_argument("sequence", metavar="ID")
    times.add_argument("--contact", required=True, metavar="ADDRESS", help="the contact's address")
    times.add_argument("--step", metavar="KEY", help="whose channel counts; without it the first that writes")
    times.add_argument("--delay", metavar="DELAY", help="before the first moment, such as 2wd")
    times.add_argument("--count", type=int, default=10, metavar="N", help="how many moments; 10")
    times.set_defaults(act=_times)


def _times(args: argparse.Namespace) -> Result:
    from drumbeat.actions.sequences import times

    member = acting.owner(args)
    sequence = sequences.find(member, args.sequence)
    asked = times.Asked(
        contact_id=contacts.find(member, args.contact).pk,
        step=args.step,
        delay=parse_delay(args.delay) if args.delay else times.NO_DELAY,
        count=max(1, min(args.count, 50)),
    )
    found = times.foresee(member, sequence.pk, asked, acting.now())
    data = {
        "step": found.step,
        "sender": found.sender.address if found.sender else None,
        "zone": found.zone,
        "zone_of": found.zone_of,
        "times": [{"at": one.at.isoformat(), "moved_by": list(one.moved_by)} for one in found.times],
    }
    lines = [
        (f"{one.at.astimezone(ZoneInfo(found.zone)):%a %Y-%m-%d %H:%M:%S}", ", ".join(one.moved_by) or "now")
        for one in found.times
    ]
    by = f"by {found.sender.address}" if found.sender else "by nobody yet: no sender is enabled"
    head = f"Step {found.step}, {by}; times of {found.zone}, the {found.zone_of}'s zone. Caps are left out."
    return Result(data, [head, table(("leaves", "moved by"), lines)])
