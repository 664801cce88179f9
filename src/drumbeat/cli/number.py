"""`drumbeat number`: accounts at Twilio, and the numbers that text, write on WhatsApp and call."""

from __future__ import annotations

import argparse

from drumbeat.actions import numbers, senders
from drumbeat.actions.numbers import About, accounts
from drumbeat.actions.numbers.accounts import Typed
from drumbeat.actions.senders.forms import Form
from drumbeat.cli import acting
from drumbeat.cli.accounts import ENV, STDIN, read_secret
from drumbeat.cli.result import ExitCode, Result, table
from drumbeat.core.errors import DomainError
from drumbeat.core.numbers import Registration
from drumbeat.models import PhoneAccount, SenderProfile
from drumbeat.store import phone_accounts

_SECRET = "the auth token: - (typed, or read from the input) or env:VARIABLE"


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    connect = verbs.add_parser("connect", help="connect an account at Twilio")
    connect.add_argument("sid", help="the account's SID, AC…")
    connect.add_argument("--token", required=True, help=_SECRET)
    connect.add_argument("--name", default="Twilio")
    connect.set_defaults(act=_connect)
    verbs.add_parser("accounts", help="show the accounts and how each stands").set_defaults(act=_accounts)
    add = verbs.add_parser("add", help="let a number send on a channel")
    add.add_argument("number", help="in international form, +14155550100")
    add.add_argument("--channel", choices=list(numbers.CHANNELS), default="sms")
    add.add_argument("--account", type=int, metavar="ID", help="the only one, where it is left out")
    _pace(add)
    add.set_defaults(act=_add)
    change = verbs.add_parser("set", help="change a number's pace, pool or registration")
    _whose(change)
    _pace(change)
    change.set_defaults(act=_set)
    verbs.add_parser("list", help="show the numbers and what holds them").set_defaults(act=_list)
    test = verbs.add_parser("test", help="text a number of your own")
    _whose(test)
    test.add_argument("to")
    test.set_defaults(act=_test)
    for name, act, text in (
        ("enable", _enable, "let it send again, or try one that is held now"),
        ("disable", _disable, "let nothing more leave by it"),
        ("remove", _remove, "the same, and forget one that never sent"),
    ):
        verb = verbs.add_parser(name, help=text)
        _whose(verb)
        verb.set_defaults(act=act)


def _whose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number")
    parser.add_argument("--channel", choices=list(numbers.CHANNELS), default="sms")


def _pace(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--per-day", type=int, metavar="N", help="at most so many a day; fresh ones send 50")
    parser.add_argument("--always", action="store_true", help="not only Monday to Friday, 9 to 17")
    parser.add_argument("--service", metavar="MG…", help="the messaging service that picks the number")
    parser.add_argument(
        "--registration",
        choices=[one.value for one in Registration if one],
        help="with the carriers of the US",
    )


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _connect(args: argparse.Namespace) -> Result:
    if args.token != STDIN and not args.token.startswith(ENV):
        raise DomainError(
            "credential_on_command_line",
            "Others can see what stands on a command line. Write --token - and type it, or --token env:VARIABLE.",
        )
    token = read_secret("Auth token", args.token)
    account = accounts.add(acting.owner(args), Typed(sid=args.sid, token=token, name=args.name), acting.now())
    address = phone_accounts.hook_url(account)
    told = (
        f"Give each number this address for messages that come in: {address}"
        if address
        else "Set DRUMBEAT_PUBLIC_URL: without it Twilio cannot tell what became of a text, nor who answers."
    )
    return Result({"id": account.pk, "address": address}, [f"Connected account {account.pk}.", told])


def _accounts(args: argparse.Namespace) -> Result:
    found = list(accounts.listed(acting.owner(args)))
    data = [{"id": row.pk, "name": row.name, "sid": row.sid, "fault": row.fault} for row in found]
    rows = [(row.pk, row.name, row.sid, row.fault or "well", row.hook_heard_at or "never") for row in found]
    return Result(data, [table(("id#", "name", "sid", "state", "told us last"), rows)])


def _account(args: argparse.Namespace) -> PhoneAccount:
    member = acting.owner(args)
    known = list(accounts.listed(member)[:2])
    if args.account is None and len(known) == 1:
        return known[0]
    return accounts.get(member, args.account or 0)


def _add(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    account = _account(args)
    number = numbers.add(
        member, account.pk, args.number, args.channel, acting.now(), form=_form(args), about=_about(args)
    )
    return Result({"id": number.pk}, [f"Added {number.address} for {number.channel}: {_room(number)}."])


def _set(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    number = numbers.find(member, args.number, args.channel)
    number = numbers.change(member, number.pk, _form(args), _about(args), acting.now())
    return Result({"id": number.pk}, [f"{number.address} for {number.channel}: {_room(number)}."])


def _form(args: argparse.Namespace) -> Form:
    return Form(cap_per_day=args.per_day, any_hour=True if args.always else None)


def _about(args: argparse.Namespace) -> About:
    standing = Registration(args.registration) if args.registration else None
    return About(service_sid=args.service, registration=standing)


def _room(number: SenderProfile) -> str:
    cap = f"at most {number.cap_per_day} a day" if number.cap_per_day else "no cap"
    return f"{cap}, {'at any hour' if number.window is None else 'in its hours'}"


def _list(args: argparse.Namespace) -> Result:
    found = list(numbers.listed(acting.owner(args)).order_by("address", "channel"))
    data = [
        {
            "id": row.pk,
            "number": row.address,
            "channel": row.channel,
            "account": row.account_id,
            "enabled": row.enabled,
            "per_day": row.cap_per_day,
            "registration": row.registration,
            "down_until": row.down_until,
            "down_text": row.down_text,
        }
        for row in found
    ]
    rows = [(row.pk, row.address, row.channel, _room(row), _state(row)) for row in found]
    return Result(data, [table(("id#", "number", "channel", "room", "state"), rows)])


def _state(row: SenderProfile) -> str:
    if row.account_id is None:
        return "its account is connected no more"
    if not row.enabled:
        return "disabled"
    return f"held: {row.down_text}" if row.down_until else "ready"


def _test(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    number = numbers.find(member, args.number, args.channel)
    touch = numbers.test_text(member, number.pk, args.to, f"cli-{now:%Y%m%d%H%M%S%f}", now)
    return Result({"touch": touch.pk}, [f"A test to {touch.recipient} leaves as soon as the engine runs."])


def _enable(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    number = numbers.enable(member, numbers.find(member, args.number, args.channel).pk, acting.now())
    return Result({"id": number.pk}, [f"{number.address} sends on {number.channel} again."])


def _disable(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    number = numbers.find(member, args.number, args.channel)
    senders.disable(member, number.pk, acting.now())
    return Result({"id": number.pk}, [f"Nothing more leaves by {number.address} on {number.channel}."])


def _remove(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    number = numbers.find(member, args.number, args.channel)
    numbers.remove(member, number.pk, acting.now())
    return Result({"id": number.pk}, [f"{number.address} sends on {number.channel} no more."], ExitCode.OK)
