"""`drumbeat sequence`: create, check, list, activate, pause, resume, archive, simulate."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Count, Q
from rich.console import RenderableType

from drumbeat.actions import access, checking, senders, sequences
from drumbeat.cli import acting
from drumbeat.cli.result import ExitCode, Result, table
from drumbeat.core.delay import parse_delay
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Flow
from drumbeat.core.templates import TEMPLATES
from drumbeat.models import Member
from drumbeat.models import Sequence as SequenceRow


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    create = verbs.add_parser("create", help="create a draft, empty or from a template or file")
    create.add_argument("name")
    content = create.add_mutually_exclusive_group()
    content.add_argument("--template", choices=list(TEMPLATES))
    content.add_argument("--file", type=Path, metavar="FILE", help="a flow as JSON or YAML")
    create.add_argument("--sender", metavar="ADDRESS", help="who sends; without it the workspace's default")
    create.add_argument(
        "--delays", metavar="DELAY", help="replace every delay, for trying out: 0m, 2h, 3d, 1wd, 1w"
    )
    create.add_argument("--activate", action="store_true", help="publish version 1 and start")
    create.set_defaults(act=_create)
    check = verbs.add_parser("check", help="audit a file or a working copy; exit 1 when there are errors")
    check.add_argument("target", metavar="FILE|ID")
    check.set_defaults(act=_check)
    verbs.add_parser("list", help="show the sequences").set_defaults(act=_list)
    for name, (_, text) in _CHANGES.items():
        verb = verbs.add_parser(name, help=text)
        verb.add_argument("sequence", metavar="ID")
        verb.set_defaults(act=_change)
    simulate = verbs.add_parser(
        "simulate", help="run many imagined contacts in virtual time; nothing is sent"
    )
    simulate.add_argument("sequence", metavar="ID")
    simulate.add_argument("--contacts", type=int, default=100, metavar="N")
    simulate.set_defaults(act=_simulate)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _create(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    now = acting.now()
    sequence = sequences.create(
        member,
        args.name,
        now,
        template=args.template,
        document=_read_file(args.file) if args.file else None,
        sender_id=senders.find(member, args.sender).pk if args.sender else None,
        delays=parse_delay(args.delays) if args.delays else None,
        active=args.activate,
    )
    shown = [f"Created sequence {sequence.pk}, {sequence.name!r}."]
    if args.activate:
        shown.append(
            "Published version 1; it is active. Enroll contacts: drumbeat enroll " + str(sequence.pk)
        )
    else:
        shown.append(f"It is a draft. Start it: drumbeat sequence activate {sequence.pk}")
    return Result({"id": sequence.pk}, shown)


def _read_file(path: Path) -> Any:
    from drumbeat.core.document import parse_text

    try:
        return parse_text(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise DomainError("document_invalid", f"{path} is not UTF-8 text.") from None


def _check(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    flow = _flow_of_target(member, args.target)
    problems = checking.problems_of(member, flow)
    errors = [problem for problem in problems if checking.is_error(problem)]
    rows = [(p.severity.value, p.step or p.path, p.code, p.message) for p in problems]
    shown = [table(("level", "step", "code", "what is wrong"), rows)] if rows else ["No problems."]
    data = [
        {"severity": p.severity, "step": p.step, "path": p.path, "code": p.code, "message": p.message}
        for p in problems
    ]
    return Result({"problems": data}, shown, ExitCode.REFUSED if errors else ExitCode.OK)


def _flow_of_target(member: Member, target: str) -> Flow:
    from drumbeat.core.document import read_document

    path = Path(target)
    if path.is_file():
        return read_document(_read_file(path))
    if not target.isdigit() and path.suffix:
        raise DomainError("file_unusable", f"There is no file {target}.")
    return sequences.draft_flow(sequences.find(member, target))


def _list(args: argparse.Namespace) -> Result:
    rows = (
        access.visible_to(acting.owner(args), SequenceRow)
        .select_related("current_version")
        .annotate(
            running=Count("enrollment", filter=~Q(enrollment__state="finished")),
            finished=Count("enrollment", filter=Q(enrollment__state="finished")),
        )
        .order_by("id")
    )
    data = [
        {
            "id": row.pk,
            "name": row.name,
            "status": row.status,
            "version": row.current_version.number if row.current_version else None,
            "enrollments": {"unfinished": row.running, "finished": row.finished},
        }
        for row in rows
    ]
    lines = [
        (d["id"], d["name"], d["status"], d["version"], row.running, row.finished)
        for d, row in zip(data, rows, strict=True)
    ]
    return Result(data, [table(("id#", "name", "status", "version#", "running#", "finished#"), lines)])


Change = Callable[[Member, int, datetime], SequenceRow]
_CHANGES: dict[str, tuple[Change, str]] = {
    "activate": (sequences.activate, "publish a draft's version 1 and start it, or start a paused one"),
    "pause": (sequences.pause, "let nothing be sent; nothing is lost"),
    "resume": (sequences.resume, "let a paused sequence go on"),
    "archive": (sequences.archive, "end it for good, with its enrollments"),
}


def _change(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    change, _ = _CHANGES[args.verb]
    sequence = change(member, sequences.find(member, args.sequence).pk, acting.now())
    return Result(
        {"id": sequence.pk, "status": sequence.status}, [f"{sequence.name!r} is {sequence.status}."]
    )


def _simulate(args: argparse.Namespace) -> Result:
    from drumbeat.actions import simulating

    member = acting.owner(args)
    sequence = sequences.find(member, args.sequence)
    came = simulating.rehearse(member, sequence.pk, args.contacts, acting.now())
    rows = [(volume.day, volume.sender, volume.sent) for volume in came.volumes]
    ends = ", ".join(f"{count} {reason}" for reason, count in sorted(came.ends.items()))
    shown: list[RenderableType] = [
        f"{came.contacts} contacts from now on, {came.sent} messages, over on {came.ends_at:%Y-%m-%d}.",
        table(("day", "sender", "messages#"), rows),
        f"Ends: {ends}.",
    ]
    if came.held:
        shown.append(
            "Held: " + ", ".join(f"{reason} {count} times" for reason, count in came.held.items()) + "."
        )
    return Result(asdict(came), shown)
