"""What lies at providers and is to be fetched, mail to people's own addresses, opens by enrollment."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0015_tasks")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("source", "tracking")),
                fields=["enrollment"],
                name="event_of_tracking",
            ),
        ),
        migrations.AddField(
            model_name="senderrecord",
            name="to_consumers",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.CreateModel(
            name="ProviderFetch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("external_id", models.CharField(max_length=200)),
                ("lying", models.JSONField(default=dict)),
                ("received_at", models.DateTimeField()),
                ("look_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("fault", models.TextField(blank=True, default="")),
                (
                    "sender",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="drumbeat.senderprofile"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("look_at__isnull", False)), fields=["look_at"], name="provider_fetch_due"
                    ),
                    models.Index(fields=["received_at"], name="provider_fetch_received"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("sender", "external_id"), name="provider_fetch_once")
                ],
            },
        ),
    ]
