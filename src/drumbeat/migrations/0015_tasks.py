"""Nothing yet."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0014_drafts")]

    operations = []
