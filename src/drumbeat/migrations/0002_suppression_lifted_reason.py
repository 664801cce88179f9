from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="suppression",
            name="lifted_reason",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
