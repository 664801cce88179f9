"""`drumbeat web`: the HTTP server, granian, with as many processes as DRUMBEAT_WEB_PROCESSES says."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from functools import partial
from typing import Any

from drumbeat.cli.parent import tie_to
from drumbeat.cli.result import Result

THREADS = 16
"""Requests that one process answers at a time; each thread may hold a database connection while it does."""

_KILL_AFTER_SECONDS = 10


def address_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="default: 8000")
    parser.add_argument(
        "--host", default="127.0.0.1", help="default: 127.0.0.1, reachable from this machine only"
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    address_arguments(parser)
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> Result:
    """Answer requests until SIGTERM or SIGINT."""
    from drumbeat.cli.claims import wait_for_port
    from drumbeat.cli.ready import require_ready
    from drumbeat.environment import environment

    if args.parent:
        tie_to(args.parent)
    require_ready()
    wait_for_port(args.host, args.port)
    _serve(args.host, args.port, environment().web_processes)
    return Result()


def _serve(host: str, port: int, processes: int) -> None:
    import multiprocessing

    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # A forked process would share this one's database sockets and miss its threads.
    multiprocessing.set_start_method("spawn")
    server = Granian(
        "drumbeat.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=_KILL_AFTER_SECONDS,
        websockets=False,
        log_level=LogLevels.error,
    )
    server.serve(target_loader=partial(_application, os.getpid()), wrap_loader=False)


def _application(parent: int) -> Callable[..., Any]:
    """Load the application in a process of the server."""
    tie_to(parent)
    from drumbeat.wsgi import application

    _store_opens_and_clicks()
    return application


def _store_opens_and_clicks() -> None:
    """Store what tracked mails fetch while the process lives; only now are the models loaded."""
    from drumbeat.inbound.tracking import Drain, spool

    Drain(spool()).start()
