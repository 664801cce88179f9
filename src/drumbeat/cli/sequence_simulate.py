"""`drumbeat sequence simulate`: whom, how they behave, and what it shows: tables, JSON, a picture."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, TextColumn

from drumbeat.actions import contacts, lists, sequences
from drumbeat.cli import acting, sequence_files
from drumbeat.cli.result import Result, table
from drumbeat.core.document import parse_text
from drumbeat.core.errors import DomainError
from drumbeat.core.rehearsal import NOBODY_ANSWERS, USUAL, Rate, Script, read_script
from drumbeat.core.rehearsal.picture import Words, picture
from drumbeat.models import Member

MOST_DAYS_SHOWN = 90


def add_verb(verbs: Any) -> None:
    simulate = verbs.add_parser(
        "simulate", help="let people run through in virtual time; nothing is sent or written"
    )
    simulate.add_argument("sequence", metavar="ID")
    simulate.add_argument(
        "--version", metavar="N", help="a version's number, or draft; without it what new enrollments get"
    )
    who = simulate.add_mutually_exclusive_group()
    who.add_argument("--people", type=int, metavar="N", help="so many imagined people; 100 without a choice")
    who.add_argument("--list", metavar="NAME", help="everybody on this list")
    who.add_argument("--segment", metavar="NAME", help="everybody in this segment")
    who.add_argument("--contacts", type=Path, metavar="FILE", help="contacts by address or id, one a line")
    simulate.add_argument("--days", type=int, default=60, metavar="N", help="how long at most; 60")
    simulate.add_argument("--script", type=Path, metavar="FILE", help="how people behave, as YAML or JSON")
    simulate.add_argument(
        "--assume",
        action="append",
        default=[],
        metavar="EVENT=PERCENT",
        help="of a hundred messages so many bring this event, such as replied=5; or usual; repeatable",
    )
    simulate.add_argument("--seed", type=int, metavar="N", help="another number is another chance")
    simulate.add_argument("--picture", type=Path, metavar="FILE", help="draw it into an SVG file as well")
    simulate.set_defaults(act=_simulate)


def _simulate(args: argparse.Namespace) -> Result:
    from drumbeat.actions.sequences import simulating

    member = acting.owner(args)
    sequence = sequences.find(member, args.sequence)
    asked = simulating.Asked(
        version=_version(args.version), whom=_whom(member, args), days=args.days, script=_script(args)
    )
    with _bar(shown=not args.json) as told:
        came = simulating.simulate_for(member, sequence.pk, asked, acting.now(), told)
    data = came.to_json()
    shown = _shown(data)
    if args.picture is not None:
        words = Words(title=sequence.name, senders={each["id"]: each["address"] for each in data["senders"]})
        _write(args.picture, picture(came.report, words))
        shown.append(f"The picture is in {args.picture}.")
    return Result(data, shown)


def _version(text: str | None) -> int | str | None:
    if text is None or text == "draft":
        return text
    if not text.isdecimal():
        raise DomainError("simulation_invalid", f"{text!r} is no version. Write its number, or draft.")
    return int(text)


def _whom(member: Member, args: argparse.Namespace) -> Any:
    from drumbeat.actions.sequences.cast import Whom, segment_named

    if args.list:
        return Whom(list_id=lists.find(member, args.list).pk)
    if args.segment:
        return Whom(segment_id=segment_named(member, args.segment).pk)
    if args.contacts:
        return Whom(contact_ids=_contacts(member, args.contacts))
    return Whom(people=args.people)


def _contacts(member: Member, path: Path) -> list[int]:
    lines = [line.strip() for line in sequence_files.read_text(path).splitlines()]
    named = [line for line in lines if line and not line.startswith("#")]
    ids = [int(line) for line in named if line.isdecimal()]
    return ids + contacts.find_many(member, [line for line in named if not line.isdecimal()])


def _script(args: argparse.Namespace) -> Script:
    script = NOBODY_ANSWERS
    if args.script is not None:
        script = read_script(parse_text(sequence_files.read_text(args.script)))
    for text in args.assume:
        script = _assume(script, text)
    return script if args.seed is None else replace(script, seed=read_script({"seed": args.seed}).seed)


def _assume(script: Script, text: str) -> Script:
    if text == "usual":
        return replace(script, rates=(*script.rates, *USUAL.rates), tasks=USUAL.tasks)
    event, _, percent = text.partition("=")
    try:
        read = read_script({"rates": [{"event": event, "percent": float(percent)}]})
    except ValueError:
        raise DomainError(
            "script_invalid", f"{text!r} cannot be read. Write EVENT=PERCENT, such as replied=5, or usual."
        ) from None
    kept = tuple(rate for rate in script.rates if rate.step or rate.event != event)
    return replace(script, rates=(*kept, Rate(event=event, percent=read.rates[0].percent)))


@contextmanager
def _bar(*, shown: bool) -> Iterator[Callable[[float], None]]:
    """Show on a terminal how much of the time has passed."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    shown = shown and console.is_terminal
    with Progress(*columns, console=console, disable=not shown, transient=True) as bar:
        task = bar.add_task("simulating", total=1.0)
        yield lambda share: bar.update(task, completed=share)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise DomainError("file_unwritable", f"{path} cannot be written: {fault.strerror}.") from None


