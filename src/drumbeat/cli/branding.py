"""`drumbeat branding`: how the mails of the workspace look."""

from __future__ import annotations

import argparse
from pathlib import Path

from drumbeat.actions import branding
from drumbeat.cli import acting
from drumbeat.cli.result import Result, table
from drumbeat.core.branding import CHOSEN, Branding, doubts, write_branding


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("show", help="show how mails look").set_defaults(act=_show)
    change = verbs.add_parser("set", help="change one thing; it holds from the next mail on")
    change.add_argument("name", choices=sorted(CHOSEN))
    change.add_argument("value")
    change.set_defaults(act=_set)
    logo = verbs.add_parser("logo", help="show a picture above branded mails, or none")
    logo.add_argument(
        "file", nargs="?", metavar="FILE", help="PNG, JPEG, GIF or WebP; without it the logo goes"
    )
    logo.set_defaults(act=_logo)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _show(args: argparse.Namespace) -> Result:
    return _told(branding.seen(acting.owner(args)))


def _set(args: argparse.Namespace) -> Result:
    return _told(branding.change(acting.owner(args), {args.name: args.value}, acting.now()))


def _logo(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    if args.file is None:
        return _told(branding.remove_logo(member, acting.now()))
    return _told(branding.put_logo(member, Path(args.file).read_bytes(), acting.now()))


def _told(found: Branding) -> Result:
    data = write_branding(found)
    return Result(data, [table(("branding", "value"), list(data.items())), *doubts(found)])
