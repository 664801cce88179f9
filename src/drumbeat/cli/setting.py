"""`drumbeat setting`: show the workspace's settings, or change one."""

from __future__ import annotations

import argparse

from drumbeat.actions import settings
from drumbeat.cli import acting
from drumbeat.cli.result import Result, table


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?")
    parser.add_argument("value", nargs="?")


def run(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    if args.name is not None and args.value is not None:
        value = settings.change(member, args.name, args.value, acting.now())
        return Result({args.name: value}, [f"{args.name} is {'none' if value is None else value} now."])
    values = settings.values(member)
    if args.name is not None:
        values = {name: value for name, value in values.items() if name == args.name}
    rows = [
        (name, "none" if value is None else value, settings.SETTINGS[name].changes)
        for name, value in values.items()
    ]
    return Result(values, [table(("setting", "value", "what it changes"), rows)])
