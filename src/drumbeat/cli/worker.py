"""`drumbeat worker`: the engine and the mail listeners, until SIGTERM."""

from __future__ import annotations

import argparse
from contextlib import AbstractContextManager, ExitStack

from drumbeat.cli.parent import tie_to
from drumbeat.cli.result import Result
from drumbeat.clock import Clock
from drumbeat.environment import Environment


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

    if args.parent:
        tie_to(args.parent)
    stop = stop_event()
    clock, env = SystemClock(), environment()
    require_ready()
    with ExitStack() as held:
        if not env.database_url:
            held.enter_context(worker_lock(env.data))
        for listener in _listeners(env, clock):
            held.enter_context(listener)
        worker.run(clock, stop, env)
    return Result()


def _listeners(env: Environment, clock: Clock) -> list[AbstractContextManager[object]]:
    """Start taking mail where the settings name an address for it."""
    from drumbeat.inbound import listener

    wanted = [(env.inbound_smtp, False), (env.inbound_lmtp, True)]
    return [
        listener.start(address, lambda: None, clock.now, lmtp=lmtp) for address, lmtp in wanted if address
    ]
