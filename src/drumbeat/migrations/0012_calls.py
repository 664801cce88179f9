"""Phone calls, and the numbers that people are put through to."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drumbeat", "0011_numbers"),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="phone",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="drumbeat.workspace"
                    ),
                ),
                (
                    "touch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calls", to="drumbeat.touch"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calls",
                        to="drumbeat.contact",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("sid", models.CharField(blank=True, default="", max_length=40)),
                ("script", models.TextField(blank=True, default="")),
                ("language", models.CharField(blank=True, default="", max_length=20)),
                ("voice", models.CharField(blank=True, default="", max_length=80)),
                ("on_human", models.CharField(max_length=10)),
                ("on_machine", models.CharField(max_length=10)),
                ("connect_to", models.CharField(blank=True, default="", max_length=40)),
                ("connect_as", models.CharField(blank=True, default="", max_length=40)),
                ("retries", models.PositiveSmallIntegerField()),
                ("apart_seconds", models.PositiveIntegerField()),
                ("state", models.CharField(default="queued", max_length=12)),
                ("answered_by", models.CharField(blank=True, default="", max_length=20)),
                ("deed", models.CharField(blank=True, default="", max_length=10)),
                ("deed_at", models.DateTimeField(null=True)),
                ("was_told", models.BooleanField(null=True)),
                ("was_stopped", models.BooleanField(default=False)),
                ("seconds", models.PositiveIntegerField(default=0)),
                ("outcome", models.CharField(blank=True, default="", max_length=20)),
                ("placed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("look_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", True)), fields=["look_at"], name="call_live"
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["contact", "id"], name="call_of_contact"),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(fields=("touch", "number"), name="call_once"),
        ),
    ]
