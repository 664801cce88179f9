"""Opens and clicks."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("drumbeat", "0005_sending_domains"),
    ]

    operations = []
