from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0017_link_hosts")]

    operations = []
