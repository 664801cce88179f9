"""What starts and stops sequences by itself, when they rest, who is written to how often."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget_what_was(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What happened before anything listened starts nothing."""
    unread = apps.get_model("drumbeat", "Event").objects.filter(triggered_at=None)
    unread.update(triggered_at=models.F("received_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("drumbeat", "0002_suppression_everywhere_once"),
    ]

    operations = [
        migrations.RunPython(forget_what_was, migrations.RunPython.noop),
        migrations.CreateModel(
            name="ConditionSeen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("condition", models.CharField(max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name="Hook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("token", models.CharField(max_length=64, unique=True)),
                ("secret_encrypted", models.BinaryField()),
                ("event", models.CharField(max_length=40)),
                ("creates_contacts", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(null=True)),
                ("disabled_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Listener",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("purpose", models.CharField(max_length=5)),
                ("kind", models.CharField(max_length=40)),
                ("name", models.CharField(blank=True, default="", max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="TriggerMatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(blank=True, default="", max_length=40)),
                ("entry", models.SmallIntegerField()),
                ("answer", models.CharField(max_length=30)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="senderprofile",
            name="warm_up",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="senderprofile",
            name="warm_up_started_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sequence",
            name="auto_enroll",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="sequence",
            name="company_limit",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="sequence",
            name="enroll_at_activation",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="sequence",
            name="enrollment_criteria",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="sequence",
            name="exit_on_company_reply",
            field=models.CharField(
                choices=[("off", "Off"), ("pause", "Pause"), ("finish", "Finish")],
                db_default="off",
                default="off",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="sequence",
            name="holidays",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="sequence",
            name="is_default",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="sequence",
            name="stop_when",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="sequence",
            name="swept_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sequence",
            name="triggers",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="workspace",
            name="frequency_cap",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="workspace",
            name="frequency_cap_days",
            field=models.PositiveIntegerField(db_default=7, default=7),
        ),
        migrations.AddField(
            model_name="workspace",
            name="won_stages",
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddConstraint(
            model_name="sequence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_default", True)), fields=("workspace",), name="sequence_one_default"
            ),
        ),
        migrations.AddField(
            model_name="conditionseen",
            name="contact",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="drumbeat.contact"),
        ),
        migrations.AddField(
            model_name="conditionseen",
            name="sequence",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, to="drumbeat.sequence"
            ),
        ),
        migrations.AddField(
            model_name="hook",
            name="workspace",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="drumbeat.workspace"),
        ),
        migrations.AddField(
            model_name="listener",
            name="sequence",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="listeners", to="drumbeat.sequence"
            ),
        ),
        migrations.AddField(
            model_name="listener",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, to="drumbeat.workspace"
            ),
        ),
        migrations.AddField(
            model_name="triggermatch",
            name="contact",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="drumbeat.contact"),
        ),
        migrations.AddField(
            model_name="triggermatch",
            name="sequence",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, to="drumbeat.sequence"
            ),
        ),
        migrations.AddField(
            model_name="triggermatch",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, to="drumbeat.workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="conditionseen",
            constraint=models.UniqueConstraint(
                fields=("sequence", "condition", "contact"), name="condition_seen_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="hook",
            constraint=models.UniqueConstraint(fields=("workspace", "name"), name="hook_once"),
        ),
        migrations.AddConstraint(
            model_name="listener",
            constraint=models.UniqueConstraint(
                fields=("workspace", "kind", "name", "sequence", "purpose"), name="listener_once"
            ),
        ),
        migrations.AddIndex(
            model_name="triggermatch",
            index=models.Index(fields=["sequence", "-id"], name="trigger_match_of_sequence"),
        ),
    ]
