"""Branding and attachments."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("drumbeat", "0008_grants"),
    ]

    operations = []
