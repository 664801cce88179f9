"""Domains of senders: the keys that sign for them, and how their DNS stood."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drumbeat", "0004_mailboxes"),
    ]

    operations = [
        migrations.CreateModel(
            name="SendingDomain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("domain", models.CharField(max_length=255)),
                ("selector", models.CharField(blank=True, default="", max_length=63)),
                ("key_encrypted", models.BinaryField(null=True)),
                ("signs", models.BooleanField(default=False)),
                ("found", models.JSONField(default=list)),
                ("checked_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="drumbeat.workspace"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "domain"), name="sending_domain_once")
                ],
            },
        ),
    ]
