"""`drumbeat task`: list, done, skip, snooze."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from drumbeat.actions import tasks
from drumbeat.actions.tasks import Settled
from drumbeat.cli import acting
from drumbeat.cli.result import ExitCode, Result, table
from drumbeat.core.delay import add_delay, parse_delay
from drumbeat.store.senders import UTC

MOST = 100
_NOTES = {
    "": "done",
    "task_settled": "it is done or skipped already",
    "not_found": "not in this workspace",
    "outcome_unknown": "a task of this kind has no such outcome",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="what is to do, what is due first")
    listing.add_argument(
        "--when",
        choices=["overdue", "today", "upcoming", "open", "done"],
        default="open",
        help="today includes what is overdue (default: %(default)s)",
    )
    listing.add_argument("--mine", action="store_true", help="those assigned to the acting member")
    listing.add_argument("--limit", type=int, default=MOST, metavar="N", help="default: %(default)s")
    listing.set_defaults(act=_list)
    done = verbs.add_parser("done", help="complete tasks; their enrollments go on")
    done.add_argument("ids", nargs="+", type=int, metavar="ID")
    done.add_argument(
        "--outcome", default="", metavar="WORD", help=f"of a call: {', '.join(tasks.CALL_OUTCOMES)}"
    )
    done.set_defaults(act=_done)
    skip = verbs.add_parser("skip", help="leave tasks undone; their enrollments go on")
    skip.add_argument("ids", nargs="+", type=int, metavar="ID")
    skip.set_defaults(act=_skip)
    snooze = verbs.add_parser("snooze", help="let a task be due later")
    snooze.add_argument("id", type=int, metavar="ID")
    snooze.add_argument("delay", metavar="DELAY", help="from now: a number and m, h, d, wd or w")
    snooze.set_defaults(act=_snooze)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _list(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    found = tasks.list_of(member, now, when=args.when, mine=args.mine)
    found = found.order_by("due_at", "id").select_related("contact", "assignee")[: args.limit]
    data = [
        {
            "id": task.pk,
            "kind": task.kind,
            "title": task.title,
            "contact": task.contact.email or task.contact.phone,
            "assignee": task.assignee.name if task.assignee else None,
            "due_at": task.due_at,
            "overdue": task.settled_at is None and task.due_at < now,
            "outcome": task.outcome,
        }
        for task in found
    ]
    rows = [
        (
            each["id"],
            each["title"],
            each["contact"],
            each["assignee"] or "",
            f"{each['due_at']:%Y-%m-%d %H:%M}",
            "overdue" if each["overdue"] else each["outcome"],
        )
        for each in data
    ]
    columns = ("id#", "task", "contact", "assignee", "due (UTC)", "note")
    return Result(data, [table(columns, rows) if rows else "No such task."])


def _done(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    answers = tasks.settle_many(
        member, args.ids, lambda id_: tasks.complete(member, id_, now, outcome=args.outcome)
    )
    return _told(answers, "done")


def _skip(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    return _told(tasks.settle_many(member, args.ids, lambda id_: tasks.skip(member, id_, now)), "skipped")


def _told(answers: list[Settled], word: str) -> Result:
    rows = [(one.id, word if not one.code else _NOTES.get(one.code, one.code), one.state) for one in answers]
    refused = any(one.code for one in answers)
    shown = table(("id#", "note", "enrollment"), rows)
    return Result([asdict(one) for one in answers], [shown], ExitCode.REFUSED if refused else ExitCode.OK)


def _snooze(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    until = add_delay(now, parse_delay(args.delay), UTC)
    task = tasks.snooze(member, args.id, until, now)
    return Result(
        {"id": task.pk, "due_at": task.due_at}, [f"Task {task.pk} is due {until:%Y-%m-%d %H:%M} UTC."]
    )
