from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0018_calls_put_through")]

    operations = []
