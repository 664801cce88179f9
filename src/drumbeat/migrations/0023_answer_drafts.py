"""What agents would answer to what contacts wrote."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0022_media_of_texts")]

    operations = [
        migrations.CreateModel(
            name="AnswerDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("wanted", "Wanted"), ("waiting", "Waiting"), ("done", "Done")],
                        default="wanted",
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sent", "Sent"),
                            ("changed", "Changed"),
                            ("discarded", "Discarded"),
                            ("answered", "Answered"),
                            ("newer", "Newer"),
                            ("withdrawn", "Withdrawn"),
                            ("not_written", "Not Written"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(blank=True, default="")),
                ("concerns", models.JSONField(default=list)),
                ("risk", models.CharField(blank=True, default="", max_length=4)),
                ("because", models.CharField(blank=True, default="", max_length=20)),
                ("note", models.TextField(blank=True, default="")),
                ("model", models.CharField(blank=True, default="", max_length=100)),
                ("prompt", models.TextField(blank=True, default="")),
                ("said", models.TextField(blank=True, default="")),
                ("asked_at", models.DateTimeField()),
                ("not_before", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("fault", models.TextField(blank=True, default="")),
                ("lease_token", models.CharField(blank=True, default="", max_length=60)),
                ("lease_until", models.DateTimeField(null=True)),
                ("written_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "agent",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="drumbeat.agent",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answer_drafts",
                        to="drumbeat.contact",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="drumbeat.member",
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="drumbeat.message"
                    ),
                ),
                (
                    "touch",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="drumbeat.touch",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="drumbeat.workspace"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "wanted")),
                        fields=["not_before", "id"],
                        name="answer_wanted",
                    ),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["workspace", "written_at", "id"],
                        name="answer_waiting",
                    ),
                ],
            },
        ),
    ]
