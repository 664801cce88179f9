"""`drumbeat mailbox`: the mailboxes that are read for replies and bounces."""

from __future__ import annotations

import argparse

from drumbeat.actions import grants, mailboxes
from drumbeat.actions.grants import using
from drumbeat.actions.mailboxes import Tried
from drumbeat.channels.email.imap.server import parse_imap_url
from drumbeat.cli import acting
from drumbeat.cli.result import ExitCode, Result, table
from drumbeat.models import Mailbox

URL = "imaps://user:password@host[:port][/folder]; imap:// for STARTTLS"


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    add = verbs.add_parser("add", help="read a mailbox from now on")
    add.add_argument("address", help="the address whose mail it holds: that of a sender")
    way = add.add_mutually_exclusive_group(required=True)
    way.add_argument("--imap", metavar="URL", help=URL)
    way.add_argument(
        "--grant", metavar="ADDRESS|ID", help="read it by a connected account, instead of a password"
    )
    add.add_argument(
        "--only-contacts",
        action="store_true",
        help="keep no mail of people who are no contacts: for shared use",
    )
    add.set_defaults(act=_add)
    verbs.add_parser("list", help="show the mailboxes and how each stands").set_defaults(act=_list)
    for name, act, text in (
        ("try", _try, "say whether it can be read, and what is in the way"),
        ("enable", _enable, "read it again, from where it was left"),
        ("disable", _disable, "read it no more"),
        ("remove", _remove, "forget it; what came from it stays"),
    ):
        verb = verbs.add_parser(name, help=text)
        verb.add_argument("mailbox", metavar="ADDRESS|ID")
        verb.set_defaults(act=act)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _add(args: argparse.Namespace) -> Result:
    box = _by_url(args) if args.grant is None else _by_grant(args)
    shown = (
        f"Added mailbox {box.pk}, {box.address}: {box.folder} at {box.host}:{box.port} is read from now on."
    )
    return Result({"id": box.pk}, [shown])


def _by_grant(args: argparse.Namespace) -> Mailbox:
    """Add the mailbox of an account, of which no mail of strangers is kept: it is somebody's own."""
    member = acting.owner(args)
    return using.by_mailbox(member, grants.find(member, args.grant), acting.now(), address=args.address)


def _by_url(args: argparse.Namespace) -> Mailbox:
    server, folder = parse_imap_url(args.imap)
    typed = mailboxes.Typed(
        address=args.address,
        host=server.host,
        port=server.port,
        security=server.security,
        username=server.username,
        folder=folder,
        keeps_strangers=not args.only_contacts,
    )
    # The operator named the server: it may lie in the own network.
    return mailboxes.add(acting.owner(args), typed, acting.now(), trusted=server)


def _list(args: argparse.Namespace) -> Result:
    boxes = list(mailboxes.rows_of(acting.owner(args)).order_by("id"))
    data = [
        {
            "id": box.pk,
            "address": box.address,
            "host": box.host,
            "port": box.port,
            "username": box.username,
            "folder": box.folder,
            "enabled": box.enabled,
            "read_at": box.read_at,
            "fault": box.fault,
            "fault_text": box.fault_text,
        }
        for box in boxes
    ]
    rows = [
        (box.pk, box.address, f"{box.host}:{box.port}", box.folder, box.read_at or "never", _state(box))
        for box in boxes
    ]
    return Result(data, [table(("id#", "address", "server", "folder", "read", "state"), rows)])


def _state(box: Mailbox) -> str:
    if not box.enabled:
        return "disabled"
    return f"{box.fault}: {box.fault_text}" if box.fault else "read" if box.read_at else "new"


def _try(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    box = mailboxes.find(member, args.mailbox)
    tried = mailboxes.try_stored(member, box.pk)
    data = {"id": box.pk, "ok": tried.stage == "ok", "stage": tried.stage, "text": tried.text}
    return Result(data, [_told(box, tried)], ExitCode.OK if tried.stage == "ok" else ExitCode.REFUSED)


def _told(box: Mailbox, tried: Tried) -> str:
    if tried.stage == "ok":
        return f"{box.address} can be read: {box.folder} holds {tried.mails} mails."
    return f"{box.address} cannot be read ({tried.stage}): {tried.text}"


def _enable(args: argparse.Namespace) -> Result:
    return _done(args, mailboxes.enable, "is read again")


def _disable(args: argparse.Namespace) -> Result:
    return _done(args, mailboxes.disable, "is read no more")


def _remove(args: argparse.Namespace) -> Result:
    return _done(args, mailboxes.remove, "is forgotten; what came from it stays")


def _done(args: argparse.Namespace, act: mailboxes.Act, sentence: str) -> Result:
    member = acting.owner(args)
    box = mailboxes.find(member, args.mailbox)
    act(member, box.pk, acting.now())
    return Result({"id": box.pk}, [f"{box.address} {sentence}."])
