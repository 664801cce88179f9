"""`drumbeat worker`: the engine and the mail listeners, until SIGTERM."""

from __future__ import annotations

import argparse
from contextlib import ExitStack

from drumbeat.cli.parent import tie_to
from drumbeat.cli.result import Result


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> Result:
    """Claim and send until SIGTERM or SIGINT; then finish what is on the wire and release the leases."""
    from drumbeat.cli.claims import worker_lock
    from drumbeat.cli.ready import require_ready
    from drumbeat.cli.signals import stop_event
    from drumbeat.clock import SystemClock
    from drumbeat.engine import worker
    from drumbeat.environment import environment
    from drumbeat.inbound import listener

    if args.parent:
        tie_to(args.parent)
    env = environment()
    stop = stop_event()
    require_ready()
    with ExitStack() as held:
        if not env.database_url:
            held.enter_context(worker_lock(env.data))
        held.enter_context(listener.start(env))
        worker.run(SystemClock(), stop, env)
    return Result()