def _left_out(count: int) -> list[RenderableType]:
    return [f"{count} more do not begin: enough people of their companies do."] if count else []


def _shown(data: dict[str, Any]) -> list[RenderableType]:
    version = data["sequence"]["version"]
    of = "the working copy" if version is None else f"version {version}"
    who = f"{data['people']} imagined people" if data["of"] == "imagined" else f"{data['people']} contacts"
    shown: list[RenderableType] = [
        f"{who}, {of}, {data['days']} days: {data['messages']} messages{_when(data)}.",
        *_left_out(data["left_out"]),
        *_volumes(data),
        *_waits(data),
        table(("step", "came#", "done#", "skipped#", "failed#", "there at the end#", "ways"), _steps(data)),
        table(("in the end", "reason", "people#"), _ends(data)),
    ]
    return shown


def _when(data: dict[str, Any]) -> str:
    if data["first_send_at"] is None:
        return ""
    zone = ZoneInfo(data["zone"])
    first, last = (
        datetime.fromisoformat(data[name]).astimezone(zone) for name in ("first_send_at", "last_send_at")
    )
    return f", the first on {first:%Y-%m-%d %H:%M}, the last on {last:%Y-%m-%d %H:%M} ({zone.key})"


def _volumes(data: dict[str, Any]) -> list[RenderableType]:
    names = {each["id"]: each for each in data["senders"]}
    rows = [
        (
            each["day"],
            names[each["sender_id"]]["address"],
            each["sent"],
            "no cap" if each["cap"] is None else each["cap"],
            each["waiting"] or "",
            names[each["sender_id"]]["zone"],
        )
        for each in data["volumes"]
    ]
    if not rows:
        return []
    head = ("day", "sender", "messages#", "at most#", "wait at its end#", "day of")
    drawn: list[RenderableType] = [table(head, rows[:MOST_DAYS_SHOWN])]
    if len(rows) > MOST_DAYS_SHOWN:
        drawn.append(f"… and {len(rows) - MOST_DAYS_SHOWN} more lines; --json has them all.")
    return drawn


_REASONS = {
    "cap_day": "the cap of a day",
    "cap_hour": "the cap of an hour",
    "cap_minute": "the cap of a minute",
    "spacing": "the time between two messages",
    "retry": "the far side asked for another try",
    "hold": "a window, an absence or a sender that is away",
}


def _waits(data: dict[str, Any]) -> list[RenderableType]:
    counts: Counter[tuple[int, str]] = Counter()
    longest: dict[tuple[int, str], int] = {}
    for each in data["waits"]:
        key = each["sender_id"], each["reason"]
        counts[key] += each["messages"]
        longest[key] = max(longest.get(key, 0), each["longest_minutes"])
    names = {each["id"]: each["address"] for each in data["senders"]}
    return [
        f"{count} messages of {names[sender]} wait for {_REASONS[reason]}, up to {_long(longest[sender, reason])}."
        for (sender, reason), count in counts.most_common()
    ]


def _long(minutes: int) -> str:
    for size, word in ((1440, "days"), (60, "hours")):
        if minutes >= 2 * size:
            return f"{round(minutes / size)} {word}"
    return f"{minutes} minutes"


def _steps(data: dict[str, Any]) -> Sequence[Sequence[object]]:
    return [
        (
            step["name"] or step["key"],
            step["entered"],
            step["done"],
            _reasons(step["skipped"]),
            _reasons(step["failed"]),
            step["standing"] or "",
            _reasons(step["ways"]),
        )
        for step in data["steps"]
    ]


def _reasons(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {reason}" for reason, count in counts.items())


def _ends(data: dict[str, Any]) -> Sequence[Sequence[object]]:
    return [(end["state"], end["reason"], end["people"]) for end in data["ends"]]
