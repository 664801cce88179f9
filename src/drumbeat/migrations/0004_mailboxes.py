"""Mailboxes that are read over IMAP; mails that were set aside are found fast."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drumbeat", "0003_starts_and_stops"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(max_length=320)),
                ("host", models.CharField(max_length=255)),
                ("port", models.PositiveIntegerField()),
                ("security", models.CharField(max_length=10)),
                ("username", models.CharField(max_length=320)),
                ("password_encrypted", models.BinaryField(null=True)),
                ("host_trusted", models.BooleanField(default=False)),
                ("folder", models.CharField(default="INBOX", max_length=200)),
                ("keeps_strangers", models.BooleanField(default=True)),
                ("enabled", models.BooleanField(default=True)),
                ("uidvalidity", models.PositiveBigIntegerField(null=True)),
                ("last_uid", models.PositiveBigIntegerField(default=0)),
                ("read_at", models.DateTimeField(null=True)),
                ("fault", models.CharField(blank=True, default="", max_length=20)),
                ("fault_text", models.TextField(blank=True, default="")),
                ("fault_since", models.DateTimeField(null=True)),
                ("lease_token", models.CharField(blank=True, default="", max_length=60)),
                ("lease_until", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name="inboundmail",
            index=models.Index(
                condition=models.Q(("fault", ""), _negated=True),
                fields=["received_at"],
                name="inbound_mail_faulty",
            ),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="sender",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, to="drumbeat.senderprofile"
            ),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="workspace",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="drumbeat.workspace"),
        ),
        migrations.AddConstraint(
            model_name="mailbox",
            constraint=models.UniqueConstraint(
                fields=("workspace", "host", "username", "folder"), name="mailbox_once"
            ),
        ),
    ]
