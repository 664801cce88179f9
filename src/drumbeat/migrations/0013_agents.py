"""Agents, and who writes for a sequence."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0012_calls")]

    operations = [
        migrations.CreateModel(
            name="Agent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("persona", models.TextField(blank=True, default="")),
                ("tone", models.CharField(default="friendly", max_length=10)),
                ("language", models.CharField(blank=True, default="", max_length=10)),
                ("facts", models.JSONField(default=list)),
                ("banned", models.JSONField(default=list)),
                ("links", models.JSONField(default=list)),
                ("autonomy", models.CharField(default="assisted", max_length=10)),
                ("policies", models.JSONField(default=dict)),
                ("warm_up", models.PositiveIntegerField(default=0)),
                ("drafts_per_day", models.PositiveIntegerField(null=True)),
                ("cost_per_day", models.DecimalField(decimal_places=6, max_digits=12, null=True)),
                ("is_default", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="drumbeat.workspace"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "name"), name="agent_name_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("workspace",),
                        name="agent_one_default",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="sequence",
            name="agent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="sequences",
                to="drumbeat.agent",
            ),
        ),
    ]
