"""`drumbeat webhook`: the secret that signs webhooks."""

from __future__ import annotations

import argparse

from drumbeat.actions import webhooks
from drumbeat.cli import acting
from drumbeat.cli.result import Result


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    secret = verbs.add_parser("secret", help="show what signs webhooks, or begin a new one")
    secret.add_argument(
        "--new", action="store_true", help="sign with a new secret; the old one signs a day more"
    )


def run(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    act = webhooks.replace_secret if args.new else webhooks.secrets
    found = act(member, acting.now())
    data = {
        "current": found.current,
        "previous": found.previous,
        "previous_until": found.previous_until,
    }
    shown = [found.current]
    if found.previous_until is not None:
        shown.append(f"Until {found.previous_until:%Y-%m-%d %H:%M} UTC this one signs too: {found.previous}")
    return Result(data, shown)
