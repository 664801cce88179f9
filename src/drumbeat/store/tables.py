"""The tables of an installation: made at once in an empty database, migrated in any other."""

from __future__ import annotations

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def bring_up_to_date() -> None:
    """Create or migrate all tables.

    To run each migration on nothing takes many times as long as to make what they lead to: a test holds that both
    ways lead to the same tables.
    """
    if _has_tables() or not _made_at_once():
        call_command("migrate", verbosity=0, interactive=False)


def _has_tables() -> bool:
    return bool(connection.introspection.table_names())


def _made_at_once() -> bool:
    """Make all tables in one transaction; False where another process was faster."""
    with connection.schema_editor() as editor:
        if _has_tables():
            return False
        for model in apps.get_models():
            editor.create_model(model)
        editor.create_model(MigrationRecorder.Migration)
        record_as_run()
    return True


def record_as_run() -> None:
    """Write down that every migration ran, those that others replace as well."""
    known = MigrationLoader(connection).disk_migrations
    names = {*known, *(replaced for migration in known.values() for replaced in migration.replaces)}
    rows = [MigrationRecorder.Migration(app=app, name=name) for app, name in sorted(names)]
    MigrationRecorder.Migration.objects.bulk_create(rows)
