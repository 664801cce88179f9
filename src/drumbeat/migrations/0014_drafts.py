"""What agents write, and after how many days it is written anew."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0013_agents")]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="draft_days",
            field=models.PositiveIntegerField(db_default=7, default=7),
        ),
        migrations.CreateModel(
            name="Draft",
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
                ("subject", models.TextField(blank=True, default="")),
                ("text", models.TextField(blank=True, default="")),
                ("original_subject", models.TextField(blank=True, default="")),
                ("original_text", models.TextField(blank=True, default="")),
                ("concerns", models.JSONField(default=list)),
                ("risk", models.CharField(blank=True, default="", max_length=4)),
                ("facts", models.JSONField(default=list)),
                ("because", models.CharField(blank=True, default="", max_length=20)),
                ("is_fallback", models.BooleanField(default=False)),
                ("note", models.TextField(blank=True, default="")),
                ("model", models.CharField(blank=True, default="", max_length=100)),
                ("fingerprint", models.CharField(blank=True, default="", max_length=64)),
                ("renewals", models.PositiveSmallIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("not_before", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("fault", models.TextField(blank=True, default="")),
                ("lease_token", models.CharField(blank=True, default="", max_length=60)),
                ("lease_until", models.DateTimeField(null=True)),
                ("written_at", models.DateTimeField(null=True)),
                ("waits_since", models.DateTimeField(null=True)),
                ("checked_at", models.DateTimeField(null=True)),
                ("decision", models.CharField(blank=True, default="", max_length=10)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "agent",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="drafts",
                        to="drumbeat.agent",
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
                    "touch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft",
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
                        name="draft_wanted",
                    ),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["workspace", "waits_since", "id"],
                        name="draft_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["checked_at", "id"],
                        name="draft_checked",
                    ),
                    models.Index(
                        condition=models.Q(("decided_at__isnull", False)),
                        fields=["workspace", "-decided_at", "-id"],
                        name="draft_decided",
                    ),
                    models.Index(
                        condition=models.Q(("decision__in", ("approved", "edited"))),
                        fields=["agent"],
                        name="draft_by_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Writing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("model", models.CharField(blank=True, default="", max_length=100)),
                ("prompt", models.TextField(blank=True, default="")),
                ("said", models.TextField(blank=True, default="")),
                ("tokens_in", models.PositiveIntegerField(default=0)),
                ("tokens_out", models.PositiveIntegerField(default=0)),
                ("cost", models.DecimalField(decimal_places=6, max_digits=12, null=True)),
                ("fault", models.TextField(blank=True, default="")),
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
                    "draft",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="writings",
                        to="drumbeat.draft",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="drumbeat.workspace"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["agent", "at"], name="writing_of_agent")]},
        ),
    ]
