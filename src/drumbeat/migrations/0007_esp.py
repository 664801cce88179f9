"""Senders behind an email service provider, and what it tells."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("drumbeat", "0006_tracking"),
    ]

    operations = [
        migrations.AlterField(
            model_name="senderprofile",
            name="kind",
            field=models.CharField(
                choices=[
                    ("smtp", "Smtp"),
                    ("esp", "Esp"),
                    ("task", "Task"),
                    ("notice", "Notice"),
                    ("webhook", "Webhook"),
                    ("null", "Null"),
                ],
                default="smtp",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="senderprofile",
            name="provider",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="senderprofile",
            name="provider_options",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name="senderprofile",
            name="provider_secrets_encrypted",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="senderprofile",
            name="hook_token",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="senderprofile",
            name="hook_heard_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="senderprofile",
            name="hook_refused_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="senderprofile",
            name="hook_refused_text",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddConstraint(
            model_name="senderprofile",
            constraint=models.UniqueConstraint(
                condition=~Q(hook_token=""), fields=("hook_token",), name="sender_hook_once"
            ),
        ),
        migrations.AddField(
            model_name="attempt",
            name="provider_id",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(
                condition=~Q(provider_id=""), fields=["provider_id"], name="attempt_at_provider"
            ),
        ),
        migrations.CreateModel(
            name="ProviderEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=40)),
                ("external_id", models.CharField(max_length=200)),
                ("told", models.JSONField(default=dict)),
                ("received_at", models.DateTimeField()),
                ("look_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("fault", models.TextField(blank=True, default="")),
                (
                    "sender",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="drumbeat.senderprofile",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="drumbeat.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=Q(look_at__isnull=False), fields=["look_at"], name="provider_event_unread"
                    ),
                    models.Index(fields=["received_at"], name="provider_event_received"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "source", "external_id"), name="provider_event_once"
                    )
                ],
            },
        ),
    ]
