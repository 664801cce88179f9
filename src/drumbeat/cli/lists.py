"""`drumbeat list`: the contact lists and how many are on each."""

from __future__ import annotations

import argparse

from django.db.models import Count

from drumbeat.actions import access
from drumbeat.cli import acting
from drumbeat.cli.result import Result, table
from drumbeat.models import ContactList


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(args: argparse.Namespace) -> Result:
    rows = (
        access.visible_to(acting.owner(args), ContactList)
        .annotate(contacts=Count("entries"))
        .order_by("name")
    )
    data = [{"id": row.pk, "name": row.name, "contacts": row.contacts} for row in rows]
    lines = [(row.pk, row.name, row.contacts) for row in rows]
    return Result(data, [table(("id#", "name", "contacts#"), lines)])
