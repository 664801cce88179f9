"""`drumbeat serve`: web and worker as one command, for one machine."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping

from drumbeat.cli.result import Result
from drumbeat.cli.supervise import Child, drumbeat, supervise
from drumbeat.cli.web import address_arguments


def arguments(parser: argparse.ArgumentParser) -> None:
    address_arguments(parser)


def run(args: argparse.Namespace) -> Result:
    """Run both until SIGTERM or SIGINT; they end with this process, however it ends."""
    from drumbeat.cli.claims import wait_for_port
    from drumbeat.cli.ready import require_ready

    require_ready()
    wait_for_port(args.host, args.port)
    _greet(args.host, args.port)
    return Result(code=supervise(family(args.host, args.port, os.environ)))


def _greet(host: str, port: int) -> None:
    """Say where it is reached; while nobody owns it, how to."""
    from django.db import connection

    from drumbeat.cli import acting, web_links

    try:
        at = web_links.base(host, port)
        claim = web_links.claim(acting.now(), at)
    finally:
        connection.close()  # this process starts others
    print(f"drumbeat serves at {at}", flush=True)
    if claim:
        print(f"Nobody owns it yet. Open this once and choose your password:\n  {claim}", flush=True)


def family(host: str, port: int, variables: Mapping[str, str]) -> list[Child]:
    """Return the web and the worker as children of this process."""
    tied = ("--parent", str(os.getpid()))
    web = drumbeat("web", "--host", host, "--port", str(port), *tied)
    return [
        # It reports itself unhealthy without a worker: both are one thing here.
        Child("web", web, {**variables, "DRUMBEAT_SERVE": "1"}),
        Child("worker", drumbeat("worker", *tied), variables),
    ]
