"""Accounts at providers, as they are named on a command line (no secret ever stands on it) and shown."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from getpass import getpass
from typing import Any

from drumbeat.actions import senders
from drumbeat.actions.senders import listing, providers
from drumbeat.actions.senders.providers import TypedAccount
from drumbeat.cli import acting
from drumbeat.cli.result import Result, table
from drumbeat.core.errors import DomainError
from drumbeat.core.providers import PROVIDERS, provider_named
from drumbeat.environment import environment
from drumbeat.models import SenderKind, SenderProfile
from drumbeat.store.outgoing import DEFAULT_PUBLIC_URL

STDIN, ENV = "-", "env:"


def arguments(way: argparse._MutuallyExclusiveGroup, parser: argparse.ArgumentParser) -> None:
    """Add what names an account; `way` is the group of which one is given."""
    way.add_argument(
        "--esp", metavar="PROVIDER", help=f"send through an account at a provider: {', '.join(PROVIDERS)}"
    )
    parser.add_argument(
        "--credential",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="what the provider must be told; a secret is - (read from the input, a line each) or env:VARIABLE",
    )


def typed(name: str, pairs: Sequence[str]) -> TypedAccount:
    """Return the account; DomainErrors `credential_invalid` and `credential_on_command_line`."""
    fields = {field.name: field for field in provider_named(name).fields}
    values: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise DomainError("credential_invalid", f"Write NAME=VALUE instead of {key!r}.")
        field = fields.get(key)
        if field is not None and field.secret and value and value != STDIN and not value.startswith(ENV):
            raise DomainError(
                "credential_on_command_line",
                f"Others can see what stands on a command line. Write {key}=- and type it, or {key}=env:VARIABLE.",
            )
        values[key] = read_secret(field.label if field else key, value)
    return TypedAccount(name=name, values=values)


def read_secret(label: str, value: str) -> str:
    """Return what `-` (typed, or a line of the input) or `env:VARIABLE` stands for, any other value as it is."""
    if value == STDIN:
        return getpass(f"{label}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if value.startswith(ENV):
        name = value.removeprefix(ENV)
        if name not in os.environ:
            raise DomainError("credential_invalid", f"There is no environment variable {name}.")
        return os.environ[name]
    return value


def way(args: argparse.Namespace) -> Any:
    """Return the server (text) or the account that is named, None for neither."""
    if args.esp is not None:
        return typed(args.esp, args.credential)
    if args.credential:
        args.parser.error("--credential goes with --esp")
    return args.smtp


def carrier(sender: SenderProfile) -> str:
    """Return what carries a sender's mail."""
    if sender.kind == SenderKind.ESP:
        return PROVIDERS[sender.provider].title
    return f"{sender.host}:{sender.port}"


def show_providers(args: argparse.Namespace) -> Result:
    rows = providers.offered(acting.owner(args))
    data = [
        {"name": one.name, "title": one.title, "fields": [field.name for field in one.fields]} for one in rows
    ]
    shown = [[field.name if field.required else f"[{field.name}]" for field in one.fields] for one in rows]
    lines = [(one.name, one.title, " ".join(names)) for one, names in zip(rows, shown, strict=True)]
    return Result(data, [table(("name", "provider", "credentials"), lines)])


_LEADS: Mapping[str, str] = {
    "tls": "The connection cannot be encrypted",
    "greeting": "The server was reached and lets nobody in",
    "auth": "The login is refused",
}
"""What is wrong where only the server's own words are known."""


def try_one(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    sender = senders.find(member, args.sender)
    tried = listing.try_sender(member, sender.pk)
    said = tried.text or f"{carrier(sender)} takes {sender.address}."
    if sender.kind == SenderKind.SMTP and tried.stage in _LEADS:
        said = f"{_LEADS[tried.stage]}: {said}"
    return Result({"ok": tried.stage == "ok", "stage": tried.stage, "text": tried.text}, [said])


def show_webhook(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    sender = senders.find(member, args.sender)
    base = (environment().public_url or DEFAULT_PUBLIC_URL).rstrip("/")
    hearing = providers.hearing_of(member, sender.pk, base)
    heard = f"{hearing.heard_at:%Y-%m-%d %H:%M} UTC" if hearing.heard_at else "never"
    lines = [f"{half.value}: {address}" for half, address in hearing.addresses.items()]
    lines.append(f"last heard: {heard}")
    if hearing.missing:
        lines.append(f"Nothing is believed before one of these is given: {', '.join(hearing.missing)}.")
    data = {
        **{half.value: address for half, address in hearing.addresses.items()},
        "missing": list(hearing.missing),
        "heard_at": hearing.heard_at.isoformat() if hearing.heard_at else None,
    }
    return Result(data, lines)
