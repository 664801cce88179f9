"""`drumbeat mail`: write to one contact, and look after mails that could not be processed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from drumbeat.actions import contacts, senders
from drumbeat.actions.conversations import set_aside, writing
from drumbeat.actions.conversations.writing import Written
from drumbeat.cli import acting
from drumbeat.cli.result import Result, table
from drumbeat.core.errors import DomainError

_SHOWN = 80


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    send = verbs.add_parser("send", help="write to one contact, outside of any sequence; every check holds")
    send.add_argument("email", help="the contact's address")
    send.add_argument("--subject", default="", help="of a first message; an answer keeps that of its thread")
    send.add_argument("--text", metavar="TEXT|-", help="the words; - reads them from the standard input")
    send.add_argument("--file", type=Path, help="a file with the words")
    send.add_argument("--sender", metavar="ADDRESS|ID", help="who sends; else whom the contact knows")
    send.add_argument("--now", action="store_true", help="outside of the sender's hours too")
    send.add_argument("--id", required=True, metavar="ID", help="your own name for it: never sent twice")
    send.set_defaults(act=_send)
    aside = verbs.add_parser("set-aside", help="list mails that could not be processed")
    aside.set_defaults(act=_set_aside)
    retry = verbs.add_parser("retry", help="process such a mail again")
    retry.add_argument("mail", metavar="ID|all", help="all: those of every workspace, and of none")
    retry.set_defaults(act=_retry)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _send(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    contact = contacts.find(member, args.email)
    sender = senders.find(member, args.sender).pk if args.sender else None
    written = Written(
        client_id=args.id, text=_words(args), subject=args.subject, sender_id=sender, at_once=args.now
    )
    touch = writing.send(member, contact.pk, written, now)
    data = {"id": touch.pk, "status": touch.status, "not_before": touch.not_before.isoformat()}
    return Result(
        data, [f"Message {touch.pk} to {contact.email} is {touch.status}; it leaves by the worker."]
    )


def _words(args: argparse.Namespace) -> str:
    if (args.text is None) == (args.file is None):
        raise DomainError("text_missing", "Give the words by --text or by --file.")
    if args.file is None:
        return sys.stdin.read() if args.text == "-" else str(args.text)
    try:
        return str(args.file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise DomainError("file_unusable", f"{args.file} cannot be read as text: {fault}.") from None


def _set_aside(args: argparse.Namespace) -> Result:
    rows = list(set_aside.of_all(acting.owner(args)))
    data = [
        {
            "id": row.pk,
            "at": row.received_at.isoformat(),
            "from": row.envelope_from,
            "to": row.envelope_to,
            "fault": row.fault,
        }
        for row in rows
    ]
    lines = [
        (row.pk, f"{row.received_at:%Y-%m-%d %H:%M}", row.envelope_from, row.fault[:_SHOWN]) for row in rows
    ]
    return Result(
        data, [table(("id", "came", "from", "fault"), lines)] if rows else ["Nothing is set aside."]
    )


def _retry(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    if args.mail == "all":
        count = set_aside.retry_all()
    elif args.mail.isdecimal():
        set_aside.retry_one(member, int(args.mail), now)
        count = 1
    else:
        raise DomainError("not_found", f"There is no mail {args.mail!r}. Give a number, or all.")
    return Result({"mails": count}, [f"{count} mails are processed again by the worker."])
