"""Where people put the nodes of a flow on the canvas."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0020_files_of_letters")]

    operations = [
        migrations.CreateModel(
            name="StepPosition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=63)),
                ("x", models.IntegerField()),
                ("y", models.IntegerField()),
                (
                    "sequence",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="drumbeat.sequence",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sequence", "step"), name="step_position_once")
                ],
            },
        ),
    ]
