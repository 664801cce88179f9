"""`drumbeat grant`: the accounts at providers that people connected in the web app."""

from __future__ import annotations

import argparse

from drumbeat.actions import grants
from drumbeat.actions.grants import providers
from drumbeat.cli import acting
from drumbeat.cli.result import Result, table
from drumbeat.models import Grant


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("list", help="show the connected accounts and how each stands").set_defaults(act=_list)
    remove = verbs.add_parser("remove", help="take the access back and forget it; what used it waits")
    remove.add_argument("grant", metavar="ADDRESS|ID")
    remove.set_defaults(act=_remove)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _list(args: argparse.Namespace) -> Result:
    rows = list(grants.rows_of(acting.owner(args)).order_by("id"))
    data = [
        {
            "id": row.pk,
            "provider": row.provider,
            "address": row.address,
            "state": row.state,
            "fault": row.fault,
            "scopes": row.scopes.split(),
            "connected_at": row.connected_at,
            "refreshed_at": row.refreshed_at,
            "senders": [each.address for each in row.senders.all()],
            "mailboxes": [each.address for each in row.mailboxes.all()],
        }
        for row in rows
    ]
    lines = [
        (row.pk, providers.name_of(row.provider), row.address, _used(row), row.connected_at, _state(row))
        for row in rows
    ]
    return Result(data, [table(("id#", "provider", "account", "used to", "connected", "state"), lines)])


def _used(row: Grant) -> str:
    uses = ("send", row.senders.all()), ("read", row.mailboxes.all())
    return ", ".join(word for word, users in uses if users) or "nothing"


def _state(row: Grant) -> str:
    if row.state == "revoked":
        return f"connect it again: {row.fault}"
    return f"{row.state}: {row.fault}" if row.fault else row.state


def _remove(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    grant = grants.find(member, args.grant)
    revoked = grants.remove(member, grant.pk, acting.now())
    there = (
        "" if revoked else f" {providers.name_of(grant.provider)} was not told: end it in the account too."
    )
    return Result(
        {"id": grant.pk, "revoked": revoked},
        [f"{grant.address} is connected no more; its tokens are forgotten.{there}"],
    )
