"""`drumbeat enroll`: contacts of a list, or some by address, into a sequence."""

from __future__ import annotations

import argparse

from rich.console import RenderableType

from drumbeat.actions import contacts, enrollments, lists, senders, sequences
from drumbeat.actions.enrollments import Answer
from drumbeat.cli import acting
from drumbeat.cli.result import ExitCode, Result, counts


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sequence", help="id or name")
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--list", metavar="NAME", help="everybody on this list")
    who.add_argument("--contact", nargs="+", metavar="EMAIL", help="these contacts")
    parser.add_argument("--sender", metavar="ADDRESS", help="who sends, instead of the sequence's sender")


def run(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    sequence = sequences.find(member, args.sequence)
    sender_id = senders.find(member, args.sender).pk if args.sender else None
    if args.list:
        contact_list = lists.find(member, args.list)
        answer = enrollments.enroll_list(
            member, sequence.pk, contact_list.pk, acting.now(), sender_id=sender_id
        )
    else:
        ids = contacts.find_many(member, args.contact)
        answer = enrollments.enroll(member, sequence.pk, ids, acting.now(), sender_id=sender_id)
    enrolled = len(answer.enrollment_ids)
    shown: list[RenderableType] = [
        f"{enrolled} of {len(answer.answers)} enrolled in {sequence.name!r}.",
        counts("answer", answer.counts()),
    ]
    closed = answer.counts().get(Answer.SEQUENCE_NOT_ACTIVE, 0)
    if closed:
        shown.append(f"It is {sequence.status}. A draft starts by: drumbeat sequence activate {sequence.pk}")
    code = ExitCode.REFUSED if closed else ExitCode.OK
    return Result({"enrolled": enrolled, "answers": answer.counts()}, shown, code)
