"""`drumbeat task`: list, add, done, skip, again, snooze, assign, take-back."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from drumbeat.actions import contacts, tasks
from drumbeat.actions.members import sign_in
from drumbeat.actions.tasks import Settled
from drumbeat.cli import acting
from drumbeat.cli.result import ExitCode, Result, table
from drumbeat.core.delay import add_delay, parse_delay
from drumbeat.models import Task
from drumbeat.store.senders import UTC

MOST = 100
DELAY = "from now: a number and m, h, d, wd or w"
NOBODY = "nobody"
_NOTES = {
    "": "done",
    "task_settled": "it is done or skipped already",
    "not_found": "not in this workspace",
    "outcome_unknown": "a task of this kind has no such outcome",
    "task_followed": "what follows from it has happened",
    "task_untouched": "nothing was said of it",
    "assignee_cannot_see": "they see their own contacts only",
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
    listing.add_argument("--assignee", metavar="ADDRESS", help="those assigned to this member")
    listing.add_argument("--limit", type=int, default=MOST, metavar="N", help="default: %(default)s")
    listing.set_defaults(act=_list)
    _adding(verbs.add_parser("add", help="write a to-do for a contact"))
    done = verbs.add_parser("done", help="complete tasks; their enrollments go on")
    done.add_argument("ids", nargs="+", type=int, metavar="ID")
    done.add_argument(
        "--outcome", default="", metavar="WORD", help=f"of a call: {', '.join(tasks.CALL_OUTCOMES)}"
    )
    _noting(done)
    done.set_defaults(act=_done)
    skip = verbs.add_parser("skip", help="leave tasks undone; their enrollments go on")
    skip.add_argument("ids", nargs="+", type=int, metavar="ID")
    _noting(skip)
    skip.set_defaults(act=_skip)
    _putting_off(verbs.add_parser("snooze", help="let a task be due later"))
    _trying_again(verbs.add_parser("again", help="count a call that reached nobody; it is due again later"))
    assign = verbs.add_parser("assign", help="hand tasks on")
    assign.add_argument("member", metavar="ADDRESS|nobody")
    assign.add_argument("ids", nargs="+", type=int, metavar="ID")
    assign.set_defaults(act=_assign)
    back = verbs.add_parser("take-back", help="open tasks again that were done by mistake")
    back.add_argument("ids", nargs="+", type=int, metavar="ID")
    back.set_defaults(act=_take_back)


def _putting_off(snooze: argparse.ArgumentParser) -> None:
    snooze.add_argument("id", type=int, metavar="ID")
    snooze.add_argument("delay", metavar="DELAY", help=DELAY)
    _noting(snooze)
    snooze.set_defaults(act=_snooze)


def _trying_again(again: argparse.ArgumentParser) -> None:
    again.add_argument("id", type=int, metavar="ID")
    again.add_argument("delay", metavar="DELAY", help=DELAY)
    again.add_argument("--outcome", choices=tasks.AGAIN_OUTCOMES, default="no_answer")
    _noting(again)
    again.set_defaults(act=_again)


def _noting(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--note", metavar="TEXT", help="what else there is to say; shown on the timeline")


def _adding(add: argparse.ArgumentParser) -> None:
    add.add_argument("email", help="of the contact")
    add.add_argument("title", help="what is to do")
    add.add_argument("--text", default="", help="more about it")
    add.add_argument("--call", action="store_true", help="it is a call")
    add.add_argument("--due", metavar="DELAY", help=f"{DELAY}; now without it")
    add.add_argument("--assignee", metavar="ADDRESS", help="who does it; the acting member without it")
    add.set_defaults(act=_add)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _list(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    whose = sign_in.member_called(member, args.assignee).pk if args.assignee else None
    found = tasks.list_of(member, now, when=args.when, mine=args.mine, assignee_id=whose)
    order = ("-settled_at", "-id") if args.when == "done" else ("due_at", "id")
    found = found.order_by(*order).select_related("contact", "assignee")[: args.limit]
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
            "note": task.note,
            "tries": task.tries,
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
    answers = tasks.each(
        member, args.ids, lambda id_: tasks.complete(member, id_, now, outcome=args.outcome, note=args.note)
    )
    return _told(answers, "done")


def _skip(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    skipped = tasks.each(member, args.ids, lambda id_: tasks.skip(member, id_, now, note=args.note))
    return _told(skipped, "skipped")


def _told(answers: list[Settled], word: str) -> Result:
    rows = [(one.id, word if not one.code else _NOTES.get(one.code, one.code), one.state) for one in answers]
    refused = any(one.code for one in answers)
    shown = table(("id#", "note", "enrollment"), rows)
    return Result([asdict(one) for one in answers], [shown], ExitCode.REFUSED if refused else ExitCode.OK)


def _assign(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    to = None if args.member == NOBODY else sign_in.member_called(member, args.member).pk
    return _told(tasks.each(member, args.ids, lambda id_: tasks.reassign(member, id_, to)), "handed on")


def _take_back(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    return _told(tasks.each(member, args.ids, lambda id_: tasks.take_back(member, id_)), "open again")


def _add(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    contact = contacts.find(member, args.email)
    task = tasks.create(
        member,
        contact.pk,
        args.title,
        now,
        kind="call" if args.call else "to_do",
        text=args.text,
        due_at=add_delay(now, parse_delay(args.due), UTC) if args.due else None,
        assignee_id=sign_in.member_called(member, args.assignee).pk if args.assignee else None,
    )
    return _due(task)


def _again(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    until = add_delay(now, parse_delay(args.delay), UTC)
    return _due(tasks.try_again(member, args.id, args.outcome, until, now, note=args.note))


def _snooze(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    until = add_delay(now, parse_delay(args.delay), UTC)
    return _due(tasks.snooze(member, args.id, until, now, note=args.note))


def _due(task: Task) -> Result:
    said = f"Task {task.pk} is due {task.due_at:%Y-%m-%d %H:%M} UTC."
    return Result({"id": task.pk, "due_at": task.due_at}, [said])
