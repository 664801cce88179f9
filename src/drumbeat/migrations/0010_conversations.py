"""How an answer is meant, and mail that fits nobody."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("drumbeat", "0009_composition"),
    ]

    operations = []
