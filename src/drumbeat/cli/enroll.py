"""`drumbeat enroll`: contacts of a list or a segment, or some by address, into a sequence."""

from __future__ import annotations

import argparse

from rich.console import RenderableType

from drumbeat.actions import contacts, enrollments, lists, segments, senders, sequences
from drumbeat.actions.contacts.selection import Selection
from drumbeat.actions.enrollments import preflight
from drumbeat.cli import acting
from drumbeat.cli.result import ExitCode, Result, counts
from drumbeat.core.enroll_answers import Answer
from drumbeat.models import Member, Sequence


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sequence", help="id or name")
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--list", metavar="NAME", help="everybody on this list")
    who.add_argument("--segment", metavar="NAME", help="everybody who is in this segment now")
    who.add_argument("--contact", nargs="+", metavar="EMAIL", help="these contacts")
    parser.add_argument("--sender", metavar="ADDRESS", help="who sends, instead of the sequence's sender")
    parser.add_argument("--preflight", action="store_true", help="say what would happen, enroll nobody")


def run(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    sequence = sequences.find(member, args.sequence)
    sender_id = senders.find(member, args.sender).pk if args.sender else None
    chosen = _chosen(member, args)
    if args.preflight:
        return _foresee(member, preflight.Request(sequence.pk, chosen, sender_id))
    answer = enrollments.enroll_chosen(member, sequence.pk, chosen, acting.now(), sender_id=sender_id)
    enrolled = len(answer.enrollment_ids)
    shown: list[RenderableType] = [
        f"{enrolled} of {len(answer.answers)} enrolled in {sequence.name!r}.",
        counts("answer", answer.counts()),
    ]
    return _answered({"enrolled": enrolled, "answers": answer.counts()}, shown, sequence)


def _chosen(member: Member, args: argparse.Namespace) -> Selection:
    if args.list:
        return Selection(list_id=lists.find(member, args.list).pk)
    if args.segment:
        return Selection(segment_id=segments.find(member, args.segment).pk)
    return Selection(contact_ids=contacts.find_many(member, args.contact))


def _foresee(member: Member, request: preflight.Request) -> Result:
    seen = preflight.look(member, request, acting.now())
    answers = {answer.value: count for answer, count in seen.counts.items()}
    forecast = seen.forecast
    data = {
        "asked": seen.asked,
        "limit": seen.limit,
        "answers": answers,
        "first_at": forecast.first_at if forecast else None,
        "last_at": forecast.last_at if forecast else None,
        "had_enough": seen.had_enough,
    }
    if seen.asked > seen.limit:
        text = f"{seen.asked} contacts are more than one request may enroll here ({seen.limit})."
        return Result(data, [text], ExitCode.REFUSED)
    shown: list[RenderableType] = [
        f"Of {seen.asked} contacts, in {seen.sequence.name!r}:",
        counts("answer", answers),
    ]
    if forecast:
        shown.append(f"The first hears from you at {forecast.first_at}, the last at {forecast.last_at}.")
    if seen.had_enough:
        shown.append(
            f"{seen.had_enough} of them had enough messages of late: the frequency cap makes them wait."
        )
    return _answered(data, shown, seen.sequence)


def _answered(data: dict[str, object], shown: list[RenderableType], sequence: Sequence) -> Result:
    answers = data["answers"]
    if not (isinstance(answers, dict) and answers.get(Answer.SEQUENCE_NOT_ACTIVE)):
        return Result(data, shown)
    shown.append(f"It is {sequence.status}. A draft starts by: drumbeat sequence activate {sequence.pk}")
    return Result(data, shown, ExitCode.REFUSED)
