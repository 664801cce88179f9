from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0019_presence")]

    operations = []
