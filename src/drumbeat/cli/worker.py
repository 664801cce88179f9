"""`drumbeat worker`: the engine and the mail listeners, until SIGTERM."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Callable
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
        wake = threading.Event()
        for listener in _listeners(env, clock, wake.set):
            held.enter_context(listener)
        worker.run(clock, stop, env, wake)
    return Result()


def _listeners(
    env: Environment, clock: Clock, on_arrival: Callable[[], None]
) -> list[AbstractContextManager[object]]:
    """Start taking mail where the settings name an address for it, and reading the mailboxes."""
    from drumbeat.inbound import listener
    from drumbeat.inbound.mailboxes import Mailboxes

    wanted = [(env.inbound_smtp, False), (env.inbound_lmtp, True)]
    taking = [
        listener.start(address, on_arrival, clock.now, lmtp=lmtp) for address, lmtp in wanted if address
    ]
    return [*taking, Mailboxes(on_arrival, clock.now)]
