"""Files that came with texts and WhatsApp messages."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0021_step_positions")]

    operations = [
        migrations.CreateModel(
            name="TextMedia",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("url", models.CharField(max_length=2000)),
                ("data", models.BinaryField(null=True)),
                ("look_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("fault", models.TextField(blank=True, default="")),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="drumbeat.phoneaccount",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="media",
                        to="drumbeat.message",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=Q(look_at__isnull=False), fields=["look_at"], name="text_media_due")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("message", "place"), name="text_media_once")
                ],
            },
        ),
    ]
