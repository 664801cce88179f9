"""Hosts under which the tracked links of a domain lead."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0016_providers")]

    operations = [
        migrations.AddField(
            model_name="sendingdomain",
            name="link_host",
            field=models.CharField(blank=True, db_default="", default="", max_length=253),
        ),
        migrations.AddField(
            model_name="sendingdomain",
            name="link_host_proven_at",
            field=models.DateTimeField(null=True),
        ),
    ]
