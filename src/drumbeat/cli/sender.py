"""`drumbeat sender`: add, change, list, enable and disable sender profiles."""

from __future__ import annotations

import argparse

from drumbeat.actions import access, grants, reputation, senders
from drumbeat.actions.grants import using
from drumbeat.actions.senders import KEPT
from drumbeat.cli import accounts, acting
from drumbeat.cli.result import Result, table
from drumbeat.core.errors import DomainError
from drumbeat.core.pacing import Ramp, parse_ramp
from drumbeat.core.reputation import WINDOW
from drumbeat.models import MAILBOXES, SenderProfile


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    _add_arguments(verbs.add_parser("add", help="add a mailbox that sends"))
    _set_arguments(verbs.add_parser("set", help="change a sender; what waits for it is tried at once"))
    verbs.add_parser("list", help="show the senders").set_defaults(act=_list)
    verbs.add_parser("providers", help="show the providers and what each must be told").set_defaults(
        act=accounts.show_providers
    )
    for name, act, text in (
        ("try", accounts.try_one, "see whether its server or account takes it; nothing is sent"),
        (
            "webhook",
            accounts.show_webhook,
            "show where its provider has to call; the address holds a password",
        ),
        ("enable", _enable, "let it send again"),
        ("disable", _disable, "let nothing leave by it"),
    ):
        verb = verbs.add_parser(name, help=text)
        verb.add_argument("sender", help="address or id")
        verb.set_defaults(act=act)


def _add_arguments(add: argparse.ArgumentParser) -> None:
    add.add_argument("address", help="the From address")
    add.add_argument("--name", default="", help="the From name")
    way = add.add_mutually_exclusive_group(required=True)
    way.add_argument("--smtp", metavar="URL", help="smtp[s]://[user:password@]host:port")
    accounts.arguments(way, add)
    add.add_argument(
        "--per-day",
        type=_cap,
        default=senders.FRESH_PER_DAY,
        metavar="N",
        help="cap per day, or none (default: %(default)s)",
    )
    add.add_argument("--warm-up", type=_ramp, metavar="RAMP", help=RAMP)
    add.add_argument("--spacing", type=int, default=0, metavar="SECONDS", help=SPACING)
    add.add_argument("--always", action="store_true", help="send at any hour; default: Mon–Fri 9–17")
    add.set_defaults(act=_add, parser=add)


def _set_arguments(change: argparse.ArgumentParser) -> None:
    change.add_argument("sender", help="address or id")
    change.add_argument("--name", help="the From name")
    way = change.add_mutually_exclusive_group()
    way.add_argument("--smtp", metavar="URL", help="smtp[s]://[user:password@]host:port")
    accounts.arguments(way, change)
    change.add_argument("--per-day", type=_cap, default=KEPT, metavar="N", help="cap per day, or none")
    change.add_argument("--warm-up", type=_ramp, default=KEPT, metavar="RAMP", help=f"{RAMP}, or none")
    change.add_argument("--spacing", type=int, metavar="SECONDS", help=SPACING)
    change.add_argument("--plus-addressing", choices=list(YES_NO), help=PLUS_ADDRESSING)
    way.add_argument(
        "--grant", metavar="ADDRESS|ID", help="send by a connected account, instead of a password"
    )
    hours = change.add_mutually_exclusive_group()
    hours.add_argument("--always", action="store_const", const=True, help="send at any hour")
    hours.add_argument(
        "--office-hours", dest="always", action="store_const", const=False, help="Mon–Fri 9–17"
    )
    change.set_defaults(act=_set, parser=change)


SPACING = "the least time between two messages, 0 for none"
PLUS_ADDRESSING = "let replies and bounces come to name+anything@…, which its provider must deliver"
YES_NO = {"yes": True, "no": False}
RAMP = "how the cap per day grows, such as 10+5/1d..50"


def _cap(text: str) -> int | None:
    if text == "none":
        return None
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no number; give one, or none") from None


