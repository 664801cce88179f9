"""Senders behind an email service provider."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("drumbeat", "0006_tracking"),
    ]

    operations = []
