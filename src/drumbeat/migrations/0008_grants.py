"""Grants of OAuth2, and how a sender is received."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("drumbeat", "0007_esp"),
    ]

    operations = []