def _ramp(text: str) -> Ramp | None:
    try:
        return None if text == "none" else parse_ramp(text)
    except DomainError as fault:
        raise argparse.ArgumentTypeError(fault.message) from None


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _add(args: argparse.Namespace) -> Result:
    sender = senders.add(
        acting.owner(args),
        args.address,
        acting.now(),
        name=args.name,
        smtp=accounts.way(args),
        per_day=args.per_day,
        warm_up=args.warm_up,
        spacing_seconds=args.spacing,
        always=args.always,
        host_trusted=True,
    )
    return Result({"id": sender.pk}, [f"Added sender {sender.id}, {_told(sender)}"])


def _set(args: argparse.Namespace) -> Result:
    given = {
        "name": args.name,
        "smtp": accounts.way(args),
        "always": args.always,
        "spacing_seconds": args.spacing,
        "plus_addressing": YES_NO.get(args.plus_addressing),
    }
    paces = {"per_day": args.per_day, "warm_up": args.warm_up}
    named = (*given.values(), args.grant)
    if all(value is None for value in named) and all(value is KEPT for value in paces.values()):
        args.parser.error(
            "say what to change: --name, --smtp, --esp, --grant, --per-day, --warm-up, --spacing,"
            " --plus-addressing, --always or --office-hours"
        )
    member = acting.owner(args)
    sender = senders.find(member, args.sender)
    if args.grant is not None:
        using.let(member, sender, grants.find(member, args.grant), acting.now())
    changed = senders.change(member, sender.pk, acting.now(), **given, **paces, host_trusted=True)
    return Result({"id": changed.pk}, [f"Changed sender {changed.pk}, {_told(changed)}"])


def _told(sender: SenderProfile) -> str:
    hours = "at any hour" if sender.window is None else "Monday to Friday, 9 to 17"
    cap = f"at most {sender.cap_per_day} a day" if sender.cap_per_day else "without a cap"
    cap += f", warming up by {Ramp(**sender.warm_up)}" if sender.warm_up else ""
    cap += f", at least {sender.spacing_seconds} s apart" if sender.spacing_seconds else ""
    cap += ", answers to its address with a plus" if sender.plus_addressing else ""
    return f"{sender.address} by {accounts.carrier(sender)}: {cap}, {hours}."


def _list(args: argparse.Namespace) -> Result:
    rows = list(
        access.visible_to(acting.owner(args), SenderProfile).filter(kind__in=MAILBOXES).order_by("id")
    )
    fared = reputation.of(acting.owner(args))
    data = [
        {
            "id": row.pk,
            "address": row.address,
            "name": row.name,
            "kind": row.kind,
            "provider": row.provider,
            "host": row.host,
            "port": row.port,
            "enabled": row.enabled,
            "cap_per_day": row.cap_per_day,
            "warm_up": row.warm_up,
            "spacing_seconds": row.spacing_seconds,
            "plus_addressing": row.plus_addressing,
            "always": row.window is None,
            "down_reason": row.down_reason,
            "record": reputation.numbers(fared.get(row.pk)),
        }
        for row in rows
    ]
    columns = ("id#", "address", "name", "server", "per day#", "hours", "state", f"{WINDOW.days} days")
    lines = [
        (
            row.pk,
            row.address,
            row.name,
            accounts.carrier(row),
            row.cap_per_day or "no cap",
            "any" if row.window is None else "window",
            _state(row),
            reputation.brief(fared.get(row.pk)),
        )
        for row in rows
    ]
    return Result(data, [table(columns, lines)])


def _state(row: SenderProfile) -> str:
    if not row.enabled:
        return "disabled"
    return f"down: {row.down_reason}" if row.down_reason else "enabled"


def _enable(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    sender = senders.find(member, args.sender)
    senders.enable(member, sender.pk, acting.now())
    return Result({"id": sender.pk, "enabled": True}, [f"{sender.address} sends again."])


def _disable(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    sender = senders.find(member, args.sender)
    senders.disable(member, sender.pk, acting.now())
    shown = f"Nothing more leaves by {sender.address}; what was planned with it chooses another sender."
    return Result({"id": sender.pk, "enabled": False}, [shown])
