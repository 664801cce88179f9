"""Grants of OAuth2, and how a sender is received."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drumbeat", "0007_esp"),
    ]

    operations = [
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("provider", models.CharField(max_length=12)),
                ("address", models.CharField(max_length=320)),
                ("scopes", models.TextField(blank=True, default="")),
                ("access_encrypted", models.BinaryField(null=True)),
                ("access_until", models.DateTimeField(null=True)),
                ("refresh_encrypted", models.BinaryField(null=True)),
                ("lease_token", models.CharField(blank=True, default="", max_length=40)),
                ("lease_until", models.DateTimeField(null=True)),
                ("state", models.CharField(default="ok", max_length=10)),
                ("fault", models.TextField(blank=True, default="")),
                ("refreshed_at", models.DateTimeField(null=True)),
                ("connected_at", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to="drumbeat.member"
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
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "provider", "address"), name="grant_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SenderRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sent", models.PositiveIntegerField(default=0)),
                ("bounced", models.PositiveIntegerField(default=0)),
                ("complained", models.PositiveIntegerField(default=0)),
                ("deferred", models.PositiveIntegerField(default=0)),
                ("level", models.CharField(default="quiet", max_length=10)),
                ("counts_from", models.DateTimeField(null=True)),
                ("counted_at", models.DateTimeField(null=True)),
                ("held_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "sender",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="record",
                        to="drumbeat.senderprofile",
                    ),
                ),
            ],
        ),
        migrations.AddField("mailbox", "told_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "mailbox",
            "grant",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="mailboxes",
                to="drumbeat.grant",
            ),
        ),
        migrations.AddField(
            "senderprofile",
            "grant",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="senders",
                to="drumbeat.grant",
            ),
        ),
        migrations.AddIndex(
            "event",
            models.Index(
                fields=["workspace", "received_at"],
                condition=models.Q(kind__in=["bounced", "complained"]),
                name="event_of_harm",
            ),
        ),
        migrations.AddIndex(
            "attempt",
            models.Index(
                fields=["ended_at"], condition=models.Q(outcome="scheduled"), name="attempt_put_off"
            ),
        ),
    ]
