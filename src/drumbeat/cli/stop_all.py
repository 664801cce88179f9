"""`drumbeat stop-all`: the emergency stop, and its end with `--lift`."""

from __future__ import annotations

import argparse

from drumbeat.actions import emergency
from drumbeat.cli import acting
from drumbeat.cli.result import Result


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lift", action="store_true", help="let messages leave again")


def run(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    workspace = (emergency.lift if args.lift else emergency.stop_all)(member, acting.now())
    data = {
        "stopped": workspace.stopped_at is not None,
        "since": workspace.stopped_at,
        "by": workspace.stopped_by,
    }
    if args.lift:
        return Result(data, [f"{workspace.name}: messages leave again, paced by windows and caps."])
    return Result(data, [f"{workspace.name}: nothing leaves any more. Lift it: drumbeat stop-all --lift"])
