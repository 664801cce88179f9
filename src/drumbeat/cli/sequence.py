"""`drumbeat sequence`: create, check, list, activate, pause, resume, archive, simulate."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Count, Q

from drumbeat.actions import access, agents, senders, sequences
from drumbeat.actions.enrollments import moving
from drumbeat.actions.sequences import own_templates
from drumbeat.actions.sequences import settings as sequence_settings
from drumbeat.cli import (
    acting,
    sequence_files,
    sequence_locks,
    sequence_moves,
    sequence_shelf,
    sequence_simulate,
    sequence_starts,
    sequence_times,
)
from drumbeat.cli.result import Result, table
from drumbeat.core.delay import parse_delay
from drumbeat.core.document import parse_text
from drumbeat.core.errors import DomainError
from drumbeat.core.templates import TEMPLATES
from drumbeat.models import Member
from drumbeat.models import Sequence as SequenceRow


def arguments(parser: argparse.ArgumentParser) -> None:
    sequence_locks.add_option(parser)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    create = verbs.add_parser("create", help="create a draft, empty or from a template or file")
    create.add_argument("name")
    content = create.add_mutually_exclusive_group()
    content.add_argument("--template", metavar="NAME", help="see: drumbeat sequence templates")
    content.add_argument("--file", type=Path, metavar="FILE", help="a flow as JSON or YAML")
    create.add_argument("--sender", metavar="ADDRESS", help="who sends; without it the workspace's default")
    create.add_argument(
        "--delays", metavar="DELAY", help="replace every delay, for trying out: 0m, 2h, 3d, 1wd, 1w"
    )
    create.add_argument("--activate", action="store_true", help="publish version 1 and start")
    create.set_defaults(act=_create)
    sequence_files.add_verbs(verbs)
    sequence_moves.add_verbs(verbs)
    sequence_locks.add_verbs(verbs)
    sequence_shelf.add_verbs(verbs)
    sequence_starts.add_verbs(verbs)
    verbs.add_parser("list", help="show the sequences").set_defaults(act=_list)
    for name, (_, text) in _CHANGES.items():
        verb = verbs.add_parser(name, help=text)
        verb.add_argument("sequence", metavar="ID")
        verb.set_defaults(act=_change)
    publish = verbs.add_parser("publish", help="freeze the working copy as the next version")
    publish.add_argument("sequence", metavar="ID")
    publish.set_defaults(act=_publish)
    settings = verbs.add_parser("settings", help="show the live settings, or change one")
    settings.add_argument("sequence", metavar="ID")
    settings.add_argument("name", nargs="?")
    settings.add_argument(
        "value",
        nargs="?",
        help="a word, a number, true, false, none, or JSON; sender: an address, agent: a name",
    )
    settings.set_defaults(act=_settings)
    sequence_simulate.add_verb(verbs)
    sequence_times.add_verb(verbs)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _create(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    now = acting.now()
    rest: dict[str, Any] = {
        "sender_id": senders.find(member, args.sender).pk if args.sender else None,
        "delays": parse_delay(args.delays) if args.delays else None,
        "active": args.activate,
    }
    if args.template is not None and args.template not in TEMPLATES:
        kept = sequence_shelf.template(member, args.template)
        sequence = own_templates.begin(member, kept.pk, args.name, now, **rest)
    else:
        document = _read_file(args.file) if args.file else None
        sequence = sequences.create(member, args.name, now, template=args.template, document=document, **rest)
    shown = [f"Created sequence {sequence.pk}, {sequence.name!r}."]
    if args.activate:
        shown.append(
            "Published version 1; it is active. Enroll contacts: drumbeat enroll " + str(sequence.pk)
        )
    else:
        shown.append(f"It is a draft. Start it: drumbeat sequence activate {sequence.pk}")
    return Result({"id": sequence.pk}, shown)


def _read_file(path: Path) -> Any:
    """Return the document of a flow on its own, or the one in a sequence file."""
    read = parse_text(sequence_files.read_text(path))
    is_file = isinstance(read, dict) and isinstance(read.get("flow"), dict)
    return {"format": 1, **read["flow"]} if is_file else read


def _publish(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    sequence = sequence_locks.to_change(args, member)
    version = sequences.publish(member, sequence.pk, acting.now())
    others = moving.movable(sequence.pk, version.pk)
    shown = [f"Published version {version.number} of {sequence.name!r}; new enrollments use it."]
    if others:
        shown.append(
            f"{others} unfinished ones run through older versions. See: drumbeat sequence move {sequence.pk} --dry-run"
        )
    return Result({"id": sequence.pk, "version": version.number, "movable": others}, shown)


def _settings(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    sequence = sequences.find(member, args.sequence)
    if args.value is not None:
        sequence_locks.unlock(args, member, sequence.pk)
        name, value = _setting(member, args.name, args.value)
        changed = sequence_settings.change(member, sequence.pk, {name: value}, acting.now())
        said = [f"{c.setting} is {c.after} now; it was {c.before}." for c in changed.changes]
        return Result({args.name: value}, said or ["Nothing changed."])
    values = sequence_settings.values(sequence)
    if args.name is not None and args.name not in values:
        raise DomainError(
            "setting_invalid", f"There is no setting {args.name}. There are: {', '.join(values)}."
        )
    shown = {name: value for name, value in values.items() if args.name in (None, name)}
    effects = {name: sequence_settings.SETTINGS[name].effect.replace("_", " ") for name in shown}
    rows = [(name, "none" if value is None else value, effects[name]) for name, value in shown.items()]
    return Result(shown, [table(("setting", "value", "a change concerns"), rows)])


def _setting(member: Member, name: str, text: str) -> tuple[str, Any]:
    """Read a value as it is written on a command line."""
    if name == "agent":
        return "agent_id", None if text == "none" else agents.find(member, text).pk
    if name == "sender":
        return "sender_id", None if text == "none" else senders.find(member, text).pk
    try:
        return name, None if text == "none" else json.loads(text)
    except ValueError:
        return name, text


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
    sequence = change(member, sequence_locks.to_change(args, member).pk, acting.now())
    return Result(
        {"id": sequence.pk, "status": sequence.status}, [f"{sequence.name!r} is {sequence.status}."]
    )
