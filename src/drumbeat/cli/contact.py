"""`drumbeat contact`: add, import and count contacts, log what happened to them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from drumbeat.actions import conditions as condition_verbs
from drumbeat.actions import contacts, imports, sequences
from drumbeat.actions.contacts import creating
from drumbeat.actions.enrollments import newcomers
from drumbeat.cli import acting, conditions, contact_merge
from drumbeat.cli.result import Result
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.models import ContactImport, Member
from drumbeat.store.contacts import COLUMNS, OnDuplicate
from drumbeat.store.jobs import Progress as JobProgress

EVENTS = ("call_logged", "meeting_booked", "meeting_cancelled", "converted", "custom")
_OPTIONS = tuple(name for name in COLUMNS if not name.startswith("email") and name != "phone_normal")

_BEGINS = "where those begin who are new; without it in the default sequence"


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    add = verbs.add_parser("add", help="add one contact")
    add.add_argument("email")
    for name in _OPTIONS:
        add.add_argument(f"--{name.replace('_', '-')}", default="", metavar="TEXT")
    add.add_argument(
        "--field", action="append", default=[], metavar="KEY=VALUE", help="a custom field; repeatable"
    )
    add.add_argument("--list", metavar="NAME", help="put it on this list")
    add.add_argument("--sequence", metavar="NAME|ID|none", help=_BEGINS)
    add.set_defaults(act=_add)
    read = verbs.add_parser("import", help="import a CSV file")
    read.add_argument(
        "file", type=Path, help="with a header line; columns that are not known become custom fields"
    )
    read.add_argument("--list", metavar="NAME", help="put everybody on this list")
    read.add_argument(
        "--on-duplicate",
        choices=[mode.value for mode in OnDuplicate],
        default=OnDuplicate.FILL.value,
        help="of a contact that is known: fill its gaps (default), replace its values, or skip the row",
    )
    read.add_argument("--sequence", metavar="NAME|ID|none", help=_BEGINS)
    read.set_defaults(act=_import)
    count = verbs.add_parser("count", help="count the contacts for which a condition holds now")
    count.add_argument("--where", metavar="FILE|JSON", help=f"{conditions.WHERE}; all without it")
    count.set_defaults(act=_count)
    event = verbs.add_parser("event", help="log what happened to a contact outside of drumbeat")
    event.add_argument("email")
    event.add_argument("kind", choices=EVENTS)
    event.add_argument("--name", default="", help="of a custom event: what it is called")
    event.set_defaults(act=_event)
    many = verbs.add_parser("events", help="log what happened to many, from a CSV file")
    many.add_argument(
        "file", type=Path, help="columns kind, email; also occurred_at, external_id, note, name"
    )
    many.set_defaults(act=_events)
    contact_merge.add_verbs(verbs)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _add(args: argparse.Namespace) -> Result:
    values = {"email": args.email} | {name: getattr(args, name) for name in _OPTIONS}
    custom = dict(pair.partition("=")[::2] for pair in args.field)
    member = acting.owner(args)
    begins = _sequence(member, args.sequence)
    contact = creating.create(
        member, values, acting.now(), custom=custom, list_name=args.list, sequence_id=begins
    )
    return Result({"id": contact.pk}, [f"Added contact {contact.pk}, {contact.email}."])


def _sequence(member: Member, named: str | None) -> int | None:
    """Return where new contacts begin: what was named, "none", or the default sequence."""
    if named is None:
        return newcomers.DEFAULT
    return None if named == "none" else sequences.find(member, named).pk


def _import(args: argparse.Namespace) -> Result:
    from drumbeat.engine import jobs

    member = acting.owner(args)
    mode = OnDuplicate(args.on_duplicate)
    begins = _sequence(member, args.sequence)
    job_id = imports.start(
        member, args.file, acting.now(), list_name=args.list, on_duplicate=mode, sequence_id=begins
    )
    with _bar(args.file.name, shown=sys.stderr.isatty() and not args.json) as told:
        last = jobs.run_to_end(job_id, SystemClock(), told)
    known = "skipped" if mode is OnDuplicate.SKIP else "updated"
    shown_counts = ("created", known, "refused", "enrolled")
    counts = {name: last.result[name] for name in shown_counts if name in last.result}
    shown = [f"{', '.join(f'{count} {name}' for name, count in counts.items())}."]
    if not counts["refused"]:
        return Result(counts, shown)
    refused_file = _refused_file(args.file)
    imports.write_refused(ContactImport.objects.get(job_id=job_id), refused_file)
    shown.append(f"The refused rows, each with its line and reason: {refused_file}")
    return Result(counts | {"refused_file": str(refused_file)}, shown)


def _refused_file(path: Path) -> Path:
    """Return where refused rows go: beside the file, or in the data folder where that cannot be written."""
    folder, name = path.resolve().parent, f"{path.stem}.refused.csv"
    if os.access(folder, os.W_OK):
        return folder / name
    otherwise = settings.ENVIRONMENT.data.resolve() / "imports"
    otherwise.mkdir(parents=True, exist_ok=True)
    return otherwise / name


@contextmanager
def _bar(name: str, *, shown: bool) -> Iterator[Callable[[JobProgress], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not shown, transient=True) as bar:
        task = bar.add_task(name)
        yield lambda progress: bar.update(task, completed=progress.done, total=progress.total)


def _count(args: argparse.Namespace) -> Result:
    condition = conditions.read(args.where) if args.where is not None else {}
    found = condition_verbs.count(acting.owner(args), condition, acting.now())
    return Result({"contacts": found}, [f"{found} contacts."])


def _event(args: argparse.Namespace) -> Result:
    from drumbeat.actions import events

    member = acting.owner(args)
    contact = contacts.find(member, args.email)
    logged = events.log_event(member, contact, args.kind, acting.now(), source="cli", name=args.name)
    shown = f"Logged {args.kind} for {contact.email}; {logged.woken} enrollments look at it now."
    return Result({"counted": logged.counted, "woken": logged.woken}, [shown])


def _events(args: argparse.Namespace) -> Result:
    from drumbeat.actions import event_files

    try:
        data = args.file.read_bytes()
    except OSError as fault:
        raise DomainError("file_unusable", f"{args.file} cannot be read: {fault.strerror}.") from None
    loaded = event_files.load(acting.owner(args), data, acting.now())
    shown = [f"{loaded.counted} logged, {loaded.again} known already, {len(loaded.refused)} refused."]
    shown += [f"Line {row.line}: {row.reason}" for row in loaded.refused[:20]]
    refused = [{"line": row.line, "reason": row.reason} for row in loaded.refused]
    return Result({"counted": loaded.counted, "again": loaded.again, "refused": refused}, shown)
