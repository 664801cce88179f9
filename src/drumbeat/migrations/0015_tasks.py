"""What people say of tasks: a note, tries, who wrote it, who settled it, who had it before."""

import django.db.models.deletion
from django.db import migrations, models


def _member(name):
    return migrations.AddField(
        model_name="task",
        name=name,
        field=models.ForeignKey(
            db_index=False,
            null=True,
            on_delete=django.db.models.deletion.SET_NULL,
            related_name="+",
            to="drumbeat.member",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0014_drafts")]

    operations = [
        _member("created_by"),
        _member("settled_by"),
        _member("escalated_from"),
        migrations.AddField(
            model_name="task",
            name="note",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="task",
            name="tries",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]
