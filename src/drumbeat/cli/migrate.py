"""`drumbeat migrate`: the data folder, the tables, the first workspace. Running it again is safe."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from drumbeat.cli import acting
from drumbeat.cli.result import Result
from drumbeat.core.errors import DomainError

if TYPE_CHECKING:
    from django.db.migrations.executor import MigrationExecutor


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--time-zone", default="UTC", metavar="ZONE", help="of the first workspace, for example Europe/Berlin"
    )


def run(args: argparse.Namespace) -> Result:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from drumbeat.actions import workspaces
    from drumbeat.cli import web_links
    from drumbeat.store import tables

    executor = MigrationExecutor(connection)
    pending = _pending(executor)
    tables.bring_up_to_date()
    owner, created = workspaces.create_installation(acting.now(), time_zone=args.time_zone)
    claim = web_links.claim(acting.now())
    where = f"{connection.vendor} {connection.settings_dict['NAME']}"
    data = {
        "database": where,
        "migrations": pending,
        "workspace": {"id": owner.workspace_id, "name": owner.workspace.name, "created": created},
        "owner": {"id": owner.id, "email": owner.user.email},
        "claim_link": claim,
    }
    done = f"{pending} migrations applied" if pending else "nothing to migrate"
    shown = [f"Database: {where} ({done})."]
    if created:
        shown += [f"Created the workspace {owner.workspace.name!r} and its owner {owner.user.email}."]
    if claim:
        shown += [
            "",
            "Nobody owns it yet. While drumbeat serves, open this once and choose your password:",
            claim,
        ]
    shown += [
        "",
        "Next:",
        '  drumbeat sender add you@example.com --name "Your name" --smtp smtps://user:password@host:465',
        "  drumbeat contact import people.csv --list people",
        '  drumbeat sequence create "First hello" --template cold_outreach --activate',
        "  drumbeat serve",
    ]
    return Result(data, shown)


def _pending(executor: MigrationExecutor) -> int:
    """Return how many are to run. Raises DomainError `database_too_old` where some of those that are one today ran."""
    ran = {name for app, name in executor.loader.applied_migrations if app == "drumbeat"}
    for migration in executor.loader.disk_migrations.values():
        replaced = {name for app, name in migration.replaces if app == "drumbeat"}
        if replaced & ran and not replaced <= ran:
            raise DomainError(
                "database_too_old",
                "This database was made by a version before the first release, and cannot be brought up to date. "
                "Begin with a new one: name another folder in DRUMBEAT_DATA or another database.",
            )
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
