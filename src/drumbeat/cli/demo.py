"""`drumbeat demo`: a workspace that lives, with an outside world on this machine that answers."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext, suppress
from pathlib import Path

from rich.console import Console
from rich.panel import Panel

from drumbeat.cli.parent import tie_to
from drumbeat.cli.result import ExitCode, Result
from drumbeat.cli.serve import family
from drumbeat.cli.supervise import Child, drumbeat, supervise
from drumbeat.cli.web import address_arguments

LOOPBACK = "127.0.0.1"
_DOORS = ("--smtp-fd", "--twilio-fd", "--model-fd")
"""Where the outside world listens: for mail, for texts and calls, for questions to a model."""


def arguments(parser: argparse.ArgumentParser) -> None:
    address_arguments(parser)
    parser.add_argument("--life-of", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> Result:
    """Seed once, then run web, worker, the outside world and the daily life until SIGTERM or SIGINT."""
    if args.life_of:
        return _live(args.life_of, args.parent)
    from drumbeat.cli.claims import demo_lock, wait_for_port
    from drumbeat.environment import environment

    wait_for_port(args.host, args.port)
    data = environment().data
    print("Starting the demo …", flush=True)
    with ExitStack() as held:
        held.enter_context(demo_lock(data))  # its worker takes a lock too, but only once it runs
        # Bound here and handed on: no mail ever meets a closed port, not even while the world starts anew.
        world = [held.enter_context(socket.create_server((LOOPBACK, 0))) for _ in _DOORS]
        with _alone(data):
            owner_id, token = _prepare(_port(world[0]))
        reachable = LOOPBACK if args.host in ("0.0.0.0", "::") else args.host
        base = f"http://{reachable}:{args.port}"
        log = held.enter_context((data / "demo.log").open("ab"))
        children = _children(args.host, args.port, base, world, owner_id)
        _when_up(reachable, args.port, lambda: _greet(base, token, data))
        code = supervise(children, output=log)
    if code is not ExitCode.OK:
        print(f"The demo could not start; the reason is in {data / 'demo.log'}.", file=sys.stderr)
    return Result(code=code)


def _alone(data: Path) -> AbstractContextManager[None]:
    """Refuse before anything is changed where another demo or worker runs on this SQLite database."""
    from drumbeat.cli.claims import worker_lock
    from drumbeat.environment import environment

    return nullcontext() if environment().database_url else worker_lock(data)


def _when_up(host: str, port: int, greet: Callable[[], None]) -> None:
    """Greet once the web answers: who follows the link at once must not meet a closed port."""

    def watch() -> None:
        while True:
            with suppress(OSError), socket.create_connection((host, port), timeout=5):
                break
            time.sleep(0.2)
        greet()

    threading.Thread(target=watch, name="greeting", daemon=True).start()


def _prepare(smtp_port: int) -> tuple[int, str]:
    """Migrate and furnish; return the owner's id and a token that signs in once."""
    from django.db import connection

    from drumbeat.actions.members import sign_in
    from drumbeat.cli.acting import now
    from drumbeat.demo.seed import furnish
    from drumbeat.store import tables

    try:
        tables.bring_up_to_date()
        owner = furnish(now(), smtp_port)
        return owner.pk, sign_in.create(owner, now())
    finally:
        connection.close()  # this process starts others and needs the database no more


def _port(door: socket.socket) -> int:
    return int(door.getsockname()[1])


def _variables(base: str, inbound: int, world: Sequence[socket.socket]) -> dict[str, str]:
    """Return the settings of the demo's processes. Who names a model of their own sees what that one writes."""
    from drumbeat.demo import writer

    _, twilio, model = (f"http://{LOOPBACK}:{_port(door)}" for door in world)
    ours = {"DRUMBEAT_INBOUND_SMTP": f"{LOOPBACK}:{inbound}", "DRUMBEAT_PUBLIC_URL": base}
    if not os.environ.get("DRUMBEAT_MODEL_URL"):
        prices = {"DRUMBEAT_MODEL_PRICE_IN": writer.PRICE_IN, "DRUMBEAT_MODEL_PRICE_OUT": writer.PRICE_OUT}
        ours |= {"DRUMBEAT_MODEL_URL": f"{model}/v1", "DRUMBEAT_MODEL": writer.MODEL} | prices
    theirs = {name: value for name, value in os.environ.items() if value}
    return ours | theirs | {"DRUMBEAT_PROVIDER_API_URL": twilio}  # no text and no call leaves this machine


def _children(host: str, port: int, base: str, world: Sequence[socket.socket], owner_id: int) -> list[Child]:
    from drumbeat.cli.claims import free_port
    from drumbeat.environment import environment

    env = environment()
    inbound = env.inbound_smtp.port if env.inbound_smtp else free_port()
    variables = _variables(base, inbound, world)
    tied = ("--parent", str(os.getpid()))
    life = drumbeat("demo", "--life-of", str(owner_id), *tied)
    outside = (
        *(sys.executable, "-m", "drumbeat.demo.world"),
        *(word for name, door in zip(_DOORS, world, strict=True) for word in (name, str(door.fileno()))),
        *("--inbound-port", str(inbound), "--post", str(env.data / "world" / "mailboxes.sqlite3"), *tied),
    )
    return [
        # Last to end: what the worker has on the wire still has to be taken.
        Child("world", outside, variables, files=tuple(door.fileno() for door in world), ends_last=True),
        *family(host, port, variables),
        Child("life", life, variables),
    ]


def _live(owner_id: int, parent: int | None) -> Result:
    from drumbeat.cli.signals import stop_event
    from drumbeat.clock import SystemClock
    from drumbeat.demo.life import live
    from drumbeat.models import Member

    if parent:
        tie_to(parent)
    stop = stop_event()
    live(Member.objects.select_related("workspace").get(id=owner_id), SystemClock(), stop)
    return Result()


def _greet(base: str, token: str, data: Path) -> None:
    link = f"{base}/sign-in/{token}"
    lines = (
        "[bold]drumbeat demo[/]: about 300 invented people, three mailboxes, three numbers, eight sequences.",
        "",
        "Sign in (once, without a password):",
        f"  [bold cyan][link={link}]{link}[/link][/]",
        "",
        f"Then  the live board   {base}/live",
        f"      the dev inbox    {base}/dev-inbox   [dim]every mail that was sent[/]",
        f"      numbers          DRUMBEAT_DATA={data} drumbeat stats",
        f"      the log          {data / 'demo.log'}",
        "",
        "Nothing leaves this machine: mailboxes, phones and the model lie on it. Ctrl+C stops all of it;",
        "the next start goes on where this one ended.",
    )
    console = Console(highlight=False, soft_wrap=True)
    text = "\n".join(lines)
    console.print(Panel(text, padding=(1, 2), expand=False) if console.is_terminal else text)
