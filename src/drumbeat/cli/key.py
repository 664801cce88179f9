"""`drumbeat key`: bearer keys by which programs use the API."""

from __future__ import annotations

import argparse
from datetime import timedelta

from drumbeat.actions.members import keys
from drumbeat.cli import acting
from drumbeat.cli.result import Result, table


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    create = verbs.add_parser("create", help="make a key; its text is shown this once")
    create.add_argument("name", help="what the key is for")
    create.add_argument("--role", default="", help="a role that narrows the key; default: the owner's")
    create.add_argument(
        "--right",
        action="append",
        default=[],
        metavar="RIGHT",
        help="one right of the role; repeat it for more",
    )
    create.add_argument(
        "--days", type=int, metavar="N", help="how long it works; default: until it is revoked"
    )
    create.set_defaults(act=_create)
    verbs.add_parser("list", help="show the keys").set_defaults(act=_list)
    revoke = verbs.add_parser("revoke", help="let a key act no more")
    revoke.add_argument("id", type=int, help="its number in the list")
    revoke.set_defaults(act=_revoke)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _create(args: argparse.Namespace) -> Result:
    now = acting.now()
    expires_at = None if args.days is None else now + timedelta(days=args.days)
    owner = acting.owner(args)
    _, text = keys.create(owner, args.name, now, role=args.role, rights=args.right, expires_at=expires_at)
    return Result({"key": text}, [text, "", "Keep it now: only its hash is stored."])


def _list(args: argparse.Namespace) -> Result:
    found = keys.all_of(acting.owner(args)).order_by("id")
    data = [
        {
            "id": key.pk,
            "name": key.name,
            "prefix": key.prefix,
            "role": key.role,
            "rights": key.rights,
            "expires_at": key.expires_at,
            "revoked_at": key.revoked_at,
            "last_used_at": key.last_used_at,
        }
        for key in found
    ]
    columns = ("id", "name", "prefix", "role", "expires_at", "revoked_at", "last_used_at")
    return Result(data, [table(columns, [[row[column] for column in columns] for row in data])])


def _revoke(args: argparse.Namespace) -> Result:
    key = keys.revoke(acting.owner(args), args.id, acting.now())
    return Result({"id": key.pk, "revoked_at": key.revoked_at}, [f"The key {key.name!r} acts no more."])
