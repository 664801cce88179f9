"""Who has a sequence open."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0018_calls_put_through")]

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(blank=True, default="", max_length=63)),
                ("seen_at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="drumbeat.member"
                    ),
                ),
                (
                    "sequence",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="drumbeat.sequence",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("sequence", "member"), name="presence_once")],
            },
        ),
    ]
