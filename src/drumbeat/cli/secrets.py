"""`drumbeat secrets`: the keys that stored passwords and tokens are encrypted with."""

from __future__ import annotations

import argparse
import time

from drumbeat.cli.result import ExitCode, Result
from drumbeat.store import renewing, secrets

SETTLES_SECONDS = 5.0
"""How long whoever read the keys before they were renewed may still be writing."""


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    rotate = verbs.add_parser("rotate", help="renew the key and re-encrypt everything, while all goes on")
    rotate.set_defaults(act=_rotate)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _rotate(_: argparse.Namespace) -> Result:
    began = secrets.begin_renewal()
    renewed = (found := renewing.renew()).renewed
    while True:
        time.sleep(SETTLES_SECONDS)
        found = renewing.renew()
        renewed += found.renewed
        if not found.renewed:
            break
    data = {"renewed": renewed, "unreadable": found.unreadable, "resumed": not began}
    if found.unreadable:
        return Result(
            data,
            [
                f"{renewed} credentials are encrypted anew, but {found.unreadable} cannot be read with any key. The "
                "old keys are kept: put the right files back and run this again, or enter those passwords again."
            ],
            ExitCode.REFUSED,
        )
    secrets.end_renewal()
    return Result(
        data,
        [
            f"{renewed} credentials are encrypted anew; the old key opens nothing any more.",
            "Back up the file `keys` in the data folder together with `secret`.",
        ],
    )
