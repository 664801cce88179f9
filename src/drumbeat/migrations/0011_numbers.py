"""Accounts and numbers at Twilio, what Twilio tells, and what became of texts."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0010_conversations")]

    operations = [
        migrations.CreateModel(
            name="PhoneAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("sid", models.CharField(max_length=34)),
                ("key_sid", models.CharField(blank=True, default="", max_length=34)),
                ("secrets_encrypted", models.BinaryField()),
                ("answers_words", models.BooleanField(default=True)),
                ("prices", models.JSONField(default=dict)),
                ("templates", models.JSONField(default=list)),
                ("templates_read_at", models.DateTimeField(null=True)),
                ("hook_token", models.CharField(max_length=64, unique=True)),
                ("hook_heard_at", models.DateTimeField(null=True)),
                ("hook_refused_at", models.DateTimeField(null=True)),
                ("hook_refused_text", models.CharField(blank=True, default="", max_length=200)),
                ("checked_at", models.DateTimeField(null=True)),
                ("fault", models.TextField(blank=True, default="")),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PhoneCallback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.CharField(blank=True, default="", max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("form", models.JSONField(default=list)),
                ("received_at", models.DateTimeField()),
                ("look_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("fault", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.CreateModel(
            name="TextReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sid", models.CharField(max_length=40)),
                ("state", models.CharField(max_length=20)),
                ("code", models.PositiveIntegerField(default=0)),
                ("heard_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="senderprofile",
            name="sender_once",
        ),
        migrations.AddField(
            model_name="senderprofile",
            name="registration",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="senderprofile",
            name="service_sid",
            field=models.CharField(blank=True, db_default="", default="", max_length=34),
        ),
        migrations.AlterField(
            model_name="senderprofile",
            name="kind",
            field=models.CharField(
                choices=[
                    ("smtp", "Smtp"),
                    ("esp", "Esp"),
                    ("twilio", "Twilio"),
                    ("task", "Task"),
                    ("notice", "Notice"),
                    ("webhook", "Webhook"),
                    ("null", "Null"),
                ],
                default="smtp",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("whatsapp", ""), _negated=True),
                fields=["workspace", "whatsapp"],
                name="contact_by_whatsapp",
            ),
        ),
        migrations.AddField(
            model_name="phoneaccount",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, to="drumbeat.workspace"
            ),
        ),
        migrations.AddField(
            model_name="senderprofile",
            name="account",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="numbers",
                to="drumbeat.phoneaccount",
            ),
        ),
        migrations.AddConstraint(
            model_name="senderprofile",
            constraint=models.UniqueConstraint(
                fields=("workspace", "kind", "channel", "address"), name="sender_once"
            ),
        ),
        migrations.AddField(
            model_name="phonecallback",
            name="account",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, to="drumbeat.phoneaccount"
            ),
        ),
        migrations.AddField(
            model_name="textreport",
            name="touch",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="text_report", to="drumbeat.touch"
            ),
        ),
        migrations.AddConstraint(
            model_name="phoneaccount",
            constraint=models.UniqueConstraint(fields=("workspace", "sid"), name="phone_account_once"),
        ),
        migrations.AddIndex(
            model_name="phonecallback",
            index=models.Index(
                condition=models.Q(("look_at__isnull", False)),
                fields=["look_at"],
                name="phone_callback_unread",
            ),
        ),
        migrations.AddIndex(
            model_name="phonecallback",
            index=models.Index(fields=["received_at"], name="phone_callback_received"),
        ),
        migrations.AddConstraint(
            model_name="phonecallback",
            constraint=models.UniqueConstraint(fields=("account", "digest"), name="phone_callback_once"),
        ),
        migrations.AddIndex(
            model_name="textreport",
            index=models.Index(fields=["sid"], name="text_report_by_sid"),
        ),
    ]
