"""Keep each suppression of the whole installation once: in the constraint so far no NULL equalled another."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Min

_ALIKE = ("channel", "hash", "reason", "scope")


def keep_the_first(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("drumbeat", "Suppression").objects.filter(workspace=None, lifted_at=None)
    first = rows.order_by().values(*_ALIKE).annotate(first=Min("id")).values("first")
    rows.exclude(id__in=first).delete()


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0001_tables")]

    operations = [
        migrations.RunPython(keep_the_first, migrations.RunPython.noop),
        migrations.AddConstraint(
            "suppression",
            models.UniqueConstraint(
                fields=_ALIKE,
                condition=models.Q(lifted_at__isnull=True, workspace__isnull=True),
                name="suppression_everywhere_once",
            ),
        ),
    ]
