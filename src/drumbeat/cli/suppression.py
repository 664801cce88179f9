"""`drumbeat suppression`: who must not be contacted: add, import, look up, lift."""

from __future__ import annotations

import argparse
from pathlib import Path

from drumbeat.actions import suppressions
from drumbeat.actions.suppressions import SuppressionQuery
from drumbeat.cli import acting
from drumbeat.cli.result import Result, table
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Channel
from drumbeat.models import Suppression

MOST = 100


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    add = verbs.add_parser("add", help="let nothing leave for an address any more")
    add.add_argument(
        "address", help="a mail address, @example.com for a whole domain, or a number with its country code"
    )
    add.add_argument("--channel", choices=list(Channel), default="", help="only this channel; default: all")
    add.set_defaults(act=_add)
    read = verbs.add_parser("import", help="suppress every address of a file, one a line")
    read.add_argument("file", type=Path)
    read.add_argument("--channel", choices=list(Channel), default="", help="only this channel; default: all")
    read.set_defaults(act=_import)
    show = verbs.add_parser("list", help=f"show suppressions in force, the newest {MOST}")
    show.add_argument("address", nargs="?", default="", help="only what concerns this address")
    show.add_argument("--reason", choices=suppressions.REASONS, default="")
    show.set_defaults(act=_list)
    lift = verbs.add_parser("lift", help="allow contacting the address again")
    lift.add_argument("id", type=int, help="its number in the list")
    lift.add_argument("--reason", default="", help="why; needed for what the person asked for")
    lift.set_defaults(act=_lift)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _add(args: argparse.Namespace) -> Result:
    row = suppressions.add(acting.owner(args), args.address, acting.now(), channel=args.channel, source="cli")
    return Result({"id": row.pk}, [f"{args.address} is suppressed ({row.pk})."])


def _import(args: argparse.Namespace) -> Result:
    try:
        lines = args.file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise DomainError("file_unreadable", f"{args.file} cannot be read: {fault}.") from fault
    done = suppressions.add_many(acting.owner(args), lines, acting.now(), channel=args.channel)
    refused = [{"line": one.line, "text": one.text, "why": one.why} for one in done.refused]
    shown = [f"{done.added} added, {done.already} there already, {len(refused)} refused."]
    shown += [f"line {one.line}: {one.text}: {one.why}" for one in done.refused]
    return Result({"added": done.added, "already": done.already, "refused": refused}, shown)


def _list(args: argparse.Namespace) -> Result:
    asked = SuppressionQuery(address=args.address, reason=args.reason)
    rows = suppressions.fitting(acting.owner(args), asked).select_related("contact").order_by("-id")[:MOST]
    data = [_told(row) for row in rows]
    lines = [tuple(each.values()) for each in data]
    return Result(
        data, [table(("id#", "contact", "kind", "channel", "reason", "source", "scope", "since"), lines)]
    )


def _told(row: Suppression) -> dict[str, object]:
    return {
        "id": row.pk,
        "contact": row.contact.email or row.contact.phone if row.contact else "",
        "kind": row.kind,
        "channel": row.channel or "all",
        "reason": row.reason,
        "source": row.source,
        "scope": row.scope or "all",
        "created_at": row.created_at.isoformat(timespec="minutes"),
    }


def _lift(args: argparse.Namespace) -> Result:
    row = suppressions.lift(acting.owner(args), args.id, acting.now(), reason=args.reason)
    return Result({"id": row.pk}, [f"Suppression {row.pk} is lifted: the address may be contacted again."])
