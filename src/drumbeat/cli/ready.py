"""What must hold before a process starts to serve: a database set up safely and a schema of this release."""

from __future__ import annotations

from drumbeat.core.errors import DomainError


def require_ready() -> None:
    """Refuse with `not_migrated`, `database_unsafe` or `secret_changed`, each with what to do."""
    from django.core.checks import Tags, run_checks
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from drumbeat.store import installation

    try:
        # The other checks ask about code, which the tests have; they load every route, which takes seconds.
        found = run_checks(tags=[Tags.database], databases=["default"])
        faults = [str(message.msg) for message in found if message.is_serious()]
        if faults:
            raise DomainError("database_unsafe", " ".join(faults))
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise DomainError(
                "not_migrated", "The database is not up to date with this release. Run: drumbeat migrate"
            )
        installation.check_secret()
    finally:
        connection.close()  # this process may start others
