from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0017_link_hosts")]

    operations = [
        migrations.AddField(
            model_name="call",
            name="put_through",
            field=models.CharField(blank=True, default="", max_length=12),
        ),
    ]
