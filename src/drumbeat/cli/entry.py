"""From words to an exit code: finds the command, starts Django, prints the answer, explains errors.

A command is a module with `arguments(parser)` and `run(args) -> Result`; only the called one is imported.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from importlib import import_module
from importlib.metadata import version
from typing import Any

from rich.markup import escape

from drumbeat.cli.result import ExitCode, Result, Screen, exit_code_of
from drumbeat.core.errors import DomainError

SETTINGS = "drumbeat.settings"


@dataclass(frozen=True, slots=True)
class Command:
    """`needs_django`: False for what works on files alone, without settings and data."""

    module: str
    help: str
    needs_django: bool = True


COMMANDS: Mapping[str, Command] = {
    "serve": Command("drumbeat.cli.serve", "run the web app and the engine, one command for one machine"),
    "web": Command("drumbeat.cli.web", "run web processes only"),
    "worker": Command("drumbeat.cli.worker", "run the engine only"),
    "migrate": Command("drumbeat.cli.migrate", "create or update the database and the first workspace"),
    "demo": Command("drumbeat.cli.demo", "run a living demo workspace"),
    "doctor": Command("drumbeat.cli.doctor", "say why nothing is going out, and what to do"),
    "stats": Command("drumbeat.cli.stats", "count touches, events, enrollments and contacts"),
    "sender": Command("drumbeat.cli.sender", "add, change, list, enable and disable sender profiles"),
    "domain": Command("drumbeat.cli.domain", "check the domains of senders, and sign for them"),
    "grant": Command("drumbeat.cli.grant", "show and remove accounts that people connected"),
    "mailbox": Command("drumbeat.cli.mailbox", "read mailboxes for replies and bounces"),
    "number": Command("drumbeat.cli.number", "connect Twilio, add and change numbers that text and call"),
    "agent": Command("drumbeat.cli.agent", "make and change agents, who write when no person does"),
    "contact": Command("drumbeat.cli.contact", "add, import and count contacts, log what happened to them"),
    "list": Command("drumbeat.cli.lists", "show contact lists"),
    "segment": Command("drumbeat.cli.segment", "save conditions under a name, list and delete them"),
    "sequence": Command(
        "drumbeat.cli.sequence", "create, check, simulate, activate, pause, archive sequences"
    ),
    "inbox": Command("drumbeat.cli.inbox", "say what mails in files are", needs_django=False),
    "mail": Command("drumbeat.cli.mail", "write to one contact, try mails again that could not be processed"),
    "enroll": Command("drumbeat.cli.enroll", "enroll contacts in a sequence"),
    "enrollment": Command("drumbeat.cli.enrollment", "list, show, explain, move enrollments; resolve doubts"),
    "task": Command("drumbeat.cli.task", "list, complete, skip and put off tasks"),
    "suppression": Command("drumbeat.cli.suppression", "suppress addresses, look them up, lift them"),
    "setting": Command("drumbeat.cli.setting", "show or change the workspace's settings"),
    "branding": Command("drumbeat.cli.branding", "show or change how mails look, and their logo"),
    "file": Command("drumbeat.cli.file", "keep, list and remove files that mails take along"),
    "webhook": Command("drumbeat.cli.webhook", "show or replace the secret that signs webhooks"),
    "hook": Command("drumbeat.cli.hook", "make addresses at which other programs tell what happened"),
    "key": Command("drumbeat.cli.key", "make, list and revoke keys for programs"),
    "secrets": Command("drumbeat.cli.secrets", "renew the key that stored passwords are encrypted with"),
    "sign-in": Command("drumbeat.cli.sign_in", "print a link that signs in once, without a password"),
    "stop-all": Command("drumbeat.cli.stop_all", "emergency stop: nothing leaves the workspace"),
}
PIPED_WIDTH = 200
"""Columns of a table that goes into a file or another program."""
SERVERS = frozenset({"serve", "web", "worker", "demo"})
EVERYWHERE = (
    "Everywhere: --json prints exact JSON and nothing else, --workspace NAME|ID chooses the workspace."
)


def run(argv: Sequence[str] | None = None) -> int:
    """Run one command, print its answer, return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    common, rest = _common().parse_known_args(words)
    try:
        called = next((word for word in rest if word in COMMANDS), "")
        if called and COMMANDS[called].needs_django:
            start_django(pooled=called in SERVERS)
        parser = _parser(called)
        if not rest:
            parser.print_help(sys.stderr)
            return ExitCode.USAGE
        args = parser.parse_args(rest, namespace=common)
        result: Result = _module(args.command).run(args)
    except SystemExit as leaving:  # argparse: usage or --help
        return leaving.code if isinstance(leaving.code, int) else ExitCode.USAGE
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return ExitCode.REFUSED
    except Exception as fault:
        return _explain(fault, as_json=common.json)
    _print(result, as_json=common.json)
    return result.code


def _common() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--workspace", metavar="NAME|ID")
    return parser


def _parser(called: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="drumbeat", description="A sequence engine for sales and outreach.", epilog=EVERYWHERE
    )
    parser.add_argument("--version", action="version", version=f"drumbeat {version('drumbeat')}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        parser_of_one = commands.add_parser(
            name, help=command.help, description=command.help, epilog=EVERYWHERE
        )
        if name == called:
            import_module(command.module).arguments(parser_of_one)
            _tell_verbs(parser_of_one)
    return parser


def _tell_verbs(parser: argparse.ArgumentParser) -> None:
    """Let the help of each verb begin with what the list of verbs says of it."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for choice in action._choices_actions:
                verb = action.choices[choice.dest]
                verb.description = verb.description or choice.help
                _tell_verbs(verb)


def _module(name: str) -> Any:
    return import_module(COMMANDS[name].module)


def start_django(*, pooled: bool) -> None:
    """Make models and settings usable in this process; `pooled` where threads share connections."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    # The pool repeats each failed connection as a log line; the command says it once, with what to do.
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
    if not pooled:
        from django.db import connection

        # A pool waits and hides the reason; one connection fails at once and says why.
        connection.settings_dict["OPTIONS"].pop("pool", None)


def _plain(value: object) -> object:
    match value:
        case datetime() | date():
            return value.isoformat().replace("+00:00", "Z")
        case Enum():
            return value.value
        case Mapping():
            return dict(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _print(result: Result, *, as_json: bool) -> None:
    if as_json:
        for data in result.data if result.is_lines else (result.data,):
            print(json.dumps(data, default=_plain, ensure_ascii=False))
        return
    piped = not sys.stdout.isatty()
    # Names that people gave are shown as they are: no "[word]" of theirs is markup.
    plain = Screen(
        highlight=False, markup=False, emoji=False, soft_wrap=piped, width=PIPED_WIDTH if piped else None
    )
    for part in result.shown:
        plain.print(part)


def _explain(fault: Exception, *, as_json: bool) -> int:
    from drumbeat.cli.faults import as_domain_error

    error = fault if isinstance(fault, DomainError) else as_domain_error(fault)
    if error is None:
        raise fault
    if as_json:
        body = {"code": error.code, "message": error.message, "fields": dict(error.fields)}
        print(json.dumps({"error": body}, ensure_ascii=False))
    console = Screen(stderr=True, highlight=False, emoji=False, soft_wrap=True)
    console.print(f"[bold red]Error:[/] {escape(error.message)}")
    for path, sentence in error.fields.items():
        console.print(f"  [bold]{escape(path)}[/]  {escape(sentence)}")
    return exit_code_of(error)
