"""`drumbeat segment`: conditions saved under a name; who is in one is asked anew each time."""

from __future__ import annotations

import argparse

from drumbeat.actions import segments
from drumbeat.cli import acting, conditions
from drumbeat.cli.result import Result, table


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="list the segments and how many contacts are in each now")
    listing.set_defaults(act=_list)
    save = verbs.add_parser("save", help="save a condition under a name, in place of the one it had")
    save.add_argument("name")
    save.add_argument("--where", required=True, metavar="FILE|JSON", help=conditions.WHERE)
    save.set_defaults(act=_save)
    remove = verbs.add_parser("delete", help="delete a segment; the contacts in it stay")
    remove.add_argument("name", help="name or id")
    remove.set_defaults(act=_delete)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _list(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    data = []
    for row in segments.listed(member).order_by("name", "id"):
        count, is_more = segments.count(member, row.pk, now)
        data.append({"id": row.pk, "name": row.name, "contacts": count, "is_more": is_more})
    lines = [(row["id"], row["name"], f"{'over ' * bool(row['is_more'])}{row['contacts']}") for row in data]
    return Result(data, [table(("id#", "name", "contacts#"), lines)])


def _save(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    condition = conditions.read(args.where)
    known = segments.listed(member).filter(name=args.name).first()
    if known is None:
        row = segments.create(member, args.name, condition, now)
    else:
        row = segments.change(member, known.pk, now, data=condition)
    count, is_more = segments.count(member, row.pk, now)
    shown = f"Saved segment {row.pk}, {row.name}; {'over ' * is_more}{count} contacts are in it now."
    return Result({"id": row.pk, "contacts": count, "is_more": is_more}, [shown])


def _delete(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    row = segments.find(member, args.name)
    segments.delete(member, row.pk, acting.now())
    return Result({"deleted": row.name}, [f"Deleted segment {row.name}."])
