"""`drumbeat hook`: addresses at which other programs tell what happened."""

from __future__ import annotations

import argparse
from typing import Any

from drumbeat.actions import access, hooks
from drumbeat.cli import acting, web_links
from drumbeat.cli.result import Result, table
from drumbeat.models import Hook, Member


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    add = verbs.add_parser("add", help="make a hook; its secret is shown this once")
    add.add_argument("name")
    add.add_argument(
        "--event", default="webhook_received", choices=[kind.value for kind in hooks.KINDS],
        help="what its calls are; webhook_received without it",
    )  # fmt: skip
    add.add_argument("--creates-contacts", action="store_true", help="make who is not known yet")
    add.set_defaults(act=_add)
    verbs.add_parser("list", help="show the hooks").set_defaults(act=_list)
    for name, act, text in (
        ("rotate", _rotate, "give a hook a new secret; the old one proves nothing any more"),
        ("remove", _remove, "remove a hook; what it brought stays"),
    ):
        verb = verbs.add_parser(name, help=text)
        verb.add_argument("hook", metavar="NAME|ID")
        verb.set_defaults(act=act)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _path(hook: Hook) -> str:
    return f"{web_links.base()}/hooks/{hook.token}"


def _told(hook: Hook, secret: str) -> Result:
    data: dict[str, Any] = {"id": hook.pk, "name": hook.name, "address": _path(hook), "secret": secret}
    return Result(data, [f"Address: {_path(hook)}", f"Secret:  {secret}", "It is not shown again."])


def _add(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    made = hooks.add(member, args.name, args.event, acting.now(), creates_contacts=args.creates_contacts)
    return _told(*made)


def _list(args: argparse.Namespace) -> Result:
    found = list(hooks.listed(acting.owner(args)))
    data = [
        {"id": h.pk, "name": h.name, "event": h.event, "address": _path(h), "last_used_at": h.last_used_at}
        for h in found
    ]
    rows = [(h.pk, h.name, h.event, _path(h), h.last_used_at or "never") for h in found]
    return Result(data, [table(("id#", "name", "event", "address", "last used"), rows)])


def _named(member: Member, asked: str) -> Hook:
    access.require(member, hooks.ADMIN)
    return access.named(access.visible_to(member, Hook), asked, "hook")


def _rotate(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    return _told(*hooks.rotate(member, _named(member, args.hook).pk, acting.now()))


def _remove(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    hook = _named(member, args.hook)
    name = hook.name
    hooks.remove(member, hook.pk, acting.now())
    return Result({"name": name}, [f"Removed the hook {name!r}."])
