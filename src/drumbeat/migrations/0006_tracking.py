"""Opens and clicks."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drumbeat", "0005_sending_domains"),
    ]

    operations = [
        migrations.AddField(
            model_name="sequence",
            name="track_clicks",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="sequence",
            name="track_opens",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="workspace",
            name="allows_tracking",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.CreateModel(
            name="Hit",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("key", models.CharField(max_length=32, unique=True)),
                ("kind", models.CharField(max_length=6)),
                ("link", models.PositiveSmallIntegerField(default=0)),
                ("links", models.PositiveSmallIntegerField(default=0)),
                ("target", models.TextField(blank=True, default="")),
                ("how", models.CharField(max_length=10)),
                ("agent", models.CharField(blank=True, default="", max_length=300)),
                ("at", models.DateTimeField()),
                ("judged_at", models.DateTimeField(null=True)),
                ("verdict", models.CharField(blank=True, default="", max_length=8)),
                (
                    "touch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hits",
                        to="drumbeat.touch",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["touch", "at"], name="hit_of_touch"),
                    models.Index(
                        condition=models.Q(("judged_at__isnull", True)), fields=["at"], name="hit_unjudged"
                    ),
                    models.Index(
                        condition=models.Q(("judged_at__isnull", False)),
                        fields=["judged_at"],
                        name="hit_judged",
                    ),
                ],
            },
        ),
    ]
