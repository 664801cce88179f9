"""`drumbeat file`: files that mails take along."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from drumbeat.actions import attachments
from drumbeat.cli import acting
from drumbeat.cli.result import Result, table
from drumbeat.models import Attachment


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    add = verbs.add_parser("add", help="keep a file, so that steps can take it along")
    add.add_argument("file", metavar="FILE")
    add.set_defaults(act=_add)
    verbs.add_parser("list", help="show the files").set_defaults(act=_list)
    remove = verbs.add_parser("remove", help="remove a file that no mail takes along")
    remove.add_argument("id", type=int)
    remove.set_defaults(act=_remove)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _add(args: argparse.Namespace) -> Result:
    path = Path(args.file)
    row = attachments.add(acting.owner(args), path.name, path.read_bytes(), acting.now())
    return Result(_data(row), [f"File {row.pk}: {row.name}, {row.content_type}, {row.size:,} bytes."])


def _list(args: argparse.Namespace) -> Result:
    found = list(attachments.listed(acting.owner(args)).order_by("-id"))
    rows = [(row.pk, row.name, row.content_type, row.size) for row in found]
    return Result([_data(row) for row in found], [table(("id#", "name", "type", "bytes"), rows)])


def _remove(args: argparse.Namespace) -> Result:
    attachments.remove(acting.owner(args), args.id, acting.now())
    return Result({"id": args.id}, [f"Removed file {args.id}."])


def _data(row: Attachment) -> dict[str, Any]:
    return {"id": row.pk, "name": row.name, "content_type": row.content_type, "size": row.size}
